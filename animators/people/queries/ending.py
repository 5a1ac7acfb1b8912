"""What follows when an assignment ends and nobody is named instead."""

from dataclasses import dataclass

from sqlalchemy import func, select

from accounts.models import User
from core import clock
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
    instead: User | None
    """Who advises the municipality once this assignment is over, as far as that is settled."""


def consequences_of(assignment: AnimatorAssignment) -> Consequences:
    partnership = open_partnership_of(assignment.municipality)
    others = [
        one
        for one in assignments_between(assignment.municipality, clock.today(), assignment.ends_on)
        if one.id != assignment.id
    ]
    others.sort(key=lambda one: one.kind is AssignmentKind.MAIN)
    return Consequences(partnership, _waiting(partnership), others[0].animator if others else None)


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
