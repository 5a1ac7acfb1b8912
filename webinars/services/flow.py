"""From the draft to the archive: announcing, noting as held, archiving."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db
from programme.queries import the_programme
from webinars.errors import NothingToSay, NotOutside, NotOverYet, StartsInThePast
from webinars.events import WebinarEvent
from webinars.models import Webinar, WebinarStatus
from webinars.notice import keep_notice
from webinars.recordings.owing import owe_recording
from webinars.services.shared import hold
from webinars.services.writing import Content, check, content_of
from webinars.workflow import TO_COME, WEBINAR, WebinarAction


def announce(webinar: Webinar, *, reason: str | None = None, actor: User) -> None:
    """From now on everybody sees it. Less notice than the programme asks for needs a reason."""
    hold(webinar)
    status = WEBINAR.after(WebinarAction.ANNOUNCE, webinar.status)
    if webinar.starts_at <= clock.now():
        raise StartsInThePast
    if not webinar.abstract:
        raise NothingToSay
    check(Content(**content_of(webinar)), is_complete=True)
    keep_notice(webinar, webinar.starts_at, reason)
    webinar.status, webinar.announced_at = status, clock.now()
    _remember(
        WebinarEvent.ANNOUNCED,
        webinar,
        actor=actor,
        starts_at=webinar.starts_at.isoformat(),
        notice_days=webinar.notice_days,
        personal={"reason": webinar.short_notice_reason} if webinar.short_notice_reason else None,
    )


def withdraw(webinar: Webinar, *, actor: User) -> None:
    """An event of others is off. Nobody registered here, so nobody is told; calendars that follow ours take it out."""
    hold(webinar)
    if not webinar.is_outside:
        raise NotOutside
    webinar.status = WEBINAR.after(WebinarAction.CANCEL, webinar.status)
    webinar.calendar_sequence += 1
    _remember(WebinarEvent.WITHDRAWN, webinar, actor=actor)


def note_as_held(webinar: Webinar, *, actor: User | None = None) -> None:
    """Once it is over; nobody does so by hand as long as the job runs."""
    hold(webinar)
    status = WEBINAR.after(WebinarAction.NOTE_AS_HELD, webinar.status)
    if not webinar.is_over:
        raise NotOverYet
    webinar.status, webinar.held_at, webinar.reconfirm_by = status, clock.now(), None
    _remember(WebinarEvent.HELD, webinar, actor=actor, starts_at=webinar.starts_at.isoformat())
    owe_recording(webinar)


def note_held() -> int:
    """All that are over. Each is one unit of work: what fails hinders no other, and comes again with the next run."""
    latest_begin = clock.now()
    ids = db.session.scalars(
        select(Webinar.id)
        .where(Webinar.status.in_(TO_COME), Webinar.starts_at < latest_begin)
        .order_by(Webinar.id)
    ).all()
    db.session.rollback()
    noted = 0
    for webinar_id in ids:
        webinar = db.session.get(Webinar, webinar_id)
        if webinar is not None and webinar.status in TO_COME and webinar.is_over:
            note_as_held(webinar)
            noted += 1
        db.session.commit()
    return noted


def archive(webinar: Webinar) -> None:
    hold(webinar)
    webinar.status = WEBINAR.after(WebinarAction.ARCHIVE, webinar.status)
    _remember(WebinarEvent.ARCHIVED, webinar, actor=None)


def archive_old() -> int:
    """Those held long enough ago: their page stays, and the office works on them no more."""
    limit = clock.now() - timedelta(days=the_programme().settings.webinar_archive_days)
    ids = db.session.scalars(
        select(Webinar.id)
        .where(Webinar.status == WebinarStatus.HELD, Webinar.starts_at < limit)
        .order_by(Webinar.id)
    ).all()
    db.session.rollback()
    for webinar_id in ids:
        webinar = db.session.get_one(Webinar, webinar_id)
        if WEBINAR.allows(WebinarAction.ARCHIVE, webinar.status):
            archive(webinar)
        db.session.commit()
    return len(ids)


def _remember(event: WebinarEvent, webinar: Webinar, *, actor: User | None, **details: Any) -> None:
    audit.record(event, webinar, actor=actor, note=webinar.title, **details)
