"""News of the office: for its own list, for everybody, and as news of a topic."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from core.checked_links import LinkPlace
from core.database import db
from core.i18n import language
from core.paging import Page, paged
from subscriptions.models import Frequency, Subscriber, Subscription
from subscriptions.news import NewsItem
from subscriptions.office_news.models import OfficeNews, OfficeNewsStatus
from subscriptions.words import polish

ON_A_PAGE = 20


def office_news_by_id(news_id: int) -> OfficeNews | None:
    return db.session.get(OfficeNews, news_id, options=[joinedload(OfficeNews.published_by)])


def all_of_it(number: int) -> Page[OfficeNews]:
    """For the office: drafts first, then the latest."""
    return _page(
        select(OfficeNews).order_by(OfficeNews.status != OfficeNewsStatus.DRAFT, OfficeNews.id.desc()), number
    )


def published_page(number: int, *, topic: str | None = None) -> Page[OfficeNews]:
    return _page(_published(topic), number)


def latest(limit: int) -> Sequence[OfficeNews]:
    return db.session.scalars(_published().limit(limit)).all()


def told_topics() -> frozenset[str]:
    """Those of which the office has published something."""
    found = select(OfficeNews.topic).where(OfficeNews.status == OfficeNewsStatus.PUBLISHED).distinct()
    return frozenset(db.session.scalars(found))


def shown_links() -> list[str]:
    found = select(OfficeNews.url).where(OfficeNews.status == OfficeNewsStatus.PUBLISHED).distinct()
    return list(db.session.scalars(found))


def places_of_links() -> list[LinkPlace]:
    found = select(OfficeNews.id, OfficeNews.titles, OfficeNews.url).where(
        OfficeNews.status == OfficeNewsStatus.PUBLISHED, OfficeNews.url.is_not(None)
    )
    return [
        LinkPlace(url, polish(titles), "office_news.show", {"news_id": news_id})
        for news_id, titles, url in db.session.execute(found)
    ]


def readers_of(topic: str) -> dict[Frequency, int]:
    """How many asked for news of this topic."""
    rows = db.session.execute(
        select(Subscriber.frequency, func.count(Subscriber.id.distinct()))
        .join(Subscription, Subscription.subscriber_id == Subscriber.id)
        .where(Subscription.topic == topic)
        .group_by(Subscriber.frequency)
    )
    counted: dict[Frequency, int] = {row[0]: row[1] for row in rows}
    return {one: counted.get(one, 0) for one in Frequency}


def news_of_the_office(since: datetime, until: datetime) -> Iterator[NewsItem]:
    """What was withdrawn meanwhile is no news any more."""
    code = language()
    found = db.session.scalars(
        select(OfficeNews)
        .where(
            OfficeNews.status == OfficeNewsStatus.PUBLISHED,
            OfficeNews.published_at > since,
            OfficeNews.published_at <= until,
        )
        .order_by(OfficeNews.published_at, OfficeNews.id)
    )
    for one in found:
        yield NewsItem(
            key=f"office-news:{one.id}",
            title=one.title(code),
            text=one.text(code),
            url=one.url,
            at=one.published_at or until,
            topic=one.topic,
        )


def _published(topic: str | None = None) -> Select[OfficeNews]:
    """The latest first."""
    found = select(OfficeNews).where(OfficeNews.status == OfficeNewsStatus.PUBLISHED)
    if topic is not None:
        found = found.where(OfficeNews.topic == topic)
    return found.order_by(OfficeNews.published_at.desc(), OfficeNews.id.desc())


def _page(found: Select[OfficeNews], number: int) -> Page[OfficeNews]:
    page = paged(found, number=number, size=ON_A_PAGE)
    return Page([row[0] for row in page.rows], page.number, page.total, page.size)
