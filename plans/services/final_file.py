"""The final file: published if it holds exactly what was approved, else shown with every difference."""

from collections.abc import Iterator
from dataclasses import replace

from accounts.models import User
from core import audit, clock
from plans import notices
from plans.checking import checked_content
from plans.checks import Purpose
from plans.content import Difference, content_hash, difference
from plans.definitions import Layout, PlanContent, TemplateDefinition
from plans.errors import NotCurrent, UploadIsOver
from plans.events import PlanEvent
from plans.findings import Finding, FindingCode, Severity
from plans.models import ImportFinding, ImportPurpose, ImportStatus, PlanImport, PlanVersion
from plans.services import proposals, uploads
from plans.services.flow import make_public, reopen_plan
from plans.services.shared import acts_for, workflow_of
from plans.services.writing import replace_rows
from plans.templates import definition_of
from plans.workbooks.layout import is_needed, sheets_shown
from plans.workbooks.matching import has_strange_rows, with_known_rows
from plans.workbooks.merge import merge_reading
from plans.workbooks.reading import PlanReading
from plans.workflow import PlanAction, PlanStatus

HIDING = frozenset({"rows_after_gap", "repeated_column"})
"""Harmless in a draft; in a final file something stands there that was not compared."""


def receive_final_file(
    version: PlanVersion, file: uploads.SentFile, outcome: PlanReading | uploads.Refusal, *, actor: User
) -> PlanImport:
    """Publish if the file says what was approved; else keep it beside the plan, which stays as it is.

    Compared is what the plan would be with this file: of optional columns it does not have it says nothing, but what
    the short workbook shows has to be there.
    """
    if not version.is_current:
        raise NotCurrent
    workflow_of(version).after(PlanAction.PUBLISH, version.status)
    if isinstance(outcome, PlanReading):
        outcome = _with_known_rows(version, outcome)
    upload = uploads.keep(version, file, outcome, purpose=ImportPurpose.PUBLISH, actor=actor)
    if isinstance(outcome, PlanReading):
        _remember_missing(upload, outcome)
        if _is_as_approved(upload):
            _mark_used(upload, actor)
            make_public(version, PlanEvent.PUBLISHED, actor=actor, file_hash=file.hash)
            notices.tell_published(version, actor=actor)
    return upload


def _with_known_rows(version: PlanVersion, reading: PlanReading) -> PlanReading:
    """Rows that lost their ids are told by what they say, so that columns the file does not show stay with them."""
    approved = version.rows
    if not has_strange_rows(reading, approved):
        return reading
    merged = checked_content(version, merge_reading(approved, reading), Purpose.DRAFT).content
    return with_known_rows(reading, merged, approved)


def _remember_missing(upload: PlanImport, reading: PlanReading) -> None:
    for sheet_key, column_key in missing_in(upload.version, reading):
        upload.findings.append(
            ImportFinding(
                code=FindingCode.REQUIRED, severity=Severity.ERROR, reason="not_in_file", sheet_key=sheet_key,
                column_key=column_key,
            )
        )  # fmt: skip
    upload.findings_count = len(upload.findings)


def missing_in(version: PlanVersion, reading: PlanReading) -> Iterator[tuple[str, str | None]]:
    """Sheets and columns of the short workbook that hold something in the plan and are not in the file."""
    approved = version.rows
    for sheet in sheets_shown(definition_of(version), short=True, remarks=False):
        rows, shown = approved.rows(sheet.key), reading.columns.get(sheet.key)
        if sheet.layout is Layout.REMARKS or not rows:
            continue
        if not shown:
            yield sheet.key, None
            continue
        for column in sheet.columns:
            is_compared = is_needed(sheet, column) and not column.private
            if is_compared and column.key not in shown and any(column.key in row.values for row in rows):
                yield sheet.key, column.key


def _is_as_approved(upload: PlanImport) -> bool:
    definition = definition_of(upload)
    same = content_hash(proposals.proposed(upload), definition) == upload.version.content_hash
    return same and not not_compared(upload, definition)


def not_compared(upload: PlanImport, definition: TemplateDefinition) -> list[Finding]:
    """What the file holds, or lacks, so that nobody can tell whether it says what was approved."""
    findings = (record.as_finding for record in upload.findings)
    return [finding for finding in findings if stands_against(finding, definition)]


def stands_against(finding: Finding, definition: TemplateDefinition) -> bool:
    if finding.severity is not Severity.ERROR:
        return finding.reason in HIDING
    sheet = definition.find_sheet(finding.sheet_key or "")
    if sheet is None or finding.code is FindingCode.PERSONAL_DATA:
        return True
    if sheet.layout is Layout.REMARKS:
        return False
    known = finding.column_key is not None and sheet.has_column(finding.column_key)
    return not (known and sheet.column(finding.column_key or "").private)


def is_waiting(upload: PlanImport) -> bool:
    """A final file that differs, of a plan that can still be published or taken up again."""
    version = upload.version
    is_approved = version.is_current and version.status is PlanStatus.APPROVED
    return is_approved and upload.status is ImportStatus.CHECKED


def public_difference(upload: PlanImport) -> Difference:
    """What the file says otherwise than the approved plan, apart from what is never published."""
    version = upload.version
    return difference(version.rows, proposals.proposed(upload), definition_of(version), public=True)


def begin_draft_from(upload: PlanImport, *, reason: str, actor: User) -> PlanVersion:
    """Take the approved plan up again with what the final file says; the approved version stays as it is."""
    if not is_waiting(upload):
        raise UploadIsOver
    change = public_difference(upload)
    draft = reopen_plan(upload.version, reason=reason, actor=actor)
    replace_rows(draft, _with_private_cells(proposals.proposed(upload), upload.version))
    _mark_used(upload, actor)
    audit.record(
        PlanEvent.CHANGED, draft, actor=actor, on_behalf_of=acts_for(draft, actor), number=draft.number,
        added=len(change.added), removed=len(change.removed), changed=len(change.changed),
    )  # fmt: skip
    return draft


def _mark_used(upload: PlanImport, actor: User) -> None:
    upload.status, upload.applied_at, upload.applied_by_id = ImportStatus.APPLIED, clock.now(), actor.id


def _with_private_cells(content: PlanContent, approved: PlanVersion) -> PlanContent:
    """Names and addresses are often taken out of a final file: where they are, the plan keeps its own."""
    before = approved.rows
    sheets = dict(content.sheets)
    for sheet in definition_of(approved).content_sheets:
        private = {column.key for column in sheet.columns if column.private}
        known = {
            row.row_uid: {key: row.values[key] for key in private & row.values.keys()}
            for row in before.rows(sheet.key)
        }
        sheets[sheet.key] = tuple(
            replace(row, values={**known.get(row.row_uid, {}), **row.values})
            for row in content.rows(sheet.key)
        )
    return PlanContent(sheets)
