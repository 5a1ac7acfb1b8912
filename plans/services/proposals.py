"""What an upload would do: the plan as it would be, as it is stored with its findings."""

from collections.abc import Mapping, Sequence
from typing import Any

from plans.content import Difference, difference, fingerprint
from plans.definitions import PlanContent, PlanRow
from plans.findings import Finding, FindingCode, Severity
from plans.merging.journal import state_at
from plans.models import ImportFinding, PlanImport
from plans.templates import carried, definition_of, rows_in, target_of

OF_THE_FILE = "_file"
"""Among the sheets of a proposal: what kind of file it came in."""


def without_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """A cell whose value could not be read is not also reported as empty."""
    told: set[tuple[str | None, ...]] = set()
    kept = []
    for finding in findings:
        place = (finding.sheet_key, finding.row_uid, finding.column_key)
        if finding.row_uid and finding.column_key and place in told:
            continue
        told.add(place)
        kept.append(finding)
    return kept


def as_record(finding: Finding, *, of_file: bool) -> ImportFinding:
    """What must not be kept is gone from the content, so checking that again would not find it either."""
    refused = finding.code is FindingCode.PERSONAL_DATA and finding.severity is Severity.ERROR
    return ImportFinding(
        code=finding.code, severity=finding.severity, reason=finding.reason, sheet_key=finding.sheet_key,
        cell=finding.cell, row_uid=finding.row_uid, column_key=finding.column_key, params=dict(finding.params),
        suggestion=finding.suggestion, typed=finding.typed, of_file=of_file or refused,
    )  # fmt: skip


def is_about_people(record: ImportFinding) -> bool:
    """The file held personal data there which are not kept; a warning is about what may stand where it does."""
    return record.code is FindingCode.PERSONAL_DATA and record.severity is not Severity.WARNING


def as_data(content: PlanContent) -> dict[str, Any]:
    return {
        sheet: [[row.row_uid, dict(row.values)] for row in rows] for sheet, rows in content.sheets.items()
    }


def proposed(upload: PlanImport) -> PlanContent:
    """The whole plan as it would be after applying this upload, in the template it is told in."""
    told_in = upload.proposal_template or upload.version.template_version
    kind = upload.version.plan.kind
    return carried(from_data(upload.proposal or {}), kind, start=told_in, to=target_of(upload))


def rows_for(upload: PlanImport) -> PlanContent:
    """The plan as it stands, in the template that the upload is told in."""
    return rows_in(upload.version, target_of(upload))


def state_for(upload: PlanImport, wanted: str) -> PlanContent | None:
    """A former state of the plan, in the same template. Since the plan was begun it may have followed several."""
    plan, state = upload.version.plan, state_at(upload.version, wanted)
    if state is None:
        return None
    return carried(state, plan.kind, start=plan.template_version, to=target_of(upload))


def from_data(data: Mapping[str, Any]) -> PlanContent:
    return PlanContent(
        {
            sheet: tuple(PlanRow(uid, values) for uid, values in rows)
            for sheet, rows in data.items()
            if sheet != OF_THE_FILE
        }
    )


def was_short(upload: PlanImport) -> bool:
    """Whether the file held the short workbook only."""
    return bool((upload.proposal or {}).get(OF_THE_FILE, {}).get("short"))


def change_of(upload: PlanImport) -> Difference:
    """What applying would add, change and remove."""
    return difference(rows_for(upload), proposed(upload), definition_of(upload))


def base_has_changed(upload: PlanImport) -> bool:
    """Whether somebody changed the plan after the upload was checked, or before it in a way that was not merged."""
    now = fingerprint(upload.version.rows)
    if upload.checked_fingerprint != now or upload.merge_base is not None:
        return upload.checked_fingerprint != now
    return upload.base_fingerprint not in {None, now}
