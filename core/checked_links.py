"""What is known of the links that pages show: whether each still leads somewhere. See ``core/link_checks.py``.

A link counts as dead after three failures on different days. Until then it is shown: a server may rest for a night.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Flask, current_app
from sqlalchemy import CheckConstraint, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, Timestamped, db, insert_into, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.link_checks import Answer, Finding, LinkChecker

FAILURES_OF_A_DEAD_LINK = 3
LONGEST_ADDRESS = 500
HOSTS_OF_AN_OUTAGE = 3
NOBODY_ANSWERED = frozenset({Answer.SILENT, Answer.UNKNOWN_HOST})

_KEY, _PLACES = "gromada_checked_links", "gromada_link_places"


class LinkState(LabelledEnum):
    OK = "ok", _l("Works"), Tone.SUCCESS
    UNKNOWN = "unknown", _l("Not known"), Tone.NEUTRAL
    """Not looked at yet, or the server answers people only; or it failed, but not for long enough."""
    DEAD = "dead", _l("Does not work"), Tone.DANGER


class CheckedLink(Timestamped, Base):
    __tablename__ = "checked_link"
    __table_args__ = (CheckConstraint("failures >= 0", name="counts_failures"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), unique=True)
    state: Mapped[LinkState] = mapped_column(one_of(LinkState), default=LinkState.UNKNOWN, index=True)
    checked_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    """Days in a row, of those on which it was looked at."""
    failed_on: Mapped[date | None]
    answer: Mapped[Answer | None] = mapped_column(one_of(Answer))
    """What the last look found."""
    told_at: Mapped[datetime | None]
    """When the office was told that it is dead: once, until it works again."""


Links = Callable[[], Iterable[str]]
"""The addresses that a package's pages show to people."""


@dataclass(frozen=True)
class LinkPlace:
    """Where a link stands, as whoever puts it right finds it."""

    url: str
    title: str
    endpoint: str
    page: Mapping[str, int]
    """What the address of its page is made of."""


Places = Callable[[], Iterable[LinkPlace]]


def add_links(app: Flask, links: Links, places: Places) -> None:
    app.extensions.setdefault(_KEY, []).append(links)
    app.extensions.setdefault(_PLACES, []).append(places)


def link_places() -> Mapping[str, Sequence[LinkPlace]]:
    """By address: every page on which it stands."""
    sources: list[Places] = current_app.extensions.get(_PLACES, [])
    found: dict[str, list[LinkPlace]] = {}
    for source in sources:
        for one in source():
            found.setdefault(one.url, []).append(one)
    return found


def shown_links() -> set[str]:
    sources: list[Links] = current_app.extensions.get(_KEY, [])
    return {url for source in sources for url in source() if url and len(url) <= LONGEST_ADDRESS}


def check_links(checker: LinkChecker) -> int:
    """Look at each link once a day, those not looked at for longest first; each is one unit of work.

    Where several hosts are silent and nobody answers at all, the fault is our own network's: nothing is held against them.
    """
    _keep_only(shown_links())
    db.session.commit()
    looked_at, silent = 0, dict[int, Finding]()
    hosts: set[str] = set()
    for key, url in _by_age():
        db.session.rollback()  # nothing is held while a server far away takes its time
        finding = checker.check(url)
        if finding.answer in NOBODY_ANSWERED:
            silent[key] = finding
            hosts.add(urlsplit(url).netloc)
        else:
            looked_at += _noted(key, finding)
    if not looked_at and len(hosts) >= HOSTS_OF_AN_OUTAGE:
        return 0
    return looked_at + sum(_noted(key, finding) for key, finding in silent.items())


def _noted(key: int, finding: Finding) -> int:
    link = db.session.get(CheckedLink, key)
    if link is None or _day_of(link.checked_at) == clock.today():
        return 0
    note(link, finding)
    db.session.commit()
    return 1


def note(link: CheckedLink, finding: Finding) -> None:
    today = clock.today()
    link.checked_at, link.answer = clock.now(), finding.answer
    if finding.answer is Answer.WORKS:
        link.state, link.failures, link.failed_on, link.told_at = LinkState.OK, 0, None, None
    elif finding.answer is Answer.CLOSED:
        link.state, link.failures, link.failed_on, link.told_at = LinkState.UNKNOWN, 0, None, None
    elif link.failed_on != today:
        link.failures, link.failed_on = link.failures + 1, today
        is_dead = link.failures >= FAILURES_OF_A_DEAD_LINK
        link.state = LinkState.DEAD if is_dead else LinkState.UNKNOWN


def dead_among(urls: Iterable[str | None]) -> frozenset[str]:
    """In one query; in none where there is nothing to ask about."""
    wanted = {url for url in urls if url}
    if not wanted:
        return frozenset()
    found = select(CheckedLink.url).where(CheckedLink.url.in_(wanted), CheckedLink.state == LinkState.DEAD)
    return frozenset(db.session.scalars(found))


def newly_dead() -> Sequence[CheckedLink]:
    """Of which nobody has been told yet."""
    return db.session.scalars(
        select(CheckedLink)
        .where(CheckedLink.state == LinkState.DEAD, CheckedLink.told_at.is_(None))
        .order_by(CheckedLink.url)
    ).all()


def _by_age() -> Sequence[tuple[int, str]]:
    """Those not looked at today."""
    links = db.session.scalars(select(CheckedLink).order_by(CheckedLink.id)).all()
    today = clock.today()
    due = [one for one in links if _day_of(one.checked_at) != today]
    due.sort(key=lambda one: (one.checked_at is not None, one.checked_at or one.created_at))
    return [(one.id, one.url) for one in due]


def _day_of(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def _keep_only(urls: Collection[str]) -> None:
    """What no page shows any more is forgotten; what is new is waited for."""
    known = set(db.session.scalars(select(CheckedLink.url)))
    for url in known - set(urls):
        db.session.execute(delete(CheckedLink).where(CheckedLink.url == url))
    now = clock.now()
    for url in sorted(set(urls) - known):
        row = {"url": url, "state": LinkState.UNKNOWN, "failures": 0, "created_at": now, "updated_at": now}
        db.session.execute(
            insert_into(CheckedLink).values(row).on_conflict_do_nothing(index_elements=["url"])
        )
