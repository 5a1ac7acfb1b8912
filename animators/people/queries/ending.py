"""What follows when an assignment ends and nobody is named instead."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from core.database import db
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership
from partnerships.queries import assignments_between, open_partnership_of
from plans.models import Plan, PlanVersion
from plans.workflow import AWAITING_REVIEW


@dataclass(frozen=True)
class Consequences:
    partnership: Partnership | None
    reviews: int
    """Plans that wait for a decision now."""
    instead: AnimatorAssignment | None
    """Who advises the municipality on the first day without this assignment."""

    @property
    def is_settled(self) -> bool:
        """Somebody advises, and not only for a while."""
        return self.instead is not None and self.instead.ends_on is None


def consequences_of(assignment: AnimatorAssignment, *, ends_on: date) -> Consequences:
    partnership = open_partnership_of(assignment.municipality)
    first = max(ends_on + timedelta(days=1), assignment.starts_on)
    others = [
        one for one in assignments_between(assignment.municipality, first, first) if one.id != assignment.id
    ]
    others.sort(key=lambda one: one.kind is AssignmentKind.MAIN)
    return Consequences(partnership, _waiting(partnership), others[0] if others else None)


def _waiting(partnership: Partnership | None) -> int:
    if partnership is None:
        return 0
    counted = db.session.scalar(
        select(func.count())
        .select_from(PlanVersion)
        .join(PlanVersion.plan)
        .where(
            Plan.partnership_id == partnership.id,
            PlanVersion.is_current,
            PlanVersion.status.in_(AWAITING_REVIEW),
        )
    )
    return counted or 0
