"""Series: what belongs together, in which order, with which webinar to begin."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from core.text import slug
from webinars.errors import NotOfSeries, SeriesExists, SeriesHasWebinarsToCome, WrongMinutes
from webinars.events import WebinarEvent
from webinars.models import Webinar, WebinarSeries, WebinarStatus
from webinars.services.shared import hold_series, plain
from webinars.services.writing import MOST_MINUTES
from webinars.workflow import TO_COME

LONGEST_SLUG = 70


@dataclass(frozen=True)
class SeriesContent:
    name: str
    description: str = ""
    position: int = 0
    min_minutes: int = 0
    recording_counts: bool = True
    introduction_id: int | None = None


def make_series(content: SeriesContent, *, actor: User) -> WebinarSeries:
    """Its address in public pages is made of its first name, and stays."""
    _check(content, None)
    series = WebinarSeries(slug=_free_slug(content.name), **asdict(content))
    with refusing(SeriesExists):
        db.session.add(series)
    audit.record(WebinarEvent.SERIES_MADE, series, actor=actor, after=plain(asdict(content)))
    return series


def change_series(series: WebinarSeries, content: SeriesContent, *, actor: User) -> None:
    hold_series(series)
    _check(content, series)
    after = asdict(content)
    before = {name: getattr(series, name) for name in after}
    with refusing(SeriesExists):
        for name, value in after.items():
            setattr(series, name, value)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        audit.record(
            WebinarEvent.SERIES_CHANGED,
            series,
            actor=actor,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )


def move_within_series(webinar: Webinar, *, earlier: bool, actor: User) -> None:
    """One place earlier or later; at the end of the line it stays."""
    series = webinar.series
    if series is None:
        raise NotOfSeries
    hold_series(series)
    line = list(
        db.session.scalars(
            select(Webinar).where(Webinar.series_id == series.id).order_by(Webinar.position, Webinar.id)
        )
    )
    place = line.index(webinar)
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(line):
        return
    line[place], line[other] = line[other], line[place]
    for number, one in enumerate(line, start=1):
        if one.position != number:
            one.position = number
    db.session.flush()
    audit.record(WebinarEvent.SERIES_ORDERED, series, actor=actor, note=webinar.title, position=other + 1)


def end_series(series: WebinarSeries, *, actor: User) -> None:
    """Nothing new comes to it; what it has stays to be read and watched."""
    hold_series(series)
    if series.ended_at is not None:
        return
    to_come = select(Webinar.id).where(
        Webinar.series_id == series.id, Webinar.status.in_({*TO_COME, WebinarStatus.DRAFT})
    )
    if db.session.scalar(to_come.limit(1)) is not None:
        raise SeriesHasWebinarsToCome
    series.ended_at = clock.now()
    _remember(WebinarEvent.SERIES_ENDED, series, actor=actor)


def reopen_series(series: WebinarSeries, *, actor: User) -> None:
    hold_series(series)
    if series.ended_at is not None:
        series.ended_at = None
        _remember(WebinarEvent.SERIES_REOPENED, series, actor=actor)


def _check(content: SeriesContent, series: WebinarSeries | None) -> None:
    if not 0 <= content.min_minutes <= MOST_MINUTES:
        raise WrongMinutes
    if content.introduction_id is None:
        return
    chosen = db.session.get(Webinar, content.introduction_id)
    if series is None or chosen is None or chosen.series_id != series.id:
        raise NotOfSeries


def _free_slug(name: str) -> str:
    wanted = slug(name)[:LONGEST_SLUG].strip("-") or "webinars"
    taken = set(
        db.session.scalars(
            select(WebinarSeries.slug).where(WebinarSeries.slug.startswith(wanted, autoescape=True))
        )
    )
    number = db.session.scalar(select(func.count()).select_from(WebinarSeries)) or 0
    others = (f"{wanted}-{count}" for count in range(2, number + 3))
    return next(one for one in (wanted, *others) if one not in taken)


def _remember(event: WebinarEvent, series: WebinarSeries, *, actor: User, **details: Any) -> None:
    audit.record(event, series, actor=actor, note=series.name, **details)
