"""Tasks, hours left and the last contact of every partnership, as columns that a statement joins when it needs them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    bindparam,
    case,
    func,
    select,
    type_coerce,
    union_all,
)

from animators.consultations.models import Consultation
from animators.consultations.workflow import TOOK_PLACE
from animators.hours.balances import granted_minutes, used_minutes, usual_grant
from animators.hours.models import HourBudget, Pot
from core import clock
from core.database import db, utc_day
from meetings.models import PartnershipMeeting
from office.board.wanted import Part
from partnerships.models import Partnership
from plans.models import Plan, PlanVersion
from programme.queries import the_programme
from programme.settings import ProgrammeSettings
from tasks.evidence import FEW
from tasks.queries import TaskColumns, task_columns, task_columns_of_some, years_begun
from tasks.rules import TaskCode


@dataclass(frozen=True)
class Basis:
    """What statements about tasks depend on beside their words: by it those that are put together are kept."""

    settings: ProgrammeSettings
    years: tuple[int, int]
    dialect: str


def basis() -> Basis:
    years = years_begun(clock.today())
    return Basis(the_programme().settings, (years.first, years.last), db.engine.dialect.name)


@dataclass(frozen=True)
class PartColumns:
    of_some: bool
    """Only for the partnerships given as ``ids``."""
    _tasks: TaskColumns
    _hours: Subquery
    _contact: Subquery

    @property
    def settled(self) -> ColumnElement[int]:
        return self._tasks.settled

    def status(self, code: TaskCode) -> ColumnElement[str]:
        return self._tasks.statuses[code]

    @property
    def minutes_left(self) -> ColumnElement[int]:
        """Of both pots; where no budget was opened yet all of the usual grant is left."""
        return func.coalesce(self._hours.c.visit, _USUAL[Pot.VISIT]) + func.coalesce(
            self._hours.c.remote, _USUAL[Pot.REMOTE]
        )

    @property
    def last_contact(self) -> ColumnElement[date]:
        return type_coerce(self._contact.c.day, Date)

    def joined_to(self, query: Select[*tuple[Any, ...]], part: Part) -> Select[*tuple[Any, ...]]:
        if part is Part.TASKS:
            return self._tasks.joined_to(query)
        if part is Part.HOURS:
            return query.outerjoin(self._hours, self._hours.c.municipality_id == Partnership.municipality_id)
        return query.outerjoin(self._contact, self._contact.c.partnership_id == Partnership.id)

    def values_of(self, part: Part) -> list[ColumnElement[Any]]:
        """What a row shows of it, see ``rows.with_parts``."""
        if part is Part.TASKS:
            return list(self._tasks.statuses.values())
        return [self.minutes_left] if part is Part.HOURS else [self.last_contact]


_USUAL: dict[Pot, Any] = {pot: bindparam(f"usual_{pot.value}", type_=Integer) for pot in Pot}


def usual_minutes() -> dict[str, int]:
    """Given with every statement."""
    settings = the_programme().settings
    return {f"usual_{pot.value}": usual_grant(pot, settings) for pot in Pot}


def part_columns(of_some: bool = False) -> PartColumns:
    return _part_columns(basis(), of_some)


@lru_cache(maxsize=32)
def _part_columns(_basis: Basis, of_some: bool) -> PartColumns:
    tasks = task_columns_of_some() if of_some else task_columns()
    return PartColumns(of_some, tasks, _minutes_left(of_some), _contacts(of_some))


def _minutes_left(of_some: bool) -> Subquery:
    left = granted_minutes() - used_minutes()
    of_pots = [func.sum(case((HourBudget.pot == pot, left))).label(pot.value) for pot in Pot]
    query = select(HourBudget.municipality_id, *of_pots).group_by(HourBudget.municipality_id)
    if of_some:
        query = query.where(HourBudget.municipality_id.in_(select(FEW.c.municipality_id)))
    return query.subquery("hours_left")


def _contacts(of_some: bool) -> Subquery:
    """The latest day of a consultation, a meeting or a submission. Signing in is none: nobody spoke to anybody.

    A visit that was held and not told of yet is one as well, on the day that was agreed on.
    """
    began = func.coalesce(Consultation.actual_start, Consultation.planned_start)
    advice = (
        select(Partnership.id.label("partnership_id"), utc_day(began).label("day"))
        .join(Consultation, Consultation.municipality_id == Partnership.municipality_id)
        .where(Consultation.status.in_(TOOK_PLACE))
    )
    meetings = select(PartnershipMeeting.partnership_id, PartnershipMeeting.held_on).where(
        PartnershipMeeting.people_count.is_not(None), PartnershipMeeting.called_off_at.is_(None)
    )
    submissions = (
        select(Plan.partnership_id, utc_day(PlanVersion.submitted_at))
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .where(PlanVersion.submitted_at.is_not(None))
    )
    if of_some:
        few = select(FEW.c.id)
        advice = advice.where(Partnership.id.in_(few))
        meetings = meetings.where(PartnershipMeeting.partnership_id.in_(few))
        submissions = submissions.where(Plan.partnership_id.in_(few))
    every = union_all(advice, meetings, submissions).subquery("every_contact")
    return (
        select(every.c.partnership_id, func.max(every.c.day).label("day"))
        .group_by(every.c.partnership_id)
        .subquery("contacts")
    )
