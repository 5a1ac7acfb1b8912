"""News by mail: a reader, one who is asked to confirm, digests in each state, an answer about a page."""

from collections.abc import Mapping
from datetime import date, timedelta

from accounts.models import User
from core import clock
from core.database import db
from feedback import services as feedback
from public.helpful import page_token, words_token
from subscriptions import digests, links
from subscriptions.models import (
    DigestIssue,
    DigestItem,
    Frequency,
    Subscriber,
    Subscription,
    SubscriptionRequest,
)
from subscriptions.office_news import services as office_news
from subscriptions.office_news.models import OfficeNews
from subscriptions.office_news.services import Words
from tests.guards.matrix.markers import HOSTILE, hostile
from tests.guards.matrix.world import Record, World

TO_CONFIRM, OWN, PAGE, WORDS = "news to confirm", "news of a reader", "page to answer for", "words to add"
"""Where ``World.seen`` keeps the secrets of links."""
SECRET = "n" * 43


def some_news(world: World, people: Mapping[str, User]) -> None:
    world.seen[TO_CONFIRM], world.seen[OWN] = _to_confirm(), _reader()
    answered = feedback.answer("/pl/plany", "pl", helpful=False)
    world.seen[PAGE], world.seen[WORDS] = page_token("/pl/plany"), words_token(answered)
    draft = _issue(date(2026, 4, 6))
    items = [_item(draft, number) for number in range(3)]
    digests.take_out(items[2], actor=people["office"])
    _keep(world, "digest", "draft", issue_id=draft.id)
    for name, item in zip(("first", "second", "taken out"), items, strict=True):
        _keep(world, "digest item", name, issue_id=draft.id, item_id=item.id)
    for name, news in _of_the_office(people["office"]).items():
        _keep(world, "news of the office", name, news_id=news.id)


def _of_the_office(office: User) -> Mapping[str, OfficeNews]:
    draft, published = (
        office_news.write(
            Words("offers", {"pl": title}, {"pl": title}, "https://gromada.example/pl/"), actor=office
        )
        for title in (f"News {hostile('adraftwebinar')}", f"News {HOSTILE}")
    )
    office_news.publish(published, actor=office)
    return {"draft": draft, "published": published}


def _to_confirm() -> str:
    now = clock.now()
    asked = SubscriptionRequest(
        email="asked@readers.example", language="pl", frequency=Frequency.DAILY, wanted=[["webinars", None]],
        token_hash=links.hashed(SECRET), asked_at=now, valid_until=now + timedelta(days=60),
    )  # fmt: skip
    db.session.add(asked)
    return SECRET


def _reader() -> str:
    reader = Subscriber(
        email="reader@readers.example", language="pl", frequency=Frequency.WEEKLY, confirmed_at=clock.now(),
        told_until=clock.now(), subscriptions=[Subscription(topic="plans")],
    )  # fmt: skip
    links.give_key(reader)
    db.session.add(reader)
    db.session.flush()
    return links.token_of(reader)


def _issue(week: date) -> DigestIssue:
    title = f"Digest {hostile('adraftwebinar')}"
    issue = DigestIssue(
        week=week, since=clock.now() - timedelta(days=7), until=clock.now(), titles={"pl": title, "en": title}
    )
    db.session.add(issue)
    db.session.flush()
    return issue


def _item(issue: DigestIssue, number: int) -> DigestItem:
    title = f"News {hostile('adraftwebinar')}"
    item = DigestItem(
        position=number, key=f"item-{number}", topic="webinars", at=clock.now(), titles={"pl": title},
        texts={"pl": title}, urls={"pl": "https://gromada.example/pl/"},
    )  # fmt: skip
    issue.items.append(item)
    db.session.flush()
    return item


def _keep(world: World, kind: str, name: str, **values: object) -> None:
    world.records.setdefault(kind, []).append(Record(name, "z", values))
