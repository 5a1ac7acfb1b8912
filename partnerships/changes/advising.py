"""Who advises where municipalities change. Nobody reviews the plans of a partnership that they lead or help to."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from sqlalchemy import select

from accounts.models import User
from accounts.roles import Role
from core import audit, clock
from core.database import db
from municipalities.journal import Journal
from municipalities.models import Municipality, MunicipalityChange, MunicipalityChangeUnit
from partnerships.changes.succession import Course, open_partnerships_at
from partnerships.errors import WouldReviewOwn
from partnerships.events import PartnershipEvent
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, TermKind
from partnerships.services.advising import facts, record_ended, record_taken_back


class Period(Protocol):
    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...


def share_days(one: Period, other: Period) -> bool:
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def assignments_at(municipality_ids: Iterable[int | None]) -> Sequence[AnimatorAssignment]:
    """Those of today and to come, with the covers before the animators they cover for."""
    return db.session.scalars(
        select(AnimatorAssignment)
        .where(
            AnimatorAssignment.municipality_id.in_([id_ for id_ in municipality_ids if id_]),
            (AnimatorAssignment.ends_on.is_(None)) | (AnimatorAssignment.ends_on >= clock.today()),
        )
        .order_by(AnimatorAssignment.kind, AnimatorAssignment.id)
    ).all()


def check_nobody_reviews_own(decided: Course, leader: User | None) -> None:
    """Of whoever comes to lead the partnership that goes on; of its own people too, where it comes to another animator."""
    if decided.successor is None or decided.municipality_id is None:
        return
    comes = leader if decided.changes_leader(leader) else None
    terms = list(staying_in_office(decided, leader)) if decided.moves_to is not None else []
    for one in assignments_at([decided.municipality_id]):
        on_their_days = any(term.user_id == one.animator_id and share_days(term, one) for term in terms)
        if on_their_days or (comes is not None and comes.id == one.animator_id):
            raise WouldReviewOwn(one.animator.name, one.municipality.name)


def staying_in_office(decided: Course, leader: User | None) -> Iterator[LeaderTerm]:
    """Terms in the partnership that goes on, of today and to come; with another leader its own ends."""
    for term in decided.successor.terms if decided.successor else ():
        is_over = term.ends_on is not None and term.ends_on < clock.today()
        if not is_over and (term.kind is TermKind.DEPUTY or not decided.changes_leader(leader)):
            yield term


# --- Animators follow ------------------------------------------------------------------------------------------


def animators_before(change: MunicipalityChange) -> list[AnimatorAssignment]:
    """The animators of the municipalities that change, as of today."""
    present = assignments_at(unit.municipality_id for unit in change.sources)
    return [one for one in present if one.kind is AssignmentKind.MAIN and one.covers(clock.today())]


def needs_animator(unit: MunicipalityChangeUnit) -> bool:
    """One that has one, or gets one soon, keeps them."""
    return not any(one.kind is AssignmentKind.MAIN for one in assignments_at([unit.municipality_id]))


def first_of_others(before: Sequence[AnimatorAssignment], own: Collection[int]) -> User | None:
    """The first who may review: no suspended account, nobody without the role, none of the partnership's own people."""
    today = clock.today()
    may = (
        one.animator
        for one in before
        if one.animator.is_active and one.animator.holds(Role.ANIMATOR, today) and one.animator_id not in own
    )
    return next(may, None)


def animators_follow(change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
    """Nobody advises a municipality that is gone. One that has no animator yet gets that of the one before."""
    ended, before = {unit.municipality_id for unit in change.ending}, animators_before(change)
    for one in assignments_at(ended):
        _end_assignment(one, journal, actor=actor)
    journal.settle()
    for unit in change.targets if before else ():
        if unit.municipality is not None and needs_animator(unit):
            animator = first_of_others(before, people_at(unit.municipality_id))
            if animator is not None:
                _assign(unit.municipality, animator, journal, actor=actor)
    journal.settle()


def people_at(municipality_id: int | None) -> set[int]:
    """Who leads the partnership of a municipality or helps to, today or later."""
    present = open_partnerships_at([municipality_id] if municipality_id else [])
    return {
        term.user_id
        for partnership in present
        for term in partnership.terms
        if term.ends_on is None or term.ends_on >= clock.today()
    }


def _end_assignment(assignment: AnimatorAssignment, journal: Journal, *, actor: User | None) -> None:
    today, before = clock.today(), facts(assignment)
    if assignment.starts_on > today:
        record_taken_back(assignment, assignment.municipality, reason=None, actor=actor)
        journal.remove(assignment)
        return
    journal.change(assignment, ends_on=max(today - timedelta(days=1), assignment.starts_on))
    record_ended(assignment, assignment.municipality, before, reason=None, actor=actor)


def _assign(municipality: Municipality, animator: User, journal: Journal, *, actor: User | None) -> None:
    assignment = AnimatorAssignment(
        animator_id=animator.id,
        municipality_id=municipality.id,
        kind=AssignmentKind.MAIN,
        starts_on=clock.today(),
    )
    journal.add(assignment)
    journal.settle()
    audit.record(
        PartnershipEvent.ANIMATOR_ASSIGNED, assignment, story=municipality, actor=actor,
        personal={"note": animator.name}, before={}, after=facts(assignment),
    )  # fmt: skip
