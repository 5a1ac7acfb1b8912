"""Asking for remote advice: what an animator logs it with, what was asked, what was given outside."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import User
from animators.advice.models import REMOTE_CHANNELS, AdviceRequest, OutsideAdvice, RequestStatus
from animators.consultations.models import Consultation, ConsultationStatus
from core import clock
from core.database import db
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership
from partnerships.queries import advised_by, covers, with_people, with_place

LATELY = timedelta(days=60)
"""So long after an assignment ended its municipality is still offered: a talk may be logged late."""
LOOKED_BACK = 40
"""Entries from which the order of topics follows."""


@dataclass(frozen=True)
class Advised:
    """A municipality that an animator may choose when logging."""

    municipality: Municipality
    until: date | None
    """Where their assignment ended already: its last day."""
    covered_by: User | None
    """Who covers on the day asked about."""
    last_entry_at: datetime | None

    @property
    def is_current(self) -> bool:
        return self.until is None and self.covered_by is None


def advised_lately(animator: User, on: date) -> list[Advised]:
    """Theirs of that day and of the weeks before: those they logged for last come first, then by the alphabet."""
    assignments = db.session.scalars(
        select(AnimatorAssignment)
        .join(AnimatorAssignment.municipality)
        .options(contains_eager(AnimatorAssignment.municipality))
        .where(
            AnimatorAssignment.animator_id == animator.id,
            AnimatorAssignment.starts_on <= on,
            or_(AnimatorAssignment.ends_on.is_(None), AnimatorAssignment.ends_on >= on - LATELY),
        )
        .order_by(Municipality.sort_key, AnimatorAssignment.starts_on, AnimatorAssignment.id)
    ).all()
    by_place: dict[int, AnimatorAssignment] = {}
    for one in assignments:
        known = by_place.get(one.municipality_id)
        if known is None or not known.covers(on):
            by_place[one.municipality_id] = one
    covering = _covering(by_place, but=animator, on=on)
    last = _last_entries(animator, by_place)
    found = [
        Advised(
            one.municipality,
            None if one.covers(on) else one.ends_on,
            covering.get(place) if one.kind is AssignmentKind.MAIN and one.covers(on) else None,
            last.get(place),
        )
        for place, one in by_place.items()
    ]
    return sorted(
        found,
        key=lambda one: (not one.is_current, -(one.last_entry_at.timestamp() if one.last_entry_at else 0)),
    )


def _covering(places: Collection[int], *, but: User, on: date) -> dict[int, User]:
    found = db.session.scalars(
        select(AnimatorAssignment)
        .options(joinedload(AnimatorAssignment.animator, innerjoin=True))
        .where(
            AnimatorAssignment.municipality_id.in_(places),
            AnimatorAssignment.kind == AssignmentKind.COVER,
            AnimatorAssignment.animator_id != but.id,
            covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, on),
        )
    )
    return {one.municipality_id: one.animator for one in found}


def _last_entries(animator: User, places: Collection[int]) -> dict[int, datetime]:
    rows = db.session.execute(
        select(Consultation.municipality_id, func.max(Consultation.reported_at))
        .where(
            Consultation.animator_id == animator.id,
            Consultation.municipality_id.in_(places),
            Consultation.channel.in_(REMOTE_CHANNELS),
            Consultation.reported_at.is_not(None),
        )
        .group_by(Consultation.municipality_id)
    )
    return {place: moment for place, moment in rows if moment is not None}


def advisers_on(municipality_id: int, on: date) -> Sequence[User]:
    """Who advised it on that day: the cover while there was one, else the main animator."""
    assignments = db.session.scalars(
        select(AnimatorAssignment)
        .options(joinedload(AnimatorAssignment.animator, innerjoin=True))
        .where(
            AnimatorAssignment.municipality_id == municipality_id,
            covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, on),
        )
    ).all()
    covering = [one.animator for one in assignments if one.kind is AssignmentKind.COVER]
    return covering or [one.animator for one in assignments]


def has_advised(animator: User, municipality_id: int) -> bool:
    """At any time, as the main animator or as a cover."""
    found = select(AnimatorAssignment.id).where(
        AnimatorAssignment.animator_id == animator.id, AnimatorAssignment.municipality_id == municipality_id
    )
    return db.session.scalar(found.limit(1)) is not None


# --- Entries ---------------------------------------------------------------------------------------------------


def entry_with_key(key: str) -> Consultation | None:
    return db.session.scalar(
        select(Consultation)
        .options(joinedload(Consultation.municipality, innerjoin=True))
        .where(Consultation.entry_key == key)
    )


def entry_by_id(consultation_id: int) -> Consultation | None:
    """Remote advice that somebody logged."""
    return db.session.scalar(
        select(Consultation)
        .options(joinedload(Consultation.municipality, innerjoin=True), joinedload(Consultation.animator))
        .where(Consultation.id == consultation_id, Consultation.channel.in_(REMOTE_CHANNELS))
    )


def latest_entries(animator: User, *, limit: int) -> Sequence[Consultation]:
    """The last logged first."""
    return db.session.scalars(
        select(Consultation)
        .options(joinedload(Consultation.municipality, innerjoin=True))
        .where(
            Consultation.animator_id == animator.id,
            Consultation.channel.in_(REMOTE_CHANNELS),
            Consultation.reported_at.is_not(None),
        )
        .order_by(Consultation.reported_at.desc(), Consultation.id.desc())
        .limit(limit)
    ).all()


def remote_advice_of(municipality_id: int) -> Sequence[Consultation]:
    """All of one municipality, the latest day first; what was taken back too, as it was seen."""
    return db.session.scalars(
        select(Consultation)
        .options(joinedload(Consultation.animator))
        .where(
            Consultation.municipality_id == municipality_id,
            Consultation.channel.in_(REMOTE_CHANNELS),
            Consultation.actual_minutes.is_not(None),
        )
        .order_by(Consultation.actual_start.desc().nulls_last(), Consultation.id.desc())
    ).all()


def logged_between(first: datetime, last: datetime) -> Sequence[Consultation]:
    """Entries made from one moment to before another, by municipality; without what was taken back."""
    return db.session.scalars(
        select(Consultation)
        .join(Consultation.municipality)
        .options(contains_eager(Consultation.municipality), joinedload(Consultation.animator))
        .where(
            Consultation.channel.in_(REMOTE_CHANNELS),
            Consultation.status != ConsultationStatus.VOID,
            Consultation.taken_over.is_(False),
            Consultation.reported_at >= first,
            Consultation.reported_at < last,
        )
        .order_by(Municipality.sort_key, Consultation.id)
    ).all()


# --- Requests --------------------------------------------------------------------------------------------------


def request_by_id(request_id: int) -> AdviceRequest | None:
    found = (
        select(AdviceRequest)
        .where(AdviceRequest.id == request_id)
        .options(
            joinedload(AdviceRequest.partnership, innerjoin=True).options(*with_place(), *with_people()),
            joinedload(AdviceRequest.asked_by, innerjoin=True),
            joinedload(AdviceRequest.consultation).joinedload(Consultation.animator),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def requests_of(partnership: Partnership) -> Sequence[AdviceRequest]:
    """Open ones first, then the latest."""
    return db.session.scalars(
        select(AdviceRequest)
        .options(
            joinedload(AdviceRequest.asked_by, innerjoin=True),
            joinedload(AdviceRequest.consultation).joinedload(Consultation.animator),
        )
        .where(AdviceRequest.partnership_id == partnership.id)
        .order_by(AdviceRequest.status != RequestStatus.OPEN, AdviceRequest.id.desc())
    ).all()


def open_requests_for(animator: User) -> Sequence[AdviceRequest]:
    """What waits for this animator: of the partnerships they advise today, the longest waiting first."""
    return db.session.scalars(
        select(AdviceRequest)
        .join(AdviceRequest.partnership)
        .options(
            contains_eager(AdviceRequest.partnership).joinedload(Partnership.municipality, innerjoin=True),
            joinedload(AdviceRequest.asked_by, innerjoin=True),
        )
        .where(AdviceRequest.status == RequestStatus.OPEN, advised_by(animator))
        .order_by(AdviceRequest.created_at, AdviceRequest.id)
    ).all()


def open_requests_of(partnership_ids: Collection[int]) -> Sequence[AdviceRequest]:
    found = select(AdviceRequest).where(
        AdviceRequest.partnership_id.in_(partnership_ids), AdviceRequest.status == RequestStatus.OPEN
    )
    return db.session.scalars(found.order_by(AdviceRequest.id)).all()


def request_with_key(key: str) -> AdviceRequest | None:
    return db.session.scalar(select(AdviceRequest).where(AdviceRequest.entry_key == key))


# --- Outside the partnerships ----------------------------------------------------------------------------------


def outside_by_id(outside_id: int) -> OutsideAdvice | None:
    return db.session.get(OutsideAdvice, outside_id)


def outside_with_key(key: str) -> OutsideAdvice | None:
    return db.session.scalar(select(OutsideAdvice).where(OutsideAdvice.entry_key == key))


def outside_advice(
    first: date, last: date, *, animator: User | None = None, counted_only: bool = True
) -> Sequence[OutsideAdvice]:
    """From one day to another, both included: for an animator's work card and the office's figures."""
    found = (
        select(OutsideAdvice)
        .options(joinedload(OutsideAdvice.municipality), joinedload(OutsideAdvice.animator, innerjoin=True))
        .where(OutsideAdvice.day >= first, OutsideAdvice.day <= last)
        .order_by(OutsideAdvice.day.desc(), OutsideAdvice.id.desc())
    )
    if animator is not None:
        found = found.where(OutsideAdvice.animator_id == animator.id)
    if counted_only:
        found = found.where(OutsideAdvice.taken_back_at.is_(None))
    return db.session.scalars(found).all()


def outside_minutes(first: date, last: date) -> dict[int, int]:
    """Minutes by animator."""
    rows = db.session.execute(
        select(OutsideAdvice.animator_id, func.sum(OutsideAdvice.minutes))
        .where(OutsideAdvice.day >= first, OutsideAdvice.day <= last, OutsideAdvice.taken_back_at.is_(None))
        .group_by(OutsideAdvice.animator_id)
    )
    return {animator: int(minutes) for animator, minutes in rows}


def recently_outside(animator: User) -> Sequence[OutsideAdvice]:
    """Of the last months, with what was taken back."""
    today = clock.today()
    return outside_advice(today - timedelta(days=180), today, animator=animator, counted_only=False)
