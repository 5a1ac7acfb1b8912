"""Secrets in guests' mails: made for one purpose and one registration, kept only as a hash, good until a moment."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from core import clock
from core.database import db
from webinars.registrations.errors import LinkIsOver
from webinars.registrations.models import GuestLink, LinkPurpose, WebinarRegistration

OPT_IN_VALID = timedelta(hours=48)
AFTERWARDS = timedelta(days=1)
"""Links work so long after the webinar: whoever opens the mail then is told that it is over."""


def issue(seat: WebinarRegistration, purpose: LinkPurpose, *, until: datetime) -> str:
    """A new link voids older ones that confirm the address; those that open the registration stand in several mails."""
    db.session.flush()
    if purpose is LinkPurpose.OPT_IN:
        void(seat, purpose)
    secret = secrets.token_urlsafe(32)
    db.session.add(
        GuestLink(token_hash=_hashed(secret), purpose=purpose, registration_id=seat.id, valid_until=until)
    )
    return secret


def end_of(seat: WebinarRegistration) -> datetime:
    """When what opens a registration stops working."""
    return max(seat.webinar.ends_at, clock.now()) + AFTERWARDS


def find(secret: str, purpose: LinkPurpose) -> GuestLink | None:
    """With its registration and webinar; used up or expired ones too, so that a page can say so."""
    return db.session.scalar(
        select(GuestLink)
        .where(GuestLink.token_hash == _hashed(secret), GuestLink.purpose == purpose)
        .options(
            joinedload(GuestLink.registration, innerjoin=True).joinedload(
                WebinarRegistration.webinar, innerjoin=True
            )
        )
    )


def is_open(link: GuestLink) -> bool:
    return link.used_at is None and link.valid_until > clock.now()


def use(link: GuestLink) -> None:
    """For one of all who press the button at the same moment."""
    taken = db.session.execute(
        update(GuestLink)
        .where(GuestLink.id == link.id, GuestLink.used_at.is_(None), GuestLink.valid_until > clock.now())
        .values(used_at=clock.now())
        .returning(GuestLink.id)
    ).scalar()
    if taken is None:
        raise LinkIsOver


def void(seat: WebinarRegistration, purpose: LinkPurpose) -> None:
    db.session.execute(
        update(GuestLink)
        .where(
            GuestLink.registration_id == seat.id,
            GuestLink.purpose == purpose,
            GuestLink.valid_until > clock.now(),
        )
        .values(valid_until=clock.now())
    )


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
