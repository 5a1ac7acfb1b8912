"""Forms about consultations after they took place."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from wtforms import FieldList, Form, FormField

from animators.consultations.errors import MOST_FOLLOW_UPS, REASON_LENGTH
from animators.consultations.models import Consultation, Side
from animators.consultations.services.follow_ups import LONGEST, Promise
from animators.consultations.services.reporting import Report
from animators.consultations.workflow import Outcome
from animators.hours.forms import HoursForm
from animators.hours.minutes import MinutesField
from core import clock
from core.forms import (
    AT_MOST,
    NO_DAY,
    NO_TIME,
    REQUIRED,
    BaseForm,
    Checkbox,
    Choice,
    Choices,
    ConfirmForm,
    Day,
    Hidden,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    TimeOfDay,
    WholeNumber,
)
from core.i18n import _l
from core.local_times import moment_of
from partnerships.words import kept, listed_choices
from phrases.forms import WithPhrases

ROWS = 2
"""For next steps, at first; a button gives one more."""


class StepFields(Form):
    """One next step: what, who, until when. An empty row is none."""

    text = Text(_l("What is to be done"), validators=[Optional(), Length(max=LONGEST, message=AT_MOST)])
    owner = Choice(
        _l("Who does it"),
        choices=[SelectChoice(str(side), side.label) for side in Side],
        default=str(Side.LEADER),
    )
    due_on = Day(_l("Until"), validators=[Optional()])

    def promise(self) -> Promise:
        return Promise(self.text.data or "", Side(self.owner.data), self.due_on.data)


class ReportFields(WithPhrases, HoursForm):
    """What is told of a visit."""

    day = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    time = TimeOfDay(_l("Began at"), validators=[InputRequired(NO_TIME)])
    minutes = MinutesField(
        _l("How long it lasted"),
        validators=[InputRequired(_l("Enter how long it lasted"))],
        description=_l("In minutes, or as 4:00 or 3,5 h."),
    )
    people_count = WholeNumber(
        _l("Number of people"), validators=[InputRequired(_l("Enter how many people took part"))]
    )
    topics = Choices(_l("Topics"), validators=[InputRequired(_l("Choose at least one topic"))])
    summary = TextArea(
        _l("What the visit brought"),
        validators=[InputRequired(_l("Write in a few sentences what the visit brought")), Length(max=4000, message=AT_MOST)],
        description=_l("In a few sentences, without names of people."),
    )  # fmt: skip
    length_note = Text(
        _l("Why it was much shorter or longer than usual"),
        validators=[Optional(), Length(max=REASON_LENGTH, message=AT_MOST)],
    )
    late_reason = Text(
        _l("Why it is reported so late"), validators=[Optional(), Length(max=REASON_LENGTH, message=AT_MOST)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics.choices = listed_choices("advice_topic", keep=kept(self.topics))

    def report(self, promises: Sequence[Promise] = ()) -> Report:
        return Report(
            started_at=moment_of(self.day.data or clock.today(), self.time.data or time()),
            minutes=self.minutes.data,
            topics=self.topics.data or [],
            people_count=self.people_count.data,
            summary=self.with_phrase(self.summary.data),
            follow_ups=promises,
            length_note=self.length_note.data,
            over_reason=self.over_reason.data,
            late_reason=self.late_reason.data,
        )


class ReportForm(ReportFields):
    steps = FieldList(FormField(StepFields), min_entries=ROWS, max_entries=MOST_FOLLOW_UPS)
    more_steps = Checkbox()
    """The button below the rows."""

    @classmethod
    def of(cls, visit: Consultation) -> "ReportForm":
        """Prefilled with what was agreed on."""
        start = clock.local(visit.planned_start) if visit.planned_start else None
        return cls(
            day=start.date() if start else None,
            time=start.time() if start else None,
            minutes=visit.planned_minutes,
        )

    def one_more_step(self) -> None:
        if len(self.steps.entries) < MOST_FOLLOW_UPS:
            self.steps.append_entry()

    def promises(self) -> list[Promise]:
        return [row.form.promise() for row in self.steps.entries if row.form.text.data]


class CorrectForm(ReportFields):
    reason = Text(
        _l("Why it is corrected"),
        validators=[
            InputRequired(_l("Say why: it stands in the history")),
            Length(max=REASON_LENGTH, message=AT_MOST),
        ],
    )

    @classmethod
    def of(cls, visit: Consultation) -> "CorrectForm":
        start = clock.local(visit.actual_start) if visit.actual_start else None
        return cls(
            day=start.date() if start else None,
            time=start.time() if start else None,
            minutes=visit.actual_minutes,
            people_count=visit.participants_count,
            topics=visit.topics,
            summary=visit.summary,
            length_note=visit.length_note,
        )


class ConfirmReportForm(ConfirmForm):
    seen = Hidden()
    """Which report stood on the page."""


class DisputeForm(BaseForm):
    reason = TextArea(
        _l("What is not right"),
        validators=[
            InputRequired(_l("Say what is not right")),
            Length(max=REASON_LENGTH * 4, message=AT_MOST),
        ],
        description=_l("For example another length, another day, or that it did not take place."),
    )


class SettleForm(BaseForm):
    outcome = Radio(
        _l("Decision"),
        choices=[SelectChoice(str(one), one.label) for one in Outcome],
        validators=[InputRequired(_l("Choose a decision"))],
    )
    minutes = MinutesField(
        _l("Minutes that count"),
        validators=[Optional()],
        description=_l("Only where it stands with other minutes."),
    )
    note = TextArea(
        _l("Why"),
        validators=[InputRequired(_l("Say why you decide so")), Length(max=2000, message=AT_MOST)],
        description=_l("Both sides read it."),
    )


class StepForm(BaseForm):
    text = Text(
        _l("What is to be done"), validators=[InputRequired(REQUIRED), Length(max=LONGEST, message=AT_MOST)]
    )
    owner = Choice(_l("Who does it"), choices=[SelectChoice(str(side), side.label) for side in Side])
    due_on = Day(_l("Until"), validators=[Optional()])

    def promise(self) -> Promise:
        return Promise(self.text.data or "", Side(self.owner.data), self.due_on.data)


class TickForm(BaseForm):
    done = Checkbox()
    listed = Checkbox()
    """Sent from the partnership's list, to which it leads back."""
