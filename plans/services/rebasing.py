"""A workbook of a plan that somebody changed meanwhile: what is chosen of it is put beside the plan as it is now."""

from collections.abc import Collection
from hashlib import sha256

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db
from plans.content import Difference, fingerprint
from plans.corrections import Cell, with_cells, without_rows
from plans.definitions import PlanContent, TemplateDefinition
from plans.errors import ChangedMeanwhile, NotEditable, UploadIsOver
from plans.events import PlanEvent
from plans.models import ImportPurpose, ImportStatus, PlanImport
from plans.services.corrections import recheck, state_of
from plans.services.proposals import change_of, rows_for
from plans.services.shared import acts_for
from plans.templates import definition_of


def both_states(upload: PlanImport) -> str:
    """Tells whether the plan or the upload changed since somebody looked at both."""
    return sha256(f"{state_of(upload)} {fingerprint(upload.version.rows)}".encode()).hexdigest()


def take_over(upload: PlanImport, chosen: Collection[str], *, seen: str, actor: User) -> int:
    """The plan as it is now with these differences of the workbook, to be looked at and applied like any upload.

    ``chosen``: names of cells, and of rows to add or to remove. Nothing is applied yet. Returns how many were taken.
    """
    db.session.execute(select(PlanImport.id).where(PlanImport.id == upload.id).with_for_update())
    db.session.refresh(upload)
    if upload.status is not ImportStatus.CHECKED or upload.purpose is not ImportPurpose.CHANGE:
        raise UploadIsOver
    if not upload.version.is_editable:
        raise NotEditable
    if both_states(upload) != seen:
        raise ChangedMeanwhile
    current, definition = rows_for(upload), definition_of(upload)
    difference = _chosen_of(change_of(upload), chosen)
    content = _with(current, definition, difference)
    _settle_what_is_gone(upload, content)
    upload.base_fingerprint = upload.checked_fingerprint = fingerprint(upload.version.rows)
    recheck(upload, content, [])
    taken = len(difference.added) + len(difference.removed) + len(difference.changed)
    behalf = acts_for(upload.version, actor)
    audit.record(
        PlanEvent.UPLOAD_TAKEN_OVER, upload, actor=actor, on_behalf_of=behalf, number=upload.version.number,
        added=len(difference.added), removed=len(difference.removed), changed=len(difference.changed),
    )  # fmt: skip
    return taken


def _chosen_of(difference: Difference, chosen: Collection[str]) -> Difference:
    return Difference(
        added=tuple(one for one in difference.added if f"{one.sheet_key}.{one.row_uid}" in chosen),
        removed=tuple(one for one in difference.removed if f"{one.sheet_key}.{one.row_uid}" in chosen),
        changed=tuple(
            one
            for one in difference.changed
            if Cell(one.sheet_key, one.row_uid, one.column_key).name in chosen
        ),
    )


def _with(current: PlanContent, definition: TemplateDefinition, difference: Difference) -> PlanContent:
    values = {Cell(one.sheet_key, one.row_uid, one.column_key): one.after for one in difference.changed}
    for one in difference.added:
        values |= {Cell(one.sheet_key, one.row_uid, key): value for key, value in one.row.values.items()}
    gone = {(one.sheet_key, one.row_uid) for one in difference.removed}
    return with_cells(without_rows(current, gone), definition, values)


def _settle_what_is_gone(upload: PlanImport, content: PlanContent) -> None:
    """What the file had wrong in a row that was not taken over matters no more."""
    there = {(sheet, row.row_uid) for sheet, rows in content.sheets.items() for row in rows}
    known = {one.key for one in definition_of(upload).content_sheets}
    for finding in upload.findings:
        is_of_row = finding.row_uid is not None and finding.sheet_key in known
        if is_of_row and (finding.sheet_key, finding.row_uid) not in there and finding.corrected_at is None:
            finding.corrected_at = clock.now()
