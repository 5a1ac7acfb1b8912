"""Offers as news: each once, when it is published for the first time."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from core import mail
from core.database import db
from core.i18n import language
from knowledge.models import CatalogueItem, OfferState
from subscriptions.news import NewsItem

TOPIC = "offers"


def news_of_offers(since: datetime, until: datetime) -> Iterator[NewsItem]:
    """What went out of date meanwhile is no news any more."""
    code = language()
    found = db.session.scalars(
        select(CatalogueItem)
        .where(
            CatalogueItem.state == OfferState.PUBLISHED,
            CatalogueItem.published_at > since,
            CatalogueItem.published_at <= until,
        )
        .order_by(CatalogueItem.published_at, CatalogueItem.id)
    )
    for one in found:
        yield NewsItem(
            key=f"offer:{one.id}",
            title=one.title,
            text=f"{one.provider}. {one.price_kind.label}.",
            url=mail.link_to("public.offer", lang=code, item_id=one.id),
            at=one.published_at or until,
            topic=TOPIC,
        )
