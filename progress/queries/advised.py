"""What an animator asks about the partnerships they advise, beside the reviews themselves."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload

from accounts.models import User
from core.database import db
from partnerships.models import LeaderTerm, Partnership
from partnerships.queries import advised_by
from partnerships.workflow import PartnershipStatus
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus

WITH_LEADERS = (PlanStatus.RETURNED, PlanStatus.APPROVED)


def plans_with_leaders(animator: User, *, limit: int) -> tuple[Sequence[PlanVersion], int]:
    """Returned plans and approved ones that are not public yet, the longest waiting first; and how many in all."""
    found = (
        db.session.execute(
            select(PlanVersion, func.count().over())
            .join(PlanVersion.plan)
            .join(Plan.partnership)
            .join(Partnership.municipality)
            .options(
                contains_eager(PlanVersion.plan)
                .contains_eager(Plan.partnership)
                .options(
                    contains_eager(Partnership.municipality),
                    selectinload(Partnership.terms).joinedload(LeaderTerm.user, innerjoin=True),
                ),
            )
            .where(
                PlanVersion.is_current,
                PlanVersion.status.in_(WITH_LEADERS),
                Partnership.status != PartnershipStatus.CLOSED,
                advised_by(animator),
            )
            .order_by(PlanVersion.status_since, PlanVersion.id)
            .limit(limit)
        )
        .unique()
        .all()
    )
    return [row[0] for row in found], found[0][1] if found else 0
