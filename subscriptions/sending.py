"""A released issue on its way: each reader gets the parts they asked for, in one mail, or none at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from core import clock, mail
from core.database import db
from core.mail_text import heading
from subscriptions import links
from subscriptions.models import DigestIssue, DigestItem, Frequency, IssueStatus, Subscriber
from subscriptions.topics import Topic, topics

AT_A_TIME = 100


def send_released() -> int:
    """Returns how many mails were promised. Interrupted, it goes on with whoever has not been gone through."""
    ids = db.session.scalars(
        select(DigestIssue.id)
        .where(DigestIssue.status == IssueStatus.RELEASED, DigestIssue.sent_at.is_(None))
        .order_by(DigestIssue.number)
    ).all()
    db.session.rollback()
    return sum(_send(issue_id) for issue_id in ids)


def by_topic(items: Sequence[DigestItem]) -> list[tuple[Topic, list[DigestItem]]]:
    """In the order of the profile; a topic it no longer knows is left out."""
    grouped = [(topic, [one for one in items if one.topic == topic.code]) for topic in topics()]
    return [(topic, found) for topic, found in grouped if found]


def items_for(subscriber: Subscriber, issue: DigestIssue, items: Sequence[DigestItem]) -> list[DigestItem]:
    """Not what they were told before: whoever had news at once until Wednesday has read those of Tuesday. What the office
    added is news once it is released.
    """
    released_at = issue.released_at or clock.now()
    return [
        one
        for one in items
        if subscriber.wants(one.topic, one.voivodeship_id)
        and (released_at if one.is_own else one.at) > subscriber.told_until
    ]


def mail_context(
    issue: DigestIssue, items: Sequence[DigestItem], language: str, *, own_page: str, stop_page: str
) -> dict[str, Any]:
    return {
        "issue": issue,
        "groups": by_topic(items),
        "code": language,
        "heading": heading,
        "own_page": own_page,
        "stop_page": stop_page,
    }


def _send(issue_id: int) -> int:
    sent = 0
    while True:
        issue = db.session.get_one(DigestIssue, issue_id, options=[selectinload(DigestIssue.items)])
        number, released_at = issue.number or 0, issue.released_at or clock.now()
        readers = _next_readers(number, released_at)
        if not readers:
            break
        count = sum(_send_to(reader, issue, number) for reader in readers)
        _count(issue_id, count)
        db.session.commit()
        sent += count
    db.session.execute(
        update(DigestIssue)
        .where(DigestIssue.id == issue_id, DigestIssue.sent_at.is_(None))
        .values(sent_at=clock.now(), updated_at=clock.now())
    )
    db.session.commit()
    return sent


def _next_readers(number: int, released_at: datetime) -> Sequence[Subscriber]:
    return db.session.scalars(
        select(Subscriber)
        .where(
            Subscriber.frequency == Frequency.WEEKLY,
            Subscriber.last_number < number,
            Subscriber.confirmed_at <= released_at,
        )
        .order_by(Subscriber.id)
        .limit(AT_A_TIME)
        .options(selectinload(Subscriber.subscriptions), selectinload(Subscriber.user))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _send_to(reader: Subscriber, issue: DigestIssue, number: int) -> int:
    mine = items_for(reader, issue, issue.shown)
    reader.last_number = number
    reader.told_until = max(reader.told_until, issue.until)
    if not mine or (reader.user is not None and not reader.user.is_active):
        return 0
    context = mail_context(
        issue, mine, reader.mail_language, own_page=links.own_page(reader), stop_page=links.stop_page(reader)
    )
    mail.queue(
        reader.user or reader,
        "subscriptions/mail/digest",
        dedupe_key=f"digest:{issue.id}:{reader.id}",
        urgent=True,
        unsubscribe_url=links.stop_page(reader),
        **context,
    )
    return 1


def _count(issue_id: int, count: int) -> None:
    db.session.execute(
        update(DigestIssue)
        .where(DigestIssue.id == issue_id)
        .values(sent_count=DigestIssue.sent_count + count, updated_at=clock.now())
    )
