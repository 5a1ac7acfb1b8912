"""Lists of webinars: what is coming, what was, narrowed by what people choose and type."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, literal, or_, select
from sqlalchemy.orm import joinedload

from core import clock
from core.database import db
from core.paging import Page, paged
from core.text import words
from webinars.models import Webinar, WebinarForm, WebinarSeries, WebinarStatus
from webinars.recorded import known_recordings
from webinars.workflow import PAST, TO_COME

ON_A_PAGE = 20
MOST_IN_A_FEED = 50
DAYS_IN_CALENDARS = 365


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    series: WebinarSeries | None = None
    year: int | None = None
    form: WebinarForm | None = None
    recorded: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text.strip() or self.series or self.year or self.form or self.recorded)


def coming(wanted: Wanted | None = None) -> Sequence[Webinar]:
    """All that are announced and not over, the next first: a programme has few at a time.

    One that was cancelled stays in sight until it would have begun: somebody may look for it.
    """
    query = _fitting(wanted or Wanted()).where(
        or_(Webinar.status.in_(TO_COME), and_(Webinar.status == WebinarStatus.CANCELLED, _not_begun()))
    )
    found = db.session.scalars(query.order_by(Webinar.starts_at, Webinar.id)).all()
    return [one for one in found if not one.is_over]


def past(wanted: Wanted, *, number: int, size: int = ON_A_PAGE) -> Page[Webinar]:
    """The latest first. What is over and not yet noted as held belongs here already."""
    begun = db.session.scalars(select(Webinar).where(Webinar.status.in_(TO_COME), ~_not_begun()))
    over = or_(Webinar.status.in_(PAST), Webinar.id.in_([one.id for one in begun if one.is_over]))
    page = paged(
        _fitting(wanted).where(over).order_by(Webinar.starts_at.desc(), Webinar.id.desc()),
        number=number,
        size=size,
    )
    return Page([row[0] for row in page.rows], page.number, page.total, page.size)


def drafts() -> Sequence[Webinar]:
    """Those the office has still to announce, the next first."""
    return db.session.scalars(
        select(Webinar)
        .where(Webinar.status == WebinarStatus.DRAFT)
        .options(joinedload(Webinar.series))
        .order_by(Webinar.starts_at, Webinar.id)
    ).all()


def next_to_come() -> Webinar | None:
    """The next one that counts as taking part: an event of others does not."""
    return db.session.scalar(
        select(Webinar)
        .where(Webinar.status.in_(TO_COME), _not_begun(), Webinar.is_outside.is_(False))
        .order_by(Webinar.starts_at, Webinar.id)
        .limit(1)
    )


def that_explain(topic: str) -> Sequence[Webinar]:
    """Those still to come, the next first."""
    found = db.session.scalars(
        select(Webinar)
        .where(Webinar.status.in_(TO_COME), _not_begun())
        .order_by(Webinar.starts_at, Webinar.id)
    )
    return [one for one in found if topic in one.explains]


def announced_since(series: WebinarSeries | None = None) -> Sequence[Webinar]:
    """What was announced, the latest announcement first: what a feed tells."""
    query = _fitting(Wanted(series=series)).where(Webinar.announced_at.is_not(None))
    return db.session.scalars(
        query.order_by(Webinar.announced_at.desc(), Webinar.id.desc()).limit(MOST_IN_A_FEED)
    ).all()


def for_calendars(series: WebinarSeries | None = None) -> Sequence[Webinar]:
    """Of the last year and all to come, in time: cancelled ones too, so that calendars take them out."""
    since = clock.now() - timedelta(days=DAYS_IN_CALENDARS)
    query = _fitting(Wanted(series=series)).where(Webinar.starts_at > since)
    return db.session.scalars(query.order_by(Webinar.starts_at, Webinar.id)).all()


def years() -> Sequence[int]:
    """In which there was or will be one that everybody sees, the latest first."""
    moments = db.session.scalars(select(Webinar.starts_at).where(Webinar.status != WebinarStatus.DRAFT))
    return sorted({clock.local(one).year for one in moments}, reverse=True)


def _not_begun() -> ColumnElement[bool]:
    return Webinar.starts_at > clock.now()


def _fitting(wanted: Wanted) -> Select[Webinar]:
    query = (
        select(Webinar)
        .options(joinedload(Webinar.series))
        .where(Webinar.status != WebinarStatus.DRAFT, _holding(wanted.text))
    )
    if wanted.series is not None:
        query = query.where(Webinar.series_id == wanted.series.id)
    if wanted.year is not None:
        query = query.where(
            Webinar.starts_at >= _new_year(wanted.year), Webinar.starts_at < _new_year(wanted.year + 1)
        )
    if wanted.form is not None:
        query = query.where(Webinar.form == wanted.form)
    recordings = known_recordings()
    if wanted.recorded and recordings is not None:
        query = query.where(recordings.is_published())
    return query


def _holding(text: str) -> ColumnElement[bool]:
    """Every word typed begins a word of the webinar: ``hasla`` finds "Bezpieczne hasła"."""
    from_a_space = literal(" ").concat(Webinar.search_text)
    parts = [from_a_space.contains(f" {word}", autoescape=True) for word in words(text)]
    if not parts:
        return false() if text.strip() else literal(True)
    return and_(*parts)


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=clock.LOCAL_ZONE).astimezone(UTC)
