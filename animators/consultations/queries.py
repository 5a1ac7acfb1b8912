"""Asking for consultations after they took place: what waits for whom, and what was agreed in them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.models import User
from animators.consultations.events import ConsultationEvent
from animators.consultations.models import Channel, Consultation, ConsultationStatus, FollowUp, Side
from animators.consultations.workflow import WAITING
from core import clock
from core.audit import AuditEvent
from core.database import db
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.queries import advised_by, led_by, with_people, with_place
from partnerships.workflow import PartnershipStatus


def consultation_by_id(consultation_id: int) -> Consultation | None:
    """With everything its page and its rights need, in two queries."""
    found = (
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .options(
            joinedload(Consultation.municipality, innerjoin=True),
            joinedload(Consultation.animator),
            joinedload(Consultation.partnerships).options(*with_place(), *with_people()),
            selectinload(Consultation.follow_ups),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def follow_up_by_id(follow_up_id: int) -> FollowUp | None:
    consultation = joinedload(FollowUp.consultation, innerjoin=True)
    found = (
        select(FollowUp)
        .where(FollowUp.id == follow_up_id)
        .options(
            consultation.joinedload(Consultation.municipality, innerjoin=True),
            consultation.joinedload(Consultation.partnerships).options(*with_people()),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def follow_ups_of(municipality_id: int) -> Sequence[FollowUp]:
    """Open ones first, by their due day; then those done, the latest first."""
    return db.session.scalars(
        select(FollowUp)
        .join(FollowUp.consultation)
        .options(contains_eager(FollowUp.consultation))
        .where(
            Consultation.municipality_id == municipality_id, Consultation.status != ConsultationStatus.VOID
        )
        .order_by(
            FollowUp.done_on.is_not(None),
            FollowUp.done_on.desc(),
            FollowUp.due_on.is_(None),
            FollowUp.due_on,
            FollowUp.id,
        )
    ).all()


def open_follow_ups_of(municipality_id: int) -> Sequence[FollowUp]:
    return [one for one in follow_ups_of(municipality_id) if one.done_on is None]


def steps_due(until: date) -> Sequence[FollowUp]:
    """Not done yet and due by that day, with everybody around them."""
    consultation = contains_eager(FollowUp.consultation)
    partnerships = consultation.selectinload(Consultation.partnerships)
    return db.session.scalars(
        select(FollowUp)
        .join(FollowUp.consultation)
        .join(Consultation.municipality)
        .join(Partnership, _open_there())
        .options(
            consultation.contains_eager(Consultation.municipality),
            partnerships.options(*with_people()),
        )
        .where(
            FollowUp.done_on.is_(None),
            FollowUp.due_on <= until,
            Consultation.status != ConsultationStatus.VOID,
        )
        .order_by(FollowUp.due_on, FollowUp.id)
    ).all()


def steps_between(person: User, first: date, last: date) -> Sequence[FollowUp]:
    """Not done yet and due on these days, of the side on which this person stands."""
    mine = or_(
        and_(FollowUp.owner == Side.LEADER, led_by(person)),
        and_(FollowUp.owner == Side.ANIMATOR, advised_by(person)),
    )
    return db.session.scalars(
        select(FollowUp)
        .join(FollowUp.consultation)
        .join(Consultation.municipality)
        .join(Partnership, _open_there())
        .options(contains_eager(FollowUp.consultation).contains_eager(Consultation.municipality))
        .where(
            mine,
            FollowUp.done_on.is_(None),
            FollowUp.due_on.between(first, last),
            Consultation.status != ConsultationStatus.VOID,
        )
        .order_by(FollowUp.due_on, FollowUp.id)
    ).all()


def after_it_took_place(municipality_id: int) -> Sequence[Consultation]:
    """Reported, logged and what came of it; the latest first."""
    return db.session.scalars(
        select(Consultation)
        .where(
            Consultation.municipality_id == municipality_id,
            Consultation.status.in_(
                [
                    *WAITING,
                    ConsultationStatus.DISPUTED,
                    ConsultationStatus.CONFIRMED,
                    ConsultationStatus.VOID,
                ]
            ),
        )
        .options(joinedload(Consultation.animator))
        .order_by(Consultation.actual_start.desc(), Consultation.id.desc())
    ).all()


def minutes_decided(consultation: Consultation) -> int | None:
    """What the office said last that it lasted: that stands in the history, as it may be corrected downwards since."""
    decided = select(AuditEvent.data).where(
        AuditEvent.record_kind == Consultation.__tablename__,
        AuditEvent.record_id == consultation.id,
        AuditEvent.event.in_([ConsultationEvent.UPHELD, ConsultationEvent.CORRECTED_BY_OFFICE]),
    )
    last = db.session.scalar(decided.order_by(AuditEvent.id.desc()).limit(1))
    return last["after"]["minutes"] if last else None


# --- What waits --------------------------------------------------------------------------------------------


def disputes() -> Sequence[Consultation]:
    """What the office has to decide, the longest waiting first."""
    return (
        db.session.scalars(
            select(Consultation)
            .where(Consultation.status == ConsultationStatus.DISPUTED)
            .options(joinedload(Consultation.municipality, innerjoin=True), joinedload(Consultation.animator))
            .order_by(Consultation.disputed_at, Consultation.id)
        )
        .unique()
        .all()
    )


def count_disputes() -> int:
    return (
        db.session.scalar(select(func.count()).where(Consultation.status == ConsultationStatus.DISPUTED)) or 0
    )


def waiting_since(latest: datetime) -> Sequence[int]:
    """Ids of those that were reported or logged by then and nobody has said anything about."""
    return db.session.scalars(
        select(Consultation.id)
        .where(Consultation.status.in_(WAITING), Consultation.reported_at <= latest)
        .order_by(Consultation.reported_at, Consultation.id)
    ).all()


def reports_owed(animator: User) -> Sequence[Consultation]:
    """Visits that are over and not reported, of the municipalities this person advises today; the oldest first."""
    return db.session.scalars(
        _in_open_partnerships(advised_by(animator))
        .where(
            Consultation.channel == Channel.VISIT,
            Consultation.status.in_([ConsultationStatus.AGREED, ConsultationStatus.HELD]),
            Consultation.planned_start < clock.now() - timedelta(hours=1),
        )
        .order_by(Consultation.planned_start, Consultation.id)
    ).all()


def to_confirm(leader: User) -> Sequence[Consultation]:
    """What was reported or logged, and waits for this leader or deputy; what confirms itself first comes first."""
    return db.session.scalars(
        _in_open_partnerships(led_by(leader))
        .where(Consultation.status.in_(WAITING), Consultation.reported_at.is_not(None))
        .options(joinedload(Consultation.animator))
        .order_by(Consultation.reported_at, Consultation.id)
    ).all()


def overdue_follow_ups(person: User) -> Sequence[FollowUp]:
    """Of the partnerships that this person leads, helps to lead or advises."""
    return db.session.scalars(
        select(FollowUp)
        .join(FollowUp.consultation)
        .join(Consultation.municipality)
        .join(Partnership, _open_there())
        .options(contains_eager(FollowUp.consultation).contains_eager(Consultation.municipality))
        .where(
            or_(led_by(person), advised_by(person)),
            FollowUp.done_on.is_(None),
            FollowUp.due_on < clock.today(),
            Consultation.status != ConsultationStatus.VOID,
        )
        .order_by(FollowUp.due_on, FollowUp.id)
    ).all()


def _in_open_partnerships(who: ColumnElement[bool]) -> Select[*tuple[Consultation]]:
    return (
        select(Consultation)
        .join(Consultation.municipality)
        .join(Partnership, _open_there())
        .options(contains_eager(Consultation.municipality))
        .where(who)
    )


def _open_there() -> ColumnElement[bool]:
    return and_(
        Partnership.municipality_id == Municipality.id, Partnership.status != PartnershipStatus.CLOSED
    )
