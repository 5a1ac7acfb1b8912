"""The minimum tasks by voivodeship, all of them counted in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from flask import url_for
from sqlalchemy import ColumnElement, case, func, select

from core import clock
from core.database import db
from core.i18n import LazyString, _, _l, ngettext
from municipalities.models import Municipality, Voivodeship
from municipalities.queries import voivodeships
from municipalities.region_map import Place, RegionMap, region_map
from overview.risks import IS_OPEN
from partnerships.models import Partnership
from tasks.queries import task_columns
from tasks.rules import TaskCode, TaskStatus

SHORT: Mapping[TaskCode, LazyString] = {
    TaskCode.FOUND: _l("Founding"),
    TaskCode.MEETINGS: _l("Meetings"),
    TaskCode.GENERAL_PLAN: _l("General plan"),
    TaskCode.ANNUAL_PLANS: _l("Annual plans"),
    TaskCode.VISITS: _l("Visits"),
    TaskCode.REMOTE: _l("Remote advice"),
    TaskCode.WEBINARS: _l("Webinars"),
}
"""What stands over a column; the programme's own words are longer."""
TABLE = "regions-table"


@dataclass(frozen=True)
class Tally:
    """Of some open partnerships: how many there are, have done each task, and have all of them done or waived."""

    partnerships: int
    done: Mapping[TaskCode, int]
    settled: int

    def __add__(self, other: "Tally") -> "Tally":
        done = {code: self.done[code] + other.done[code] for code in TaskCode}
        return Tally(self.partnerships + other.partnerships, done, self.settled + other.settled)

    @property
    def all_done(self) -> int:
        return sum(self.done.values())

    @property
    def all_tasks(self) -> int:
        return self.partnerships * len(TaskCode)

    def of(self, task: TaskCode | None) -> tuple[int, int]:
        """How many are done, and of how many."""
        return (self.done[task], self.partnerships) if task else (self.all_done, self.all_tasks)


EMPTY = Tally(0, dict.fromkeys(TaskCode, 0), 0)


@dataclass(frozen=True)
class RegionRow:
    voivodeship: Voivodeship
    tally: Tally


def tasks_by_region() -> list[RegionRow]:
    """All voivodeships by the alphabet, those without a partnership too; two queries."""
    tasks = task_columns()
    done = [_count_if(status == TaskStatus.DONE.value) for status in tasks.statuses.values()]
    settled = _count_if(tasks.settled == len(TaskCode))
    query = (
        select(Municipality.voivodeship_id, func.count(Partnership.id), settled, *done)
        .select_from(Partnership)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
    )
    counted = tasks.joined_to(query).where(IS_OPEN).group_by(Municipality.voivodeship_id)
    found = {
        row[0]: Tally(row[1], dict(zip(tasks.statuses, row[3:], strict=True)), row[2])
        for row in db.session.execute(counted, {"today": clock.today()})
    }
    return [RegionRow(one, found.get(one.id, EMPTY)) for one in voivodeships()]


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def together(rows: Sequence[RegionRow]) -> Tally:
    return reduce(add, (row.tally for row in rows), EMPTY)


def percent(tally: Tally, task: TaskCode | None) -> int | None:
    """Whole per cent, never rounded up: all of it only where nothing is left. None where there is nobody to do it."""
    done, asked = tally.of(task)
    return 100 * done // asked if asked else None


def map_of(rows: Sequence[RegionRow], task: TaskCode | None) -> RegionMap:
    """Each region leads to its part of the board."""
    title = (
        _("Tasks done, by voivodeship")
        if task is None
        else _("%(task)s: done, by voivodeship", task=SHORT[task])
    )
    total = together(rows)
    done, asked = total.of(task)
    said = _(
        "%(done)s of %(asked)s in the whole country. The table below the map holds the same numbers.",
        done=done,
        asked=asked,
    )
    places = [_place(row, task) for row in rows]
    return region_map("tasks", title, places, said=said, table=TABLE, full=100, unit=" %")


def _place(row: RegionRow, task: TaskCode | None) -> Place:
    share, (done, asked) = percent(row.tally, task), row.tally.of(task)
    name = row.voivodeship.name
    if share is None:
        return Place(row.voivodeship.code, name, 0, "–", _("%(name)s: no partnership", name=name))
    said = ngettext(
        "%(name)s: %(done)s of %(asked)s done (%(share)s %%), in %(num)d partnership",
        "%(name)s: %(done)s of %(asked)s done (%(share)s %%), in %(num)d partnerships",
        row.tally.partnerships,
        name=name,
        done=done,
        asked=asked,
        share=share,
    )
    url = url_for("office.board", voivodeship=row.voivodeship.id)
    return Place(row.voivodeship.code, name, share, f"{share}\N{NO-BREAK SPACE}%", said, url)
