"""Hand-overs as their steps, pages and jobs ask for them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.database import db
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import OPEN_HANDOVERS, HandoverStatus
from partnerships.models import LeaderTerm, Partnership
from partnerships.queries.records import with_people, with_place
from partnerships.queries.scopes import advised_by, has_deciding_animator, led_by
from partnerships.workflow import PartnershipStatus


def _with_everybody() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(LeaderHandover.partnership, innerjoin=True).options(*with_place(), *with_people()),
        joinedload(LeaderHandover.to_user, innerjoin=True),
        joinedload(LeaderHandover.from_term).joinedload(LeaderTerm.user),
    )


def handover_by_id(handover_id: int) -> LeaderHandover | None:
    found = select(LeaderHandover).where(LeaderHandover.id == handover_id).options(*_with_everybody())
    return db.session.scalars(found).unique().one_or_none()


def open_handover_of(partnership: Partnership) -> LeaderHandover | None:
    return db.session.scalar(
        select(LeaderHandover)
        .where(LeaderHandover.partnership_id == partnership.id, LeaderHandover.status.in_(OPEN_HANDOVERS))
        .options(joinedload(LeaderHandover.to_user, innerjoin=True))
    )


def handovers_of(partnership: Partnership) -> Sequence[LeaderHandover]:
    """Every one there ever was, the latest first."""
    return db.session.scalars(
        select(LeaderHandover)
        .where(LeaderHandover.partnership_id == partnership.id)
        .options(
            joinedload(LeaderHandover.to_user, innerjoin=True),
            joinedload(LeaderHandover.from_term).joinedload(LeaderTerm.user),
        )
        .order_by(LeaderHandover.requested_at.desc(), LeaderHandover.id.desc())
    ).all()


def open_handovers_around(person: User) -> Sequence[LeaderHandover]:
    """Those in which this person takes part: as the successor, in the partnership, or as its animator.

    The office takes part where there is no animator who could confirm.
    """
    around = [LeaderHandover.to_user_id == person.id, led_by(person), advised_by(person)]
    if person.holds(Role.OFFICE, clock.today()):
        around.append(and_(LeaderHandover.status == HandoverStatus.ACCEPTED, ~has_deciding_animator()))
    return (
        db.session.scalars(
            select(LeaderHandover)
            .join(LeaderHandover.partnership)
            .where(LeaderHandover.status.in_(OPEN_HANDOVERS), _goes_on(), or_(*around))
            .options(*_with_everybody())
            .order_by(LeaderHandover.effective_on, LeaderHandover.id)
        )
        .unique()
        .all()
    )


def _goes_on() -> ColumnElement[bool]:
    """The partnership is open. One that was merged away keeps its hand-over as it was, in case the merger is undone."""
    return LeaderHandover.partnership.has(Partnership.status != PartnershipStatus.CLOSED)


def handovers_in_force(on: date) -> Sequence[int]:
    """Confirmed ones whose day has come."""
    return db.session.scalars(
        select(LeaderHandover.id)
        .where(
            LeaderHandover.status == HandoverStatus.CONFIRMED, LeaderHandover.effective_on <= on, _goes_on()
        )
        .order_by(LeaderHandover.effective_on, LeaderHandover.id)
    ).all()


def waiting_until(last: date) -> Sequence[LeaderHandover]:
    """Those that wait for an answer or a confirmation and expire by that day, with everybody in them."""
    waits = LeaderHandover.status == HandoverStatus.REQUESTED
    accepted = LeaderHandover.status == HandoverStatus.ACCEPTED
    return (
        db.session.scalars(
            select(LeaderHandover)
            .join(LeaderHandover.partnership)
            .where(
                or_(
                    waits & (LeaderHandover.answer_until <= last),
                    (waits | accepted) & (LeaderHandover.effective_on <= last),
                ),
                _goes_on(),
            )
            .options(*_with_everybody(), joinedload(LeaderHandover.requested_by, innerjoin=True))
            .order_by(LeaderHandover.id)
        )
        .unique()
        .all()
    )


def overdue_handovers(on: date) -> Sequence[int]:
    waits = LeaderHandover.status == HandoverStatus.REQUESTED
    not_confirmed = LeaderHandover.status.in_((HandoverStatus.REQUESTED, HandoverStatus.ACCEPTED))
    return db.session.scalars(
        select(LeaderHandover.id)
        .where(
            or_(
                waits & (LeaderHandover.answer_until < on), not_confirmed & (LeaderHandover.effective_on < on)
            ),
            _goes_on(),
        )
        .order_by(LeaderHandover.id)
    ).all()
