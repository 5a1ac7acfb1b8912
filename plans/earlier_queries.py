"""Asking for plans from before this system."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, literal, select
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


def was_published_before() -> ColumnElement[bool]:
    """Of a partnership, in a query that lists such: its general plan was published before this system.

    What the plan stands for is done then, though there is none here yet.
    """
    found = select(literal(1)).where(
        EarlierPlan.partnership_id == Partnership.id,
        EarlierPlan.kind == PlanKind.GENERAL,
        EarlierPlan.status == EarlierStatus.PUBLISHED,
    )
    return found.correlate(Partnership).exists()
