"""What becomes of a training, and when nobody has said so although it must be over."""

from collections.abc import Mapping
from datetime import date, timedelta

from plans.definitions import PlanRow, Value
from plans.totals import CANCELLED, DONE

TRAININGS = "trainings"
STATUS, QUARTER = "status", "quarter"
PLANNED, CONFIRMED, RUNNING, MOVED = "planned", "confirmed", "running", "moved"

UNDECIDED = frozenset({PLANNED, CONFIRMED, RUNNING, MOVED})
"""It may still take place."""
NOT_HELD = frozenset({PLANNED, CONFIRMED, MOVED})
"""When the year is over, this is what goes on into the next one."""
SETTLED = frozenset({DONE, CANCELLED})

QUARTERS = ("q1", "q2", "q3", "q4")


def status_of(row: PlanRow) -> str:
    return str(row.values.get(STATUS, PLANNED))


def ends_on(row: PlanRow, year: int) -> date | None:
    """The last day it was to take place on: the day it says, else the end of its quarter."""
    for key in ("date_to", "date_from"):
        found = as_day(row.values.get(key))
        if found is not None:
            return found
    quarter = row.values.get(QUARTER)
    return end_of_quarter(year, QUARTERS.index(quarter) + 1) if quarter in QUARTERS else None


def end_of_quarter(year: int, number: int) -> date:
    return date(year + number // 4, number * 3 % 12 + 1, 1) - timedelta(days=1)


def is_overdue(row: PlanRow, year: int, today: date) -> bool:
    """It must be over, and nobody has said what became of it."""
    end = ends_on(row, year)
    return status_of(row) in UNDECIDED and end is not None and end < today


def as_day(value: Value | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def by_uid(rows: tuple[PlanRow, ...]) -> Mapping[str, PlanRow]:
    return {row.row_uid: row for row in rows}
