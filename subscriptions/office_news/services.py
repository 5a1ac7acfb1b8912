"""The office writes short items of its own, publishes them once and can take them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db
from core.web_addresses import NotPublic, is_public_address
from subscriptions.errors import UnknownTopic
from subscriptions.office_news.errors import IsWithdrawn, TopicIsTold
from subscriptions.office_news.events import OfficeNewsEvent
from subscriptions.office_news.models import OfficeNews, OfficeNewsStatus
from subscriptions.office_news.workflow import OFFICE_NEWS, OfficeNewsAction
from subscriptions.topics import topics
from subscriptions.words import not_empty


@dataclass(frozen=True)
class Words:
    topic: str
    titles: Mapping[str, str]
    """By language, in Polish and if they like in English."""
    texts: Mapping[str, str]
    url: str


def write(words: Words, *, actor: User) -> OfficeNews:
    """A draft: nobody sees it yet."""
    _check(words)
    news = OfficeNews(status=OfficeNewsStatus.DRAFT, **_values(words))
    db.session.add(news)
    db.session.flush()
    audit.record(OfficeNewsEvent.WRITTEN, news, actor=actor, after=_values(words))
    return news


def change(news: OfficeNews, words: Words, *, actor: User) -> None:
    """Once it is published this puts right what everybody reads; who was told of it is not told again."""
    _hold(news)
    if news.status is OfficeNewsStatus.WITHDRAWN:
        raise IsWithdrawn
    _check(words, told=news.topic if news.is_published else None)
    if news.is_published and words.topic != news.topic:
        raise TopicIsTold
    wanted = _values(words)
    before = {name: getattr(news, name) for name, value in wanted.items() if getattr(news, name) != value}
    if not before:
        return
    after = {name: wanted[name] for name in before}
    for name, value in after.items():
        setattr(news, name, value)
    db.session.flush()
    audit.record(OfficeNewsEvent.CHANGED, news, actor=actor, before=before, after=after)


def publish(news: OfficeNews, *, actor: User) -> None:
    """Everybody can read it from now on, and jobs tell whoever asked for its topic."""
    _move(news, OfficeNewsAction.PUBLISH)
    news.published_at, news.published_by = clock.now(), actor
    db.session.flush()
    audit.record(OfficeNewsEvent.PUBLISHED, news, actor=actor, after={"titles": news.titles})


def withdraw(news: OfficeNews, *, actor: User) -> None:
    """Off the page and the feed, and out of digests that are not drafted yet. Mails that went out stay where they are."""
    _move(news, OfficeNewsAction.WITHDRAW)
    db.session.flush()
    audit.record(OfficeNewsEvent.WITHDRAWN, news, actor=actor, before={"titles": news.titles})


def _move(news: OfficeNews, action: OfficeNewsAction) -> None:
    _hold(news)
    news.status = OFFICE_NEWS.after(action, news.status)


def _hold(news: OfficeNews) -> None:
    """Of two who change it at once the second sees what the first did."""
    db.session.execute(select(OfficeNews.id).where(OfficeNews.id == news.id).with_for_update())
    db.session.refresh(news)


def _check(words: Words, *, told: str | None = None) -> None:
    """What was told under a topic stays there, also when the profile does not know it any more."""
    if words.topic != told and words.topic not in {one.code for one in topics()}:
        raise UnknownTopic
    if not is_public_address(words.url):
        raise NotPublic


def _values(words: Words) -> dict[str, Any]:
    return {
        "topic": words.topic,
        "titles": not_empty(words.titles),
        "texts": not_empty(words.texts),
        "url": words.url,
    }
