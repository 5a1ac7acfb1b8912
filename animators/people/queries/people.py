"""Animators as the office sees them: how much each of them has, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from accounts.models import User
from accounts.queries import holds_grant
from accounts.roles import Role
from animators.people.models import AnimatorProfile
from animators.people.queries.moving import assignments_from
from animators.people.words import ProfileState
from core import clock
from core.database import db
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership
from partnerships.queries import covers
from partnerships.workflow import PartnershipStatus
from plans.models import Plan, PlanVersion
from plans.queries import is_kept
from plans.workflow import AWAITING_REVIEW


@dataclass(frozen=True)
class AnimatorRow:
    person: User
    has_role: bool
    """They may be assigned today."""
    municipalities: int
    """As the animator, today."""
    covers: int
    """Others' municipalities they cover for now."""
    away: int
    """Their own that somebody covers now."""
    reviews: int
    """Plans that wait for their decision."""
    profile: ProfileState


def animator_by_id(person_id: int) -> User | None:
    """Somebody who is an animator, was one, or has been assigned."""
    return db.session.scalar(
        select(User).where(User.id == person_id, _is_animator()).options(selectinload(User.grants))
    )


def _is_animator() -> ColumnElement[bool]:
    from_grant = User.grants.any(role=Role.ANIMATOR)
    return or_(from_grant, exists().where(AnimatorAssignment.animator_id == User.id))


def animator_rows() -> list[AnimatorRow]:
    """Those with the role today or an assignment from today on, by surname."""
    today = clock.today()
    assigned = exists().where(
        AnimatorAssignment.animator_id == User.id,
        or_(AnimatorAssignment.ends_on.is_(None), AnimatorAssignment.ends_on >= today),
    )
    people = db.session.execute(
        select(User, AnimatorProfile)
        .outerjoin(AnimatorProfile, AnimatorProfile.user_id == User.id)
        .where(or_(holds_grant(Role.ANIMATOR, today), assigned))
        .options(selectinload(User.grants))
        .order_by(User.sort_key, User.id)
    ).all()
    counts, reviews = _assigned_counts(today), reviews_by_animator()
    return [
        AnimatorRow(
            person=person,
            has_role=person.is_active and person.holds(Role.ANIMATOR, today),
            municipalities=counts.get(person.id, (0, 0, 0))[0],
            covers=counts.get(person.id, (0, 0, 0))[1],
            away=counts.get(person.id, (0, 0, 0))[2],
            reviews=reviews.get(person.id, 0),
            profile=ProfileState.of(profile),
        )
        for person, profile in people
    ]


def _assigned_counts(today: date) -> dict[int, tuple[int, int, int]]:
    """Municipalities of their own, covered for others, and own ones that somebody covers."""
    is_main = AnimatorAssignment.kind == AssignmentKind.MAIN
    found = db.session.execute(
        select(
            AnimatorAssignment.animator_id,
            func.sum(case((is_main, 1), else_=0)),
            func.sum(case((is_main, 0), else_=1)),
            func.sum(case((is_main & _is_covered(today), 1), else_=0)),
        )
        .where(covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, today))
        .group_by(AnimatorAssignment.animator_id)
    )
    return {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in found}


def _is_covered(today: date) -> ColumnElement[bool]:
    cover = aliased(AnimatorAssignment)
    return exists().where(
        cover.municipality_id == AnimatorAssignment.municipality_id,
        cover.kind == AssignmentKind.COVER,
        covers(cover.starts_on, cover.ends_on, today),
    )


def reviews_by_animator() -> dict[int, int]:
    """Plans that wait, by who decides about them today."""
    today, main, cover = clock.today(), aliased(AnimatorAssignment), aliased(AnimatorAssignment)
    reviewer = case(
        (is_kept(), PlanVersion.kept_with_id), else_=func.coalesce(cover.animator_id, main.animator_id)
    )
    found = db.session.execute(
        select(reviewer.label("reviewer"), func.count())
        .select_from(PlanVersion)
        .join(PlanVersion.plan)
        .join(Plan.partnership)
        .outerjoin(main, _today(main, AssignmentKind.MAIN, today))
        .outerjoin(cover, _today(cover, AssignmentKind.COVER, today))
        .where(
            PlanVersion.is_current,
            PlanVersion.status.in_(AWAITING_REVIEW),
            Partnership.status != PartnershipStatus.CLOSED,
        )
        .group_by("reviewer")
    )
    return {row[0]: row[1] for row in found if row[0] is not None}


def _today(assignment: Any, kind: AssignmentKind, today: date) -> ColumnElement[bool]:
    return and_(
        assignment.municipality_id == Partnership.municipality_id,
        assignment.kind == kind,
        covers(assignment.starts_on, assignment.ends_on, today),
    )


def assignment_by_id(assignment_id: int) -> AnimatorAssignment | None:
    return db.session.scalar(
        select(AnimatorAssignment)
        .where(AnimatorAssignment.id == assignment_id)
        .options(
            joinedload(AnimatorAssignment.animator, innerjoin=True),
            joinedload(AnimatorAssignment.municipality, innerjoin=True).joinedload(
                Municipality.county, innerjoin=True
            ),
        )
    )


@dataclass(frozen=True)
class AssignmentRow:
    assignment: AnimatorAssignment
    partnership_id: int | None
    reviews: int
    """Plans of the municipality that wait for a decision, whoever decides."""


def assignment_rows(person: User) -> list[AssignmentRow]:
    """What somebody has from today on, by the alphabet, in two queries."""
    assignments = assignments_from(person, clock.today())
    waiting = and_(
        Plan.partnership_id == Partnership.id,
        exists().where(
            PlanVersion.plan_id == Plan.id,
            PlanVersion.is_current,
            PlanVersion.status.in_(AWAITING_REVIEW),
        ),
    )
    found = db.session.execute(
        select(Partnership.municipality_id, Partnership.id, func.count(Plan.id))
        .outerjoin(Plan, waiting)
        .where(
            Partnership.municipality_id.in_([one.municipality_id for one in assignments]),
            Partnership.status != PartnershipStatus.CLOSED,
        )
        .group_by(Partnership.municipality_id, Partnership.id)
    )
    by_place = {row[0]: (row[1], row[2]) for row in found}
    return [AssignmentRow(one, *by_place.get(one.municipality_id, (None, 0))) for one in assignments]
