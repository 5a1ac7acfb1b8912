"""Seats of one webinar: alone with it, a seat is given, freed, and goes to whoever waits first. Never one too many."""

from datetime import datetime

from sqlalchemy import func, select

from accounts.models import User
from core import audit, clock
from core.database import db
from webinars.models import Webinar, WebinarStatus
from webinars.registrations import notices
from webinars.registrations.errors import HasBegun, IsCancelled, NotOpenYet, RegisterElsewhere
from webinars.registrations.events import SeatEvent
from webinars.registrations.models import RegistrationStatus, WebinarRegistration
from webinars.registrations.queries import seats_left, waiting

WAIT_FOR_OTHERS = {"key_share": True}
FRESH = (
    "status", "starts_at", "minutes", "capacity", "form", "place", "join_link", "calendar_sequence",
    "reconfirm_by", "moved_from", "is_outside", "row_version",
)  # fmt: skip
OPEN = frozenset({WebinarStatus.ANNOUNCED, WebinarStatus.MOVED})


def hold(webinar: Webinar) -> None:
    """Wait for whoever else gives or takes a seat here, and see the webinar as they left it."""
    db.session.flush()
    db.session.refresh(webinar, attribute_names=FRESH, with_for_update=WAIT_FOR_OTHERS)


def check_open(webinar: Webinar) -> None:
    """Whether anybody may register, or give up a seat, at all."""
    if webinar.is_outside:
        raise RegisterElsewhere
    if webinar.status is WebinarStatus.CANCELLED:
        raise IsCancelled
    if webinar.status is WebinarStatus.DRAFT:
        raise NotOpenYet
    if webinar.status not in OPEN or webinar.starts_at <= clock.now():
        raise HasBegun


def is_open(webinar: Webinar) -> bool:
    return not webinar.is_outside and webinar.status in OPEN and webinar.starts_at > clock.now()


def fresh(webinar: Webinar, seat_id: int) -> WebinarRegistration:
    """As others left it: to be asked for only while the webinar is held."""
    return db.session.scalars(
        select(WebinarRegistration)
        .where(WebinarRegistration.id == seat_id, WebinarRegistration.webinar_id == webinar.id)
        .execution_options(populate_existing=True)
    ).one()


def take(seat: WebinarRegistration) -> None:
    """A seat if one is free and nobody waits for it, else the last place of the waiting list."""
    webinar = seat.webinar
    free, line = seats_left(webinar), waiting(webinar)
    now = clock.now()
    seat.asked_at = max(now, _last_asked(webinar) or now)
    seat.cancelled_at = None
    is_free = free is None or free > len(line)
    seat.status = RegistrationStatus.REGISTERED if is_free else RegistrationStatus.WAITLISTED
    seat.confirmed_at = now
    db.session.flush()


def give_up(seat: WebinarRegistration) -> None:
    seat.status, seat.cancelled_at = RegistrationStatus.CANCELLED, clock.now()
    db.session.flush()
    fill(seat.webinar)


def fill(webinar: Webinar, *, actor: User | None = None) -> int:
    """Whoever waits first gets what is free, and a mail; returns how many got a seat. The webinar is held."""
    if not is_open(webinar):
        return 0
    free = seats_left(webinar)
    line = waiting(webinar)
    lucky = line if free is None else line[:free]
    for seat in lucky:
        seat.status, seat.confirmed_at = RegistrationStatus.REGISTERED, clock.now()
    db.session.flush()
    for seat in lucky:
        notices.tell_moved_up(seat)
        audit.record(SeatEvent.MOVED_UP, seat, actor=actor)
    return len(lucky)


def capacity_changed(webinar: Webinar, *, actor: User | None = None) -> int:
    """More room goes to those who wait; with less nobody loses a seat they have."""
    hold(webinar)
    return fill(webinar, actor=actor)


def _last_asked(webinar: Webinar) -> datetime | None:
    return db.session.scalar(
        select(func.max(WebinarRegistration.asked_at)).where(WebinarRegistration.webinar_id == webinar.id)
    )
