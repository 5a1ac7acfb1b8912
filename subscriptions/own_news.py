"""What the office adds to a digest, as news of its topic for whoever gets them at once or daily."""

from collections.abc import Iterator
from datetime import datetime

from core import mail
from core.i18n import language
from subscriptions.news import NewsItem
from subscriptions.queries import own_items


def own_news(since: datetime, until: datetime) -> Iterator[NewsItem]:
    code = language()
    for item in own_items(since, until):
        page = mail.link_to("public.digest", lang=code, number=item.issue.number)
        yield NewsItem(
            key=f"digest-{item.id}",
            title=item.title(code),
            text=item.text(code),
            url=item.url(code) or page,
            at=item.issue.released_at or until,
            topic=item.topic,
            issue=item.issue.number,
        )
