"""Forms about who came."""

from collections.abc import Mapping, Sequence

from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Choice,
    Choices,
    Email,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    Upload,
    WholeNumber,
)
from core.i18n import _, _l
from core.uploads import SentFile, sent_file
from municipalities.models import Municipality
from webinars.registrations.forms import place_meant
from webinars.registrations.models import WebinarRegistration

PERSON, PLACE, OTHER = "person", "place", "other"


class ReportForm(BaseForm):
    file = Upload(
        _l("Attendance report"),
        validators=[InputRequired(_l("Choose the report"))],
        description=_l(
            "As Zoom, Microsoft Teams, Google Meet or ClickMeeting give it: CSV or XLSX, up to 10 MB and 10,000 rows."
        ),
        render_kw={"accept": ".csv,.xlsx,.tsv,.txt"},
    )

    @property
    def sent_file(self) -> SentFile | None:
        return sent_file(self.file)


class WithPlace(BaseForm):
    place = Text(_l("Municipality"), validators=[Optional(), Length(max=80, message=AT_MOST)])
    municipality = Choice(_l("Which of them?"), choices=[], validate_choice=False, validators=[Optional()])

    def chosen_place(self) -> Municipality | None:
        return place_meant(self.place.data or "", self.municipality)


class SettleForm(WithPlace):
    who = Radio(_l("Who is it?"), validators=[InputRequired(_l("Choose who it is."))])
    email = Email(
        _l("E-mail address of their account"),
        validators=[Optional(), Length(max=254, message=AT_MOST)],
        description=_l("Only for somebody else with an account."),
    )

    def offer(self, candidates: Mapping[str, str]) -> None:
        self.who.choices = [
            *(SelectChoice(code, label) for code, label in candidates.items()),
            SelectChoice(PERSON, _("Somebody else with an account")),
            SelectChoice(PLACE, _("Somebody of a municipality, counted without a name")),
            SelectChoice(OTHER, _("Not one of ours")),
        ]


class CountForm(WithPlace):
    people = WholeNumber(
        _l("How many people"),
        validators=[InputRequired(REQUIRED)],
        description=_l("Beside those who stand in the list by name."),
    )


class TickForm(BaseForm):
    seats = Choices(_l("Who came"), coerce=int, validators=[InputRequired(_l("Tick who came"))])

    def offer(self, seats: Sequence[WebinarRegistration]) -> None:
        self.seats.choices = [SelectChoice(seat.id, _line(seat)) for seat in seats]


def _line(seat: WebinarRegistration) -> str:
    place = seat.municipality.name if seat.municipality else _("from elsewhere")
    return _("%(name)s, %(place)s", name=seat.mail_name, place=place)
