"""Which animator advises a municipality."""

from collections.abc import Sequence
from datetime import date, timedelta

from accounts.models import User
from accounts.roles import Role
from core import audit
from core.database import db, refusing
from municipalities.models import Municipality
from partnerships import notices
from partnerships.errors import AlreadyAdvises, AlreadyCovered, NotAnAnimator, NothingToCover
from partnerships.events import PartnershipEvent
from partnerships.models import AnimatorAssignment, AssignmentKind
from partnerships.queries import assignments_between, open_partnership_of
from partnerships.services.shared import check_days, check_person, hold_municipality, iso, said


def assign_animator(
    municipality: Municipality,
    animator: User,
    *,
    starts_on: date,
    kind: AssignmentKind = AssignmentKind.MAIN,
    ends_on: date | None = None,
    reason: str | None = None,
    actor: User,
) -> AnimatorAssignment:
    """Assign the animator from a day on, or one who covers for a while. The former one advises until the day before."""
    check_days(starts_on, ends_on)
    check_person(animator)
    if not animator.holds(Role.ANIMATOR, starts_on):
        raise NotAnAnimator(animator.name, starts_on)
    hold_municipality(municipality)
    present = assignments_between(municipality, starts_on, ends_on)
    makes_way = _former(present, starts_on) if kind is AssignmentKind.MAIN else None
    _check_room(present, kind, starts_on, animator)

    with refusing(AlreadyCovered):
        if makes_way is not None:
            makes_way.ends_on = starts_on - timedelta(days=1)
            db.session.flush()  # before the new one, or for a moment there would be two
        assignment = AnimatorAssignment(
            municipality_id=municipality.id,
            animator_id=animator.id,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason or None,
        )
        db.session.add(assignment)
    _remember(assignment, municipality, makes_way, actor)
    return assignment


def _former(present: Sequence[AnimatorAssignment], starts_on: date) -> AnimatorAssignment | None:
    mains = (one for one in present if one.kind is AssignmentKind.MAIN and one.starts_on < starts_on)
    return next(mains, None)


def _check_room(
    present: Sequence[AnimatorAssignment], kind: AssignmentKind, starts_on: date, animator: User
) -> None:
    """A main animator begins after the present one began; a cover needs somebody else to cover for."""
    mains = [one for one in present if one.kind is AssignmentKind.MAIN]
    if any(one.animator_id == animator.id for one in mains):
        raise AlreadyAdvises(animator.name)
    same_kind = [one for one in present if one.kind is kind]
    if kind is AssignmentKind.COVER:
        if same_kind:
            raise AlreadyCovered
        if not any(one.covers(starts_on) for one in mains):
            raise NothingToCover
    elif any(one.starts_on >= starts_on for one in same_kind):
        raise AlreadyCovered


def _remember(
    assignment: AnimatorAssignment,
    municipality: Municipality,
    makes_way: AnimatorAssignment | None,
    actor: User,
) -> None:
    """In the partnership's story where there is one, else in the municipality's."""
    partnership = open_partnership_of(municipality)
    main = assignment.kind is AssignmentKind.MAIN
    audit.record(
        PartnershipEvent.ANIMATOR_ASSIGNED if main else PartnershipEvent.COVER_ASSIGNED,
        partnership or municipality,
        actor=actor,
        personal=said(assignment.animator.name, assignment.reason),
        assignment_id=assignment.id,
        user_id=assignment.animator_id,
        former_id=makes_way.animator_id if makes_way else None,
        starts_on=iso(assignment.starts_on),
        ends_on=iso(assignment.ends_on),
    )
    if partnership is not None:
        db.session.expire(partnership, ["assignments"])
    notices.tell_assigned(assignment, municipality, partnership, makes_way, actor=actor)
