"""What the office sees of all partnerships: how many are where."""

from sqlalchemy import ColumnElement, String, and_, exists, func, literal, literal_column, select, type_coerce
from sqlalchemy.orm import aliased

from core.database import db
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from progress.stages import Stage


def latest_general_plan() -> ColumnElement[bool]:
    """Of several general plans of a partnership the one for the latest years."""
    later = aliased(Plan)
    return and_(
        Plan.partnership_id == Partnership.id,
        Plan.kind == PlanKind.GENERAL,
        ~exists(literal_column("1"))  # nothing of it: so SQLite finds the answer in the index alone
        .where(
            later.partnership_id == Partnership.id,
            later.kind == PlanKind.GENERAL,
            later.year_from > Plan.year_from,
        )
        .correlate(Partnership, Plan),
    )


def stage_counts() -> dict[Stage, int]:
    """How many open partnerships are at each stage, in one query."""
    stage = func.coalesce(type_coerce(PlanVersion.status, String), literal(Stage.NO_PLAN.value))
    counted = db.session.execute(
        select(stage.label("stage"), func.count(Partnership.id))
        .select_from(Partnership)
        .outerjoin(Plan, latest_general_plan())
        .outerjoin(PlanVersion, and_(PlanVersion.plan_id == Plan.id, PlanVersion.is_current))
        .where(Partnership.status != PartnershipStatus.CLOSED)
        .group_by("stage")
    )
    found = {Stage(str(row[0])): row[1] for row in counted}
    return {stage: found.get(stage, 0) for stage in Stage}
