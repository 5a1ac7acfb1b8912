"""Putting single cells right on the page, in an upload that waits or in the draft itself."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from accounts.models import User
from core import audit, clock
from core.database import db
from plans.checking import checked_content
from plans.checks import Purpose, without_refused
from plans.content import fingerprint
from plans.corrections import Cell, Texts, placed, read_texts, refused_among, with_cells
from plans.definitions import PlanContent
from plans.errors import BaseChanged, ChangedMeanwhile, NotEditable, UploadIsOver
from plans.events import PlanEvent
from plans.findings import Finding
from plans.models import ImportPurpose, ImportStatus, PlanImport, PlanVersion
from plans.services.shared import acts_for
from plans.services.uploads import (
    OF_THE_FILE,
    as_data,
    as_record,
    base_has_changed,
    proposed,
    without_repeats,
)
from plans.services.writing import replace_rows
from plans.templates import definition_of
from plans.workbooks.order import NEW_ROW
from programme.queries import the_programme

# --- In an upload --------------------------------------------------------------------------------------


def state_of(upload: PlanImport) -> str:
    """Tells whether anybody corrected the upload since somebody looked at it."""
    open_findings = [
        (one.sheet_key, one.row_uid, one.column_key, one.reason, one.typed)
        for one in upload.findings
        if one.corrected_at is None
    ]
    return sha256(f"{fingerprint(proposed(upload))} {open_findings}".encode()).hexdigest()


def correct_upload(upload: PlanImport, texts: Texts, *, seen: str, actor: User, language: str) -> None:
    """As if the workbook had held these cells: what can be read is taken, what cannot is found anew.

    ``seen``: the ``state_of`` the upload that the person looked at.
    """
    db.session.execute(select(PlanImport.id).where(PlanImport.id == upload.id).with_for_update())
    db.session.refresh(upload)
    db.session.expire(upload, ["findings"])
    if upload.status is not ImportStatus.CHECKED or upload.purpose is not ImportPurpose.CHANGE:
        raise UploadIsOver
    if base_has_changed(upload):
        raise BaseChanged
    if state_of(upload) != seen:
        raise ChangedMeanwhile
    definition = definition_of(upload.version.plan)
    cells = placed(texts)
    read = read_texts(cells, definition, code_lists=the_programme().code_lists, language=language)
    # a new row in which nothing could be read is there all the same: its cells can still be put right
    new = dict.fromkeys(cells.keys() - texts.keys())
    _settle(upload, cells)
    _recheck(upload, with_cells(proposed(upload), definition, {**new, **read.values}), read.problems)
    _record(PlanEvent.UPLOAD_CORRECTED, upload, upload.version, actor, cells=_named(cells))


def _settle(upload: PlanImport, cells: Texts) -> None:
    for finding in upload.findings:
        if finding.of_file and finding.corrected_at is None and Cell.of(finding.as_finding) in cells:
            finding.corrected_at = clock.now()


def _recheck(upload: PlanImport, content: PlanContent, problems: Sequence[Finding]) -> None:
    """What the file itself had wrong stays until it is corrected; everything else is found again or no more."""
    names = {Cell.of(one.as_finding): one.cell for one in upload.findings if one.cell}
    settled = [one for one in upload.findings if one.corrected_at is not None]
    left = [one for one in upload.findings if one.of_file and one.corrected_at is None]
    check = checked_content(upload.version.plan, content, Purpose.DRAFT)
    known = [one.as_finding for one in left]
    findings = without_repeats([*known, *problems, *check.findings])
    records = [as_record(one, of_file=one in problems) for one in findings[len(known) :]]
    for record in records:
        record.cell = names.get(Cell.of(record.as_finding))
    kept = {OF_THE_FILE: (upload.proposal or {}).get(OF_THE_FILE, {})}
    upload.proposal = as_data(without_refused(check.content, findings)) | kept
    upload.findings = [*settled, *left, *records]
    upload.findings_count = len(left) + len(records)
    db.session.flush()


# --- In the draft --------------------------------------------------------------------------------------


def correct_draft(
    version: PlanVersion, texts: Texts, *, seen: int, actor: User, language: str
) -> Sequence[Finding]:
    """Write these cells into the draft, all or none. What could not be taken comes back, and then nothing changed.

    ``seen``: the ``row_version`` that the person looked at.
    """
    if not version.is_editable:
        raise NotEditable
    if version.row_version != seen:
        raise ChangedMeanwhile
    definition = definition_of(version.plan)
    read = read_texts(texts, definition, code_lists=the_programme().code_lists, language=language)
    if read.problems:
        return read.problems
    cells = placed(texts)
    values = read_texts(cells, definition, code_lists=the_programme().code_lists, language=language).values
    check = checked_content(version.plan, with_cells(version.rows, definition, values), Purpose.DRAFT)
    refused = refused_among(check.findings, cells)
    if refused:
        return [one if Cell.of(one) in texts else replace(one, row_uid=NEW_ROW) for one in refused]
    try:
        replace_rows(version, check.content)
    except StaleDataError as error:
        raise ChangedMeanwhile from error
    _record(PlanEvent.CELLS_CORRECTED, version, version, actor, cells=_named(cells))
    return ()


def _named(cells: Texts) -> list[str]:
    """By their columns: what stands in them is the plan's, not the history's."""
    return sorted({f"{cell.sheet_key}.{cell.column_key}" for cell in cells})


def _record(
    event: PlanEvent, record: PlanImport | PlanVersion, version: PlanVersion, actor: User, **data: Any
) -> None:
    behalf = acts_for(version, actor)
    audit.record(event, record, actor=actor, on_behalf_of=behalf, number=version.number, **data)
