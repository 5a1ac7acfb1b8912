"""The rows that figures are counted from: each function says which records count in a span, and how much each gives."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core import clock
from core.database import db
from handbooks.models import HandbookIssue
from meetings.models import PartnershipMeeting
from municipalities.models import Municipality
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries import covers
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from tasks.evidence import HELD
from tasks.queries import TasksOf, tasks_of
from tasks.rules import SETTLED, TaskCode, TaskStatus
from webinars.models import Attendance, Webinar, WebinarStatus


class Span(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.first, time(), tzinfo=clock.LOCAL_ZONE)

    @property
    def ends_before(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=clock.LOCAL_ZONE)


class Evidence(NamedTuple):
    """One row behind a figure."""

    kind: str
    """The record's table."""
    record_id: int
    amount: int
    place: str
    """Whose it is: the municipality, or the webinar's title."""


Rows = Callable[[Span], Iterable[Evidence]]


def _read(query: Select[*tuple[Any, ...]], kind: type[Any]) -> list[Evidence]:
    """``query`` gives id, amount and place; in an order of its own, so that two askings compare."""
    return [
        Evidence(kind.__tablename__, row[0], int(row[1] or 0), row[2]) for row in db.session.execute(query)
    ]


def _in_span(moment: Any, span: Span) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = (moment >= span.begins_at) & (moment < span.ends_before)
    return inside


# --- Partnerships ----------------------------------------------------------------------------------------


def founded(span: Span) -> list[Evidence]:
    query = (
        select(Partnership.id, func.count(), Municipality.name)
        .join(Partnership.municipality)
        .where(Partnership.founded_on.between(span.first, span.last))
        .group_by(Partnership.id, Municipality.name)
        .order_by(Partnership.id)
    )
    return _read(query, Partnership)


def standing(span: Span) -> list[Evidence]:
    """Founded by the last day and not closed before it was over."""
    query = (
        select(Partnership.id, func.count(), Municipality.name)
        .join(Partnership.municipality)
        .where(Partnership.founded_on <= span.last, _is_open_after(span))
        .group_by(Partnership.id, Municipality.name)
        .order_by(Partnership.id)
    )
    return _read(query, Partnership)


def _is_open_after(span: Span) -> ColumnElement[bool]:
    is_open: ColumnElement[bool] = Partnership.closed_on.is_(None) | (Partnership.closed_on > span.last)
    return is_open


def _came_along_later(span: Span) -> ColumnElement[bool]:
    """From a partnership that merged after the span, with the day it joined there: until then it is counted there."""
    before, merged = aliased(PartnershipMember), aliased(Partnership)
    return exists().where(
        before.partnership_id == merged.id,
        before.organisation_id == PartnershipMember.organisation_id,
        before.joined_on == PartnershipMember.joined_on,
        before.id < PartnershipMember.id,
        merged.closed_on > span.last,
        merged.successor_id.in_([Partnership.id, Partnership.successor_id]),
    )


def members(span: Span) -> list[Evidence]:
    """A membership is not ended where its partnership is closed, and ends with it all the same."""
    query = (
        select(PartnershipMember.id, func.count(), Municipality.name)
        .join(PartnershipMember.partnership)
        .join(Partnership.municipality)
        .where(
            covers(PartnershipMember.joined_on, PartnershipMember.left_on, span.last),
            _is_open_after(span),
            ~_came_along_later(span),
        )
        .group_by(PartnershipMember.id, Municipality.name)
        .order_by(PartnershipMember.id)
    )
    return _read(query, PartnershipMember)


def meetings(amount: Any) -> Rows:
    def rows(span: Span) -> list[Evidence]:
        query = (
            select(PartnershipMeeting.id, amount, Municipality.name)
            .join(PartnershipMeeting.partnership)
            .join(Partnership.municipality)
            .where(
                PartnershipMeeting.people_count.is_not(None),
                PartnershipMeeting.called_off_at.is_(None),
                PartnershipMeeting.held_on.between(span.first, span.last),
            )
            .order_by(PartnershipMeeting.id)
        )
        return _read(query, PartnershipMeeting)

    return rows


# --- Plans -----------------------------------------------------------------------------------------------


def first_published(span: Span) -> list[Evidence]:
    """Each general plan once: on the day its first version became public."""
    first = (
        select(PlanVersion.plan_id, func.min(PlanVersion.published_at).label("at"))
        .where(PlanVersion.published_at.is_not(None))
        .group_by(PlanVersion.plan_id)
        .subquery()
    )
    query = (
        select(Plan.id, func.count(), Municipality.name)
        .join(first, first.c.plan_id == Plan.id)
        .join(Plan.partnership)
        .join(Partnership.municipality)
        .where(Plan.kind == PlanKind.GENERAL, _in_span(first.c.at, span))
        .group_by(Plan.id, Municipality.name)
        .order_by(Plan.id)
    )
    return _read(query, Plan)


