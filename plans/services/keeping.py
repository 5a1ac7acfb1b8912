"""A review that stays with a former animator, and how it goes over after all."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import audit, clock
from core.database import db
from plans import notices
from plans.events import PlanEvent
from plans.models import Plan, PlanVersion
from plans.workflow import AWAITING_REVIEW


def keep_review(version: PlanVersion, animator: User, *, actor: User) -> None:
    """Until it is decided: the animator of the day reads along and decides about the next one."""
    version.kept_with = animator
    audit.record(
        PlanEvent.KEPT,
        version,
        actor=actor,
        personal={"note": animator.name},
        number=version.number,
        before={"kept_with_id": None},
        after={"kept_with_id": animator.id},
    )


def move_review(version: PlanVersion, *, actor: User) -> None:
    """With the municipality, whatever was decided about it when they left it before."""
    if version.kept_with is not None:
        _end_keeping(version, version.kept_with, actor=actor)


def move_lapsed_reviews() -> int:
    """Reviews of those who may not decide about them any more: they move for good, and that is told.

    Not of those who advise there themselves at the moment: some keep a review from a later day on, some only cover.

    The rights have moved already: ``PlanVersion.keeper`` asks on every page.
    """
    moved = 0
    for version in _kept():
        keeper = version.kept_with
        if keeper is None or not version.has_lost_keeper(clock.today()):
            continue
        _end_keeping(version, keeper, actor=None)
        notices.tell_review_moved(version, keeper)
        db.session.commit()
        moved += 1
    return moved


def _end_keeping(version: PlanVersion, keeper: User, *, actor: User | None) -> None:
    version.kept_with = None
    audit.record(
        PlanEvent.KEEPING_LAPSED,
        version,
        actor=actor,
        personal={"note": keeper.name},
        number=version.number,
        before={"kept_with_id": keeper.id},
        after={"kept_with_id": None},
    )


def _kept() -> list[PlanVersion]:
    found = db.session.scalars(
        select(PlanVersion)
        .where(
            PlanVersion.kept_with_id.is_not(None),
            PlanVersion.is_current,
            PlanVersion.status.in_(AWAITING_REVIEW),
        )
        .options(
            joinedload(PlanVersion.kept_with).selectinload(User.grants),
            joinedload(PlanVersion.plan, innerjoin=True).joinedload(Plan.partnership, innerjoin=True),
        )
    )
    return list(found)
