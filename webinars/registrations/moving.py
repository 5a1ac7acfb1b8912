"""A webinar at another time, in another way, or not at all: everybody who registered is told at once.

Moved, each seat must be confirmed by a moment that the mail names. When it has passed, seats nobody confirmed go to
those who wait, and the new time stands.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db
from webinars.models import Webinar, WebinarStatus
from webinars.notice import keep_notice
from webinars.registrations import notices
from webinars.registrations.errors import (
    ConfirmTooLate,
    IsCancelled,
    NoReason,
    NotAhead,
    NotOpenYet,
    NotRegistered,
    RegisterElsewhere,
    SameTime,
)
from webinars.registrations.events import SeatEvent
from webinars.registrations.models import RegistrationStatus, WebinarRegistration
from webinars.registrations.queries import active_of
from webinars.registrations.seats import capacity_changed, check_open, fill, fresh, hold
from webinars.registrations.times import usual_reconfirm_by
from webinars.workflow import WEBINAR, WebinarAction

TOLD = frozenset({"form", "place", "join_link", "minutes"})
"""Where one goes, and for how long."""


@dataclass(frozen=True)
class NewTime:
    starts_at: datetime
    minutes: int
    reason: str = ""
    confirm_by: datetime | None = None
    """None: the usual moment, see ``usual_reconfirm_by``."""


def move(webinar: Webinar, new: NewTime, *, actor: User) -> int:
    """Returns how many were told."""
    hold(webinar)
    _can_change(webinar)
    status = WEBINAR.after(WebinarAction.MOVE, webinar.status)
    confirm_by = _check(webinar, new)
    keep_notice(webinar, new.starts_at, new.reason or None)
    old, was = (webinar.starts_at, webinar.minutes), webinar.status
    webinar.moved_from, webinar.starts_at, webinar.minutes = webinar.starts_at, new.starts_at, new.minutes
    webinar.reconfirm_by, webinar.status = confirm_by, status
    webinar.calendar_sequence += 1
    told = active_of(webinar)
    for seat in told:
        if seat.status is RegistrationStatus.REGISTERED:
            seat.status = RegistrationStatus.MUST_RECONFIRM
    db.session.flush()
    _remember(
        SeatEvent.MOVED,
        webinar,
        actor,
        before={"starts_at": old[0].isoformat(), "minutes": old[1], "status": was.value},
        after={
            "starts_at": new.starts_at.isoformat(),
            "minutes": new.minutes,
            "status": webinar.status.value,
            "reconfirm_by": confirm_by.isoformat(),
        },
        personal={"reason": new.reason} if new.reason else None,
        told=len(told),
    )
    for seat in told:
        notices.tell_moved(seat, old, reason=new.reason, actor=actor)
    _settle(webinar, actor=actor)
    return len(told)


def confirm(seat: WebinarRegistration, *, actor: User | None) -> None:
    """ "I come at the new time." Saying it twice is saying it once."""
    webinar = seat.webinar
    hold(webinar)
    check_open(webinar)
    seat = fresh(webinar, seat.id)
    if seat.status is RegistrationStatus.REGISTERED:
        return
    if seat.status is not RegistrationStatus.MUST_RECONFIRM:
        raise NotRegistered
    seat.status, seat.confirmed_at = RegistrationStatus.REGISTERED, clock.now()
    db.session.flush()
    notices.tell_confirmed(seat)
    audit.record(SeatEvent.CONFIRMED, seat, actor=actor, after={"status": seat.status.value})
    _settle(webinar, actor=None)


def release_unconfirmed(webinar: Webinar) -> int:
    """The moment has passed: seats that nobody confirmed are free, for who waits first. Returns how many."""
    hold(webinar)
    if webinar.status is not WebinarStatus.MOVED or webinar.reconfirm_by is None:
        return 0
    if webinar.reconfirm_by > clock.now():
        return 0
    lost = _unconfirmed(webinar)
    for seat in lost:
        seat.status, seat.cancelled_at = RegistrationStatus.CANCELLED, clock.now()
    db.session.flush()
    for seat in lost:
        notices.tell_lost(seat)
        audit.record(SeatEvent.LOST, seat, actor=None, after={"status": seat.status.value})
    fill(webinar)
    _settle(webinar, actor=None)
    return len(lost)


def call_off(webinar: Webinar, *, reason: str, actor: User) -> int:
    """Everybody is told, the entry leaves their calendars, and no seat is one any more."""
    hold(webinar)
    _can_change(webinar)
    if not reason:
        raise NoReason
    was = webinar.status
    webinar.status, webinar.cancel_reason = WEBINAR.after(WebinarAction.CANCEL, was), reason
    webinar.reconfirm_by = None
    webinar.calendar_sequence += 1
    told = [(seat, seat.holds_seat) for seat in active_of(webinar)]
    for seat, _held in told:
        seat.status, seat.cancelled_at = RegistrationStatus.CANCELLED, clock.now()
    db.session.flush()
    _remember(
        SeatEvent.CALLED_OFF,
        webinar,
        actor,
        before={"status": was.value},
        after={"status": webinar.status.value},
        personal={"reason": reason},
        told=len(told),
    )
    for seat, held_seat in told:
        notices.tell_called_off(seat, reason=reason, held_seat=held_seat, actor=actor)
    return len(told)


def follow_change(webinar: Webinar, fields: Set[str], actor: User) -> None:
    """What was put right is told where it matters for coming; a better title reaches calendars with the next reminder."""
    if "join_link" in fields:
        webinar.calendar_sequence += 1
    if fields & TOLD:
        db.session.flush()
        for seat in active_of(webinar):
            notices.tell_changed(seat, fields=fields & TOLD, actor=actor)
    if "capacity" in fields:
        capacity_changed(webinar, actor=actor)


def _can_change(webinar: Webinar) -> None:
    """A draft is simply changed; what others hold is theirs to move. One that is over stays as it was."""
    if webinar.is_outside:
        raise RegisterElsewhere
    if webinar.status is WebinarStatus.DRAFT:
        raise NotOpenYet
    if webinar.status is WebinarStatus.CANCELLED:
        raise IsCancelled
    check_open(webinar)


def _check(webinar: Webinar, new: NewTime) -> datetime:
    """By when people confirm."""
    now = clock.now()
    if new.starts_at <= now:
        raise NotAhead
    if (new.starts_at, new.minutes) == (webinar.starts_at, webinar.minutes):
        raise SameTime
    confirm_by = new.confirm_by or usual_reconfirm_by(new.starts_at)
    if not now < confirm_by < new.starts_at:
        raise ConfirmTooLate
    return confirm_by


def _settle(webinar: Webinar, *, actor: User | None) -> None:
    """Nobody is left to be asked: the new time stands."""
    if webinar.status is not WebinarStatus.MOVED or _unconfirmed(webinar):
        return
    webinar.status = WEBINAR.after(WebinarAction.SETTLE, webinar.status)
    webinar.reconfirm_by = None
    db.session.flush()
    before = {"status": WebinarStatus.MOVED.value}
    _remember(SeatEvent.SETTLED, webinar, actor, before=before, after={"status": webinar.status.value})


def _unconfirmed(webinar: Webinar) -> list[WebinarRegistration]:
    found = select(WebinarRegistration).where(
        WebinarRegistration.webinar_id == webinar.id,
        WebinarRegistration.status == RegistrationStatus.MUST_RECONFIRM,
    )
    return list(db.session.scalars(found.order_by(WebinarRegistration.asked_at, WebinarRegistration.id)))


def _remember(event: SeatEvent, webinar: Webinar, actor: User | None, **details: Any) -> None:
    audit.record(event, webinar, actor=actor, **details)
