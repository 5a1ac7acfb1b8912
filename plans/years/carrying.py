"""Which trainings go on into the next year, and the marks that say where each came from."""

from collections.abc import Mapping

from sqlalchemy import select

from core import clock
from core.database import db
from plans.definitions import PlanRow
from plans.models import CarriedTraining, Plan, PlanVersion
from plans.years.queries import carried_out_of
from plans.years.statuses import NOT_HELD, TRAININGS, ends_on, status_of


def left_to_carry(version: PlanVersion) -> list[PlanRow]:
    """Trainings that were not held and do not stand in the plan of the next year; none that is still to come."""
    gone = carried_out_of(version.plan)
    rows = version.rows.rows(TRAININGS)
    not_held = [row for row in rows if row.values and status_of(row) in NOT_HELD and row.row_uid not in gone]
    if not version.is_editable:
        return not_held
    year, today = version.plan.year_from, clock.today()
    return [row for row in not_held if (ends_on(row, year) or today) <= today]


def note_carried(source: Plan, target: Plan, rows: Mapping[str, str]) -> None:
    """Remember of each row where it went on."""
    marks = db.session.scalars(
        select(CarriedTraining).where(
            CarriedTraining.source_plan_id == source.id, CarriedTraining.source_row_uid.in_(rows)
        )
    )
    known = {mark.source_row_uid: mark for mark in marks}
    for source_uid, target_uid in rows.items():
        mark = known.get(source_uid) or CarriedTraining(source_plan_id=source.id, source_row_uid=source_uid)
        mark.target_plan_id, mark.target_row_uid, mark.carried_at = target.id, target_uid, clock.now()
        db.session.add(mark)
    db.session.flush()
