"""Forms about partnerships."""

from collections.abc import Sequence

from wtforms import Field

from accounts.addresses import is_mail_address, sign_in_name
from accounts.forms import choices_of
from accounts.models import User
from core.formatting import day
from core.forms import (
    AT_MOST,
    NO_DAY,
    REQUIRED,
    BaseForm,
    Checkbox,
    Choice,
    Choices,
    Day,
    Email,
    Hidden,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    Upload,
    ValidationError,
)
from core.i18n import _, _l
from core.personal_fields import FunctionOnly
from core.seen_forms import SeenForm
from municipalities.models import Voivodeship
from partnerships.files.forms import ACCEPTED
from partnerships.models import AnimatorAssignment, AssignmentKind
from partnerships.words import kept, listed_choices
from partnerships.workflow import PartnershipStatus


def address(form: BaseForm, field: Field) -> None:
    if not is_mail_address(sign_in_name(field.data or "")):
        raise ValidationError(_("Enter an e-mail address such as name@gmina.pl"))


def people_to_choose(people: Sequence[User]) -> list[SelectChoice]:
    """With the address, as names repeat."""
    return [SelectChoice(str(person.id), f"{person.name} ({person.email})") for person in people]


def nothing(label: str) -> SelectChoice:
    """The first choice of a list, before anybody has chosen."""
    return SelectChoice("", label)


def _short(most: int) -> Length:
    return Length(max=most, message=AT_MOST)


def agreement_field() -> Upload:
    """A scan that falls into its place with the rest of the form."""
    return Upload(
        _l("Signed agreement"),
        description=_l(
            "A PDF, JPEG, PNG or DOCX. What is signed electronically stays valid: nothing in it is changed."
        ),
        render_kw={"accept": ACCEPTED},
    )


