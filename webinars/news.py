"""Webinars as news: announced, moved, and to be watched."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from core import mail
from core.audit import AuditEvent
from core.database import db
from core.i18n import _, language
from subscriptions.news import NewsItem
from webinars.models import Webinar, WebinarStatus
from webinars.recordings.models import Recording, RecordingState
from webinars.registrations.events import SeatEvent
from webinars.times import place_said, said

TOPIC = "webinars"
TO_TELL = (WebinarStatus.ANNOUNCED, WebinarStatus.MOVED)
"""One that was cancelled or held meanwhile is no news any more."""


def news_of_webinars(since: datetime, until: datetime) -> Iterator[NewsItem]:
    for webinar in _announced(since, until):
        title = _("New webinar: %(title)s", title=webinar.title)
        yield _item(webinar, f"webinar-announced:{webinar.id}", title, webinar.announced_at or until)
    for webinar, event_id, at in _moved(since, until):
        title = _("Moved: %(title)s", title=webinar.title)
        yield _item(webinar, f"webinar-moved:{event_id}", title, at)
    for recording in _published(since, until):
        webinar = recording.webinar
        title = _("Recording: %(title)s", title=webinar.title)
        yield _item(webinar, f"recording-published:{recording.id}", title, recording.published_at or until)


def _item(webinar: Webinar, key: str, title: str, at: datetime) -> NewsItem:
    return NewsItem(
        key=key,
        title=title,
        text=f"{said(webinar)}. {place_said(webinar)}.",
        url=mail.link_to("public.webinar", lang=language(), webinar_id=webinar.id),
        at=at,
        topic=TOPIC,
    )


def _announced(since: datetime, until: datetime) -> list[Webinar]:
    return list(
        db.session.scalars(
            select(Webinar)
            .where(
                Webinar.announced_at > since,
                Webinar.announced_at <= until,
                Webinar.status.in_(TO_TELL),
                Webinar.taken_over.is_(False),
            )
            .order_by(Webinar.announced_at, Webinar.id)
        )
    )


def _moved(since: datetime, until: datetime) -> Iterator[tuple[Webinar, int, datetime]]:
    """Of one moved twice in the meantime only where it is now."""
    rows = db.session.execute(
        select(Webinar, AuditEvent.id, AuditEvent.at)
        .join(AuditEvent, (AuditEvent.record_kind == "webinar") & (AuditEvent.record_id == Webinar.id))
        .where(
            AuditEvent.event == SeatEvent.MOVED.value,
            AuditEvent.at > since,
            AuditEvent.at <= until,
            Webinar.status.in_(TO_TELL),
        )
        .order_by(AuditEvent.id)
    )
    latest = {webinar.id: (webinar, event_id, at) for webinar, event_id, at in rows}
    yield from latest.values()


def _published(since: datetime, until: datetime) -> list[Recording]:
    return list(
        db.session.scalars(
            select(Recording)
            .join(Recording.webinar)
            .options(contains_eager(Recording.webinar))
            .where(
                Recording.state == RecordingState.PUBLISHED,
                Recording.published_at > since,
                Recording.published_at <= until,
                Webinar.status != WebinarStatus.DRAFT,
            )
            .order_by(Recording.published_at, Recording.id)
        )
    )
