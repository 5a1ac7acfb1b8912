"""Where partnerships stand with the seven tasks: one query for any number of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select

from core import clock
from core.database import db
from partnerships.models import Partnership
from programme.queries import the_programme
from programme.settings import ProgrammeSettings
from tasks.evidence import Evidence, Years, evidence
from tasks.models import TaskWaiver
from tasks.rules import SETTLED, TaskCode, TaskStatus
from tasks.statuses import settled, statuses

A_FEW = 100
"""So many partnerships, a page of them, are looked up one by one; of more everything is counted at once."""


@dataclass(frozen=True)
class TasksOf:
    """One partnership: the status of every task, and the numbers it follows from (see ``evidence.py``)."""

    partnership_id: int
    statuses: Mapping[TaskCode, TaskStatus]
    numbers: Mapping[str, int]

    @property
    def settled(self) -> int:
        return sum(status in SETTLED for status in self.statuses.values())

    @property
    def done(self) -> int:
        return sum(status is TaskStatus.DONE for status in self.statuses.values())

    @property
    def missing_years(self) -> list[int]:
        """Those begun that have neither a plan nor the leader's word."""
        years = range(self.numbers["first_year"], self.numbers["last_year"] + 1)
        return [year for year in years if not self.numbers[f"year_{year}"]]


@dataclass(frozen=True)
class TaskColumns:
    """For statements of others, such as the board's: select, narrow and order by these, joined to a partnership."""

    evidence: Evidence
    statuses: Mapping[TaskCode, ColumnElement[str]]
    settled: ColumnElement[int]

    def joined_to(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        return self.evidence.joined_to(query)


def years_begun(today: date) -> Years:
    """Of the programme; in the year before it none has begun."""
    programme = the_programme().row
    return Years(programme.starts_on.year, min(today.year, programme.ends_on.year))


def task_columns() -> TaskColumns:
    """By the settings of now. Whoever runs a statement with it gives ``today``."""
    return _columns(the_programme().settings, years_begun(clock.today()), db.engine.dialect.name)


def task_columns_of_some() -> TaskColumns:
    """The same for a page of partnerships: whoever runs it gives their ``ids`` as well."""
    today = clock.today()
    return _columns(the_programme().settings, years_begun(today), db.engine.dialect.name, of_some=True)


@lru_cache(maxsize=32)
def _columns(
    settings: ProgrammeSettings, years: Years, _dialect: str, *, of_some: bool = False
) -> TaskColumns:
    """Kept: to put it together takes longer than its answer."""
    gathered = evidence(
        years,
        visits=settings.visits_per_municipality,
        recordings_count=settings.recording_counts_as_attendance,
        of_some=of_some,
    )
    of_tasks = statuses(gathered.columns, settings)
    return TaskColumns(gathered, of_tasks, settled(of_tasks))


def tasks_of(partnership_ids: Collection[int]) -> dict[int, TasksOf]:
    """By partnership; one query."""
    if not partnership_ids:
        return {}
    given = task_columns_of_some() if len(partnership_ids) <= A_FEW else task_columns()
    names = list(given.evidence.columns)
    query = _all(given).where(Partnership.id.in_(bindparam("ids", expanding=True)))
    found = db.session.execute(query, {"today": clock.today(), "ids": list(partnership_ids)})
    return {
        row[0]: read_tasks(row[0], row[1 : 1 + len(TaskCode)], names, row[1 + len(TaskCode) :])
        for row in found
    }


def _all(given: TaskColumns) -> Select[*tuple[Any, ...]]:
    columns = (*given.statuses.values(), *given.evidence.columns.values())
    return given.joined_to(select(Partnership.id, *columns))


def read_tasks(
    partnership_id: int, of_tasks: Sequence[str], names: Sequence[str], numbers: Sequence[int]
) -> TasksOf:
    """From the values of a row, in the order of ``TaskColumns``."""
    return TasksOf(
        partnership_id,
        {code: TaskStatus(status) for code, status in zip(TaskCode, of_tasks, strict=True)},
        dict(zip(names, numbers, strict=True)),
    )


def waivers_of(partnership: Partnership) -> Mapping[TaskCode, TaskWaiver]:
    """Those that stand."""
    found = db.session.scalars(
        select(TaskWaiver).where(TaskWaiver.partnership_id == partnership.id, TaskWaiver.ended_on.is_(None))
    )
    return {waiver.task: waiver for waiver in found}
