"""One municipality on the board."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from core import clock
from core.i18n import language
from municipalities.models import MunicipalityKind
from municipalities.naming import county_label
from office.board.wanted import Part
from partnerships.workflow import PartnershipStatus
from progress.stages import Stage
from tasks.rules import SETTLED, TaskCode, TaskStatus

STAGES = {stage.value: stage for stage in Stage}
STATUSES = {status.value: status for status in TaskStatus}


class SevenTasks(NamedTuple):
    """By the names of ``TaskCode``, in their order."""

    FOUND: TaskStatus
    MEETINGS: TaskStatus
    GENERAL_PLAN: TaskStatus
    ANNUAL_PLANS: TaskStatus
    VISITS: TaskStatus
    REMOTE: TaskStatus
    WEBINARS: TaskStatus

    @property
    def settled(self) -> int:
        return sum(status in SETTLED for status in self)


class BoardRow(NamedTuple):
    partnership_id: int
    municipality: str
    kind: MunicipalityKind
    code: str
    county: str
    voivodeship: str
    population: int | None
    partnership_status: PartnershipStatus
    leader: str | None
    animator: str | None
    stage: Stage
    version_id: int | None
    round: int
    since: datetime
    """By the clock of the programme's country."""
    is_public: bool
    was_published_before: bool
    """Before this system, as the records taken over say."""
    waiting_days: int
    """Whole local days since the stage was reached."""
    tasks: SevenTasks | None = None
    """None, like what follows: not asked for."""
    minutes_left: int | None = None
    last_contact: date | None = None

    @property
    def place_label(self) -> str:
        """What tells this municipality from others of its name: its type and county."""
        return _place_label(self.kind, self.code[:4], self.county, language())

    @property
    def has_earlier_public(self) -> bool:
        return self.is_public and self.stage is not Stage.PUBLISHED

    @property
    def says_published_before(self) -> bool:
        """Where nothing here is public, so that a plan which was published does not look as if there were none."""
        return self.was_published_before and not self.is_public


@lru_cache(maxsize=4096)
def _place_label(kind: MunicipalityKind, code: str, county: str, _language: str) -> str:
    """Kept: the board names the same counties again and again."""
    return f"{kind.label}, {county_label(code, county)}"


WIDTHS: Mapping[Part, int] = {Part.TASKS: len(TaskCode), Part.HOURS: 1, Part.CONTACT: 1}
"""How many values of a statement each part takes."""
OWN = 16
"""Values of a row before those of its parts."""


def read_row(values: Sequence[Any], parts: Sequence[Part], today: date) -> BoardRow:
    *known, stage, version_id, round_, since, is_public, before = values[:OWN]
    reached = clock.local(since)
    return BoardRow._make(
        (*known, STAGES[stage], version_id, round_, reached, bool(is_public), bool(before),
         (today - reached.date()).days, *(_of_parts(values[OWN:], parts) if parts else NOT_ASKED_FOR))
    )  # fmt: skip


def with_parts(row: BoardRow, values: Sequence[Any], parts: Sequence[Part]) -> BoardRow:
    """``values`` of the parts, in their order; what the row has of others stays."""
    tasks, minutes, contact = _of_parts(values, parts)
    return row._replace(
        tasks=tasks if Part.TASKS in parts else row.tasks,
        minutes_left=minutes if Part.HOURS in parts else row.minutes_left,
        last_contact=contact if Part.CONTACT in parts else row.last_contact,
    )


NOT_ASKED_FOR = (None, None, None)


def _of_parts(
    values: Sequence[Any], parts: Sequence[Part]
) -> tuple[SevenTasks | None, int | None, date | None]:
    tasks, minutes, contact, start = None, None, None, 0
    for part in parts:
        if part is Part.TASKS:
            tasks = _seven(*values[start : start + len(TaskCode)])
        elif part is Part.HOURS:
            minutes = int(values[start])
        else:
            contact = values[start]
        start += WIDTHS[part]
    return tasks, minutes, contact


@lru_cache(maxsize=1024)
def _seven(*statuses: str) -> SevenTasks:
    """Kept: most partnerships stand alike."""
    return SevenTasks._make(STATUSES[status] for status in statuses)
