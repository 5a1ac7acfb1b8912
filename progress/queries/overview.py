"""What the office sees of all partnerships: how many are where, and which will not go on by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, literal, or_, select, type_coerce
from sqlalchemy.orm import aliased

from core import clock
from core.database import db
from municipalities.models import County, Municipality
from partnerships.models import Partnership
from partnerships.queries import has_animator, has_leader
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import AWAITING_REVIEW, PlanStatus
from programme.queries import the_programme
from progress.stages import Stage


def latest_general_plan() -> ColumnElement[bool]:
    """Of several general plans of a partnership the one for the latest years."""
    later = aliased(Plan)
    latest = select(func.max(later.year_from)).where(
        later.partnership_id == Partnership.id, later.kind == PlanKind.GENERAL
    )
    return and_(
        Plan.partnership_id == Partnership.id,
        Plan.kind == PlanKind.GENERAL,
        Plan.year_from == latest.scalar_subquery(),
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


@dataclass(frozen=True)
class StuckRow:
    """A partnership that will not go on by itself."""

    partnership_id: int
    municipality: str
    county: str
    has_leader: bool
    has_animator: bool
    status: PlanStatus | None
    since: datetime
    submitted_at: datetime | None
    version_id: int | None
    total: int
    """How many there are in all."""

    @property
    def is_approved(self) -> bool:
        return self.status is PlanStatus.APPROVED


def stuck_partnerships(*, limit: int) -> list[StuckRow]:
    """Those without a leader, with nobody to review, with a late answer or an approved plan left lying; oldest first."""
    since = func.coalesce(PlanVersion.status_since, Partnership.created_at)
    rows = db.session.execute(
        select(
            Partnership.id,
            Municipality.name,
            County.name,
            has_leader(),
            has_animator(),
            PlanVersion.status,
            since,
            PlanVersion.submitted_at,
            PlanVersion.id,
            func.count().over(),
        )
        .join(Partnership.municipality)
        .join(Municipality.county)
        .outerjoin(Plan, latest_general_plan())
        .outerjoin(PlanVersion, and_(PlanVersion.plan_id == Plan.id, PlanVersion.is_current))
        .where(Partnership.status != PartnershipStatus.CLOSED, _is_stuck())
        .order_by(since, Municipality.sort_key, Partnership.id)
        .limit(limit)
    )
    return [_stuck_row(row) for row in rows]


def _stuck_row(row: Sequence[Any]) -> StuckRow:
    return StuckRow(
        row[0], row[1], row[2], bool(row[3]), bool(row[4]), row[5], row[6], row[7], row[8], row[9]
    )


def _is_stuck() -> ColumnElement[bool]:
    settings, today = the_programme().settings, clock.today()
    waits = PlanVersion.status.in_(AWAITING_REVIEW)
    late = PlanVersion.submitted_at < _begin_of(last_day_not_late(today, settings.review_working_days))
    lying = PlanVersion.status_since < _begin_of(today - timedelta(days=settings.publish_reminder_days))
    return or_(
        ~has_leader(),
        and_(waits, ~has_animator()),
        and_(waits, late),
        and_(PlanVersion.status == PlanStatus.APPROVED, lying),
    )


def last_day_not_late(today: date, working_days: int) -> date:
    """A plan submitted before this day should have been answered before today."""
    day = today
    while clock.add_working_days(day - timedelta(days=1), working_days) >= today:
        day -= timedelta(days=1)
    return day


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.LOCAL_ZONE)
