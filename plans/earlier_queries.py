"""Asking for plans from before this system."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.database import db
from partnerships.models import Partnership
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus


def earlier_plans_of(partnership: Partnership) -> Sequence[EarlierPlan]:
    """The newest first, each with its file if somebody has added it."""
    return db.session.scalars(
        select(EarlierPlan)
        .where(EarlierPlan.partnership_id == partnership.id)
        .options(joinedload(EarlierPlan.file))
        .order_by(EarlierPlan.year_from.desc(), EarlierPlan.kind)
    ).all()


def published_before(partnership_ids: Collection[int]) -> set[int]:
    """Partnerships whose general plan was published at least once before this system: the task it stands for is done."""
    return set(
        db.session.scalars(
            select(EarlierPlan.partnership_id).where(
                EarlierPlan.partnership_id.in_(partnership_ids),
                EarlierPlan.kind == PlanKind.GENERAL,
                EarlierPlan.status == EarlierStatus.PUBLISHED,
            )
        )
    )
