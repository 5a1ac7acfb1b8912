"""Forms of a trip: first where and when, then every visit of it to look at and change."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from wtforms import FieldList, Form, FormField
from wtforms.widgets import CheckboxInput, ListWidget

from animators.visits.errors import LEAST_MINUTES, MOST_MINUTES, LengthOutOfBounds, NoDate, SlotRefused
from animators.visits.forms import POLISH_TIME
from animators.visits.slots import Slot
from animators.visits.times import moment_of
from animators.visits.trips import Choice, Stop, StopRefused
from core import clock
from core.errors import DomainError
from core.forms import (
    AT_MOST,
    NO_DAY,
    NO_TIME,
    REQUIRED,
    BaseForm,
    Checkbox,
    Choices,
    Day,
    Hidden,
    InputRequired,
    Length,
    Text,
    TimeOfDay,
    ValidationError,
    WholeNumber,
)
from core.i18n import _l

MOST_STOPS = 10
LONGEST_GAP = 12 * 60
USUAL_GAP = 60
LONGEST_NUMBER = 9


class Places(Choices):
    """Ticked in a list, as there are few."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TripForm(BaseForm):
    """Where to, and when the first visit begins."""

    places = Places(
        _l("Municipalities"),
        coerce=int,
        validators=[InputRequired(_l("Tick at least one municipality."))],
    )
    day = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    time = TimeOfDay(
        _l("The first one begins at"), validators=[InputRequired(NO_TIME)], description=POLISH_TIME
    )
    minutes = WholeNumber(_l("Length of each in minutes"), validators=[InputRequired(REQUIRED)])
    gap = WholeNumber(_l("Minutes for the way between two"), validators=[InputRequired(REQUIRED)])

    def first(self) -> datetime:
        if self.day.data is None or self.time.data is None:
            raise NoDate
        return moment_of(self.day.data, self.time.data)

    def validate_places(self, field: Places) -> None:
        if len(field.data or ()) > MOST_STOPS:
            raise ValidationError(
                str(_l("Tick at most %(most)s municipalities for one trip.", most=MOST_STOPS))
            )

    def validate_minutes(self, field: WholeNumber) -> None:
        if not field.process_errors and not LEAST_MINUTES <= (field.data or 0) <= MOST_MINUTES:
            raise ValidationError(str(LengthOutOfBounds()))

    def validate_gap(self, field: WholeNumber) -> None:
        if not field.process_errors and not 0 <= (field.data or 0) <= LONGEST_GAP:
            raise ValidationError(
                str(_l("Enter a whole number of minutes from 0 to %(most)s.", most=LONGEST_GAP))
            )


class StopFields(Form):
    """One visit of the trip."""

    partnership_id = Hidden()
    take = Checkbox(_l("Propose this visit"))
    day = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    time = TimeOfDay(_l("Begins at"), validators=[InputRequired(NO_TIME)])
    minutes = WholeNumber(_l("Length in minutes"), validators=[InputRequired(REQUIRED)])
    place = Text(_l("Place"), validators=[InputRequired(REQUIRED), Length(max=300, message=AT_MOST)])


class StopsForm(BaseForm):
    """Every visit can be changed or left out; ``warned`` says which warnings stood on the page."""

    stops = FieldList(FormField(StopFields))
    gap = Hidden()
    warned = Hidden()

    @classmethod
    def of(cls, stops: Sequence[Stop], gap: int) -> "StopsForm":
        rows = []
        for stop in stops:
            begins = clock.local(stop.slot.starts_at)
            rows.append(
                {
                    "partnership_id": stop.partnership.id,
                    "take": True,
                    "day": begins.date(),
                    "time": begins.time(),
                    "minutes": stop.slot.minutes,
                    "place": stop.slot.place,
                }
            )
        return cls(data={"stops": rows, "gap": gap})

    def choices(self, known: Sequence[Choice]) -> list[tuple[Any, Choice]]:
        """The rows with the municipalities they are about; one that is no longer possible is left out."""
        by_id = {str(choice.partnership.id): choice for choice in known}
        return [
            (row, by_id[str(row.form.partnership_id.data)])
            for row in self.stops
            if str(row.form.partnership_id.data) in by_id
        ]

    def taken(self, known: Sequence[Choice]) -> list[tuple[Any, Stop]]:
        """Raises what a row says wrong, at its place."""
        taken: list[tuple[Any, Stop]] = []
        for row, choice in self.choices(known):
            if not row.form.take.data:
                continue
            try:
                moment = moment_of(row.form.day.data, row.form.time.data)
            except SlotRefused as refusal:
                raise StopRefused(self._position(row), refusal) from refusal
            if not LEAST_MINUTES <= (row.form.minutes.data or 0) <= MOST_MINUTES:
                raise StopRefused(self._position(row), LengthOutOfBounds())
            slot = Slot(moment, row.form.minutes.data or 0, row.form.place.data or "")
            taken.append((row, Stop(choice.partnership, choice.visit_no, slot)))
        return taken

    def _position(self, row: Any) -> int:
        return list(self.stops).index(row)

    def gap_minutes(self) -> int:
        written = str(self.gap.data or "")
        is_number = written.isascii() and written.isdigit() and len(written) < LONGEST_NUMBER
        return min(int(written), LONGEST_GAP) if is_number else USUAL_GAP

    def reject_at(self, row: Any | None, error: DomainError) -> None:
        field = row.form._fields.get(error.field or "") if row is not None else None
        if field is None:
            self.rejections.append(str(error))
        else:
            field.errors = [*field.errors, str(error)]


def mark_of(warnings: Sequence[str]) -> str:
    """Changes with what is warned of."""
    return sha256("\n".join(warnings).encode()).hexdigest()[:16]
