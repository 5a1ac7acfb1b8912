"""What shows how far each partnership is, gathered in the database: one row for each, whatever their number.

Each piece of evidence is counted once for all partnerships and joined. A task's status is worked out from these numbers
in ``statuses.py``, in the same statement, so that a list can be narrowed and ordered by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    distinct,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import utc_day
from meetings.models import MeetingKind, PartnershipMeeting
from partnerships.models import LeaderTerm, Partnership, PartnershipMember
from partnerships.queries import covers
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from plans.models import Plan, PlanEntry, PlanVersion, YearDeclaration
from plans.queries import is_at_work
from tasks.models import TaskWaiver
from tasks.rules import TaskCode
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarSeries, WebinarStatus
from webinars.registrations.models import HOLDS_SEAT, WebinarRegistration

HELD = frozenset(
    {
        ConsultationStatus.HELD,
        ConsultationStatus.REPORTED,
        ConsultationStatus.DISPUTED,
        ConsultationStatus.CONFIRMED,
    }
)
"""A visit took place, whatever is still said about it."""
CAME_TO_NOTHING = frozenset({ConsultationStatus.CANCELLED, ConsultationStatus.VOID})
TRAININGS = "trainings"

FEW = (
    select(Partnership.id, Partnership.municipality_id)
    .where(Partnership.id.in_(bindparam("ids", expanding=True)))
    .cte("a_few")
)
"""Those given as ``ids`` with the question: written down once, whatever is then asked about them."""

TODAY: Any = bindparam("today", type_=Date)
"""The day it is asked on, given with the question: so the statement is put together once."""


@dataclass(frozen=True)
class Years:
    """The years of the programme that have begun: for each of those a partnership plans, its plan is asked for."""

    first: int
    last: int

    def __iter__(self) -> Any:
        return iter(range(self.first, self.last + 1))


@dataclass(frozen=True)
class Evidence:
    """The columns a statement gets, each with the tables it joins. All are numbers, never empty."""

    joins: Sequence[tuple[Subquery, ColumnElement[bool]]]
    columns: dict[str, ColumnElement[Any]]

    def joined_to(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """``query`` selects from ``Partnership``."""
        for table, on in self.joins:
            query = query.outerjoin(table, on)
        return query


def evidence(years: Years, *, visits: int, recordings_count: bool, of_some: bool = False) -> Evidence:
    """``visits``: how many the programme gives each municipality; ``recordings_count``: outside of any series.

    ``of_some``: only of the partnerships given as ``ids`` with the question, which is far quicker for a few.
    """
    members, meetings, plans, own_years = (
        _members(of_some),
        _meetings(of_some),
        _general_plans(of_some),
        _years(years, of_some),
    )
    advice, webinars, coming, waived = (
        _advice(visits, of_some),
        _webinars(of_some, recordings_count=recordings_count),
        _registrations(of_some),
        _waivers(),
    )
    of_partnership = (members, meetings, plans, own_years, webinars, coming, waived)
    joins = [(table, table.c.partnership_id == Partnership.id) for table in of_partnership]
    joins.append((advice, advice.c.municipality_id == Partnership.municipality_id))
    return Evidence(joins, _columns(years, *of_partnership, advice))


def _narrowed(
    query: Select[*tuple[Any, ...]], partnership_id: Any, of_some: bool
) -> Select[*tuple[Any, ...]]:
    return query.where(partnership_id.in_(select(FEW.c.id))) if of_some else query


def _columns(years: Years, *tables: Subquery) -> dict[str, ColumnElement[Any]]:
    counted = {
        column.name: func.coalesce(column, 0)
        for table in tables
        for column in table.columns
        if column.name not in {"partnership_id", "municipality_id", "year_from", "year_to"}
    }
    plans = tables[2]
    own_first = func.coalesce(plans.c.year_from, _year_of(Partnership.founded_on), years.first)
    first = case((own_first > years.first, own_first), else_=years.first)
    own_last = func.coalesce(plans.c.year_to, years.last)
    last = case((own_last < years.last, own_last), else_=years.last)
    asked = [and_(first <= year, literal(year) <= last) for year in years]
    covered = [
        and_(is_asked, counted[f"year_{year}"] > 0) for year, is_asked in zip(years, asked, strict=True)
    ]
    return {
        **counted,
        "is_founded": _one_if(Partnership.founded_on <= TODAY),
        "first_year": first,
        "last_year": last,
        "years_asked": _sum(asked),
        "years_covered": _sum(covered),
    }


def _sum(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    total: ColumnElement[int] = literal(0, Integer)
    for condition in conditions:
        total = total + _one_if(condition)
    return total


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(_one_if(condition))


def _year_of(day: Any) -> ColumnElement[int]:
    return cast(extract("year", day), Integer)


def _members(of_some: bool) -> Subquery:
    """Organisations that belong today, the leader's own among them."""
    found = (
        select(PartnershipMember.partnership_id, func.count().label("members"))
        .where(covers(PartnershipMember.joined_on, PartnershipMember.left_on, TODAY))
        .group_by(PartnershipMember.partnership_id)
    )
    return _narrowed(found, PartnershipMember.partnership_id, of_some).subquery("members")


