"""A workbook and a plan that went on meanwhile, brought together: what both changed differently is chosen by a person."""

from dataclasses import replace

from sqlalchemy import select

from core.database import db
from plans.checking import checked_content
from plans.checks import Purpose, is_refused, without_refused
from plans.content import fingerprint
from plans.definitions import PlanContent
from plans.merging.codes import with_own_codes
from plans.merging.journal import state_at
from plans.merging.threeway import CellConflict, Conflict, Merge, RowConflict, Taken, merge, same, same_row
from plans.models import ImportStatus, PlanImport
from plans.services.proposals import as_data, from_data, proposed, rows_for, state_for
from plans.templates import definition_of
from plans.workbooks.matching import has_strange_rows, with_known_rows
from plans.workbooks.merge import merge_reading
from plans.workbooks.result import PlanReading


def together(upload: PlanImport, reading: PlanReading) -> tuple[PlanContent, PlanReading]:
    """The plan as it would be with this workbook, and the workbook with its rows known by what they say.

    Where the plan went on after the download, what both did stays; what cannot stay is left to be chosen.
    """
    downloaded, current = upload.base_fingerprint, rows_for(upload)
    moved_on = downloaded is not None and downloaded != upload.checked_fingerprint
    base = state_for(upload, downloaded) if moved_on and downloaded else None
    reading = _with_known_rows(upload, reading, base or current)
    if base is None or downloaded is None:
        return merge_reading(current, reading), reading
    check = checked_content(upload, merge_reading(base, reading), Purpose.DRAFT)
    refused = [one for one in check.findings if is_refused(one)]
    reading = replace(reading, findings=(*reading.findings, *reading.located(refused)))
    return _merged(upload, (downloaded, base), without_refused(check.content, refused, before=base)), reading


def _with_known_rows(upload: PlanImport, reading: PlanReading, known: PlanContent) -> PlanReading:
    """Rows that lost their ids are told by what they say, among the rows that the file began with."""
    if not has_strange_rows(reading, known):
        return reading
    merged = checked_content(upload, merge_reading(known, reading), Purpose.DRAFT).content
    return with_known_rows(reading, merged, known)


def merged_of(upload: PlanImport) -> Merge | None:
    """Both sides brought together with what was chosen so far; None where the plan did not go on meanwhile."""
    if upload.merge_base is None or upload.theirs is None:
        return None
    base = state_for(upload, upload.merge_base)
    if base is None:
        return None
    choices = {name: Taken(taken) for name, taken in (upload.choices or {}).items()}
    return merge(base, rows_for(upload), from_data(upload.theirs), choices)


def can_go_on(upload: PlanImport) -> bool:
    """Whether an upload that the plan has overtaken since can be brought together with it: it has to be known what from."""
    compared = upload.checked_fingerprint
    if upload.merge_base is None and upload.base_fingerprint not in {None, compared}:
        return False  # it was never known what this workbook began with
    return state_at(upload.version, compared or "") is not None


Began = tuple[str, PlanContent]
"""The state both sides went on from: its fingerprint, and it in the template the upload is told in."""


def begin_merge(upload: PlanImport, base: Began, theirs: PlanContent) -> PlanContent:
    """Bring together what the workbook alone would have made of ``base``, and the plan as it is now."""
    return _merged(upload, base, checked_content(upload, theirs, Purpose.DRAFT).content)


def _merged(upload: PlanImport, began: Began, ready: PlanContent) -> PlanContent:
    """Where both changed a cell and the plan's value came with an earlier upload of the same file by the same person,
    nobody has to choose: the later upload is what they mean.
    """
    (state, base), ours = began, rows_for(upload)
    theirs = with_own_codes(ready, ours, definition_of(upload))
    upload.merge_base, upload.theirs = state, as_data(theirs)
    found = merge(base, ours, theirs)
    own = _own_earlier(upload)
    upload.choices = {one.name: Taken.THEIRS.value for one in found.conflicts if own and _came_with(own, one)}
    return settled(upload, base, ours, theirs)


def settled(upload: PlanImport, base: PlanContent, ours: PlanContent, theirs: PlanContent) -> PlanContent:
    choices = {name: Taken(taken) for name, taken in (upload.choices or {}).items()}
    found = merge(base, ours, theirs, choices)
    upload.open_conflicts = len(found.conflicts)
    upload.checked_fingerprint = fingerprint(upload.version.rows)
    return found.content


# --- Earlier uploads of the same file --------------------------------------------------------------------


def _own_earlier(upload: PlanImport) -> PlanContent | None:
    """What the same person's last applied upload of a workbook with the same origin made of the plan."""
    if upload.base_fingerprint is None:
        return None
    found = db.session.scalars(
        select(PlanImport)
        .where(
            PlanImport.version_id == upload.version_id,
            PlanImport.uploaded_by_id == upload.uploaded_by_id,
            PlanImport.base_fingerprint == upload.base_fingerprint,
            PlanImport.status == ImportStatus.APPLIED,
        )
        .order_by(PlanImport.applied_at.desc())
        .limit(1)
    ).first()
    return proposed(found) if found else None


def _came_with(earlier: PlanContent, conflict: Conflict) -> bool:
    """Whether what the plan has there is what that upload wrote."""
    if isinstance(conflict, CellConflict | RowConflict):
        rows = {row.row_uid: row for row in earlier.rows(conflict.sheet_key)}
        written = rows.get(conflict.row_uid)
        if isinstance(conflict, CellConflict):
            return written is not None and same(written.values.get(conflict.column_key), conflict.ours)
        return conflict.ours is not None and written is not None and same_row(written, conflict.ours)
    return tuple(row.row_uid for row in earlier.rows(conflict.sheet_key)) == conflict.ours
