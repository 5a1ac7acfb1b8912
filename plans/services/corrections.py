"""Putting single cells right on the page, in an upload that waits or in the draft itself."""

from collections.abc import Mapping, Sequence
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
from plans.corrections import (
    Cell,
    RowOf,
    Texts,
    new_uids,
    placed,
    read_texts,
    refused_among,
    with_cells,
    without_rows,
)
from plans.definitions import PlanContent
from plans.errors import BaseChanged, ChangedMeanwhile, ConflictsLeft, NotEditable, UploadIsOver
from plans.events import PlanEvent
from plans.findings import Finding
from plans.models import ImportPurpose, ImportStatus, PlanImport, PlanVersion
from plans.remedies import Act, ActKind
from plans.services.proposals import (
    OF_THE_FILE,
    as_data,
    as_record,
    base_has_changed,
    proposed,
    rows_for,
    without_repeats,
)
from plans.services.shared import acts_for
from plans.services.writing import replace_rows
from plans.templates import definition_of
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


def correct_upload(
    upload: PlanImport, texts: Texts, *, act: Act | None = None, seen: str, actor: User, language: str
) -> None:
    """As if the workbook had held these cells: what can be read is taken, what cannot is found anew.

    ``act``: what was decided about one finding besides. ``seen``: the ``state_of`` the upload that the person looked at.
    """
    db.session.execute(select(PlanImport.id).where(PlanImport.id == upload.id).with_for_update())
    db.session.refresh(upload)
    db.session.expire(upload, ["findings"])
    if upload.status is not ImportStatus.CHECKED or upload.purpose is not ImportPurpose.CHANGE:
        raise UploadIsOver
    if base_has_changed(upload):
        raise BaseChanged
    if upload.open_conflicts:
        raise ConflictsLeft
    if state_of(upload) != seen:
        raise ChangedMeanwhile
    definition = definition_of(upload)
    gone = _removed_by(act)
    uids = new_uids(texts)
    cells = {cell: text for cell, text in placed(texts, uids).items() if cell.row not in gone}
    read = read_texts(cells, definition, code_lists=the_programme().code_lists, language=language)
    # a new row in which nothing could be read is there all the same: its cells can still be put right
    new = dict.fromkeys(cells.keys() - texts.keys())
    _settle(upload, cells, act)
    content = with_cells(without_rows(proposed(upload), gone), definition, {**new, **read.values})
    recheck(upload, content, read.problems)
    _record(PlanEvent.UPLOAD_CORRECTED, upload, upload.version, actor, **_done(cells, act))


def _settle(upload: PlanImport, cells: Texts, act: Act | None) -> None:
    """What the file had wrong is put right by its cell, by taking its row out, or by what a person says to it."""
    gone = _removed_by(act)
    for record in upload.findings:
        if not record.of_file or record.corrected_at is not None:
            continue
        finding = record.as_finding
        is_decided = act is not None and act.kind is ActKind.SETTLE and finding == act.finding
        if is_decided or Cell.of(finding) in cells or (finding.sheet_key, finding.row_uid) in gone:
            record.corrected_at = clock.now()


def _removed_by(act: Act | None) -> set[RowOf]:
    return {act.row} if act is not None and act.kind is ActKind.REMOVE and act.row else set()


def recheck(upload: PlanImport, content: PlanContent, problems: Sequence[Finding]) -> None:
    """What the file itself had wrong stays until it is corrected; everything else is found again or no more."""
    names = {Cell.of(one.as_finding): one.cell for one in upload.findings if one.cell}
    settled = [one for one in upload.findings if one.corrected_at is not None]
    left = [one for one in upload.findings if one.of_file and one.corrected_at is None]
    check = checked_content(upload, content, Purpose.DRAFT)
    known = [one.as_finding for one in left]
    findings = without_repeats([*known, *problems, *check.findings])
    records = [as_record(one, of_file=one in problems) for one in findings[len(known) :]]
    for record in records:
        record.cell = names.get(Cell.of(record.as_finding))
    of_file = {OF_THE_FILE: (upload.proposal or {}).get(OF_THE_FILE, {})}
    kept = without_refused(check.content, check.findings, before=rows_for(upload))
    upload.proposal = as_data(kept) | of_file
    upload.findings = [*settled, *left, *records]
    upload.findings_count = len(left) + len(records)
    db.session.flush()


# --- In the draft --------------------------------------------------------------------------------------


def correct_draft(
    version: PlanVersion,
    texts: Texts,
    *,
    act: Act | None = None,
    seen: int,
    actor: User,
    language: str,
) -> Sequence[Finding]:
    """Write these cells into the draft, all or none. What could not be taken comes back, and then nothing changed.

    ``act``: a row to take out besides. ``seen``: the ``row_version`` that the person looked at.
    """
    if not version.is_editable:
        raise NotEditable
    if version.row_version != seen:
        raise ChangedMeanwhile
    definition, gone = definition_of(version), _removed_by(act)
    texts = {cell: text for cell, text in texts.items() if cell.row not in gone}
    read = read_texts(texts, definition, code_lists=the_programme().code_lists, language=language)
    if read.problems:
        return read.problems
    uids = new_uids(texts)
    cells = placed(texts, uids)
    values = read_texts(cells, definition, code_lists=the_programme().code_lists, language=language).values
    content = with_cells(without_rows(version.rows, gone), definition, values)
    check = checked_content(version, content, Purpose.DRAFT)
    refused = refused_among(check.findings, cells)
    if refused:
        return [_as_typed(one, uids) for one in refused]
    try:
        replace_rows(version, check.content)
    except StaleDataError as error:
        raise ChangedMeanwhile from error
    _record(PlanEvent.CELLS_CORRECTED, version, version, actor, **_done(cells, act))
    return ()


def _as_typed(finding: Finding, uids: Mapping[RowOf, str]) -> Finding:
    """About the row as the page calls it: what was not taken has got no id."""
    called = {(sheet_key, uid): called for (sheet_key, called), uid in uids.items()}
    return replace(
        finding, row_uid=called.get((finding.sheet_key or "", finding.row_uid or ""), finding.row_uid)
    )


def _done(cells: Texts, act: Act | None) -> dict[str, Any]:
    """By columns and sheets: what stands in them is the plan's, not the history's."""
    done: dict[str, Any] = {"cells": sorted({cell.column_name for cell in cells})}
    if act is not None and act.kind is not ActKind.EMPTY:
        done["removed_from" if act.kind is ActKind.REMOVE else "settled"] = (
            act.finding.sheet_key if act.kind is ActKind.REMOVE else act.finding.reason
        )
    return done


def _record(
    event: PlanEvent, record: PlanImport | PlanVersion, version: PlanVersion, actor: User, **data: Any
) -> None:
    behalf = acts_for(version, actor)
    audit.record(event, record, actor=actor, on_behalf_of=behalf, number=version.number, **data)
