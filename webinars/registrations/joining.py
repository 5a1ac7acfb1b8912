"""Guests who have an account by now: what they registered for is their account's."""

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from accounts.models import User
from core.database import db
from webinars.models import Attendance, Webinar
from webinars.registrations.models import WebinarRegistration


def join_accounts(webinar: Webinar, *, only: User | None = None) -> None:
    """So that nobody has two seats, or comes twice. The webinar is held; what somebody came by already stays a guest's."""
    another = aliased(WebinarRegistration)
    found = (
        select(WebinarRegistration, User)
        .join(User, User.email == WebinarRegistration.email)
        .where(
            WebinarRegistration.webinar_id == webinar.id,
            WebinarRegistration.user_id.is_(None),
            User.is_active,
            ~exists().where(another.webinar_id == webinar.id, another.user_id == User.id),
            ~exists().where(Attendance.registration_id == WebinarRegistration.id),
        )
    )
    if only is not None:
        found = found.where(User.id == only.id)
    for seat, person in db.session.execute(found).all():
        seat.user, seat.email, seat.name = person, None, None
    db.session.flush()
