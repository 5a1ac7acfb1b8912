"""Forms about meetings."""

from core import clock
from core.forms import (
    AT_MOST,
    NO_DAY,
    REQUIRED,
    BaseForm,
    Checkbox,
    Day,
    InputRequired,
    Length,
    Optional,
    Text,
    TextArea,
    TimeOfDay,
    Upload,
    WholeNumber,
)
from core.i18n import _l
from core.personal_fields import NoPersonalData, NoPesel
from core.seen_forms import SeenForm
from meetings.models import PartnershipMeeting
from meetings.services import Outcome, When


class WhenForm(BaseForm):
    """When and where, and what it is about."""

    held_on = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    starts_at = TimeOfDay(_l("Begins at"), validators=[Optional()])
    minutes = WholeNumber(
        _l("Length in minutes"), validators=[Optional()], description=_l("About how long it lasts.")
    )
    place = Text(
        _l("Place"),
        validators=[InputRequired(REQUIRED), NoPersonalData(), Length(max=200, message=AT_MOST)],
        description=_l("Where the members meet, or the address of an online meeting."),
    )
    agenda = TextArea(
        _l("Agenda"),
        validators=[Optional(), NoPesel(), Length(max=4000, message=AT_MOST)],
        description=_l("One point a line. It stands in the invitation."),
    )

    def when(self) -> When:
        return When(
            held_on=self.held_on.data or clock.today(),
            starts_at=self.starts_at.data,
            minutes=self.minutes.data,
            place=self.place.data or "",
            agenda=self.agenda.data or None,
        )


class CallForm(WhenForm):
    invite = Checkbox(_l("Send the invitation with a calendar entry now"), default=True)


class OutcomeFields(BaseForm):
    """What is told of a meeting that was held."""

    people_count = WholeNumber(
        _l("Number of people"), validators=[InputRequired(_l("Enter how many people came"))]
    )
    summary = TextArea(
        _l("What was agreed"),
        validators=[Optional(), NoPersonalData(), Length(max=4000, message=AT_MOST)],
        description=_l("In a few sentences, without names of people."),
    )
    next_steps = TextArea(
        _l("Next steps"),
        validators=[Optional(), NoPersonalData(), Length(max=4000, message=AT_MOST)],
        description=_l("What is done by when, and by which organisation."),
    )
    minutes_file = Upload(
        _l("Minutes"),
        validators=[Optional()],
        description=_l("PDF, JPEG, PNG or DOCX, up to 10 MB. Seen by those who see the partnership."),
    )

    def outcome(self) -> Outcome:
        return Outcome(self.people_count.data, self.summary.data or None, self.next_steps.data or None)


class ChangeForm(SeenForm, WhenForm):
    pass


class OutcomeForm(SeenForm, OutcomeFields):
    @classmethod
    def of(cls, meeting: PartnershipMeeting) -> "OutcomeForm":
        return cls(people_count=meeting.people_count, summary=meeting.summary, next_steps=meeting.next_steps)


class RecordForm(WhenForm, OutcomeFields):
    """A meeting held without having been called here: both at once."""


class CallOffForm(BaseForm):
    reason = TextArea(
        _l("Reason"),
        validators=[Optional(), Length(max=300, message=AT_MOST)],
        description=_l("Those invited read it in their mail."),
    )
