"""What is deleted when it has served: what people needed, guests' names and addresses, addresses that never answered."""

from datetime import timedelta

from sqlalchemy import ColumnElement, String, cast, delete, func, or_, select

from core import audit, clock
from core.database import db
from webinars.models import Webinar
from webinars.registrations.events import SeatEvent
from webinars.registrations.guest_links import OPT_IN_VALID
from webinars.registrations.models import GuestLink, RegistrationStatus, WebinarRegistration

KEPT = timedelta(days=30)
"""After the webinar: until then the list of who was there may come in and is matched."""


def forget_guests() -> int:
    """Counts stay: how many there were of each group and status. Returns of how many registrations something went."""
    limit = clock.now() - KEPT
    ids = db.session.scalars(
        select(WebinarRegistration.webinar_id)
        .join(WebinarRegistration.webinar)
        .where(Webinar.starts_at < limit, _has_something())
        .distinct()
    ).all()
    db.session.rollback()
    forgotten = 0
    for webinar_id in sorted(ids):
        webinar = db.session.get_one(Webinar, webinar_id)
        if webinar.ends_at <= limit:
            forgotten += _forget(webinar)
        db.session.commit()
    return forgotten


def due_seats() -> int:
    """Of how many registrations ``forget_guests`` would delete something now."""
    limit = clock.now() - KEPT
    over = Webinar.starts_at < limit
    rows = db.session.execute(
        select(Webinar, func.count())
        .join(WebinarRegistration, WebinarRegistration.webinar_id == Webinar.id)
        .where(over, _has_something())
        .group_by(Webinar.id)
    )
    return sum(count for webinar, count in rows if webinar.ends_at <= limit)


def drop_unanswered() -> int:
    """Whoever did not answer the mail in time never asked. Who had been registered before stays cancelled."""
    late = select(WebinarRegistration).where(
        WebinarRegistration.status == RegistrationStatus.UNCONFIRMED,
        WebinarRegistration.asked_at < clock.now() - OPT_IN_VALID,
    )
    seats = db.session.scalars(late).all()
    for seat in seats:
        if seat.cancelled_at is not None:
            seat.status = RegistrationStatus.CANCELLED
            continue
        db.session.execute(delete(GuestLink).where(GuestLink.registration_id == seat.id))
        db.session.delete(seat)
    db.session.flush()
    return len(seats)


def _has_something() -> ColumnElement[bool]:
    return or_(
        WebinarRegistration.email.is_not(None),
        WebinarRegistration.access_note.is_not(None),
        cast(WebinarRegistration.access_needs, String) != "[]",
    )


def _forget(webinar: Webinar) -> int:
    seats = [seat for seat in _all_of(webinar) if seat.email or seat.access_needs or seat.access_note]
    mine = select(WebinarRegistration.id).where(WebinarRegistration.webinar_id == webinar.id)
    db.session.execute(delete(GuestLink).where(GuestLink.registration_id.in_(mine)))
    for seat in seats:
        seat.access_needs, seat.access_note = [], None
        if seat.user_id is None:
            seat.forgotten_at, seat.email, seat.name = clock.now(), None, None
    db.session.flush()
    if seats:
        audit.record(SeatEvent.FORGOTTEN, webinar, actor=None, seats=len(seats))
    return len(seats)


def _all_of(webinar: Webinar) -> list[WebinarRegistration]:
    return list(
        db.session.scalars(
            select(WebinarRegistration)
            .where(WebinarRegistration.webinar_id == webinar.id)
            .order_by(WebinarRegistration.id)
        )
    )
