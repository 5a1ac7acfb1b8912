"""Writing a webinar: as a draft freely, once announced all but its time, which is moved instead."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from accounts.models import User
from core import audit, clock, storage
from core.database import db
from core.help_links import help_topics
from programme.queries import the_programme
from webinars.changes import tell_of
from webinars.errors import (
    NoOutsideLink,
    NoPlaceYet,
    NoSeats,
    OnlyDrafts,
    OutsideStays,
    SeriesHasEnded,
    StartsInThePast,
    TimeIsAnnounced,
    WrongLength,
)
from webinars.events import WebinarEvent
from webinars.models import SEARCHED, Webinar, WebinarForm, WebinarSeries, WebinarStatus, search_text
from webinars.services.shared import FOR_CALENDARS, check_address, hold, plain
from webinars.workflow import TO_COME

MOST_MINUTES = 24 * 60
MOST_SEATS = 100_000
WEEK = timedelta(days=7)
PERSONAL = frozenset({"presenters", "join_link"})
"""Names of people, and the key to the room: kept where an erasure reaches them."""


@dataclass(frozen=True)
class Content:
    """All that is written about a webinar."""

    title: str
    starts_at: datetime
    minutes: int | None
    series_id: int | None = None
    abstract: str = ""
    presenters: str = ""
    co_organisers: str = ""
    form: WebinarForm = WebinarForm.ONLINE
    place: str = ""
    join_link: str | None = None
    capacity: int | None = None
    is_outside: bool = False
    outside_link: str | None = None
    explains: tuple[str, ...] = ()


def write_webinar(content: Content, *, actor: User) -> Webinar:
    """Begin a draft, which only the office sees."""
    check(content)
    _check_time(content)
    _check_series(content, None)
    webinar = Webinar(status=WebinarStatus.DRAFT, position=_last_position(content.series_id))
    _put(webinar, content)
    db.session.add(webinar)
    db.session.flush()
    _remember(WebinarEvent.WRITTEN, webinar, {}, asdict(content), actor=actor)
    return webinar


def change_webinar(webinar: Webinar, content: Content, *, actor: User) -> frozenset[str]:
    """Whoever is registered for an announced one hears of it. Returns the names of what is different now.

    An announced one is moved, not changed in time; of an event of others nobody here holds a seat.
    """
    hold(webinar)
    check(content, is_complete=webinar.status in TO_COME)
    _check_series(content, webinar)
    before, after = content_of(webinar), asdict(content)
    changed = frozenset(name for name in after if plain(before)[name] != plain(after)[name])
    is_draft = webinar.status is WebinarStatus.DRAFT
    if "is_outside" in changed and not is_draft:
        raise OutsideStays
    if "starts_at" in changed:
        if not (is_draft or webinar.is_outside):
            raise TimeIsAnnounced
        _check_time(content)
    if not changed:
        return changed
    if "series_id" in changed:
        _leave_series(webinar)
        webinar.position = _last_position(content.series_id)
    _put(webinar, content)
    if changed & FOR_CALENDARS and not is_draft:
        webinar.calendar_sequence += 1
    db.session.flush()
    _remember(
        WebinarEvent.CHANGED,
        webinar,
        {name: before[name] for name in changed},
        {name: after[name] for name in changed},
        actor=actor,
    )
    if webinar.status in TO_COME:
        tell_of(webinar, changed, actor=actor)
    return changed


def copy_webinar(webinar: Webinar, *, actor: User) -> Webinar:
    """A draft like this one, on the same weekday and at the same hour, with time enough to announce it.

    Its join link and its materials are its own, so it begins without them.
    """
    notice = timedelta(days=the_programme().settings.webinar_notice_days)
    begins = clock.local(webinar.starts_at)
    day = begins.date() + WEEK
    while day < clock.today() + notice:
        day += WEEK
    starts_at = datetime.combine(day, begins.time(), tzinfo=clock.LOCAL_ZONE)
    is_open = webinar.series is not None and webinar.series.ended_at is None
    content = Content(**{
        **content_of(webinar), "starts_at": starts_at, "join_link": None,
        "series_id": webinar.series_id if is_open else None,
    })  # fmt: skip
    return write_webinar(content, actor=actor)


def discard_draft(webinar: Webinar, *, actor: User) -> None:
    """Nobody but the office knew of it: it goes without a trace but the history's."""
    hold(webinar)
    if webinar.status is not WebinarStatus.DRAFT:
        raise OnlyDrafts
    _leave_series(webinar)
    audit.record(WebinarEvent.DISCARDED, webinar, actor=actor, note=webinar.title)
    files = [material.file for material in webinar.materials if material.file is not None]
    db.session.delete(webinar)
    db.session.flush()
    for file in files:
        storage.remove(file)
    db.session.flush()


def content_of(webinar: Webinar) -> dict[str, Any]:
    names = Content.__dataclass_fields__
    return {**{name: getattr(webinar, name) for name in names}, "explains": tuple(webinar.explains)}


def check(content: Content, *, is_complete: bool = False) -> None:
    """``is_complete``: everybody reads it, so nothing they need may be missing."""
    if content.minutes is None or not 0 < content.minutes <= MOST_MINUTES:
        raise WrongLength
    if content.capacity is not None and not 0 < content.capacity <= MOST_SEATS:
        raise NoSeats
    check_address(content.join_link, "join_link")
    check_address(content.outside_link, "outside_link")
    if is_complete and not content.form.is_online and not content.place:
        raise NoPlaceYet
    if is_complete and content.is_outside and not content.outside_link:
        raise NoOutsideLink


def _check_time(content: Content) -> None:
    if content.starts_at <= clock.now():
        raise StartsInThePast


def _check_series(content: Content, webinar: Webinar | None) -> None:
    """One that has ended keeps the webinars it has, and takes no more."""
    if content.series_id is None or (webinar is not None and webinar.series_id == content.series_id):
        return
    series = db.session.get(WebinarSeries, content.series_id)
    if series is None or series.ended_at is not None:
        raise SeriesHasEnded


def _put(webinar: Webinar, content: Content) -> None:
    known = {*help_topics(), *(webinar.explains or ())}
    for name in Content.__dataclass_fields__:
        setattr(webinar, name, getattr(content, name))
    webinar.explains = [topic for topic in content.explains if topic in known]
    webinar.search_text = search_text(*(getattr(content, name) for name in SEARCHED))


def _leave_series(webinar: Webinar) -> None:
    """The webinar to begin with goes: another is to be chosen."""
    series = webinar.series
    if series is not None and series.introduction_id == webinar.id:
        series.introduction_id = None
        db.session.flush()


def _last_position(series_id: int | None) -> int:
    found = select(func.max(Webinar.position)).where(Webinar.series_id == series_id)
    return (db.session.scalar(found) or 0) + 1 if series_id is not None else 0


def _remember(
    event: WebinarEvent, webinar: Webinar, before: dict[str, Any], after: dict[str, Any], *, actor: User
) -> None:
    """Names of people stand apart; that the join link changed is told, never what it was."""
    personal = {name: after[name] for name in sorted(PERSONAL & after.keys()) if after[name]}
    personal.pop("join_link", None)
    audit.record(
        event,
        webinar,
        actor=actor,
        personal=personal or None,
        before=plain({name: value for name, value in before.items() if name not in PERSONAL}),
        after=plain({name: value for name, value in after.items() if name not in PERSONAL}),
        join_link_changed="join_link" in after and bool(after["join_link"] or before.get("join_link")),
    )