def review_days(span: Span) -> list[Evidence]:
    query = (
        select(PlanVersion.id, PlanVersion.submitted_at, PlanVersion.decided_at, Municipality.name)
        .join(PlanVersion.plan)
        .join(Plan.partnership)
        .join(Partnership.municipality)
        .where(PlanVersion.submitted_at.is_not(None), _in_span(PlanVersion.decided_at, span))
        .order_by(PlanVersion.id)
    )
    return [
        Evidence(PlanVersion.__tablename__, version_id, _working_days(sent, decided), place)
        for version_id, sent, decided, place in db.session.execute(query)
        if sent and decided
    ]


def _working_days(sent: datetime, decided: datetime) -> int:
    return clock.working_days_between(clock.local(sent).date(), clock.local(decided).date())


# --- Advice ----------------------------------------------------------------------------------------------

_began: ColumnElement[Any] = func.coalesce(Consultation.actual_start, Consultation.planned_start)
_one: ColumnElement[Any] = Consultation.id * 0 + 1


def advice(where: Callable[[], ColumnElement[bool]], amount: Any = _one) -> Rows:
    def rows(span: Span) -> list[Evidence]:
        query = (
            select(Consultation.id, amount, Municipality.name)
            .join(Consultation.municipality)
            .where(where(), _in_span(_began, span))
            .order_by(Consultation.id)
        )
        return _read(query, Consultation)

    return rows


def visit_held() -> ColumnElement[bool]:
    return (Consultation.channel == Channel.VISIT) & Consultation.status.in_(HELD)


def visit_confirmed() -> ColumnElement[bool]:
    return (Consultation.channel == Channel.VISIT) & (Consultation.status == ConsultationStatus.CONFIRMED)


def remote_confirmed() -> ColumnElement[bool]:
    return (Consultation.channel != Channel.VISIT) & (Consultation.status == ConsultationStatus.CONFIRMED)


# --- Webinars, handbooks ---------------------------------------------------------------------------------


def webinars(span: Span) -> list[Evidence]:
    query = (
        select(Webinar.id, func.count(), Webinar.title)
        .where(
            Webinar.status.in_({WebinarStatus.HELD, WebinarStatus.ARCHIVED}),
            Webinar.is_outside.is_(False),
            _in_span(Webinar.starts_at, span),
        )
        .group_by(Webinar.id, Webinar.title)
        .order_by(Webinar.id)
    )
    return _read(query, Webinar)


def attendances(span: Span) -> list[Evidence]:
    query = (
        select(Attendance.id, Attendance.people_count, Municipality.name)
        .join(Attendance.webinar)
        .join(Attendance.municipality)
        .where(_in_span(Webinar.starts_at, span))
        .order_by(Attendance.id)
    )
    return _read(query, Attendance)


def copies(span: Span) -> list[Evidence]:
    query = (
        select(HandbookIssue.id, HandbookIssue.confirmed_count, Municipality.name)
        .join(HandbookIssue.municipality)
        .where(HandbookIssue.confirmed_on.between(span.first, span.last))
        .order_by(HandbookIssue.id)
    )
    return _read(query, HandbookIssue)


# --- Minimum tasks ---------------------------------------------------------------------------------------


class Standing(NamedTuple):
    """Of every open partnership the place, and where its tasks stand now."""

    places: Mapping[int, str]
    tasks: Mapping[int, TasksOf]


_read_once: ContextVar[list[Standing] | None] = ContextVar("read_once", default=None)


@contextmanager
def tasks_read_once() -> Iterator[None]:
    """Eight figures count the same tasks: inside of this they are worked out for the first of them only."""
    token = _read_once.set([])
    try:
        yield
    finally:
        _read_once.reset(token)


def _standing() -> Standing:
    kept = _read_once.get()
    if kept is None:
        return _standing_now()
    if not kept:
        kept.append(_standing_now())
    return kept[0]


def _standing_now() -> Standing:
    places = _open_places()
    return Standing(places, tasks_of(places))


def _open_places() -> dict[int, str]:
    query = (
        select(Partnership.id, Municipality.name)
        .join(Partnership.municipality)
        .where(Partnership.status != PartnershipStatus.CLOSED)
        .order_by(Partnership.id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def with_task(code: TaskCode) -> Rows:
    def rows(_span: Span) -> list[Evidence]:
        places, found = _standing()
        done = (key for key in places if found[key].statuses[code] is TaskStatus.DONE)
        return [Evidence(Partnership.__tablename__, key, 1, places[key]) for key in done]

    return rows


def with_all_tasks(_span: Span) -> list[Evidence]:
    places, found = _standing()
    done = (key for key in places if all(one in SETTLED for one in found[key].statuses.values()))
    return [Evidence(Partnership.__tablename__, key, 1, places[key]) for key in done]
