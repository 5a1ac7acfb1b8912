"""The board as a sheet, for XLSX and CSV: the municipality, then the columns that are shown, in their order."""

from collections.abc import Callable, Mapping, Sequence

from core.i18n import _l
from core.sheets import Column, Sheet
from core.workbooks.kinds import Choice, Day, Moment, Text, WholeNumber
from municipalities.models import MunicipalityKind
from office.board.rows import BoardRow
from office.board.wanted import BoardColumn
from progress.stages import Stage
from tasks.rules import TaskCode, TaskStatus
from tasks.words import task_label

PLACE: Mapping[str, Column] = {
    "code": Column(_l("Code"), Text(7)),
    "municipality": Column(_l("Municipality"), Text(120)),
    "kind": Column(_l("Type"), Choice({kind: kind.label for kind in MunicipalityKind})),
    "county": Column(_l("County"), Text(80)),
}
_MOST = 10_000_000


def board_sheet(columns: Sequence[BoardColumn]) -> Sheet[BoardRow]:
    shown = dict(PLACE)
    for column in columns:
        shown |= OF_COLUMNS[column]()
    return Sheet(BoardRow, shown)


def _tasks() -> dict[str, Column]:
    kind = Choice({status: status.label for status in TaskStatus})
    each = {f"tasks.{code.name}": Column(task_label(code), kind) for code in TaskCode}
    return {**each, "tasks.settled": Column(_l("Tasks settled"), WholeNumber(0, len(TaskCode)))}


def _stage() -> dict[str, Column]:
    return {"stage": Column(_l("Stage of the plan"), Choice({stage: stage.label for stage in Stage}))}


def _since() -> dict[str, Column]:
    return {
        "since": Column(_l("Waiting since"), Moment()),
        "waiting_days": Column(_l("Days"), WholeNumber(0, 9999)),
    }


OF_COLUMNS: Mapping[BoardColumn, Callable[[], dict[str, Column]]] = {
    BoardColumn.TASKS: _tasks,
    BoardColumn.VOIVODESHIP: lambda: {"voivodeship": Column(_l("Voivodeship"), Text(80))},
    BoardColumn.POPULATION: lambda: {
        "population": Column(_l("Inhabitants"), WholeNumber(0, _MOST), required=False)
    },
    BoardColumn.LEADER: lambda: {"leader": Column(_l("Leader"), Text(120), required=False)},
    BoardColumn.ANIMATOR: lambda: {"animator": Column(_l("Animator"), Text(120), required=False)},
    BoardColumn.STAGE: _stage,
    BoardColumn.SINCE: _since,
    BoardColumn.HOURS: lambda: {"minutes_left": Column(_l("Minutes left"), WholeNumber(-_MOST, _MOST))},
    BoardColumn.CONTACT: lambda: {"last_contact": Column(_l("Last contact"), Day(), required=False)},
}
"""What an export holds for each column of the board."""
