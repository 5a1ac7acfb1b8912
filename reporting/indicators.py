"""Every figure that is reported to the funder: its name, its unit, how it is counted in words, and the rows it counts.

This is the one place for all four. A figure is nothing but its rows put together, so whoever opens it sees what it was
counted from, and a frozen report keeps both. A row says which record it is, how much it gives, and where it belongs; no
name of a person is among it. Days are those of the programme's country.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core import clock
from core.database import db
from core.i18n import LazyString, _l
from core.labels import LabelledEnum
from handbooks.models import HandbookIssue
from meetings.models import PartnershipMeeting
from municipalities.models import Municipality
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries import covers
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from tasks.evidence import HELD
from tasks.queries import tasks_of
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


class Unit(LabelledEnum):
    PARTNERSHIPS = "partnerships", _l("partnerships")
    ORGANISATIONS = "organisations", _l("organisations")
    MEETINGS = "meetings", _l("meetings")
    PEOPLE = "people", _l("people")
    PLANS = "plans", _l("plans")
    VISITS = "visits", _l("visits")
    CONSULTATIONS = "consultations", _l("consultations")
    MINUTES = "minutes", _l("minutes")
    WEBINARS = "webinars", _l("webinars")
    COPIES = "copies", _l("copies")
    WORKING_DAYS = "working_days", _l("working days")


Rows = Callable[[Span], Iterable[Evidence]]


def _sum(amounts: Sequence[int]) -> Decimal:
    return Decimal(sum(amounts))


def _median(amounts: Sequence[int]) -> Decimal:
    return Decimal(str(median(amounts))) if amounts else Decimal(0)


@dataclass(frozen=True)
class Indicator:
    code: str
    name: LazyString
    unit: Unit
    formula: LazyString
    rows: Rows
    together: Callable[[Sequence[int]], Decimal] = _sum
    of_the_moment: bool = False
    """As it stands when it is asked: of a past day it cannot be said again, so nothing differs from it later."""

    def value(self, rows: Sequence[Evidence]) -> Decimal:
        return self.together([row.amount for row in rows])


def _read(query: Select[*tuple[Any, ...]], kind: type[Any]) -> list[Evidence]:
    """``query`` gives id, amount and place; in an order of its own, so that two askings compare."""
    return [
        Evidence(kind.__tablename__, row[0], int(row[1] or 0), row[2]) for row in db.session.execute(query)
    ]


def _in_span(moment: Any, span: Span) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = (moment >= span.begins_at) & (moment < span.ends_before)
    return inside


# --- Partnerships ----------------------------------------------------------------------------------------


def _founded(span: Span) -> list[Evidence]:
    query = (
        select(Partnership.id, func.count(), Municipality.name)
        .join(Partnership.municipality)
        .where(Partnership.founded_on.between(span.first, span.last))
        .group_by(Partnership.id, Municipality.name)
        .order_by(Partnership.id)
    )
    return _read(query, Partnership)


def _standing(span: Span) -> list[Evidence]:
    """Founded by the last day and not closed before it was over."""
    query = (
        select(Partnership.id, func.count(), Municipality.name)
        .join(Partnership.municipality)
        .where(
            Partnership.founded_on <= span.last,
            (Partnership.closed_on.is_(None)) | (Partnership.closed_on > span.last),
        )
        .group_by(Partnership.id, Municipality.name)
        .order_by(Partnership.id)
    )
    return _read(query, Partnership)


def _members(span: Span) -> list[Evidence]:
    query = (
        select(PartnershipMember.id, func.count(), Municipality.name)
        .join(PartnershipMember.partnership)
        .join(Partnership.municipality)
        .where(covers(PartnershipMember.joined_on, PartnershipMember.left_on, span.last))
        .group_by(PartnershipMember.id, Municipality.name)
        .order_by(PartnershipMember.id)
    )
    return _read(query, PartnershipMember)


def _meetings(amount: Any) -> Rows:
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


def _first_published(span: Span) -> list[Evidence]:
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


def _review_days(span: Span) -> list[Evidence]:
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


def _advice(where: Callable[[], ColumnElement[bool]], amount: Any = _one) -> Rows:
    def rows(span: Span) -> list[Evidence]:
        query = (
            select(Consultation.id, amount, Municipality.name)
            .join(Consultation.municipality)
            .where(where(), _in_span(_began, span))
            .order_by(Consultation.id)
        )
        return _read(query, Consultation)

    return rows


def _visit_held() -> ColumnElement[bool]:
    return (Consultation.channel == Channel.VISIT) & Consultation.status.in_(HELD)


def _visit_confirmed() -> ColumnElement[bool]:
    return (Consultation.channel == Channel.VISIT) & (Consultation.status == ConsultationStatus.CONFIRMED)


def _remote_confirmed() -> ColumnElement[bool]:
    return (Consultation.channel != Channel.VISIT) & (Consultation.status == ConsultationStatus.CONFIRMED)


# --- Webinars, handbooks ---------------------------------------------------------------------------------


def _webinars(span: Span) -> list[Evidence]:
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


def _attendances(span: Span) -> list[Evidence]:
    query = (
        select(Attendance.id, Attendance.people_count, Municipality.name)
        .join(Attendance.webinar)
        .join(Attendance.municipality)
        .where(_in_span(Webinar.starts_at, span))
        .order_by(Attendance.id)
    )
    return _read(query, Attendance)


def _copies(span: Span) -> list[Evidence]:
    query = (
        select(HandbookIssue.id, HandbookIssue.confirmed_count, Municipality.name)
        .join(HandbookIssue.municipality)
        .where(HandbookIssue.confirmed_on.between(span.first, span.last))
        .order_by(HandbookIssue.id)
    )
    return _read(query, HandbookIssue)


# --- Minimum tasks ---------------------------------------------------------------------------------------


def _open_places() -> dict[int, str]:
    query = (
        select(Partnership.id, Municipality.name)
        .join(Partnership.municipality)
        .where(Partnership.status != PartnershipStatus.CLOSED)
        .order_by(Partnership.id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _with_task(code: TaskCode) -> Rows:
    def rows(_span: Span) -> list[Evidence]:
        places = _open_places()
        found = tasks_of(places)
        done = (key for key in places if found[key].statuses[code] is TaskStatus.DONE)
        return [Evidence(Partnership.__tablename__, key, 1, places[key]) for key in done]

    return rows


def _with_all_tasks(_span: Span) -> list[Evidence]:
    places = _open_places()
    found = tasks_of(places)
    done = (key for key in places if all(one in SETTLED for one in found[key].statuses.values()))
    return [Evidence(Partnership.__tablename__, key, 1, places[key]) for key in done]


INDICATORS: Sequence[Indicator] = (
    Indicator(
        "partnerships_standing",
        _l("Partnerships"),
        Unit.PARTNERSHIPS,
        _l("Partnerships founded by the last day of the period and not closed by then."),
        _standing,
    ),
    Indicator(
        "partnerships_founded",
        _l("Newly founded partnerships"),
        Unit.PARTNERSHIPS,
        _l("Partnerships whose day of founding lies in the period."),
        _founded,
    ),
    Indicator(
        "members",
        _l("Organisations in partnerships"),
        Unit.ORGANISATIONS,
        _l("Memberships on the last day of the period, the leader's own organisation included; an organisation in two partnerships counts in both."),
        _members,
    ),
    Indicator(
        "meetings",
        _l("Meetings of partnerships"),
        Unit.MEETINGS,
        _l("Meetings held in the period and recorded with the number of people."),
        _meetings(PartnershipMeeting.id * 0 + 1),
    ),
    Indicator(
        "meeting_people",
        _l("People at meetings"),
        Unit.PEOPLE,
        _l("The numbers of people at these meetings, added up; somebody at two meetings counts twice."),
        _meetings(PartnershipMeeting.people_count),
    ),
    Indicator(
        "plans_published",
        _l("Published general plans"),
        Unit.PLANS,
        _l("General plans whose first version became public in the period; later versions do not count again."),
        _first_published,
    ),
    Indicator(
        "review_days",
        _l("Time to a decision on a plan"),
        Unit.WORKING_DAYS,
        _l("The median of working days from submission to decision, of all decisions made in the period."),
        _review_days,
        _median,
    ),
    Indicator(
        "visits_held",
        _l("Consultation visits"),
        Unit.VISITS,
        _l("Visits that began in the period and took place, whether or not they are confirmed yet."),
        _advice(_visit_held),
    ),
    Indicator(
        "visit_minutes",
        _l("Time of confirmed visits"),
        Unit.MINUTES,
        _l("The minutes of visits that began in the period and are confirmed, minutes over the pot included."),
        _advice(_visit_confirmed, func.coalesce(Consultation.actual_minutes, 0)),
    ),
    Indicator(
        "remote_confirmed",
        _l("Remote consultations"),
        Unit.CONSULTATIONS,
        _l("Confirmed advice by phone, online, chat or with an interpreter that took place in the period."),
        _advice(_remote_confirmed),
    ),
    Indicator(
        "remote_minutes",
        _l("Time of remote consultations"),
        Unit.MINUTES,
        _l("The minutes of these consultations, minutes over the pot included."),
        _advice(_remote_confirmed, func.coalesce(Consultation.actual_minutes, 0)),
    ),
    Indicator(
        "webinars",
        _l("Webinars held"),
        Unit.WEBINARS,
        _l("Webinars of the programme that began in the period and took place; events of others do not count."),
        _webinars,
    ),
    Indicator(
        "webinar_people",
        _l("Attendances of webinars from partnerships"),
        Unit.PEOPLE,
        _l("Attendances from municipalities at webinars that began in the period; somebody at two webinars counts twice."),
        _attendances,
    ),
    Indicator(
        "handbooks",
        _l("Handbooks that arrived"),
        Unit.COPIES,
        _l("Copies that municipalities confirmed in the period."),
        _copies,
    ),
    Indicator(
        "all_tasks",
        _l("Partnerships with all minimum tasks settled"),
        Unit.PARTNERSHIPS,
        _l("Open partnerships of which every minimum task is done or waived, as it stands when the figures are frozen."),
        _with_all_tasks,
        of_the_moment=True,
    ),
    *(
        Indicator(
            f"task_{code.name.lower()}",
            name,
            Unit.PARTNERSHIPS,
            _l("Open partnerships that have done this task, as it stands when the figures are frozen. Waived ones do not count."),
            _with_task(code),
            of_the_moment=True,
        )
        for code, name in (
            (TaskCode.FOUND, _l("Task 1 done: the partnership is established")),
            (TaskCode.MEETINGS, _l("Task 2 done: meetings")),
            (TaskCode.GENERAL_PLAN, _l("Task 3 done: the general plan")),
            (TaskCode.ANNUAL_PLANS, _l("Task 4 done: annual plans")),
            (TaskCode.VISITS, _l("Task 5 done: consultation visits")),
            (TaskCode.REMOTE, _l("Task 6 done: remote advice")),
            (TaskCode.WEBINARS, _l("Task 7 done: webinars")),
        )
    ),
)  # fmt: skip


def indicator_called(code: str) -> Indicator | None:
    return next((one for one in INDICATORS if one.code == code), None)
