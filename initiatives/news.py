"""Initiatives as news: whatever the office found out about one."""

from collections.abc import Iterator
from datetime import datetime

from core import mail
from core.i18n import _, language
from initiatives.models import InitiativeUpdate
from initiatives.queries import written_between
from subscriptions.news import NewsItem

TOPIC = "initiatives"


def news_of_initiatives(since: datetime, until: datetime) -> Iterator[NewsItem]:
    code = language()
    for one in written_between(since, until):
        yield NewsItem(
            key=f"initiative-update:{one.id}",
            title=headline(one),
            text=one.text,
            url=mail.link_to("public.initiative", lang=code, initiative_id=one.initiative_id),
            at=one.created_at,
            topic=TOPIC,
        )


def headline(update: InitiativeUpdate) -> str:
    """With where it stands, if that is what is new."""
    title = update.initiative.title
    if update.status is None:
        return title
    return str(_("%(title)s: %(status)s", title=title, status=str(update.status.label).lower()))
