"""The trainings of one year as a list: first what must be over and has no result yet, then quarter by quarter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from core import clock
from core.formatting import day, number
from core.i18n import _, language
from core.labels import Tone
from plans.definitions import PlanRow
from plans.models import PlanVersion, TrainingMove
from plans.page_sections import STATUS_TONES
from plans.totals import CANCELLED, DONE, number_or_none
from plans.values.text import day_text
from plans.years.carrying import left_to_carry
from plans.years.moves import moves_of
from plans.years.queries import Carried, carried_into, carried_out_of
from plans.years.statuses import MOVED, QUARTER, QUARTERS, TRAININGS, as_day, is_overdue, status_of
from programme.queries import the_programme


class Tag(NamedTuple):
    label: str
    tone: Tone


@dataclass(frozen=True)
class Training:
    uid: str
    title: str
    tag: Tag
    when: str
    was: tuple[str, ...]
    """When it was to take place before it was moved."""
    people: str
    is_overdue: bool
    came_from: Carried | None
    went_to: Carried | None


@dataclass(frozen=True)
class Quarter:
    title: str
    counts: str
    trainings: Sequence[Training]


class YearPage:
    def __init__(self, version: PlanVersion) -> None:
        self.version, self.year = version, version.plan.year_from
        self.language, self.today = language(), clock.today()
        self.statuses = the_programme().code_lists["training_status"]
        self.rows = [row for row in version.rows.rows(TRAININGS) if row.values]

    @cached_property
    def came_from(self) -> Mapping[str, Carried]:
        return carried_into(self.version.plan)

    @cached_property
    def went_to(self) -> Mapping[str, Carried]:
        return carried_out_of(self.version.plan)

    @cached_property
    def moves(self) -> Mapping[str, Sequence[TrainingMove]]:
        return moves_of(self.version.plan)

    @cached_property
    def left_to_carry(self) -> int:
        return len(left_to_carry(self.version))

    @property
    def is_over(self) -> bool:
        return self.year < self.today.year or not self.version.is_editable

    @property
    def can_carry(self) -> bool:
        """From its last quarter on; the programme must have a year after it."""
        ends = self.is_over or date(self.year, 10, 1) <= self.today
        return bool(ends and self.left_to_carry and self.year < the_programme().row.ends_on.year)

    @cached_property
    def overdue(self) -> list[Training]:
        return [one for one in self.trainings if one.is_overdue]

    @cached_property
    def quarters(self) -> list[Quarter]:
        """What is overdue stands above them, and is counted in its quarter all the same."""
        found = []
        for code in (*QUARTERS, ""):
            rows = [row for row in self.rows if self._quarter(row) == code]
            if rows:
                title = _("Quarter %(number)s", number=_ROMAN[code]) if code else _("No quarter yet")
                shown = [self._known[row.row_uid] for row in rows]
                waiting = [one for one in shown if not one.is_overdue]
                found.append(Quarter(title, self._counts(rows), waiting))
        return found

    @cached_property
    def trainings(self) -> list[Training]:
        return [self._training(row) for row in self.rows]

    @cached_property
    def _known(self) -> dict[str, Training]:
        return {one.uid: one for one in self.trainings}

    @staticmethod
    def _quarter(row: PlanRow) -> str:
        quarter = str(row.values.get(QUARTER, ""))
        return quarter if quarter in QUARTERS else ""

    def _counts(self, rows: Sequence[PlanRow]) -> str:
        """``planned: 2 · held: 3 · cancelled: 1``"""
        found = Counter(_COUNTED.get(status_of(row), "planned") for row in rows)
        names = {
            "planned": _("planned"),
            DONE: _("held"),
            MOVED: _("moved"),
            CANCELLED: _("cancelled"),
        }
        return " · ".join(f"{name}: {found[key]}" for key, name in names.items() if found[key])

    def _training(self, row: PlanRow) -> Training:
        status = status_of(row)
        return Training(
            uid=row.row_uid,
            title=str(row.values.get("title", "")) or _("A training without a name"),
            tag=Tag(self._status(status), STATUS_TONES.get(status, Tone.NEUTRAL)),
            when=self._when(row),
            was=tuple(self._was(one) for one in self.moves.get(row.row_uid, ())),
            people=_people(row),
            is_overdue=is_overdue(row, self.year, self.today),
            came_from=self.came_from.get(row.row_uid),
            went_to=self.went_to.get(row.row_uid),
        )

    def _status(self, code: str) -> str:
        return self.statuses.label(code, self.language) if code in self.statuses.codes else code

    def _when(self, row: PlanRow) -> str:
        held = as_day(row.values.get("held_on"))
        if held is not None:
            return _("held on %(day)s", day=day(held))
        first, last = (as_day(row.values.get(key)) for key in ("date_from", "date_to"))
        return _days(first, last)

    def _was(self, move: TrainingMove) -> str:
        days = _days(move.date_from, move.date_to)
        if days or not move.quarter:
            return days
        return _("quarter %(number)s", number=_ROMAN.get(move.quarter, move.quarter))


_ROMAN = {"q1": "I", "q2": "II", "q3": "III", "q4": "IV"}
_COUNTED = {DONE: DONE, CANCELLED: CANCELLED, MOVED: MOVED}
"""Confirmed and running ones are counted with the planned ones."""


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None or first == last:
        one = first or last
        return day_text(one) if one else ""
    return f"{day_text(first)} – {day_text(last)}"


def _people(row: PlanRow) -> str:
    planned, actual = (number_or_none(row, key) for key in ("participants_planned", "participants_actual"))
    if actual is not None and planned is not None:
        return _("%(actual)s of %(planned)s people planned", actual=number(actual), planned=number(planned))
    if actual is not None:
        return _("people: %(actual)s", actual=number(actual))
    return _("people planned: %(planned)s", planned=number(planned)) if planned is not None else ""
