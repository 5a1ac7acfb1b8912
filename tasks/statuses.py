"""What the numbers of ``evidence.py`` come to: the rules of the seven tasks, as the database works them out."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, literal, or_

from programme.settings import ProgrammeSettings
from tasks.rules import SETTLED, TaskCode, TaskStatus

Columns = Mapping[str, ColumnElement[Any]]


def statuses(columns: Columns, settings: ProgrammeSettings) -> dict[TaskCode, ColumnElement[str]]:
    """Done by evidence, else waived, else begun or not."""
    done, begun = _done(columns, settings), _begun(columns)
    return {
        code: case(
            (done[code], TaskStatus.DONE.value),
            (columns[f"waived_{code.name.lower()}"] > 0, TaskStatus.WAIVED.value),
            (begun[code], TaskStatus.IN_PROGRESS.value),
            else_=TaskStatus.NOT_STARTED.value,
        )
        for code in TaskCode
    }


def settled(of_tasks: Mapping[TaskCode, ColumnElement[str]]) -> ColumnElement[int]:
    """How many of the seven nobody has to do anything about any more."""
    total: ColumnElement[int] = literal(0)
    for status in of_tasks.values():
        total = total + case((status.in_([one.value for one in SETTLED]), 1), else_=0)
    return total


def _done(given: Columns, settings: ProgrammeSettings) -> dict[TaskCode, ColumnElement[bool]]:
    return {
        TaskCode.FOUND: and_(given["is_founded"] == 1, given["members"] >= settings.min_members),
        TaskCode.MEETINGS: and_(
            given["initiating_held"] > 0, given["meetings_held"] >= settings.min_meetings
        ),
        TaskCode.GENERAL_PLAN: given["plans_published"] > 0,
        TaskCode.ANNUAL_PLANS: and_(given["years_asked"] > 0, given["years_covered"] == given["years_asked"]),
        TaskCode.VISITS: given["visits_held"] >= settings.visits_per_municipality,
        TaskCode.REMOTE: given["remote_confirmed"] > 0,
        TaskCode.WEBINARS: given["webinars_attended"] >= settings.webinars_to_attend,
    }


def _begun(given: Columns) -> dict[TaskCode, ColumnElement[bool]]:
    any_of = {
        TaskCode.FOUND: ("is_founded", "members"),
        TaskCode.MEETINGS: ("meetings_entered",),
        TaskCode.GENERAL_PLAN: ("plan_versions",),
        TaskCode.ANNUAL_PLANS: ("years_begun",),
        TaskCode.VISITS: ("visits_entered",),
        TaskCode.REMOTE: ("remote_entered",),
        TaskCode.WEBINARS: ("webinars_attended", "webinars_ahead"),
    }
    return {code: or_(false(), *(given[name] > 0 for name in names)) for code, names in any_of.items()}