class SearchForm(BaseForm):
    """Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Name or code"), render_kw={"type": "search"})


class ListForm(SearchForm):
    """Narrows the list of partnerships."""

    q = Text(
        _l("Search"),
        description=_l("Municipality, code, partnership or leader"),
        render_kw={"type": "search"},
    )
    voivodeship = Choice(_l("Voivodeship"), validate_choice=False)
    state = Choice(_l("Status"), validate_choice=False)
    without = Choice(_l("Missing"), validate_choice=False)
    sort = Hidden()

    def offer(self, voivodeships: Sequence[Voivodeship]) -> None:
        everything = nothing(_("All"))
        self.voivodeship.choices = [everything, *(SelectChoice(one.code, one.name) for one in voivodeships)]
        self.state.choices = [everything, *choices_of(PartnershipStatus)]
        missing = (("leader", _("Leader")), ("animator", _("Animator")))
        self.without.choices = [everything, *(SelectChoice(value, label) for value, label in missing)]


class FoundingForm(BaseForm):
    name = Text(
        _l("Name of the partnership"),
        description=_l("As it should stand on plans and on the public page."),
        validators=[InputRequired(REQUIRED), _short(200)],
    )
    founded_on = Day(
        _l("Founded on"),
        description=_l("Leave it empty while the founding is still to come."),
        validators=[Optional()],
    )
    file = agreement_field()


class ChangeFoundingForm(SeenForm, FoundingForm):
    pass


class PersonForm(BaseForm):
    """Somebody by name and address: who has no account yet is invited."""

    person_name = Text(_l("First name and surname"), validators=[InputRequired(REQUIRED), _short(120)])
    email = Email(
        _l("E-mail address"),
        description=_l("Whoever has no account yet receives an invitation there."),
        validators=[InputRequired(REQUIRED), _short(254), address],
    )


class OrganisationForm(BaseForm):
    organisation_name = Text(
        _l("Organisation this person comes from"),
        description=_l("It becomes a member of the partnership, if it is not one yet."),
        validators=[Optional(), _short(200)],
    )
    org_type = Choice(_l("Type of organisation"), validators=[Optional()])

    def offer_types(self) -> None:
        self.org_type.choices = [nothing(_("Choose")), *listed_choices("organisation_type")]

    def validate_organisation_name(self, field: Text) -> None:
        if not self.org_type.data:
            raise ValidationError(_("Choose also what kind of organisation it is"))


class FoundForm(FoundingForm, OrganisationForm):
    """The leader may be named at once or later."""

    leader_name = Text(_l("Leader: first name and surname"), validators=[Optional(), _short(120)])
    leader_email = Email(
        _l("Leader: e-mail address"),
        description=_l("Whoever has no account yet receives an invitation there."),
        validators=[Optional(), _short(254), address],
    )
    animator_id = Choice(_l("Animator"), validators=[Optional()])

    def offer(self, animators: Sequence[User]) -> None:
        self.offer_types()
        self.animator_id.choices = [nothing(_("Later")), *people_to_choose(animators)]

    def validate_leader_email(self, field: Email) -> None:
        if not self.leader_name.data:
            raise ValidationError(_("Write the name of the leader, too"))

    def validate_leader_name(self, field: Text) -> None:
        if not self.leader_email.data:
            raise ValidationError(_("Write the leader's e-mail address, too"))

    def validate_organisation_name(self, field: Text) -> None:
        super().validate_organisation_name(field)
        if not self.leader_email.data:
            raise ValidationError(_("An organisation comes with its leader: name them, too"))


class AppointLeaderForm(PersonForm, OrganisationForm):
    starts_on = Day(_l("First day"), validators=[InputRequired(NO_DAY)])


class AppointDeputyForm(PersonForm):
    starts_on = Day(_l("First day"), validators=[InputRequired(NO_DAY)])
    ends_on = Day(
        _l("Last day"), description=_l("Empty: until somebody ends the term."), validators=[Optional()]
    )
    can_submit = Checkbox(_l("May submit plans for approval"))
    can_publish = Checkbox(_l("May publish approved plans"))


class EndTermForm(BaseForm):
    ends_on = Day(_l("Last day"), validators=[InputRequired(NO_DAY)])
    reason = TextArea(
        _l("Reason"),
        description=_l("The people concerned read it in their mail."),
        validators=[Optional(), _short(300)],
    )


class AssignForm(BaseForm):
    animator_id = Choice(_l("Animator"), validators=[InputRequired(_l("Choose an animator"))])
    kind = Radio(
        _l("How"),
        choices=[
            SelectChoice(
                AssignmentKind.MAIN.value, _l("As the animator; the present one advises until the day before")
            ),
            SelectChoice(
                AssignmentKind.COVER.value, _l("As a cover for a while; the animator comes back afterwards")
            ),
        ],
        default=AssignmentKind.MAIN.value,
        validators=[InputRequired(_l("Choose how"))],
    )
    starts_on = Day(_l("First day"), validators=[InputRequired(NO_DAY)])
    ends_on = Day(
        _l("Last day"),
        description=_l(
            "For a cover: the last day of the leave. For an animator leave it empty: nobody advises after that day until somebody is assigned."
        ),
        validators=[Optional()],
    )
    reason = TextArea(
        _l("Reason"),
        description=_l("The people concerned read it in their mail."),
        validators=[Optional(), _short(300)],
    )

    takes_back = Choices(
        _l("Take back"),
        description=_l(
            "Assignments that have not begun before today. Tick the one that this one comes in place of."
        ),
        validators=[Optional()],
    )

    def offer(self, animators: Sequence[User], planned: Sequence[AnimatorAssignment] = ()) -> None:
        self.animator_id.choices = [nothing(_("Choose")), *people_to_choose(animators)]
        self.takes_back.choices = [
            SelectChoice(
                str(one.id),
                _(
                    "%(name)s, from %(day)s (%(kind)s)",
                    name=one.animator.name,
                    day=day(one.starts_on),
                    kind=one.kind.label,
                ),
            )
            for one in planned
        ]


class MemberForm(BaseForm):
    """What an organisation does in the partnership."""

    role = Choice(_l("Role"), validators=[InputRequired(_l("Choose a role"))])
    contribution = Choices(_l("What it contributes"))
    contact_function = Text(
        _l("Contact: function"),
        description=_l("A function such as “head teacher”, not a name."),
        validators=[Optional(), FunctionOnly(), _short(120)],
    )
    contact_email = Email(
        _l("Contact: e-mail address of the organisation"), validators=[Optional(), _short(254), address]
    )
    file = agreement_field()

    def offer(self) -> None:
        role, gives = kept(self.role), kept(self.contribution)
        self.role.choices = [nothing(_("Choose")), *listed_choices("partner_role", keep=role)]
        self.contribution.choices = listed_choices("contribution", keep=gives)


class ChangeMemberForm(SeenForm, MemberForm):
    pass


class FindOrganisationForm(SearchForm):
    q = Text(
        _l("Find an organisation"),
        description=_l("One that belongs to another partnership already is not entered twice."),
        render_kw={"type": "search"},
    )


class AddKnownMemberForm(MemberForm):
    """For an organisation that was chosen before."""

    joined_on = Day(_l("Joined on"), validators=[InputRequired(NO_DAY)])


class AddMemberForm(AddKnownMemberForm):
    name = Text(_l("Name of the organisation"), validators=[InputRequired(REQUIRED), _short(200)])
    org_type = Choice(_l("Type"), validators=[InputRequired(_l("Choose a type"))])

    def offer(self) -> None:
        super().offer()
        self.org_type.choices = [nothing(_("Choose")), *listed_choices("organisation_type")]


class MemberLeftForm(BaseForm):
    left_on = Day(_l("Last day"), validators=[InputRequired(NO_DAY)])


class CloseForm(BaseForm):
    closed_on = Day(_l("Closed on"), validators=[InputRequired(NO_DAY)])
    reason = TextArea(
        _l("Reason"),
        description=_l("The leader, the deputies and the animator read it in their mail."),
        validators=[InputRequired(_l("Say why")), _short(1000)],
    )
