"""What can be done with a private calendar address: make it, replace it, revoke it."""

import secrets
from datetime import date, datetime

from sqlalchemy import update

from accounts.models import User
from accounts.sessions import hashed
from agenda.events import FeedEvent
from agenda.models import CalendarFeed
from agenda.queries import feed_of
from core import audit, clock
from core.database import aside, db, insert_into


def make_address(person: User, *, actor: User) -> str:
    """The secret of a new address, told this once. An address that there was before stops working."""
    secret, there_was_one = secrets.token_urlsafe(32), feed_of(person) is not None
    fresh = {"token_hash": hashed(secret), "created_at": clock.now(), "changed_at": clock.now(), "content_hash": None,
             "asked_on": None}  # fmt: skip
    made = insert_into(CalendarFeed).values(user_id=person.id, **fresh)
    db.session.execute(made.on_conflict_do_update(index_elements=["user_id"], set_=fresh))
    db.session.expire_all()
    feed = feed_of(person)
    audit.record(FeedEvent.RENEWED if there_was_one else FeedEvent.MADE, feed, actor=actor)
    return secret


def revoke_address(person: User, *, actor: User) -> None:
    """Calendars that know it get nothing from now on; doing it twice does no harm."""
    feed = feed_of(person)
    if feed is not None:
        audit.record(FeedEvent.REVOKED, feed, actor=actor)
        db.session.delete(feed)


def note_answer(feed: CalendarFeed, content_hash: str) -> datetime:
    """Since when the answer is as it is. Remembered also when something is only gone, and once a day that somebody asked."""
    today = clock.today()
    if feed.content_hash == content_hash and feed.asked_on == today:
        return feed.changed_at
    is_new = feed.content_hash != content_hash
    return _remember(feed, content_hash, clock.now() if is_new else feed.changed_at, today)


def _remember(feed: CalendarFeed, content_hash: str, changed_at: datetime, today: date) -> datetime:
    same = update(CalendarFeed).where(CalendarFeed.token_hash == feed.token_hash)
    with aside() as transaction:
        transaction.execute(same.values(content_hash=content_hash, changed_at=changed_at, asked_on=today))
    return changed_at
