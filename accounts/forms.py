"""Forms about people."""

from collections.abc import Iterable

from wtforms.validators import EqualTo

from accounts.mail_rhythm import MailRhythm, MailTopic
from accounts.roles import Role
from accounts.states import PersonState
from core.forms import (
    REQUIRED,
    BaseForm,
    Checkbox,
    Choice,
    Email,
    InputRequired,
    Length,
    Optional,
    Password,
    Radio,
    SelectChoice,
    Text,
)
from core.i18n import LANGUAGES, _, _l
from core.labels import LabelledEnum

ADDRESS_LENGTH = Length(max=254, message=_l("An e-mail address has at most 254 characters"))
NAME_LENGTH = Length(max=120, message=_l("Use at most 120 characters"))
GIVEN_HERE = (Role.ANIMATOR, Role.OFFICE, Role.FUNDER, Role.ADMIN)
"""Leaders and deputies come from their partnership."""

LANGUAGE_CHOICES = [SelectChoice(code, name) for code, name in LANGUAGES.items()]


def choices_of(members: Iterable[LabelledEnum]) -> list[SelectChoice]:
    return [SelectChoice(member.value, str(member.label)) for member in members]


class SignInForm(BaseForm):
    email = Email(_l("E-mail address"), validators=[InputRequired(REQUIRED)])
    password = Password(_l("Password"), validators=[InputRequired(REQUIRED)])


class AskForLinkForm(BaseForm):
    email = Email(_l("E-mail address you sign in with"), validators=[InputRequired(REQUIRED), ADDRESS_LENGTH])


class NewPasswordForm(BaseForm):
    password = Password(
        _l("New password"),
        description=_l(
            "At least 12 characters. Three or four words that have nothing to do with each other are best."
        ),
        validators=[InputRequired(REQUIRED)],
    )
    repeated = Password(
        _l("New password once more"),
        validators=[InputRequired(REQUIRED), EqualTo("password", _l("The two passwords differ"))],
    )


class ChangePasswordForm(NewPasswordForm):
    current_password = Password(_l("Present password"), validators=[InputRequired(REQUIRED)])


class ProfileForm(BaseForm):
    name = Text(_l("First name and surname"), validators=[InputRequired(REQUIRED), NAME_LENGTH])
    phone = Text(
        _l("Phone"), validators=[Optional(), Length(max=40, message=_l("Use at most 40 characters"))]
    )
    best_time = Text(
        _l("Best time to call"),
        description=_l(
            "For example: weekdays after 4 p.m. Your phone is seen only by those you work with and the programme office."
        ),
        validators=[Optional(), NAME_LENGTH],
    )
    notification_email = Email(
        _l("E-mail address for notices"),
        description=_l("If notices should not go to your sign-in address. Several people may share one."),
        validators=[Optional(), ADDRESS_LENGTH],
    )
    language = Choice(_l("Language"), choices=LANGUAGE_CHOICES)


class MailChoicesForm(BaseForm):
    mail_rhythm = Radio(
        _l("How often"),
        description=_l(
            "Decisions, dates that move or fall, invitations, hand-overs and links to sign in always come at once."
        ),
        choices=[SelectChoice(rhythm.value, rhythm.label) for rhythm in MailRhythm],
        validators=[InputRequired(REQUIRED)],
    )
    wants_reminders = Checkbox(MailTopic.REMINDERS.label)
    wants_news = Checkbox(MailTopic.NEWS.label)


class NoticeAddressForm(BaseForm):
    notification_email = Email(
        _l("E-mail address for notices"),
        description=_l("Leave it empty and notices go to the sign-in address."),
        validators=[Optional(), ADDRESS_LENGTH],
    )


class InviteForm(BaseForm):
    name = Text(_l("First name and surname"), validators=[InputRequired(REQUIRED), NAME_LENGTH])
    email = Email(
        _l("E-mail address"),
        description=_l("The person will sign in with it. It belongs to this person alone."),
        validators=[InputRequired(REQUIRED), ADDRESS_LENGTH],
    )
    role = Choice(
        _l("Role"), description=_l("Leaders and deputies are invited on the page of their partnership.")
    )
    language = Choice(_l("Language of the invitation"), choices=LANGUAGE_CHOICES)

    def offer(self, roles: Iterable[Role]) -> None:
        self.role.choices = choices_of(roles)


class GrantForm(BaseForm):
    role = Choice(_l("Role"))

    def offer(self, roles: Iterable[Role]) -> None:
        self.role.choices = choices_of(roles)


class PeopleFilter(BaseForm):
    """Narrows the list of people; read from the address, so it has no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Name or e-mail address"))
    role = Choice(_l("Role"))
    state = Choice(_l("State"))

    def offer(self) -> None:
        everybody = SelectChoice("", _("All"))
        self.role.choices = [everybody, *choices_of(Role)]
        self.state.choices = [everybody, *choices_of(PersonState)]
