"""What a reassignment is about: a fixed number of queries, however many municipalities there are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from accounts.models import User
from animators.advice.models import AdviceRequest, RequestStatus
from animators.consultations.models import Consultation, ConsultationStatus
from animators.people.moves import Around, Preview, Reassignment, move_of
from core import clock
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
    visits, requests = _agreed_visits(places), _open_requests([one.id for one in partnerships.values()])
    moves = []
    for place, assignments in theirs.items():
        partnership = partnerships.get(place)
        moves.append(
            move_of(
                wish,
                assignments,
                others[place],
                partnership,
                around=Around(
                    versions[partnership.id] if partnership else [],
                    handovers.get(partnership.id) if partnership else None,
                    visits[place],
                    requests.get(partnership.id, 0) if partnership else 0,
                ),
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


def _agreed_visits(places: Collection[int]) -> dict[int, list[datetime]]:
    """Of each municipality those to come, the next one first."""
    found: dict[int, list[datetime]] = defaultdict(list)
    rows = db.session.scalars(
        select(Consultation)
        .where(
            Consultation.municipality_id.in_(places),
            Consultation.status == ConsultationStatus.AGREED,
            Consultation.planned_start >= clock.now(),
        )
        .order_by(Consultation.planned_start, Consultation.id)
    )
    for one in rows:
        if one.planned_start is not None:
            found[one.municipality_id].append(one.planned_start)
    return found


def _open_requests(partnership_ids: Collection[int]) -> dict[int, int]:
    found = db.session.execute(
        select(AdviceRequest.partnership_id, func.count())
        .where(AdviceRequest.partnership_id.in_(partnership_ids), AdviceRequest.status == RequestStatus.OPEN)
        .group_by(AdviceRequest.partnership_id)
    )
    return {row[0]: row[1] for row in found}


def people_with_grants(ids: Collection[int]) -> dict[int, User]:
    found = db.session.scalars(select(User).where(User.id.in_(ids)).options(selectinload(User.grants)))
    return {one.id: one for one in found}
