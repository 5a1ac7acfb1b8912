"""Figures by month, quarter or year: each row is put into its place by the database, in two questions whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, func, literal, literal_column, select, union_all

from animators.consultations.models import Consultation
from animators.hours.models import HourBudget, LedgerEntry
from animators.reports.figures import CONSULTATIONS, OF_NOW, TAKEN
from animators.reports.periods import Month, Span, Step, spans
from animators.reports.selection import Selection
from core import clock
from core.database import db
from municipalities.models import Municipality
from programme.queries import the_programme

MOST_ROWS = 40
"""More months than that are told by quarters, unless somebody asks for months."""
AHEAD = 2
"""Months still to come that are shown, for visits agreed already."""


@dataclass(frozen=True)
class Count:
    number: int = 0
    minutes: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.number + other.number, self.minutes + other.minutes)


NONE = Count()


@dataclass(frozen=True)
class SpanRow:
    """``span`` is None for what lies before the first or after the last one shown; then one of its ends is open."""

    span: Span | None
    first: Month | None
    last: Month | None
    counts: dict[str, Count]

    def __getitem__(self, key: str) -> Count:
        return self.counts.get(key, NONE)


@dataclass(frozen=True)
class Table:
    step: Step
    rows: Sequence[SpanRow]
    """In the order of time."""

    @property
    def shown(self) -> list[SpanRow]:
        return [row for row in self.rows if row.span is not None]

    def total(self, key: str) -> Count:
        return reduce(add, (row[key] for row in self.rows), NONE)


def table_by_span(selection: Selection) -> Table:
    """Every row of the figures is in one of its rows: what lies outside of the months shown has a row of its own."""
    step, places = _places(selection)
    found = _counted(selection, places)
    for at, taken in _taken(selection, places).items():
        found.setdefault(at, {})[TAKEN.key] = taken
    rows = [SpanRow(span, span.first, span.last, found.get(at, {})) for at, span in enumerate(places)]
    if -1 in found:
        rows.insert(0, SpanRow(None, selection.first, places[0].first.plus(-1), found[-1]))
    if len(places) in found:
        rows.append(SpanRow(None, places[-1].last.plus(1), selection.last, found[len(places)]))
    return Table(step, rows)


def _places(selection: Selection) -> tuple[Step, Sequence[Span]]:
    programme, today = the_programme().row, Month.of(clock.today())
    first = selection.first or min(Month.of(programme.starts_on), selection.last or today)
    last = selection.last or max(first, min(Month.of(programme.ends_on), today.plus(AHEAD)))
    if selection.by:
        return selection.by, spans(first, last, selection.by)[-3 * MOST_ROWS :]
    step = next((one for one in Step if len(spans(first, last, one)) <= MOST_ROWS), Step.YEAR)
    return step, spans(first, last, step)


Found = dict[int, dict[str, Count]]


def _counted(selection: Selection, places: Sequence[Span]) -> Found:
    parts = [
        select(literal(key).label("key"), rows.when.label("at"), rows.minutes.label("minutes"))
        .select_from(Consultation)
        .join(Municipality, Municipality.id == Consultation.municipality_id)
        .where(rows.where(), selection.moments(rows.when), selection.consultations())
        for key, rows in CONSULTATIONS.items()
        if key not in OF_NOW
    ]
    every = union_all(*parts).subquery()
    at = place_among(
        every.c.at, [*(one.first.begins_at for one in places), places[-1].last.plus(1).begins_at]
    )
    found: Found = {}
    for key, place, number, minutes in db.session.execute(
        select(every.c.key, at.label("place"), func.count(), func.sum(every.c.minutes)).group_by(
            "key", "place"
        )
    ):
        found.setdefault(place, {})[key] = Count(number, int(minutes))
    return found


def _taken(selection: Selection, places: Sequence[Span]) -> dict[int, Count]:
    bounds = [*(one.first.first_day for one in places), places[-1].last.plus(1).first_day]
    entries = (
        select(LedgerEntry.day.label("at"), LedgerEntry.minutes.label("minutes"))
        .join(HourBudget, HourBudget.id == LedgerEntry.budget_id)
        .join(Municipality, Municipality.id == HourBudget.municipality_id)
        .outerjoin(Consultation, Consultation.id == LedgerEntry.consultation_id)
        .where(selection.entries())
        .subquery()
    )
    at = place_among(entries.c.at, bounds)
    rows = db.session.execute(
        select(at.label("place"), func.count(), func.sum(entries.c.minutes)).group_by("place")
    )
    return {place: Count(number, int(minutes)) for place, number, minutes in rows}


def place_among(at: Any, bounds: Sequence[Any], before: int = -1) -> ColumnElement[int]:
    """Behind how many of the bounds it lies, less one: found as one looks up a word, in few comparisons."""
    if not bounds:
        return literal_column(str(before), Integer)
    middle = len(bounds) // 2
    return case(
        (at < bounds[middle], place_among(at, bounds[:middle], before)),
        else_=place_among(at, bounds[middle + 1 :], before + middle + 1),
    )
