"""News on their way to whoever wants them at once or once a day: each piece is told once, and all that waits in one mail.

At once is every few minutes, so mostly a mail holds one piece; after an outage it holds all of them, and nobody's mailbox
is flooded.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core import mail
from core.database import db
from subscriptions import links
from subscriptions.models import Frequency, Subscriber
from subscriptions.news import NewsItem, news_by_language, settled
from subscriptions.own_news import own_news

AT_A_TIME = 100
MANY = 10
"""Of more than that a mail tells only the titles, each with its link."""


def tell(frequency: Frequency) -> int:
    """Returns how many mails were promised. What was told is noted in the same transaction as the mails, person by person."""
    until = settled()
    ids = _waiting(frequency, until)
    if not ids:
        return 0
    items = news_by_language(_earliest(ids), until, also=own_news)
    db.session.rollback()
    told = 0
    for start in range(0, len(ids), AT_A_TIME):
        for subscriber in _held(ids[start : start + AT_A_TIME], frequency):
            told += _tell_one(subscriber, items, until)
        db.session.commit()
    return told


def _waiting(frequency: Frequency, until: datetime) -> Sequence[int]:
    return db.session.scalars(
        select(Subscriber.id)
        .where(Subscriber.frequency == frequency, Subscriber.told_until < until)
        .order_by(Subscriber.id)
    ).all()


def _earliest(ids: Sequence[int]) -> datetime:
    moments = [
        db.session.scalars(
            select(Subscriber.told_until)
            .where(Subscriber.id.in_(ids[start : start + AT_A_TIME]))
            .order_by(Subscriber.told_until)
            .limit(1)
        ).one()
        for start in range(0, len(ids), AT_A_TIME)
    ]
    return min(moments)


def _held(ids: Sequence[int], frequency: Frequency) -> Sequence[Subscriber]:
    """Whoever changed their mind meanwhile is left alone."""
    return db.session.scalars(
        select(Subscriber)
        .where(Subscriber.id.in_(ids), Subscriber.frequency == frequency)
        .order_by(Subscriber.id)
        .options(selectinload(Subscriber.subscriptions), selectinload(Subscriber.user))
        .with_for_update()
    ).all()


def _tell_one(subscriber: Subscriber, items: Mapping[str, Sequence[NewsItem]], until: datetime) -> int:
    mine = [
        item
        for item in items[subscriber.mail_language]
        if subscriber.told_until < item.at <= until
        and subscriber.wants(item.topic, item.region)
        and (item.issue is None or item.issue > subscriber.last_number)
    ]
    subscriber.told_until = max(subscriber.told_until, until)
    if not mine:
        return 0
    _queue(subscriber, mine)
    return 1


def _queue(subscriber: Subscriber, items: Sequence[NewsItem]) -> None:
    """Its key is that of its first piece and of when that was news: told again it would be the same mail, but what is
    news anew, as a recording that was away, takes nothing that comes with it along.
    """
    first = items[0]
    mail.queue(
        subscriber.user or subscriber,
        "subscriptions/mail/news",
        dedupe_key=f"news:{subscriber.id}:{first.key}:{first.at.isoformat()}",
        urgent=True,
        unsubscribe_url=links.stop_page(subscriber),
        items=items,
        is_short=len(items) > MANY,
        own_page=links.own_page(subscriber),
        stop_page=links.stop_page(subscriber),
    )
