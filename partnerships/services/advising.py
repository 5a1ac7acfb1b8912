"""Which animator advises a municipality."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role
from core import audit, clock
from core.database import db, refusing
from municipalities.models import Municipality
from partnerships import notices
from partnerships.errors import (
    AdvisesOwn,
    AlreadyAdvises,
    AlreadyCovered,
    AssignedFrom,
    AssignmentOver,
    AssignmentTakenBack,
    DayOver,
    NotAnAnimator,
    NothingToCover,
)
from partnerships.events import PartnershipEvent
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership
from partnerships.queries import assignments_between, leads_between, open_partnership_of
from partnerships.services.shared import (
    check_days,
    check_person,
    hold_municipality,
    hold_person,
    iso,
    said,
)


def assign_animator(
    municipality: Municipality,
    animator: User,
    *,
    starts_on: date,
    kind: AssignmentKind = AssignmentKind.MAIN,
    ends_on: date | None = None,
    reason: str | None = None,
    takes_back: Collection[int] = (),
    actor: User,
) -> AnimatorAssignment:
    """Assign the animator from a day on, or one who covers for a while. The former one advises until the day before.

    ``takes_back``: assignments of that kind that begin on that day or later, which this one comes in place of. Nobody
    is put out of the way without having been named: of two people who assign at once the second is told of the first.
    """
    check_days(starts_on, ends_on)
    may_advise(animator, starts_on)
    hold_municipality(municipality)
    hold_person(animator)
    present = assignments_between(municipality, starts_on, ends_on)
    given_up = [
        one for one in present if one.id in takes_back and one.kind is kind and one.starts_on >= starts_on
    ]
    present = [one for one in present if one not in given_up]
    makes_way = _former(present, starts_on) if kind is AssignmentKind.MAIN else None
    _check_room(present, kind, starts_on, animator)
    partnership = open_partnership_of(municipality)
    if partnership is not None and leads_between(animator, partnership, starts_on, ends_on):
        raise AdvisesOwn(animator.name, municipality.name)

    story = partnership or municipality
    for one in given_up:
        take_back(one, story, reason=reason, actor=actor)
    with refusing(AlreadyCovered):
        if makes_way is not None:
            _end_before(makes_way, starts_on, story, reason=reason, actor=actor)
        if kind is AssignmentKind.MAIN:
            for cover in _covers_by(animator, present):
                _end_before(cover, max(starts_on, clock.today()), story, reason=reason, actor=actor)
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
    covered = _covered(present, starts_on) if kind is AssignmentKind.COVER else None
    _remember(assignment, municipality, makes_way, covered=covered, given_up=given_up, actor=actor)
    return assignment


def end_assignment(
    assignment: AnimatorAssignment, *, ends_on: date, reason: str | None = None, actor: User
) -> None:
    """Nobody follows. One that has not begun by then leaves no day behind, so it is taken back; what began before today
    never is.
    """
    municipality = assignment.municipality
    hold_municipality(municipality)
    present = assignments_between(municipality, assignment.starts_on, assignment.starts_on)
    if assignment not in present:
        raise AssignmentTakenBack
    if ends_on < clock.today() and (ends_on >= assignment.starts_on or assignment.starts_on < clock.today()):
        raise DayOver
    if assignment.ends_on is not None and assignment.ends_on <= ends_on:
        raise AssignmentOver(assignment.ends_on)
    partnership = open_partnership_of(municipality)
    before = facts(assignment)
    if ends_on < assignment.starts_on:
        take_back(assignment, partnership or municipality, reason=reason, actor=actor)
    else:
        assignment.ends_on = ends_on
        record_ended(assignment, partnership or municipality, before, reason=reason, actor=actor)
    if partnership is not None:
        db.session.expire(partnership, ["assignments"])
    notices.tell_assignment_ends(
        assignment, municipality, partnership, ends_on=ends_on, reason=reason, actor=actor
    )


def may_advise(person: User, on: date) -> None:
    """Suspended people and those without the role on that day are assigned nowhere."""
    check_person(person)
    if not person.holds(Role.ANIMATOR, on):
        raise NotAnAnimator(person.name, on)


def take_back(
    assignment: AnimatorAssignment, story: Partnership | Municipality, *, reason: str | None, actor: User
) -> None:
    """As if it had never been meant; the history keeps what it said."""
    record_taken_back(assignment, story, reason=reason, actor=actor)
    db.session.delete(assignment)
    db.session.flush()


def _end_before(
    assignment: AnimatorAssignment,
    day: date,
    story: Partnership | Municipality,
    *,
    reason: str | None,
    actor: User,
) -> None:
    """Its last day is the one before. One that would begin later leaves no day behind."""
    if assignment.starts_on >= day:
        take_back(assignment, story, reason=reason, actor=actor)
        return
    before = facts(assignment)
    assignment.ends_on = day - timedelta(days=1)
    record_ended(assignment, story, before, reason=reason, actor=actor)


def record_ended(
    assignment: AnimatorAssignment,
    story: Partnership | Municipality,
    before: dict[str, Any],
    *,
    reason: str | None,
    actor: User | None,
) -> None:
    """``before``: its facts with the last day it had until now."""
    audit.record(
        PartnershipEvent.ASSIGNMENT_ENDED,
        assignment,
        story=story,
        actor=actor,
        personal=said(assignment.animator.name, reason),
        before=before,
        after=facts(assignment),
    )


def record_taken_back(
    assignment: AnimatorAssignment,
    story: Partnership | Municipality,
    *,
    reason: str | None,
    actor: User | None,
) -> None:
    audit.record(
        PartnershipEvent.ASSIGNMENT_TAKEN_BACK,
        assignment,
        story=story,
        actor=actor,
        personal=said(assignment.animator.name, reason),
        before=facts(assignment),
        after={},
    )


def facts(assignment: AnimatorAssignment) -> dict[str, Any]:
    """What the history compares."""
    return {
        "user_id": assignment.animator_id,
        "assigned_as": assignment.kind.value,
        "starts_on": iso(assignment.starts_on),
        "ends_on": iso(assignment.ends_on),
    }


def _former(present: Sequence[AnimatorAssignment], starts_on: date) -> AnimatorAssignment | None:
    mains = (one for one in present if one.kind is AssignmentKind.MAIN and one.starts_on < starts_on)
    return next(mains, None)


def _covered(present: Sequence[AnimatorAssignment], on: date) -> AnimatorAssignment | None:
    """Whose decisions are somebody else's from that day on."""
    return next((one for one in present if one.kind is AssignmentKind.MAIN and one.covers(on)), None)