def _meetings(of_some: bool) -> Subquery:
    was_held = PartnershipMeeting.people_count.is_not(None)
    found = (
        select(
            PartnershipMeeting.partnership_id,
            func.count().label("meetings_entered"),
            _count_if(was_held).label("meetings_held"),
            _count_if(and_(was_held, PartnershipMeeting.kind == MeetingKind.INITIATING)).label(
                "initiating_held"
            ),
        )
        .where(PartnershipMeeting.called_off_at.is_(None))
        .group_by(PartnershipMeeting.partnership_id)
    )
    return _narrowed(found, PartnershipMeeting.partnership_id, of_some).subquery("meetings")


def _general_plans(of_some: bool) -> Subquery:
    """Versions, published ones, and the years of all general plans together: here, and as taken over."""
    here = (
        select(
            Plan.partnership_id,
            Plan.year_from,
            Plan.year_to,
            _one_if(PlanVersion.published_at.is_not(None)).label("is_published"),
        )
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .where(Plan.kind == PlanKind.GENERAL)
    )
    before = select(
        EarlierPlan.partnership_id,
        EarlierPlan.year_from,
        EarlierPlan.year_to,
        _one_if(EarlierPlan.status == EarlierStatus.PUBLISHED).label("is_published"),
    ).where(EarlierPlan.kind == PlanKind.GENERAL)
    here = _narrowed(here, Plan.partnership_id, of_some)
    before = _narrowed(before, EarlierPlan.partnership_id, of_some)
    both = here.union_all(before).subquery("every_general_plan")
    return (
        select(
            both.c.partnership_id,
            func.min(both.c.year_from).label("year_from"),
            func.max(both.c.year_to).label("year_to"),
            func.count().label("plan_versions"),
            func.sum(both.c.is_published).label("plans_published"),
        )
        .group_by(both.c.partnership_id)
        .subquery("general_plans")
    )


def _years(years: Years, of_some: bool) -> Subquery:
    """For each year whether there is a plan at work with a training, one taken over, or the leader's word."""
    has_training = exists().where(PlanEntry.version_id == PlanVersion.id, PlanEntry.sheet == TRAININGS)
    # Not joined: SQLite would begin with every version at work in the country.
    there_is_one = exists().where(
        PlanVersion.plan_id == Plan.id,
        is_at_work(),
        has_training,
    )
    at_work = select(Plan.partnership_id, Plan.year_from.label("year"), literal(1).label("counts")).where(
        Plan.kind == PlanKind.ANNUAL, there_is_one
    )
    begun = select(Plan.partnership_id, Plan.year_from, literal(0)).where(Plan.kind == PlanKind.ANNUAL)
    before = select(EarlierPlan.partnership_id, EarlierPlan.year_from, literal(1)).where(
        EarlierPlan.kind == PlanKind.ANNUAL
    )
    declared = select(YearDeclaration.partnership_id, YearDeclaration.year, literal(1)).where(
        YearDeclaration.withdrawn_on.is_(None)
    )
    every = union(
        _narrowed(at_work, Plan.partnership_id, of_some),
        _narrowed(begun, Plan.partnership_id, of_some),
        _narrowed(before, EarlierPlan.partnership_id, of_some),
        _narrowed(declared, YearDeclaration.partnership_id, of_some),
    ).subquery("every_year")
    of_years = [
        _count_if(and_(every.c.year == year, every.c.counts == 1)).label(f"year_{year}") for year in years
    ]
    return (
        select(every.c.partnership_id, func.count().label("years_begun"), *of_years)
        .group_by(every.c.partnership_id)
        .subquery("own_years")
    )


