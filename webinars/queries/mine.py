"""What one person has to do with webinars."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from accounts.models import User
from core.database import db
from webinars.registrations.models import ACTIVE, WebinarRegistration


def seats_by_webinar(person: User, webinar_ids: Sequence[int]) -> Mapping[int, WebinarRegistration]:
    """The person's seats, and places in waiting lists, in one query."""
    if not webinar_ids:
        return {}
    found = db.session.scalars(
        select(WebinarRegistration).where(
            WebinarRegistration.user_id == person.id,
            WebinarRegistration.webinar_id.in_(webinar_ids),
            WebinarRegistration.status.in_(ACTIVE),
        )
    )
    return {seat.webinar_id: seat for seat in found}
