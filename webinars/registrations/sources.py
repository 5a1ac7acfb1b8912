"""How views find webinars one can register for, and seats, and who may know that they exist."""

from sqlalchemy.orm import joinedload

from accounts.guards import Source
from accounts.policy import Permission
from core.database import db
from webinars.models import Webinar
from webinars.queries.records import webinar_by_id
from webinars.registrations.models import WebinarRegistration


def announced_webinar(webinar_id: int) -> Webinar | None:
    """Drafts are nobody's business yet."""
    webinar = webinar_by_id(webinar_id)
    return webinar if webinar is not None and webinar.is_public and not webinar.is_outside else None


def own_webinar(webinar_id: int) -> Webinar | None:
    """For the office: one of ours, drafts too."""
    webinar = webinar_by_id(webinar_id)
    return webinar if webinar is not None and not webinar.is_outside else None


def seat_by_id(seat_id: int) -> WebinarRegistration | None:
    seat = db.session.get(
        WebinarRegistration, seat_id, options=[joinedload(WebinarRegistration.webinar, innerjoin=True)]
    )
    return seat if seat is not None and seat.forgotten_at is None else None


WEBINAR = Source(load=announced_webinar, read=Permission.SEAT_TAKE)
SEATS = Source(load=own_webinar, read=Permission.SEAT_MANAGE)
SEAT = Source(load=seat_by_id, read=Permission.SEAT_MANAGE)