def _advice(visits: int, of_some: bool) -> Subquery:
    is_visit = Consultation.channel == Channel.VISIT
    held_no = case(
        (
            and_(is_visit, Consultation.status.in_(HELD), Consultation.visit_no <= visits),
            Consultation.visit_no,
        )
    )
    found = (
        select(
            Consultation.municipality_id,
            func.count(distinct(held_no)).label("visits_held"),
            _count_if(is_visit).label("visits_entered"),
            _count_if(~is_visit).label("remote_entered"),
            _count_if(and_(~is_visit, Consultation.status == ConsultationStatus.CONFIRMED)).label(
                "remote_confirmed"
            ),
        )
        .where(Consultation.status.not_in(CAME_TO_NOTHING))
        .group_by(Consultation.municipality_id)
    )
    if of_some:
        found = found.where(Consultation.municipality_id.in_(select(FEW.c.municipality_id)))
    return found.subquery("advice")


def _of_a_leader(user_id: Any, moment: Any) -> ColumnElement[bool]:
    """Somebody who led the partnership or deputised on that day; it stays when they hand over.

    Those who led one that merged into it count too, as the attendances of theirs go along.
    """
    led = aliased(Partnership)
    return exists().where(
        LeaderTerm.partnership_id == led.id,
        or_(led.id == Partnership.id, led.successor_id == Partnership.id),
        LeaderTerm.user_id == user_id,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, utc_day(moment)),
    )


def _webinars(of_some: bool, *, recordings_count: bool) -> Subquery:
    """Webinars at which a leader or deputy in office took part for long enough, each counted once; not events of others.

    In office on the day of the webinar; whoever watched its recording, on the day they did: newcomers catch up so.
    """
    long_enough = or_(
        Attendance.minutes.is_(None), Attendance.minutes >= func.coalesce(WebinarSeries.min_minutes, 0)
    )
    counts = or_(
        and_(Attendance.source != AttendanceSource.RECORDING, long_enough),
        and_(
            Attendance.source == AttendanceSource.RECORDING,
            func.coalesce(WebinarSeries.recording_counts, recordings_count),
        ),
    )
    was_there_at = case(
        (Attendance.source == AttendanceSource.RECORDING, Attendance.created_at), else_=Webinar.starts_at
    )
    found = (
        select(
            Partnership.id.label("partnership_id"),
            func.count(distinct(Webinar.id)).label("webinars_attended"),
        )
        .join(Attendance, Attendance.municipality_id == Partnership.municipality_id)
        .join(Webinar, Attendance.webinar_id == Webinar.id)
        .outerjoin(WebinarSeries, Webinar.series_id == WebinarSeries.id)
        .where(counts, Webinar.is_outside.is_(False), _of_a_leader(Attendance.user_id, was_there_at))
        .group_by(Partnership.id)
    )
    return _narrowed(found, Partnership.id, of_some).subquery("webinars")


def _registrations(of_some: bool) -> Subquery:
    """Seats that a leader or deputy of today has at webinars still to come: the task has been begun."""
    found = (
        select(LeaderTerm.partnership_id, func.count().label("webinars_ahead"))
        .join(WebinarRegistration, WebinarRegistration.user_id == LeaderTerm.user_id)
        .join(Webinar, WebinarRegistration.webinar_id == Webinar.id)
        .where(
            covers(LeaderTerm.starts_on, LeaderTerm.ends_on, TODAY),
            WebinarRegistration.status.in_(HOLDS_SEAT),
            Webinar.status.in_({WebinarStatus.ANNOUNCED, WebinarStatus.MOVED}),
            utc_day(Webinar.starts_at) >= TODAY,
        )
        .group_by(LeaderTerm.partnership_id)
    )
    return _narrowed(found, LeaderTerm.partnership_id, of_some).subquery("registrations")


def _waivers() -> Subquery:
    of_tasks = [_count_if(TaskWaiver.task == code).label(f"waived_{code.name.lower()}") for code in TaskCode]
    return (
        select(TaskWaiver.partnership_id, *of_tasks)
        .where(TaskWaiver.ended_on.is_(None))
        .group_by(TaskWaiver.partnership_id)
        .subquery("waivers")
    )
