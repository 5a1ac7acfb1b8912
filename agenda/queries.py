"""Private calendar feeds as their page and their readers ask for them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from accounts.sessions import hashed
from agenda.models import CalendarFeed
from core.database import db


def feed_of(person: User) -> CalendarFeed | None:
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.user_id == person.id))


def feed_by_secret(secret: str) -> CalendarFeed | None:
    """Of an address that works now, with its owner: nobody's who may not come in any more."""
    return (
        db.session.scalars(
            select(CalendarFeed)
            .join(CalendarFeed.user)
            .where(CalendarFeed.token_hash == hashed(secret), User.is_active)
            .options(joinedload(CalendarFeed.user, innerjoin=True).selectinload(User.grants))
        )
        .unique()
        .one_or_none()
    )