def _covers_by(animator: User, present: Sequence[AnimatorAssignment]) -> list[AnimatorAssignment]:
    """Who becomes the animator covers no longer: it would be for themselves. What is over stays as it was."""
    return [
        one
        for one in present
        if one.kind is AssignmentKind.COVER
        and one.animator_id == animator.id
        and (one.ends_on is None or one.ends_on >= clock.today())
    ]


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
            raise _taken(same_kind[0], starts_on)
        if _covered(mains, starts_on) is None:
            raise NothingToCover
        return
    later = next((one for one in same_kind if one.starts_on >= starts_on), None)
    if later is not None:
        raise _taken(later, starts_on)


def _taken(by: AnimatorAssignment, starts_on: date) -> AssignedFrom:
    has_begun = by.starts_on < max(starts_on, clock.today())
    return AssignedFrom(by.animator.name, by.starts_on, has_begun=has_begun)


def _remember(
    assignment: AnimatorAssignment,
    municipality: Municipality,
    makes_way: AnimatorAssignment | None,
    *,
    covered: AnimatorAssignment | None,
    given_up: Sequence[AnimatorAssignment],
    actor: User,
) -> None:
    """In the partnership's story where there is one, else in the municipality's."""
    partnership = open_partnership_of(municipality)
    record_assigned(assignment, partnership or municipality, makes_way, actor=actor)
    if partnership is not None:
        db.session.expire(partnership, ["assignments"])
    notices.tell_assigned(assignment, municipality, partnership, makes_way or covered, actor=actor)
    notices.tell_taken_back(given_up, municipality, in_favour_of=assignment, actor=actor)


def record_assigned(
    assignment: AnimatorAssignment,
    story: Partnership | Municipality,
    makes_way: AnimatorAssignment | None,
    *,
    actor: User,
) -> None:
    main = assignment.kind is AssignmentKind.MAIN
    audit.record(
        PartnershipEvent.ANIMATOR_ASSIGNED if main else PartnershipEvent.COVER_ASSIGNED,
        assignment,
        story=story,
        actor=actor,
        personal={
            **said(assignment.animator.name, assignment.reason),
            "before": {"animator": makes_way.animator.name} if makes_way else {},
            "after": {"animator": assignment.animator.name},
        },
        former_id=makes_way.animator_id if makes_way else None,
        before={},
        after=facts(assignment),
    )
