"""The digest of a week: drafted from what is new, edited by the office, released once and then frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from secrets import token_hex

from sqlalchemy import func, select

from accounts.models import User
from accounts.queries import office_people
from core import audit, clock, mail
from core.database import db, insert_into
from core.formatting import day
from core.i18n import LANGUAGES, _, in_language
from programme.queries import the_programme
from subscriptions.errors import IsFrozen, NothingToRelease, NoTitle, OlderWaits, UnknownTopic
from subscriptions.events import NewsEvent
from subscriptions.models import DigestIssue, DigestItem, IssueStatus
from subscriptions.news import NewsItem, news_by_language, settled
from subscriptions.queries import issue_by_id, last_issue, older_draft
from subscriptions.topics import topics
from subscriptions.words import not_empty

WEEK = timedelta(days=7)
HOUR = time(6)


@dataclass(frozen=True)
class OwnItem:
    """What the office adds, in Polish and if it likes in English."""

    topic: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    url: str


def draft_due() -> DigestIssue | None:
    """The issue of this week, if its day has come and nobody has drafted it: once a week, also after a missed run."""
    week = _week_of(_last_due(clock.now()))
    before = last_issue()
    if before is not None and before.week >= week:
        return None
    until = settled()
    since = before.until if before is not None else until - WEEK
    found = _collected(since, until)
    issue_id = _only_one(week, since, until)
    if issue_id is None:
        return None
    issue = db.session.get_one(DigestIssue, issue_id)
    for position, item in enumerate(found):
        item.position = position
        issue.items.append(item)
    db.session.flush()
    audit.record(NewsEvent.DRAFTED, issue, actor=None, items=len(found))
    _tell_office(issue)
    return issue


def write(
    issue: DigestIssue, titles: Mapping[str, str], introductions: Mapping[str, str], *, actor: User
) -> None:
    issue = _draft(issue)
    before = {"titles": issue.titles, "introductions": issue.introductions}
    issue.titles, issue.introductions = not_empty(titles), not_empty(introductions)
    after = {"titles": issue.titles, "introductions": issue.introductions}
    if before != after:
        db.session.flush()
        audit.record(NewsEvent.WRITTEN, issue, actor=actor, before=before, after=after)


def take_out(item: DigestItem, *, actor: User) -> None:
    _set_left_out(item, is_left_out=True, event=NewsEvent.TAKEN_OUT, actor=actor)


def put_back(item: DigestItem, *, actor: User) -> None:
    _set_left_out(item, is_left_out=False, event=NewsEvent.PUT_BACK, actor=actor)


def move(item: DigestItem, *, up: bool, actor: User) -> None:
    """Past its neighbour of the same topic; at the end there is nowhere to go."""
    issue = _draft(item.issue)
    beside = [one for one in issue.items if one.topic == item.topic]
    at = beside.index(item)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(beside):
        return
    for position, one in enumerate(issue.items):  # each has a place of its own, whatever was added since
        one.position = position
    item.position, beside[other].position = beside[other].position, item.position
    db.session.flush()
    db.session.expire(issue, ["items"])
    audit.record(NewsEvent.MOVED, issue, actor=actor, item=item.key, position=other + 1)


def add_own(issue: DigestIssue, own: OwnItem, *, actor: User) -> DigestItem:
    issue = _draft(issue)
    if own.topic not in {one.code for one in topics()}:
        raise UnknownTopic
    item = DigestItem(
        position=len(issue.items),
        key=f"own-{token_hex(8)}",
        topic=own.topic,
        at=clock.now(),
        titles=not_empty(own.titles),
        texts=not_empty(own.texts),
        urls=dict.fromkeys(LANGUAGES, own.url) if own.url else {},
        is_own=True,
    )
    issue.items.append(item)
    db.session.flush()
    audit.record(NewsEvent.ADDED, issue, actor=actor, after={"titles": item.titles, "topic": item.topic})
    return item


def leave_out(issue: DigestIssue, *, actor: User) -> None:
    """This week has no digest."""
    issue = _draft(issue)
    issue.status = IssueStatus.LEFT_OUT
    db.session.flush()
    audit.record(NewsEvent.LEFT_OUT, issue, actor=actor)


def release(issue: DigestIssue, *, actor: User) -> None:
    """From now on it is public and frozen; mails go out by a job."""
    issue = _draft(issue)
    if not issue.shown:
        raise NothingToRelease
    if not issue.title("pl"):
        raise NoTitle
    older = older_draft(issue)
    if older is not None:
        raise OlderWaits(older.week)
    newest = db.session.scalar(select(func.max(DigestIssue.number))) or 0
    issue.status, issue.number = IssueStatus.RELEASED, newest + 1
    issue.released_at, issue.released_by = clock.now(), actor
    db.session.flush()
    audit.record(
        NewsEvent.RELEASED, issue, actor=actor, number=issue.number, items=[one.key for one in issue.shown]
    )


def _draft(issue: DigestIssue) -> DigestIssue:
    """Held until the end of the request: of two who change it at once the second sees what the first did."""
    db.session.scalar(select(DigestIssue.id).where(DigestIssue.id == issue.id).with_for_update())
    db.session.refresh(issue)
    if not issue.is_draft:
        raise IsFrozen
    return issue


def _set_left_out(item: DigestItem, *, is_left_out: bool, event: NewsEvent, actor: User) -> None:
    issue = _draft(item.issue)
    if item.is_left_out == is_left_out:
        return
    item.is_left_out = is_left_out
    db.session.flush()
    audit.record(event, issue, actor=actor, item=item.key)


# --- Drafting --------------------------------------------------------------------------------------------


def _last_due(now: datetime) -> date:
    """The latest day of the digest whose hour has come, by the clock on the wall."""
    there = clock.local(now)
    wanted = the_programme().settings.digest_weekday.number
    due = there.date() - timedelta(days=(there.weekday() - wanted) % 7)
    return due - WEEK if due == there.date() and there.time() < HOUR else due


def _week_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _only_one(week: date, since: datetime, until: datetime) -> int | None:
    """None: somebody else has drafted it at this moment."""
    titles = {}
    for code in LANGUAGES:
        with in_language(code):
            titles[code] = _("What is new: %(day)s", day=day(week))
    now = clock.now()
    row = {
        "week": week, "status": IssueStatus.DRAFT, "since": since, "until": until, "titles": titles,
        "introductions": {}, "sent_count": 0, "row_version": 1, "created_at": now, "updated_at": now,
    }  # fmt: skip
    made = insert_into(DigestIssue).on_conflict_do_nothing(index_elements=["week"]).returning(DigestIssue.id)
    found: int | None = db.session.execute(made, row).scalar()
    return found


def _collected(since: datetime, until: datetime) -> list[DigestItem]:
    """In the order of topics, and of each topic as it happened."""
    by_language = {
        code: {item.key: item for item in items} for code, items in news_by_language(since, until).items()
    }
    order = [one.code for one in topics()]
    first = next(iter(LANGUAGES))
    found = sorted(
        by_language[first].values(), key=lambda item: (_place(order, item.topic), item.at, item.key)
    )
    return [_item(item, {code: items[item.key] for code, items in by_language.items()}) for item in found]


def _place(order: Sequence[str], topic: str) -> int:
    return order.index(topic) if topic in order else len(order)


def _item(item: NewsItem, told: Mapping[str, NewsItem]) -> DigestItem:
    return DigestItem(
        key=item.key,
        topic=item.topic,
        voivodeship_id=item.region,
        at=item.at,
        titles={code: one.title for code, one in told.items()},
        texts={code: one.text for code, one in told.items()},
        urls={code: one.url for code, one in told.items()},
    )


def _tell_office(issue: DigestIssue) -> None:
    issue = issue_by_id(issue.id) or issue
    for person in office_people():
        mail.queue(
            person,
            "subscriptions/mail/drafted",
            dedupe_key=f"digest-drafted:{issue.id}:{person.id}",
            issue=issue,
        )
