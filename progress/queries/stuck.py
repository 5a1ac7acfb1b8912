"""Partnerships that will not go on by themselves, by reason: one query however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, select

from core import clock
from core.database import db, utc_day
from municipalities.models import Municipality
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.queries import has_active_leader, has_deciding_animator, has_leader
from partnerships.workflow import PartnershipStatus
from plans.models import Plan, PlanVersion
from plans.queries import is_kept
from plans.workflow import AWAITING_REVIEW, PlanStatus
from programme.queries import the_programme
from progress.queries.overview import latest_general_plan


class Reason(StrEnum):
    """Of several reasons the first counts: it has to be mended before the others can be."""

    NO_LEADER = "no_leader"
    LEADER_INACTIVE = "leader_inactive"
    NO_ANIMATOR = "no_animator"
    REVIEW_LATE = "review_late"
    UNPUBLISHED = "unpublished"
    SILENT = "silent"


@dataclass(frozen=True)
class StuckRow:
    partnership_id: int
    municipality: str
    reason: Reason
    since: datetime
    version_id: int | None
    total: int
    """How many are stuck for this reason."""


def stuck_partnerships(*, of_each: int) -> list[StuckRow]:
    """Of each reason the longest waiting ones, oldest first."""
    since = case(
        (~has_leader(), Partnership.created_at),
        else_=func.coalesce(PlanVersion.status_since, Partnership.created_at),
    )
    stuck = (
        select(
            Partnership.id.label("partnership_id"),
            Municipality.name.label("municipality"),
            Municipality.sort_key.label("sort_key"),
            _reason().label("reason"),
            since.label("since"),
            case((~has_leader(), _led_until())).label("led_until"),
            PlanVersion.id.label("version_id"),
        )
        .join(Partnership.municipality)
        .outerjoin(Plan, latest_general_plan())
        .outerjoin(PlanVersion, and_(PlanVersion.plan_id == Plan.id, PlanVersion.is_current))
        .where(Partnership.status != PartnershipStatus.CLOSED)
        .subquery()
    )
    unled_from = func.coalesce(stuck.c.led_until, utc_day(stuck.c.since))
    by_day = case((stuck.c.reason == Reason.NO_LEADER.value, unled_from))
    in_order = (by_day, stuck.c.since, stuck.c.sort_key, stuck.c.partnership_id)
    ranked = (
        select(
            stuck,
            func.count().over(partition_by=stuck.c.reason).label("total"),
            func.row_number().over(partition_by=stuck.c.reason, order_by=in_order).label("rank"),
        )
        .where(stuck.c.reason.is_not(None))
        .subquery()
    )
    shown = select(ranked).where(ranked.c.rank <= of_each).order_by(ranked.c.rank)
    return [_row(row) for row in db.session.execute(shown)]


def _row(row: Any) -> StuckRow:
    since = row.since if row.led_until is None else _begin_of(row.led_until + timedelta(days=1))
    return StuckRow(
        row.partnership_id, row.municipality, Reason(row.reason), since, row.version_id, row.total
    )


def _led_until() -> ScalarSelect[date | None]:
    """The last day on which somebody led it; none where nobody ever did."""
    return (
        select(func.max(LeaderTerm.ends_on))
        .where(
            LeaderTerm.partnership_id == Partnership.id,
            LeaderTerm.kind == TermKind.LEADER,
            LeaderTerm.ends_on < clock.today(),
        )
        .scalar_subquery()
    )


def _reason() -> ColumnElement[str | None]:
    settings, today = the_programme().settings, clock.today()
    waits = PlanVersion.status.in_(AWAITING_REVIEW)
    late = PlanVersion.submitted_at < _begin_of(last_day_not_late(today, settings.review_working_days))

    def lies(status: PlanStatus, days: int) -> ColumnElement[bool]:
        long_since = PlanVersion.status_since < _begin_of(today - timedelta(days=days))
        return and_(PlanVersion.status == status, long_since)

    whens: Sequence[tuple[ColumnElement[bool], str]] = [
        (~has_leader(), Reason.NO_LEADER.value),
        (~has_active_leader(), Reason.LEADER_INACTIVE.value),
        (and_(waits, ~is_kept(), ~has_deciding_animator()), Reason.NO_ANIMATOR.value),
        (and_(waits, late), Reason.REVIEW_LATE.value),
        (lies(PlanStatus.APPROVED, settings.publish_reminder_days), Reason.UNPUBLISHED.value),
        (lies(PlanStatus.RETURNED, settings.returned_alert_days), Reason.SILENT.value),
    ]
    return case(*whens, else_=None)


def last_day_not_late(today: date, working_days: int) -> date:
    """A plan submitted before this day should have been answered before today."""
    day = today
    while clock.add_working_days(day - timedelta(days=1), working_days) >= today:
        day -= timedelta(days=1)
    return day


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.LOCAL_ZONE)
