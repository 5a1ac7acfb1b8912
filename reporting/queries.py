"""Asking for reports."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.database import db
from reporting.models import ReportDelta, ReportingPeriod, ReportSnapshot
from reporting.workflow import KEPT


def period_by_id(period_id: int) -> ReportingPeriod | None:
    return db.session.get(
        ReportingPeriod,
        period_id,
        options=[selectinload(ReportingPeriod.snapshots).selectinload(ReportSnapshot.deltas)],
    )


def kept_periods() -> Sequence[ReportingPeriod]:
    """What a funder may see: the latest first."""
    return db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.status.in_(KEPT))
        .order_by(ReportingPeriod.begins_on.desc())
    ).all()


def standing_deltas(period: ReportingPeriod) -> list[ReportDelta]:
    """Of each figure the latest difference, unless it has gone away again."""
    latest = [one.deltas[-1] for one in period.snapshots if one.deltas]
    return [delta for delta in latest if delta.cause]
