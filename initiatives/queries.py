"""Initiatives: for the office, for everybody, and those that nobody has followed up for long."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from core import clock
from core.database import db
from core.months import months_before
from initiatives.models import OPEN, Initiative, InitiativeStatus, InitiativeUpdate
from programme.queries import the_programme


def initiative_by_id(initiative_id: int) -> Initiative | None:
    return db.session.get(Initiative, initiative_id)


def for_office() -> Sequence[Initiative]:
    """Those that are open and were followed up longest ago first; what has ended comes last, by number."""
    found = db.session.scalars(select(Initiative).order_by(Initiative.number)).all()
    return sorted(
        found, key=lambda one: (not one.is_open, one.last_follow_up_on if one.is_open else date.max)
    )


def in_order(status: InitiativeStatus | None = None) -> Sequence[Initiative]:
    query = select(Initiative).order_by(Initiative.number)
    return db.session.scalars(query.where(Initiative.status == status) if status else query).all()


def count_by_status() -> dict[InitiativeStatus, int]:
    rows = db.session.execute(select(Initiative.status, func.count()).group_by(Initiative.status))
    counted: dict[InitiativeStatus, int] = {row[0]: row[1] for row in rows}
    return {status: counted.get(status, 0) for status in InitiativeStatus}


def updates_of(initiative: Initiative) -> Sequence[InitiativeUpdate]:
    """The latest first."""
    return db.session.scalars(
        select(InitiativeUpdate)
        .where(InitiativeUpdate.initiative_id == initiative.id)
        .options(joinedload(InitiativeUpdate.written_by))
        .order_by(InitiativeUpdate.day.desc(), InitiativeUpdate.id.desc())
    ).all()


def latest_updates(limit: int) -> Sequence[InitiativeUpdate]:
    """With their initiatives, those written last first."""
    return db.session.scalars(
        select(InitiativeUpdate)
        .join(InitiativeUpdate.initiative)
        .options(contains_eager(InitiativeUpdate.initiative))
        .order_by(InitiativeUpdate.created_at.desc(), InitiativeUpdate.id.desc())
        .limit(limit)
    ).all()


def written_between(since: datetime, until: datetime) -> Sequence[InitiativeUpdate]:
    return db.session.scalars(
        select(InitiativeUpdate)
        .join(InitiativeUpdate.initiative)
        .options(contains_eager(InitiativeUpdate.initiative))
        .where(InitiativeUpdate.created_at > since, InitiativeUpdate.created_at <= until)
        .order_by(InitiativeUpdate.created_at, InitiativeUpdate.id)
    ).all()


def overdue() -> Sequence[Initiative]:
    """Open ones that nobody has followed up for as many months as the programme allows, the oldest first."""
    return db.session.scalars(
        select(Initiative).where(_is_overdue()).order_by(Initiative.last_follow_up_on, Initiative.number)
    ).all()


def follow_up_limit() -> date:
    """What was followed up on this day or before is overdue."""
    return months_before(clock.today(), the_programme().settings.initiative_follow_up_months)


def last_change() -> datetime | None:
    return db.session.scalar(select(func.max(Initiative.updated_at)))


def next_number() -> int:
    return (db.session.scalar(select(func.max(Initiative.number))) or 0) + 1


def _is_overdue() -> ColumnElement[bool]:
    return and_(Initiative.status.in_(OPEN), Initiative.last_follow_up_on <= follow_up_limit())
