"""Asking for visits."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from accounts.models import User
from animators.consultations.models import (
    Channel,
    Consultation,
    ConsultationStatus,
    SlotAnswer,
    VisitSlot,
)
from animators.visits.workflow import NOT_HELD_YET, OVER, TO_AGREE
from core import clock
from core.database import db
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, LeaderTerm, Partnership
from partnerships.queries.records import with_people, with_place
from partnerships.queries.scopes import advised_by, covers, led_by
from partnerships.workflow import PartnershipStatus

IS_VISIT = Consultation.channel == Channel.VISIT


def visit_by_id(visit_id: int) -> Consultation | None:
    """With everything its page and its rights need."""
    found = select(Consultation).where(Consultation.id == visit_id, IS_VISIT).options(*with_all())
    return db.session.scalars(found).one_or_none()


def visit_of_slot(slot_id: int) -> VisitSlot | None:
    found = (
        select(VisitSlot)
        .where(VisitSlot.id == slot_id)
        .options(joinedload(VisitSlot.consultation, innerjoin=True).options(*with_all()))
    )
    return db.session.scalars(found).one_or_none()


def with_all() -> tuple[_AbstractLoad, ...]:
    """Loader options of a visit: its dates, its place, and the people of its partnerships."""
    partnerships = selectinload(Consultation.partnerships)
    return (
        joinedload(Consultation.municipality, innerjoin=True),
        joinedload(Consultation.animator),
        selectinload(Consultation.slots),
        partnerships.options(*with_place()),
        partnerships.selectinload(Partnership.terms).joinedload(LeaderTerm.user),
        partnerships.selectinload(Partnership.assignments).joinedload(AnimatorAssignment.animator),
    )


def visits_of(municipality_id: int) -> Sequence[Consultation]:
    """All, by number, the living one of each number last."""
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.municipality_id == municipality_id, IS_VISIT)
        .options(*with_all())
        .order_by(Consultation.visit_no, Consultation.id)
    ).all()


def living_visits(municipality_ids: Collection[int]) -> Sequence[tuple[int, int, ConsultationStatus]]:
    """``(municipality, number, status)`` of those that count: neither cancelled nor void."""
    found = db.session.execute(
        select(Consultation.municipality_id, Consultation.visit_no, Consultation.status)
        .where(Consultation.municipality_id.in_(municipality_ids), IS_VISIT, Consultation.status.not_in(OVER))
        .order_by(Consultation.visit_no, Consultation.id)
    )
    return [(place, number or 0, status) for place, number, status in found]


def count_late_cancels(municipality_id: int) -> int:
    found = select(func.count()).where(
        Consultation.municipality_id == municipality_id, IS_VISIT, Consultation.cancelled_late
    )
    return db.session.scalar(found) or 0


def agreed_and_begun(now: datetime) -> Sequence[int]:
    """Ids of those whose beginning has passed; whether the end has is for ``services.holding`` to say."""
    return db.session.scalars(
        select(Consultation.id)
        .where(
            IS_VISIT,
            Consultation.status == ConsultationStatus.AGREED,
            Consultation.planned_start <= now,
        )
        .order_by(Consultation.id)
    ).all()


def agreed_ahead(now: datetime) -> Sequence[Consultation]:
    """Those that stand in calendars and are still to come, also while they wait to be moved."""
    return db.session.scalars(
        select(Consultation)
        .where(
            IS_VISIT,
            Consultation.status.in_((ConsultationStatus.AGREED, ConsultationStatus.MOVED)),
            Consultation.planned_start > now,
        )
        .options(*with_all())
        .order_by(Consultation.id)
    ).all()


def visits_to_agree(person: User) -> Sequence[Consultation]:
    """Visits of the partnerships that they lead, help to lead or advise today, of which the date is still open; and
    cancelled ones that are still owed.
    """
    return db.session.scalars(
        select(Consultation)
        .where(IS_VISIT, or_(Consultation.status.in_(TO_AGREE), _owed_again()), _around(person))
        .options(*with_all())
        .order_by(Consultation.updated_at, Consultation.id)
    ).all()


def _owed_again() -> ColumnElement[bool]:
    """Cancelled, and no other of its number is under way or was held."""
    other = aliased(Consultation)
    instead = exists().where(
        other.municipality_id == Consultation.municipality_id,
        other.visit_no == Consultation.visit_no,
        or_(other.status.not_in(OVER), other.id > Consultation.id),
    )
    return and_(Consultation.status == ConsultationStatus.CANCELLED, ~instead)


def all_visits_between(first: date, last: date) -> Sequence[Consultation]:
    """Visits that have a date, agreed or only proposed, on these days, wherever they are."""
    return db.session.scalars(
        select(Consultation)
        .where(IS_VISIT, Consultation.status.not_in(OVER), _has_date_between(first, last))
        .options(
            joinedload(Consultation.municipality, innerjoin=True).joinedload(
                Municipality.voivodeship, innerjoin=True
            ),
            joinedload(Consultation.animator),
            selectinload(Consultation.slots),
        )
        .order_by(Consultation.id)
    ).all()


def _has_date_between(first: date, last: date) -> ColumnElement[bool]:
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    proposed = exists().where(
        VisitSlot.consultation_id == Consultation.id,
        VisitSlot.answer == SlotAnswer.OPEN,
        VisitSlot.starts_at >= begin,
        VisitSlot.starts_at < end,
    )
    return or_((Consultation.planned_start >= begin) & (Consultation.planned_start < end), proposed)


def visits_between(person: User, first: date, last: date) -> Sequence[Consultation]:
    """Visits that have a date, agreed or only proposed, on these days, and that this person may have to do with.

    Whose they are on the day itself is for the caller to ask: an assignment may end before.
    """
    return db.session.scalars(
        select(Consultation)
        .where(
            IS_VISIT,
            Consultation.status.not_in(OVER),
            _has_date_between(first, last),
            or_(_led(person), _ever_assigned(person)),
        )
        .options(*with_all())
        .order_by(Consultation.id)
    ).all()


def open_visits(partnership: Partnership) -> Sequence[Consultation]:
    """Under way and not held yet."""
    return db.session.scalars(
        select(Consultation)
        .where(
            Consultation.municipality_id == partnership.municipality_id,
            IS_VISIT,
            Consultation.status.in_(NOT_HELD_YET),
        )
        .options(selectinload(Consultation.slots))
        .order_by(Consultation.visit_no, Consultation.id)
    ).all()


def advised_partnerships(animator: User) -> Sequence[Partnership]:
    """Open ones that they advise today, by name of the municipality."""
    found = (
        select(Partnership)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(Partnership.status != PartnershipStatus.CLOSED, advised_by(animator))
        .options(*with_place(), *with_people())
        .order_by(Municipality.sort_key, Partnership.id)
    )
    return db.session.scalars(found).unique().all()


def _around(person: User) -> ColumnElement[bool]:
    return exists().where(
        Partnership.municipality_id == Consultation.municipality_id,
        Partnership.status != PartnershipStatus.CLOSED,
        or_(led_by(person), advised_by(person)),
    )


def _led(person: User) -> ColumnElement[bool]:
    return exists().where(
        Partnership.municipality_id == Consultation.municipality_id,
        LeaderTerm.partnership_id == Partnership.id,
        LeaderTerm.user_id == person.id,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today()),
    )


def _ever_assigned(person: User) -> ColumnElement[bool]:
    return exists().where(
        AnimatorAssignment.municipality_id == Consultation.municipality_id,
        AnimatorAssignment.animator_id == person.id,
    )


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=clock.LOCAL_ZONE).astimezone(UTC)
