"""What is new, asked of whoever has news: packages above this one register their sources."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app

from core import clock
from core.i18n import LANGUAGES, in_language

SETTLED = timedelta(minutes=2)
"""News is told when it is this old: whatever was written at the same moment is in the database by then."""

_KEY = "gromada_news"


@dataclass(frozen=True)
class NewsItem:
    key: str
    """The same for ever, and another one for every piece of news: ``webinar-announced:12``."""
    title: str
    text: str
    """A sentence or two: when, where, whose."""
    url: str
    """A whole address (``core.mail.link_to``)."""
    at: datetime
    """When it became news; after ``since`` and not after ``until``."""
    topic: str
    region: int | None = None
    """The id of a voivodeship; None: it concerns no region in particular."""
    issue: int | None = None
    """The number of the digest it was written for: who got that one has read it."""


Source = Callable[[datetime, datetime], Iterable[NewsItem]]
"""``source(since, until)``, asked in the reader's language, in a fixed number of queries."""


def add_news(app: Flask, source: Source) -> None:
    _sources(app).append(source)


def news(since: datetime, until: datetime, *, also: Source | None = None) -> Sequence[NewsItem]:
    """Everything after ``since`` up to ``until``, the oldest first, in the language in force."""
    asked = [*_sources(current_app), *([also] if also else [])]
    found = [item for source in asked for item in source(since, until)]
    return sorted(found, key=lambda item: (item.at, item.key))


def news_by_language(
    since: datetime, until: datetime, *, also: Source | None = None
) -> Mapping[str, Sequence[NewsItem]]:
    """The same items in each language."""
    found = {}
    for code in LANGUAGES:
        with in_language(code):
            found[code] = news(since, until, also=also)
    return found


def settled() -> datetime:
    """The latest moment whose news are complete."""
    return clock.now() - SETTLED


def _sources(app: Flask) -> list[Source]:
    return cast("list[Source]", app.extensions.setdefault(_KEY, []))
