"""Forms about partnerships."""

from collections.abc import Sequence

from wtforms import Field

from accounts.addresses import is_mail_address, sign_in_name
from accounts.models import User
from core.forms import (
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
    Text,
    TextArea,
    ValidationError,
)
from core.i18n import _, _l
from partnerships.models import AssignmentKind
from partnerships.words import choices_of
from partnerships.workflow import PartnershipStatus

NO_DAY = _l("Enter a day such as 23.02.2027")


def address(form: BaseForm, field: Field) -> None:
    if not is_mail_address(sign_in_name(field.data or "")):
        raise ValidationError(_("Enter an e-mail address such as name@gmina.pl"))


def people_to_choose(people: Sequence[User]) -> list[tuple[str, str]]:
    """With the address, as names repeat."""
    return [(str(person.id), f"{person.name} ({person.email})") for person in people]


def _short(most: int) -> Length:
    return Length(max=most, message=_l("Use at most %(max)d characters"))


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

    def offer(self, voivodeships: Sequence[tuple[str, str]]) -> None:
        everything = ("", _("All"))
        self.voivodeship.choices = [everything, *voivodeships]
        self.state.choices = [everything, *((one.value, one.label) for one in PartnershipStatus)]
        self.without.choices = [everything, ("leader", _("Leader")), ("animator", _("Animator"))]


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
        self.org_type.choices = [("", _("Choose")), *choices_of("organisation_type")]

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
        self.animator_id.choices = [("", _("Later")), *people_to_choose(animators)]

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
            (AssignmentKind.MAIN.value, _l("As the animator; the present one advises until the day before")),
            (AssignmentKind.COVER.value, _l("As a cover for a while; the animator comes back afterwards")),
        ],
        default=AssignmentKind.MAIN.value,
    )
    starts_on = Day(_l("First day"), validators=[InputRequired(NO_DAY)])
    ends_on = Day(
        _l("Last day"), description=_l("For a cover: the last day of the leave."), validators=[Optional()]
    )
    reason = TextArea(
        _l("Reason"),
        description=_l("The people concerned read it in their mail."),
        validators=[Optional(), _short(300)],
    )

    def offer(self, animators: Sequence[User]) -> None:
        self.animator_id.choices = [("", _("Choose")), *people_to_choose(animators)]


class MemberForm(BaseForm):
    """What an organisation does in the partnership."""

    role = Choice(_l("Role"), validators=[InputRequired(_l("Choose a role"))])
    contribution = Choices(_l("What it contributes"))
    contact_function = Text(
        _l("Contact: function"),
        description=_l("A function such as “head teacher”, not a name."),
        validators=[Optional(), _short(120)],
    )
    contact_email = Email(
        _l("Contact: e-mail address of the organisation"), validators=[Optional(), _short(254), address]
    )

    def offer(self) -> None:
        self.role.choices = [("", _("Choose")), *choices_of("partner_role")]
        self.contribution.choices = choices_of("contribution")


class AddMemberForm(MemberForm):
    name = Text(_l("Name of the organisation"), validators=[InputRequired(REQUIRED), _short(200)])
    org_type = Choice(_l("Type"), validators=[InputRequired(_l("Choose a type"))])
    joined_on = Day(_l("Joined on"), validators=[InputRequired(NO_DAY)])

    def offer(self) -> None:
        super().offer()
        self.org_type.choices = [("", _("Choose")), *choices_of("organisation_type")]


class MemberLeftForm(BaseForm):
    left_on = Day(_l("Last day"), validators=[InputRequired(NO_DAY)])


class CloseForm(BaseForm):
    closed_on = Day(_l("Closed on"), validators=[InputRequired(NO_DAY)])
    reason = TextArea(
        _l("Reason"),
        description=_l("The leader, the deputies and the animator read it in their mail."),
        validators=[InputRequired(_l("Say why")), _short(1000)],
    )
