"""The states a plan went through. A workbook names the one it was downloaded with; from there on both sides went on."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select

from core import clock
from core.database import db
from plans.content import fingerprint
from plans.definitions import PlanContent, PlanRow
from plans.merging.models import PlanStep
from plans.models import PlanVersion

KEPT = timedelta(days=550)
"""Longer than a plan of a year is worked on. A workbook older than that is compared as one without a state."""


def note_step(version: PlanVersion, before: PlanContent, after: PlanContent) -> None:
    """Remember how to get back from ``after`` to ``before``. For a version that is stored already."""
    undo = _undo(before, after)
    if undo:
        db.session.add(
            PlanStep(version_id=version.id, before=fingerprint(before), after=fingerprint(after), undo=undo)
        )


def state_at(version: PlanVersion, wanted: str) -> PlanContent | None:
    """The content that had this fingerprint; None where the plan never said that, or too long ago."""
    content = version.rows
    at = fingerprint(content)
    for step in _steps_back(version) if at != wanted else ():
        if step.after != at:
            return None
        content, at = _undone(content, step.undo), step.before
        if at == wanted:
            break
    return content if at == wanted and fingerprint(content) == wanted else None


def row_taken_out(
    version: PlanVersion, sheet_key: str, row_uid: str
) -> tuple[PlanRow, tuple[str, ...]] | None:
    """A row as it was when it was last taken out or changed, and the rows it stood behind."""
    for step in _steps_back(version):
        sheet = step.undo.get(sheet_key)
        if sheet and row_uid in sheet["rows"] and row_uid in sheet["order"]:
            order = sheet["order"]
            return PlanRow(row_uid, sheet["rows"][row_uid]), tuple(order[: order.index(row_uid)])
    return None


def _steps_back(version: PlanVersion) -> Iterator[PlanStep]:
    """From the latest to the first, through the versions it was copied from."""
    copied: PlanVersion | None = version
    while copied is not None:
        steps = select(PlanStep).where(PlanStep.version_id == copied.id).order_by(PlanStep.id.desc())
        yield from db.session.scalars(steps)
        copied = copied.base_version


def forget_steps(version: PlanVersion) -> None:
    """With a draft that is deleted."""
    db.session.execute(delete(PlanStep).where(PlanStep.version_id == version.id))


def tidy_steps() -> int:
    """Earlier states hold names as well: they are kept no longer than they serve."""
    gone = delete(PlanStep).where(PlanStep.made_at < clock.now() - KEPT)
    found = db.session.execute(gone.execution_options(synchronize_session=False))
    db.session.commit()
    return int(found.rowcount)  # type: ignore[attr-defined]  # rowcount of a DELETE, missing in the stubs


def due_steps() -> int:
    """How many ``tidy_steps`` would remove now."""
    past = PlanStep.made_at < clock.now() - KEPT
    return db.session.scalar(select(func.count()).select_from(PlanStep).where(past)) or 0


# --- One step back -------------------------------------------------------------------------------------


def _undo(before: PlanContent, after: PlanContent) -> dict[str, Any]:
    found = {}
    for key in dict.fromkeys((*before.sheets, *after.sheets)):
        was = {row.row_uid: dict(row.values) for row in before.rows(key)}
        now = {row.row_uid: dict(row.values) for row in after.rows(key)}
        if was != now or list(was) != list(now):
            rows = {uid: values for uid, values in was.items() if now.get(uid) != values}
            found[key] = {"order": list(was), "rows": rows}
    return found


def _undone(content: PlanContent, undo: Mapping[str, Any]) -> PlanContent:
    sheets = dict(content.sheets)
    for key, sheet in undo.items():
        now = {row.row_uid: row for row in content.rows(key)}
        sheets[key] = tuple(
            PlanRow(uid, sheet["rows"][uid]) if uid in sheet["rows"] else now[uid] for uid in sheet["order"]
        )
    return PlanContent({key: rows for key, rows in sheets.items() if rows})
