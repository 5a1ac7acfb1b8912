"""Recordings: of one webinar, of many, and the office's list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import ColumnElement, case, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from core.checked_links import CheckedLink, LinkState, dead_among
from core.database import db
from core.paging import Page, paged
from programme.queries import the_programme
from webinars.models import Webinar, WebinarMaterial, WebinarStatus
from webinars.recordings.models import Recording, RecordingQuestion, RecordingState

ON_A_PAGE = 40


@dataclass(frozen=True)
class Shown:
    """A recording as pages show it: of its links those that work."""

    record: Recording
    asks: bool
    """Whoever watched it can have it counted."""
    dead: frozenset[str]

    @property
    def is_published(self) -> bool:
        """There is one to watch."""
        return self.record.is_published and self.link is not None

    @property
    def link(self) -> str | None:
        return self._alive(self.record.url)

    @property
    def substitute_link(self) -> str | None:
        return self._alive(self.record.substitute_link)

    def _alive(self, url: str | None) -> str | None:
        return None if url in self.dead else url


def recording_of(webinar_id: int) -> Recording | None:
    return db.session.scalar(
        select(Recording)
        .where(Recording.webinar_id == webinar_id)
        .join(Recording.webinar)
        .options(
            contains_eager(Recording.webinar).joinedload(Webinar.series),
            joinedload(Recording.captions_file),
            joinedload(Recording.transcript_file),
        )
    )


def question_of(recording: Recording) -> RecordingQuestion | None:
    return db.session.scalar(select(RecordingQuestion).where(RecordingQuestion.recording_id == recording.id))


def shown(recording: Recording) -> Shown:
    return shown_of([recording.webinar_id])[recording.webinar_id]


def shown_of(webinar_ids: Sequence[int]) -> Mapping[int, Shown]:
    """By the ids of webinars, in two queries."""
    rows = db.session.execute(
        select(Recording, _has_question())
        .where(Recording.webinar_id.in_(webinar_ids))
        .options(joinedload(Recording.webinar, innerjoin=True).joinedload(Webinar.series))
    ).all()
    dead = dead_among(url for one, _asks in rows for url in (one.url, one.substitute_link))
    return {
        one.webinar_id: Shown(one, has_question and counts_as_attendance(one.webinar), dead)
        for one, has_question in rows
    }


def counts_as_attendance(webinar: Webinar) -> bool:
    """Its series says so, or for one of no series the programme."""
    if webinar.series is not None:
        return webinar.series.recording_counts
    return the_programme().settings.recording_counts_as_attendance


def has_published() -> ColumnElement[bool]:
    """For lists of webinars: there is one to watch."""
    watchable = select(Recording.webinar_id).where(
        Recording.state == RecordingState.PUBLISHED, ~_leads_nowhere()
    )
    return Webinar.id.in_(watchable)


def _leads_nowhere() -> ColumnElement[bool]:
    return exists().where(CheckedLink.url == Recording.url, CheckedLink.state == LinkState.DEAD)


def _has_question() -> ColumnElement[bool]:
    return exists().where(RecordingQuestion.recording_id == Recording.id)


def published_that_explain(topic: str) -> Sequence[Recording]:
    """The latest first."""
    found = db.session.scalars(
        select(Recording)
        .join(Recording.webinar)
        .where(Recording.state == RecordingState.PUBLISHED, ~_leads_nowhere())
        .options(contains_eager(Recording.webinar))
        .order_by(Webinar.starts_at.desc(), Webinar.id.desc())
    )
    return [one for one in found if topic in one.webinar.explains]


@dataclass(frozen=True)
class Line:
    """One of the office's list."""

    recording: Recording
    has_question: bool
    is_dead: bool


def office_list(*, number: int) -> Page[Line]:
    """Those owed first, the earliest due before the others; then the latest webinars."""
    is_owed = Recording.state == RecordingState.OWED
    page = paged(
        select(Recording, _has_question(), _leads_nowhere())
        .join(Recording.webinar)
        .options(contains_eager(Recording.webinar))
        .order_by(
            case((is_owed, 0), else_=1),
            case((is_owed, Recording.due_on)),
            Webinar.starts_at.desc(),
            Recording.id,
        ),
        number=number,
        size=ON_A_PAGE,
    )
    rows = [Line(row[0], row[1], row[2]) for row in page.rows]
    return Page(rows, page.number, page.total, page.size)


def owed() -> Sequence[Recording]:
    return db.session.scalars(
        select(Recording)
        .join(Recording.webinar)
        .where(Recording.state == RecordingState.OWED)
        .options(contains_eager(Recording.webinar))
        .order_by(Recording.due_on, Recording.id)
    ).all()


@dataclass(frozen=True)
class ShownLink:
    url: str
    webinar_id: int
    title: str


def links_of_webinars() -> Sequence[ShownLink]:
    """Every address that pages of webinars show, each with the webinar it stands at. Rooms of our own are not asked."""
    public = Webinar.status != WebinarStatus.DRAFT
    queries = (
        select(Recording.url, Webinar.id, Webinar.title)
        .join(Recording.webinar)
        .where(Recording.state == RecordingState.PUBLISHED, Recording.url.is_not(None)),
        select(Recording.substitute_link, Webinar.id, Webinar.title)
        .join(Recording.webinar)
        .where(Recording.state == RecordingState.NONE, Recording.substitute_link.is_not(None)),
        select(WebinarMaterial.link, Webinar.id, Webinar.title)
        .join(Webinar, Webinar.id == WebinarMaterial.webinar_id)
        .where(public, WebinarMaterial.link.is_not(None)),
        select(Webinar.outside_link, Webinar.id, Webinar.title)
        .where(public, Webinar.is_outside, Webinar.outside_link.is_not(None)),
        select(Webinar.join_link, Webinar.id, Webinar.title)
        .where(public, Webinar.is_outside, Webinar.join_link.is_not(None)),
    )  # fmt: skip
    rows = chain.from_iterable(db.session.execute(query) for query in queries)
    return [ShownLink(url, webinar_id, title) for url, webinar_id, title in rows if url]
