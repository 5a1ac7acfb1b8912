"""Forms about dates of visits."""

from collections.abc import Iterator
from typing import Any

from wtforms.fields import Field

from animators.consultations.models import Side
from animators.visits.errors import MOST_SLOTS, NoDate, SlotRefused
from animators.visits.slots import Slot
from animators.visits.times import moment_of
from core.errors import DomainError
from core.forms import (
    AT_MOST,
    NO_DAY,
    NO_TIME,
    REQUIRED,
    BaseForm,
    Day,
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

LONGEST = 500
POLISH_TIME = _l("Polish time (Europe/Warsaw).")


class Behalf(Radio):
    """Only the office is asked, and it has to answer: nothing about it is optional."""

    must_choose = True


class ForSide(BaseForm):
    """The office says for whom it acts; nobody else is asked."""

    for_side = Behalf(
        _l("On behalf of"),
        choices=[SelectChoice(side.value, side.label) for side in (Side.LEADER, Side.ANIMATOR)],
        validators=[Optional()],
    )

    @property
    def side(self) -> Side | None:
        return Side(self.for_side.data) if self.for_side.data else None


class AgreedForm(ForSide):
    """The shortest way: one date that both know already."""

    day = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    time = TimeOfDay(_l("Begins at"), validators=[InputRequired(NO_TIME)], description=POLISH_TIME)
    minutes = WholeNumber(_l("Length in minutes"), validators=[InputRequired(REQUIRED)])
    place = Text(
        _l("Place"),
        validators=[InputRequired(REQUIRED), Length(max=300, message=AT_MOST)],
        description=_l("Where you meet: the building and the address."),
    )

    def slot(self) -> Slot:
        if self.day.data is None or self.time.data is None:
            raise NoDate
        return Slot(moment_of(self.day.data, self.time.data), self.minutes.data or 0, self.place.data or "")


def _day(number: int) -> Day:
    """One date is needed, the others are for the other side's choice."""
    needed = InputRequired(NO_DAY) if number == 1 else Optional()
    return Day(_l("Day %(number)s", number=number), validators=[needed])


def _time(number: int) -> TimeOfDay:
    needed = InputRequired(NO_TIME) if number == 1 else Optional()
    return TimeOfDay(_l("Begins at (%(number)s)", number=number), validators=[needed])


class ProposeForm(ForSide):
    """Up to five dates at one place."""

    day_1, day_2, day_3, day_4, day_5 = (_day(number) for number in range(1, MOST_SLOTS + 1))
    time_1, time_2, time_3, time_4, time_5 = (_time(number) for number in range(1, MOST_SLOTS + 1))
    minutes = WholeNumber(_l("Length in minutes"), validators=[InputRequired(REQUIRED)])
    place = Text(
        _l("Place"),
        validators=[InputRequired(REQUIRED), Length(max=300, message=AT_MOST)],
        description=_l("Where you meet: the building and the address."),
    )

    @property
    def rows(self) -> Iterator[tuple[int, Field, Field]]:
        for number in range(1, MOST_SLOTS + 1):
            yield number, self[f"day_{number}"], self[f"time_{number}"]

    @property
    def filled(self) -> list[tuple[int, Field, Field]]:
        return [row for row in self.rows if row[1].data or row[2].data]

    @property
    def shows_more(self) -> bool:
        """Beyond the first two, which are always in sight."""
        return any(
            day.data or time.data or day.errors or time.errors for _number, day, time in list(self.rows)[2:]
        )

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid: bool = super().validate(extra_validators)
        for _number, day, time in self.filled:
            for field, message in ((day, NO_DAY), (time, NO_TIME)):
                if field.data is None and not field.errors:
                    field.errors = [str(message)]
                    is_valid = False
        return is_valid

    def slots(self) -> list[Slot]:
        slots = []
        for index, (_number, day, time) in enumerate(self.filled):
            try:
                moment = moment_of(day.data, time.data)
            except SlotRefused as refusal:
                refusal.index = index
                raise
            slots.append(Slot(moment, self.minutes.data or 0, self.place.data or ""))
        return slots

    def reject(self, error: DomainError) -> None:
        """At the row it is about."""
        if not isinstance(error, SlotRefused) or error.field not in {"day", "time"}:
            super().reject(error)
            return
        rows = self.filled or list(self.rows)
        number = rows[min(error.index, len(rows) - 1)][0]
        field = self[f"{error.field}_{number}"]
        field.errors = [*field.errors, str(error)]


class MoveForm(ProposeForm):
    reason = TextArea(
        _l("Reason"),
        validators=[Optional(), Length(max=LONGEST, message=AT_MOST)],
        description=_l("The other side reads it in the mail."),
    )


class DeclineForm(ForSide):
    note = TextArea(
        _l("Why they do not fit"),
        validators=[
            InputRequired(_l("Say in a few words why: the other side reads it.")),
            Length(max=LONGEST, message=AT_MOST),
        ],
        description=_l("A word is enough, such as: on Fridays the library is closed."),
    )


class NotRightForm(BaseForm):
    note = TextArea(
        _l("What is right"),
        validators=[Optional(), Length(max=LONGEST, message=AT_MOST)],
        description=_l("The other side reads it in the mail."),
    )


class CancelForm(ForSide):
    for_side = Behalf(
        _l("On behalf of"),
        choices=[SelectChoice(side.value, side.label) for side in Side],
        validators=[Optional()],
    )
    reason = TextArea(
        _l("Reason"),
        validators=[InputRequired(_l("Say why: both sides read it.")), Length(max=LONGEST, message=AT_MOST)],
        description=_l("Both sides read it in the mail."),
    )
