"""When a training was to take place before it was moved. Kept whichever way the plan is changed: page, workbook, block."""

from collections.abc import Mapping

from sqlalchemy import delete, or_, select

from core.database import db
from plans.definitions import PlanContent, PlanKind, PlanRow
from plans.models import CarriedTraining, Plan, PlanVersion, TrainingMove
from plans.workflow import PlanStatus
from plans.years.statuses import MOVED, QUARTER, TRAININGS, as_day, by_uid, status_of

WHEN = (QUARTER, "date_from", "date_to")


def note_moves(version: PlanVersion, before: PlanContent, after: PlanContent) -> None:
    """While a plan is only being written, dates are not moved: they are not agreed with anybody yet."""
    if version.plan.kind is not PlanKind.ANNUAL or version.status is not PlanStatus.IN_USE:
        return
    known = by_uid(before.rows(TRAININGS))
    for row in after.rows(TRAININGS):
        was = known.get(row.row_uid)
        if was is not None and _is_moved(was, row):
            db.session.add(_move(version.plan, was))


def _is_moved(was: PlanRow, row: PlanRow) -> bool:
    """Another day for a training that is called moved, now or a moment ago: else it only became more exact."""
    when, now = ([one.values.get(key) for key in WHEN] for one in (was, row))
    return any(when) and when != now and MOVED in (status_of(was), status_of(row))


def _move(plan: Plan, was: PlanRow) -> TrainingMove:
    quarter = was.values.get(QUARTER)
    return TrainingMove(
        plan_id=plan.id,
        row_uid=was.row_uid,
        quarter=str(quarter) if quarter else None,
        date_from=as_day(was.values.get("date_from")),
        date_to=as_day(was.values.get("date_to")),
    )


def moves_of(plan: Plan) -> Mapping[str, list[TrainingMove]]:
    """Row -> when it was to take place before, the first first."""
    found: dict[str, list[TrainingMove]] = {}
    for move in db.session.scalars(
        select(TrainingMove).where(TrainingMove.plan_id == plan.id).order_by(TrainingMove.id)
    ):
        found.setdefault(move.row_uid, []).append(move)
    return found


def forget_year(plan: Plan) -> None:
    """With a plan that is deleted: what was carried into it goes back to where it came from."""
    db.session.execute(delete(TrainingMove).where(TrainingMove.plan_id == plan.id))
    of_plan = or_(CarriedTraining.source_plan_id == plan.id, CarriedTraining.target_plan_id == plan.id)
    db.session.execute(delete(CarriedTraining).where(of_plan))
