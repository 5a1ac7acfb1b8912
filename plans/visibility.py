"""Which versions of plans somebody may read: ``Permission.PLAN_READ`` as conditions, for lists over many partnerships."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.database import db
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.queries import is_kept
from plans.workflow import SEEN_BY_REVIEWER, PlanStatus

HANDED_OVER = SEEN_BY_REVIEWER - {PlanStatus.IN_USE, PlanStatus.CLOSED}


def latest_for_authors() -> ColumnElement[bool]:
    return PlanVersion.is_current.is_(True)


def latest_for_office() -> ColumnElement[bool]:
    """General plans in every state; annual ones once they were submitted (``PlanVersion.open_to_office``)."""
    return and_(PlanVersion.is_current, or_(Plan.kind == PlanKind.GENERAL, PlanVersion.round > 0))


def latest_for_animators() -> ColumnElement[bool]:
    """While a plan is being changed the version that was handed over last (``PlanVersion.open_to_animator``)."""
    newer = aliased(PlanVersion)
    there_is_a_newer_one = exists().where(
        newer.plan_id == PlanVersion.plan_id,
        newer.number > PlanVersion.number,
        or_(newer.status.in_(HANDED_OVER), Plan.shared_with_animator),
    )
    is_open = or_(PlanVersion.status.in_(HANDED_OVER), Plan.shared_with_animator)
    return and_(is_open, ~there_is_a_newer_one)


def ids_kept_with(person: User) -> Sequence[int]:
    """Versions whose review stays with somebody who does not advise there any more: they read those, and no others."""
    if not person.holds(Role.ANIMATOR, clock.today()):
        return []
    return db.session.scalars(
        select(PlanVersion.id)
        .join(PlanVersion.plan)
        .join(Plan.partnership)
        .where(PlanVersion.kept_with_id == person.id, is_kept())
    ).all()
