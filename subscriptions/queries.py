"""Who gets news of what, and the issues of the digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core.audit import AuditEvent
from core.database import db
from subscriptions.events import NewsEvent
from subscriptions.models import DigestIssue, DigestItem, Frequency, IssueStatus, Subscriber, Subscription


def subscriber_of_person(person: User) -> Subscriber | None:
    return db.session.scalar(
        select(Subscriber)
        .where(Subscriber.user_id == person.id)
        .options(selectinload(Subscriber.subscriptions), joinedload(Subscriber.user))
    )


def subscriber_of_address(email: str) -> Subscriber | None:
    return db.session.scalar(
        select(Subscriber).where(Subscriber.email == email).options(selectinload(Subscriber.subscriptions))
    )


# --- Issues ----------------------------------------------------------------------------------------------


def issue_by_id(issue_id: int) -> DigestIssue | None:
    return db.session.get(
        DigestIssue, issue_id, options=[selectinload(DigestIssue.items), joinedload(DigestIssue.released_by)]
    )


def released_issue(number: int) -> DigestIssue | None:
    return db.session.scalar(
        select(DigestIssue)
        .where(DigestIssue.number == number, DigestIssue.status == IssueStatus.RELEASED)
        .options(selectinload(DigestIssue.items))
    )


def released_issues(limit: int | None = None) -> Sequence[DigestIssue]:
    """The latest first."""
    return db.session.scalars(
        select(DigestIssue)
        .where(DigestIssue.status == IssueStatus.RELEASED)
        .order_by(DigestIssue.number.desc())
        .limit(limit)
        .options(selectinload(DigestIssue.items))
    ).all()


def last_issue() -> DigestIssue | None:
    return db.session.scalars(select(DigestIssue).order_by(DigestIssue.week.desc()).limit(1)).first()


def older_draft(issue: DigestIssue) -> DigestIssue | None:
    return db.session.scalars(
        select(DigestIssue)
        .where(DigestIssue.week < issue.week, DigestIssue.status == IssueStatus.DRAFT)
        .order_by(DigestIssue.week)
        .limit(1)
    ).first()


def own_items(since: datetime, until: datetime) -> Sequence[DigestItem]:
    """What the office wrote itself, of issues released in between."""
    return db.session.scalars(
        select(DigestItem)
        .join(DigestItem.issue)
        .where(
            DigestIssue.status == IssueStatus.RELEASED,
            DigestIssue.released_at > since,
            DigestIssue.released_at <= until,
            DigestItem.is_own,
            DigestItem.is_left_out.is_(False),
        )
        .order_by(DigestItem.id)
        .options(joinedload(DigestItem.issue, innerjoin=True))
    ).all()


# --- Figures ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class IssueLine:
    issue: DigestIssue
    items: int
    left_since: int | None
    """How many stopped getting news between this issue and the next; None: it is not released."""


def issue_lines() -> Sequence[IssueLine]:
    """All issues, the latest first, in three queries however many there are."""
    counts = (
        select(DigestItem.issue_id, func.count().label("shown"))
        .where(DigestItem.is_left_out.is_(False))
        .group_by(DigestItem.issue_id)
        .subquery()
    )
    rows = db.session.execute(
        select(DigestIssue, func.coalesce(counts.c.shown, 0))
        .outerjoin(counts, counts.c.issue_id == DigestIssue.id)
        .order_by(DigestIssue.week.desc())
        .options(joinedload(DigestIssue.released_by))
    ).all()
    moments = sorted(issue.released_at for issue, _shown in rows if issue.released_at)
    left = _left_between(moments)
    return [
        IssueLine(issue, items, left[issue.released_at] if issue.released_at else None)
        for issue, items in rows
    ]


def _left_between(moments: Sequence[datetime]) -> dict[datetime, int]:
    """For each moment how many left from then on, up to the next."""
    if not moments:
        return {}
    ends = db.session.scalars(
        select(AuditEvent.at).where(AuditEvent.event == NewsEvent.ENDED.value, AuditEvent.at >= moments[0])
    ).all()
    found = dict.fromkeys(moments, 0)
    for end in ends:
        found[max(one for one in moments if one <= end)] += 1
    return found


@dataclass(frozen=True)
class Readers:
    by_frequency: dict[Frequency, int]
    by_topic: dict[str, int]

    @property
    def all(self) -> int:
        return sum(self.by_frequency.values())


def readers() -> Readers:
    how = db.session.execute(select(Subscriber.frequency, func.count()).group_by(Subscriber.frequency))
    what = db.session.execute(
        select(Subscription.topic, func.count(Subscription.subscriber_id.distinct())).group_by(
            Subscription.topic
        )
    )
    by_frequency: dict[Frequency, int] = {row[0]: row[1] for row in how}
    return Readers({one: by_frequency.get(one, 0) for one in Frequency}, {row[0]: row[1] for row in what})
