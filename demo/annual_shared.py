"""What becomes of years beside their rows: a training is moved, what was not held goes on, leaders share or declare."""

from collections.abc import Sequence
from datetime import date, timedelta

from core import clock
from demo.calendar import Calendar
from demo.cast import HOME
from demo.seats import Seat
from demo.years import working_day
from plans.definitions import PlanContent, PlanRow
from plans.models import PlanVersion
from plans.services import years
from plans.services.years import ACTUAL
from plans.totals import DONE
from plans.workflow import PlanStatus
from plans.years.carrying import left_to_carry
from plans.years.queries import annual_versions
from plans.years.statuses import CONFIRMED, MOVED, STATUS, TRAININGS, status_of
from programme.queries import the_programme

AGREE = 70
"""Percent of the partnerships that share the totals of their years."""
DECLARE = 4
"""So many keep their plan of the year elsewhere and have said so."""
LATER = timedelta(days=25)
ENOUGH = 4
"""Trainings that were held, before two of them are left open."""


def live_through_years(seats: Sequence[Seat], calendar: Calendar) -> None:
    for seat in seats:
        versions = annual_versions(seat.partnership)
        worked_by = [one for one in versions if one.status in (PlanStatus.IN_USE, PlanStatus.CLOSED)]
        with clock.at(calendar.now):
            for version in worked_by:
                _go_on(seat, version)
                _agree(seat, version)
    _declare(seats, calendar)


def left_open(content: PlanContent, today: date) -> PlanContent:
    """Of the trainings that were held last, one has no result yet and the one before it was put off."""
    held = sorted(
        (row for row in content.rows(TRAININGS) if status_of(row) == DONE),
        key=lambda row: str(row.values.get("date_from", "")),
    )
    if len(held) < ENOUGH:
        return content
    new = {held[-1].row_uid: _without_result(held[-1]), held[-2].row_uid: _put_off(held[-2], today)}
    rows = tuple(new.get(row.row_uid, row) for row in content.rows(TRAININGS))
    return PlanContent({**content.sheets, TRAININGS: rows})


def _without_result(row: PlanRow, status: str = CONFIRMED) -> PlanRow:
    planned = {key: value for key, value in row.values.items() if key not in (*ACTUAL, "remarks")}
    return PlanRow(row.row_uid, {**planned, STATUS: status})


def _put_off(row: PlanRow, today: date) -> PlanRow:
    """Not beyond the year."""
    day = min(working_day(today + LATER), date(today.year, 12, 30))
    open_one = _without_result(row, MOVED)
    days = {
        "date_from": day.isoformat(), "date_to": day.isoformat(), "quarter": f"q{(day.month - 1) // 3 + 1}",
    }  # fmt: skip
    return PlanRow(row.row_uid, {**open_one.values, **days})


def _go_on(seat: Seat, version: PlanVersion) -> None:
    """Whoever closed a year carries on what was left of it."""
    has_next = version.plan.year_from < the_programme().row.ends_on.year
    if version.status is PlanStatus.CLOSED and has_next and left_to_carry(version):
        years.carry_forward(version, actor=seat.leader)


def _agree(seat: Seat, version: PlanVersion) -> None:
    if seat.code == HOME or seat.chance("agrees to totals").happens(AGREE):
        shared = version.plan.shared_with_animator
        years.choose_shared(version, totals=True, animator=shared, actor=seat.leader)


def _declare(seats: Sequence[Seat], calendar: Calendar) -> None:
    """Their general plan is public, and they have no plan of the year here."""
    public = [one for one in seats if one.published is not None and not one.part.has_lost_leader]
    without = [one for one in public if one.partnership.is_open and not annual_versions(one.partnership)]
    for seat in without[:DECLARE]:
        with clock.at(calendar.now):
            years.declare_own_year(seat.partnership, year=calendar.today.year, actor=seat.leader)
