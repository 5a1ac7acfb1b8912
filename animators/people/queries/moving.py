"""What a reassignment is about: a fixed number of queries, however many municipalities there are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from accounts.models import User
from animators.people.moves import Preview, Reassignment, move_of
from core.database import db
from municipalities.models import Municipality
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import OPEN_HANDOVERS
from partnerships.models import AnimatorAssignment, Partnership
from partnerships.queries import with_people
from partnerships.workflow import PartnershipStatus
from plans.models import Plan, PlanVersion
from plans.workflow import AWAITING_REVIEW, PlanStatus

OPEN_REVIEWS = AWAITING_REVIEW | {PlanStatus.APPROVED}


def assignments_from(animator: User, day: date) -> Sequence[AnimatorAssignment]:
    """All that have not ended before that day, with their places, by the alphabet."""
    return db.session.scalars(
        select(AnimatorAssignment)
        .join(AnimatorAssignment.municipality)
        .options(
            contains_eager(AnimatorAssignment.municipality).options(
                joinedload(Municipality.county, innerjoin=True),
                joinedload(Municipality.voivodeship, innerjoin=True),
            )
        )
        .where(
            AnimatorAssignment.animator_id == animator.id,
            or_(AnimatorAssignment.ends_on.is_(None), AnimatorAssignment.ends_on >= day),
        )
        .order_by(Municipality.sort_key, Municipality.id, AnimatorAssignment.starts_on)
    ).all()


def preview_of(wish: Reassignment) -> Preview:
    """Of what the office wants, as things stand now."""
    theirs: dict[int, list[AnimatorAssignment]] = defaultdict(list)
    for one in assignments_from(wish.animator, wish.starts_on):
        if one.municipality_id in wish.successors:
            theirs[one.municipality_id].append(one)
    places = list(theirs)
    others = _others(wish, places)
    partnerships = open_partnerships(places)
    versions = _open_reviews([one.id for one in partnerships.values()])
    handovers = _open_handovers([one.id for one in partnerships.values()])
    moves = []
    for place, assignments in theirs.items():
        partnership = partnerships.get(place)
        moves.append(
            move_of(
                wish,
                assignments,
                others[place],
                partnership,
                versions=versions[partnership.id] if partnership else [],
                handover=handovers.get(partnership.id) if partnership else None,
            )
        )
    return Preview(wish, moves)


def _others(wish: Reassignment, places: Collection[int]) -> dict[int, list[AnimatorAssignment]]:
    found: dict[int, list[AnimatorAssignment]] = defaultdict(list)
    rows = db.session.scalars(
        select(AnimatorAssignment)
        .options(joinedload(AnimatorAssignment.animator, innerjoin=True))
        .where(
            AnimatorAssignment.municipality_id.in_(places),
            AnimatorAssignment.animator_id != wish.animator.id,
            or_(AnimatorAssignment.ends_on.is_(None), AnimatorAssignment.ends_on >= wish.starts_on),
        )
        .order_by(AnimatorAssignment.starts_on, AnimatorAssignment.id)
    )
    for one in rows:
        found[one.municipality_id].append(one)
    return found


def open_partnerships(places: Collection[int]) -> dict[int, Partnership]:
    """By the municipality, with everybody the rights ask about."""
    found = db.session.scalars(
        select(Partnership)
        .where(Partnership.municipality_id.in_(places), Partnership.status != PartnershipStatus.CLOSED)
        .options(*with_people())
    )
    return {one.municipality_id: one for one in found.unique()}


def _open_reviews(partnership_ids: Collection[int]) -> dict[int, list[PlanVersion]]:
    found: dict[int, list[PlanVersion]] = defaultdict(list)
    rows = db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .options(
            contains_eager(PlanVersion.plan),
            defer(PlanVersion.content),
            joinedload(PlanVersion.kept_with).selectinload(User.grants),
        )
        .where(
            Plan.partnership_id.in_(partnership_ids),
            PlanVersion.is_current,
            PlanVersion.status.in_(OPEN_REVIEWS),
        )
        .order_by(PlanVersion.submitted_at, PlanVersion.id)
    )
    for version in rows:
        found[version.plan.partnership_id].append(version)
    return found


def _open_handovers(partnership_ids: Collection[int]) -> dict[int, LeaderHandover]:
    found = db.session.scalars(
        select(LeaderHandover)
        .options(joinedload(LeaderHandover.to_user, innerjoin=True))
        .where(LeaderHandover.partnership_id.in_(partnership_ids), LeaderHandover.status.in_(OPEN_HANDOVERS))
    )
    return {one.partnership_id: one for one in found}


def people_with_grants(ids: Collection[int]) -> dict[int, User]:
    found = db.session.scalars(select(User).where(User.id.in_(ids)).options(selectinload(User.grants)))
    return {one.id: one for one in found}
