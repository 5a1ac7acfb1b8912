"""What the address of the board asks for: which municipalities, and which columns of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask import request

from core.i18n import _l
from core.labels import LabelledEnum
from core.paging import asked_id
from municipalities.models import MunicipalityKind
from progress.stages import Stage
from tasks.rules import TaskCode

Code = TypeVar("Code", bound=StrEnum)

LARGEST = 9999


class Part(StrEnum):
    """What is gathered from far more tables than a partnership's own, so only where it is shown or asked for."""

    TASKS = "tasks"
    HOURS = "hours"
    CONTACT = "contact"


class Size(LabelledEnum):
    """By the number of people who live there."""

    UNDER_5 = "under_5", _l("fewer than 5,000 people")
    FROM_5 = "from_5", _l("5,000 to 9,999 people")
    FROM_10 = "from_10", _l("10,000 to 19,999 people")
    FROM_20 = "from_20", _l("20,000 to 49,999 people")
    FROM_50 = "from_50", _l("50,000 to 99,999 people")
    FROM_100 = "from_100", _l("100,000 people and more")

    @property
    def bounds(self) -> tuple[int, int | None]:
        """The smallest number, and the first that is too large."""
        sizes = list(Size)
        place = sizes.index(self)
        return _FROM[place], _FROM[place + 1] if place + 1 < len(sizes) else None


_FROM = (0, 5_000, 10_000, 20_000, 50_000, 100_000)


class TaskState(LabelledEnum):
    """How far a task is, as one looks for it."""

    OPEN = "open", _l("Still open")
    NOT_STARTED = "not_started", _l("Not started")
    IN_PROGRESS = "in_progress", _l("In progress")
    DONE = "done", _l("Done")
    WAIVED = "waived", _l("Waived")


class BoardColumn(LabelledEnum):
    """In the order they stand on the board."""

    TASKS = "tasks", _l("Tasks")
    VOIVODESHIP = "voivodeship", _l("Voivodeship")
    POPULATION = "population", _l("Inhabitants")
    LEADER = "leader", _l("Leader")
    ANIMATOR = "animator", _l("Animator")
    STAGE = "stage", _l("Stage of the plan")
    SINCE = "since", _l("Waiting since")
    HOURS = "hours", _l("Hours left")
    CONTACT = "contact", _l("Last contact")

    @property
    def part(self) -> Part | None:
        return Part(self.value) if self.value in set(Part) else None


USUAL_COLUMNS = tuple(one for one in BoardColumn if one is not BoardColumn.POPULATION)


def columns_asked() -> tuple[BoardColumn, ...]:
    """Those ticked, in the order of the board; where none is, the usual ones."""
    ticked = set(request.args.getlist("column"))
    return tuple(one for one in BoardColumn if one.value in ticked) or USUAL_COLUMNS


@dataclass(frozen=True)
class BoardFilter:
    text: str = ""
    voivodeship_id: int | None = None
    animator_id: int | None = None
    stage: Stage | None = None
    kind: MunicipalityKind | None = None
    size: Size | None = None
    leaderless: bool = False
    task: TaskCode | None = None
    task_state: TaskState | None = None
    settled_from: int | None = None
    settled_to: int | None = None
    waiting: int | None = None
    """More days than this at the same stage."""
    no_contact: int | None = None
    """No consultation, meeting or submission for so many days."""
    hours_below: int | None = None

    @classmethod
    def asked(cls) -> "BoardFilter":
        """From the address; anything that makes no sense filters nothing."""
        task = _one_of(TaskCode, "task")
        return cls(
            text=request.args.get("q", "")[:80],
            voivodeship_id=asked_id("voivodeship"),
            animator_id=asked_id("animator"),
            stage=_one_of(Stage, "stage"),
            kind=_one_of(MunicipalityKind, "kind"),
            size=_one_of(Size, "size"),
            leaderless=request.args.get("leader") == "none",
            task=task,
            task_state=(_one_of(TaskState, "task_state") or TaskState.OPEN) if task else None,
            settled_from=_count("settled_from"),
            settled_to=_count("settled_to"),
            waiting=_count("waiting"),
            no_contact=_count("no_contact"),
            hours_below=_count("hours_below"),
        )

    @property
    def is_empty(self) -> bool:
        return self == BoardFilter()

    @property
    def parts(self) -> frozenset[Part]:
        """What has to be gathered of everybody to tell who fits."""
        by_tasks = self.task is not None or self.settled_from is not None or self.settled_to is not None
        asked = {
            Part.TASKS: by_tasks,
            Part.CONTACT: self.no_contact is not None,
            Part.HOURS: self.hours_below is not None,
        }
        return frozenset(part for part, is_asked in asked.items() if is_asked)

    @property
    def is_refined(self) -> bool:
        """By something that stands under "More filters"."""
        return (
            BoardFilter(
                text=self.text,
                voivodeship_id=self.voivodeship_id,
                animator_id=self.animator_id,
                stage=self.stage,
                task=self.task,
                task_state=self.task_state,
            )
            != self
        )


def _one_of(kind: type[Code], name: str) -> Code | None:
    written = request.args.get(name, "")
    return kind(written) if written in set(kind) else None


def _count(name: str) -> int | None:
    written = request.args.get(name, "").strip()
    is_number = written.isascii() and written.isdigit() and len(written) <= len(str(LARGEST))
    return int(written) if is_number else None
