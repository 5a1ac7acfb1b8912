"""The seven tasks of one partnership as its pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for

from accounts.models import User
from core import clock
from core.formatting import day
from core.i18n import _
from partnerships.models import Partnership
from tasks.around import around
from tasks.missing import Missing, Side, missing
from tasks.models import TaskWaiver
from tasks.queries import tasks_of, waivers_of
from tasks.rules import SETTLED, TaskCode, TaskStatus
from tasks.shown import evidence_shown
from tasks.words import task_help, task_label


@dataclass(frozen=True)
class TaskLine:
    """One task: where it stands, what shows it, and what is missing, said to this reader."""

    code: TaskCode
    label: str
    help: str
    status: TaskStatus
    evidence: Sequence[tuple[str, str]]
    """Words and address."""
    sentence: str = ""
    is_mine: bool = False
    """The reader is who can do something about it."""
    whose: str = ""
    by: str = ""
    url: str = ""
    waiver: TaskWaiver | None = None

    @property
    def is_open(self) -> bool:
        return self.status not in SETTLED


@dataclass(frozen=True)
class TaskPage:
    lines: Sequence[TaskLine]

    @property
    def settled(self) -> int:
        return sum(not line.is_open for line in self.lines)

    @property
    def next(self) -> TaskLine | None:
        """The first that this reader can do something about, else the first that is open."""
        open_ones = [line for line in self.lines if line.is_open]
        return next((line for line in open_ones if line.is_mine), open_ones[0] if open_ones else None)


def task_page(partnership: Partnership, person: User) -> TaskPage:
    """In six queries, whatever there is."""
    tasks = tasks_of([partnership.id])[partnership.id]
    known, waivers = around(partnership), waivers_of(partnership)
    side = side_of(person, partnership)
    lines = []
    for code, status in tasks.statuses.items():
        line = TaskLine(
            code=code,
            label=task_label(code),
            help=task_help(code),
            status=status,
            evidence=[
                (words, url_for(endpoint, **values))
                for words, endpoint, values in evidence_shown(partnership, tasks, code, known)
            ],
            waiver=waivers.get(code),
        )
        lines.append(_with_missing(line, missing(tasks, code, known), side) if line.is_open else line)
    return TaskPage(lines)


def side_of(person: User, partnership: Partnership) -> Side:
    today = clock.today()
    if person.id in partnership.leader_ids(today) | partnership.deputy_ids(today):
        return Side.LEADER
    return Side.ANIMATOR if person.id in partnership.animator_ids(today) else Side.OFFICE


def _with_missing(line: TaskLine, lacking: Missing, side: Side) -> TaskLine:
    endpoint, values = lacking.place
    is_mine = lacking.turn is side
    return replace(
        line,
        sentence=lacking.sentence(side),
        is_mine=is_mine,
        whose="" if is_mine else _whose(lacking.turn),
        by=day(lacking.by),
        url=url_for(endpoint, **values),
    )


def _whose(turn: Side) -> str:
    return {
        Side.LEADER: _("The leader can do this."),
        Side.ANIMATOR: _("The animator can do this."),
        Side.OFFICE: _("The programme office can do this."),
    }[turn]
