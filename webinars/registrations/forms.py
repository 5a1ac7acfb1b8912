"""Forms about seats."""

from datetime import datetime, time
from typing import Any

from accounts.addresses import is_mail_address
from core import clock
from core.forms import (
    AT_MOST,
    NO_DAY,
    NO_TIME,
    REQUIRED,
    BaseForm,
    Choice,
    Choices,
    Day,
    Email,
    InputRequired,
    Length,
    Optional,
    SelectChoice,
    Text,
    TextArea,
    TimeOfDay,
    ValidationError,
    WholeNumber,
)
from core.i18n import _l
from core.local_times import moment_of
from municipalities.models import Municipality
from municipalities.queries import search
from webinars.models import Webinar
from webinars.registrations.errors import SeveralPlaces, UnknownPlace
from webinars.registrations.models import AccessNeed, WebinarRegistration
from webinars.registrations.moving import NewTime
from webinars.registrations.services import Guest, Needs

END_OF_DAY = time(23, 59)
MOST_NAMESAKES = 20


class NeedsForm(BaseForm):
    needs = Choices(
        _l("What do you need to take part?"),
        choices=[SelectChoice(need.value, need.label) for need in AccessNeed],
        validators=[Optional()],
        description=_l("Only the organiser sees it. It is deleted 30 days after the webinar."),
    )
    note = Text(
        _l("What else you need"),
        validators=[Optional(), Length(max=300, message=AT_MOST)],
        description=_l("One line, without names or medical details. Only together with “Something else”."),
    )

    @classmethod
    def of(cls, seat: WebinarRegistration) -> "NeedsForm":
        return cls(data={"needs": seat.access_needs, "note": seat.access_note})

    def wanted(self) -> Needs:
        chosen = self.needs.data or []
        return Needs([need for need in AccessNeed if need.value in chosen], self.note.data or "")


class GuestForm(NeedsForm):
    """A person by name and address; where they come from only if they like to say so."""

    name = Text(
        _l("First name and surname"),
        validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)],
        render_kw={"autocomplete": "name"},
    )
    email = Email(
        _l("E-mail address"),
        validators=[InputRequired(REQUIRED), Length(max=254, message=AT_MOST)],
        render_kw={"autocomplete": "email"},
    )
    place = Text(
        _l("Municipality"),
        validators=[Optional(), Length(max=80, message=AT_MOST)],
        description=_l("Where you come from. It counts in the programme's figures, nothing else."),
    )
    municipality = Choice(_l("Which of them?"), choices=[], validate_choice=False, validators=[Optional()])

    def validate_email(self, field: Email) -> None:
        if not is_mail_address(field.data or ""):
            raise ValidationError(_l("Enter a whole e-mail address, such as anna@example.org"))

    def guest(self) -> Guest:
        return Guest(self.name.data, self.email.data, self._municipality(), self.wanted())

    def _municipality(self) -> Municipality | None:
        """By its name; where several are called so, they are offered to choose from."""
        return place_meant(self.place.data or "", self.municipality)


def place_meant(typed: str, which: Choice) -> Municipality | None:
    """Where several are called so, they become the choices of ``which``."""
    if not typed:
        return None
    found = _called(typed)
    if not found:
        raise UnknownPlace
    chosen = next((one for one in found if one.code == which.data), None)
    if chosen is None and len(found) > 1:
        which.choices = [
            SelectChoice("", ""),
            *(SelectChoice(one.code, described(one)) for one in found),
        ]
        raise SeveralPlaces
    return chosen or found[0]


def _called(typed: str) -> list[Municipality]:
    """Those of exactly this name, else those a person may mean."""
    found = list(search(typed, limit=MOST_NAMESAKES))
    exactly = [one for one in found if one.name.casefold() == typed.casefold()]
    return exactly or found


def described(place: Municipality) -> str:
    return f"{place.name} ({place.kind.label}, {place.county.name}, {place.voivodeship.name})"


class MoveForm(BaseForm):
    day = Day(_l("New day"), validators=[InputRequired(NO_DAY)])
    time = TimeOfDay(_l("Begins at"), validators=[InputRequired(NO_TIME)])
    minutes = WholeNumber(_l("Length in minutes"), validators=[InputRequired(REQUIRED)])
    confirm_by = Day(
        _l("People confirm until the end of"),
        validators=[Optional()],
        description=_l(
            "Leave it empty for two days before the new time, or half of the time that is left if that is later."
        ),
    )
    short_notice_reason = TextArea(
        _l("Reason"),
        validators=[Optional(), Length(max=300, message=AT_MOST)],
        description=_l("People who registered read it. With short notice it is needed."),
    )

    @classmethod
    def of(cls, webinar: Webinar) -> "MoveForm":
        begins = clock.local(webinar.starts_at)
        return cls(data={"day": begins.date(), "time": begins.time(), "minutes": webinar.minutes})

    def new_time(self) -> NewTime:
        day: Any = self.day.data
        begins: Any = self.time.data
        minutes: Any = self.minutes.data
        until = self.confirm_by.data
        return NewTime(
            moment_of(day, begins),
            minutes,
            self.short_notice_reason.data or "",
            datetime.combine(until, END_OF_DAY, tzinfo=clock.LOCAL_ZONE) if until else None,
        )


class CallOffForm(BaseForm):
    reason = TextArea(
        _l("Reason"),
        validators=[InputRequired(REQUIRED), Length(max=300, message=AT_MOST)],
        description=_l("Everybody who registered reads it in the mail."),
    )
