"""Municipalities go over from one animator to others: all at once, exactly as the preview said, or not at all."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select

from accounts.models import User
from animators.errors import CannotStay, ChangedSincePreview, NothingMoves, StartsInThePast, TakesOverOwn
from animators.events import AnimatorEvent
from animators.people import notices
from animators.people.moves import Move, Preview, Reassignment, Span
from animators.people.queries.moving import preview_of
from core import audit, clock
from core.database import db, refusing
from municipalities.models import Municipality
from partnerships.errors import AdvisesOwn
from partnerships.models import AnimatorAssignment, Partnership
from partnerships.services.advising import facts, may_advise, record_assigned, record_ended, take_back
from partnerships.services.shared import hold_person, said
from plans.models import PlanVersion
from plans.services.keeping import keep_review, move_review


def preview(wish: Reassignment) -> Preview:
    """What would move, refused where it could not."""
    if wish.starts_on < clock.today():
        raise StartsInThePast
    for successor in {one.id: one for one in wish.successors.values()}.values():
        if successor.id == wish.animator.id:
            raise TakesOverOwn(successor.name)
    found = preview_of(wish)
    if not found.moves:
        raise NothingMoves(wish.animator.name)
    for move in found.moves:
        for span in move.spans:
            may_advise(move.successor, span.first)
        if move.is_own:
            raise AdvisesOwn(move.successor.name, move.municipality.name)
    return found


def reassign(wish: Reassignment, *, token: str, stays: Collection[int], actor: User) -> Preview:
    """``stays``: versions whose review the animator keeps until it is decided. ``token``: of the preview shown."""
    _hold(wish)
    found = preview(wish)
    if found.token != token:
        raise ChangedSincePreview
    kept = [_may_stay(found, version_id) for version_id in sorted(set(stays))]
    with refusing(ChangedSincePreview):
        for move in found.moves:
            for span in (*move.spans, *move.released):
                _end(span, move, wish, actor)
        db.session.flush()  # before the new ones, or for a moment there would be two
        begun = [(move, one) for move in found.moves for one in _begin(move, wish)]
        db.session.flush()
    for move, assignment in begun:
        record_assigned(assignment, _story(move), move.spans[0].of, actor=actor)
    for version in (review.version for review in found.choices):
        if version in kept:
            keep_review(version, wish.animator, actor=actor)
        else:
            move_review(version, actor=actor)
    _remember(found, kept, actor)
    notices.tell_reassigned(found, {version.id for version in kept}, actor=actor)
    return found


def _hold(wish: Reassignment) -> None:
    """Wait for whoever else assigns in any of them or appoints who is to advise there, always in the same order, and
    see it as they left it.
    """
    held = select(Municipality.id).where(Municipality.id.in_(wish.successors)).order_by(Municipality.id)
    db.session.execute(held.with_for_update(key_share=True)).all()
    for _, successor in sorted({one.id: one for one in wish.successors.values()}.items()):
        hold_person(successor)
    db.session.expire_all()


def _may_stay(found: Preview, version_id: int) -> PlanVersion:
    for move in found.moves:
        for review in move.reviews:
            if review.version.id == version_id:
                if not review.may_stay:
                    raise CannotStay(move.municipality.name)
                return review.version
    raise ChangedSincePreview


def _end(span: Span, move: Move, wish: Reassignment, actor: User) -> None:
    story = _story(move)
    if span.leaves_nothing:
        take_back(span.of, story, reason=wish.reason, actor=actor)
        return
    before = facts(span.of)
    span.of.ends_on = span.first - timedelta(days=1)
    record_ended(span.of, story, before, reason=wish.reason, actor=actor)


def _begin(move: Move, wish: Reassignment) -> list[AnimatorAssignment]:
    begun = [
        AnimatorAssignment(
            municipality_id=move.municipality.id,
            animator=move.successor,
            kind=span.of.kind,
            starts_on=span.first,
            ends_on=span.last,
            reason=wish.reason or None,
        )
        for span in move.spans
        if not span.is_pointless
    ]
    db.session.add_all(begun)
    return begun


def _story(move: Move) -> Partnership | Municipality:
    """Where it is told: in the partnership's story where there is one, else in the municipality's."""
    return move.partnership or move.municipality


def _remember(found: Preview, kept: Collection[PlanVersion], actor: User) -> None:
    """In the story of the animator who leaves, too."""
    audit.record(
        AnimatorEvent.REASSIGNED,
        found.wish.animator,
        actor=actor,
        personal=said(", ".join(one.name for one in found.successors), found.wish.reason),
        starts_on=found.wish.starts_on.isoformat(),
        moved={str(move.municipality.id): move.successor.id for move in found.moves},
        kept=[version.id for version in kept],
    )
    for move in found.moves:
        if move.partnership is not None:
            db.session.expire(move.partnership, ["assignments"])
