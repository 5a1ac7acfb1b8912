"""A plan or an upload as a workbook with what was found in it, to be put right there and sent back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.i18n import _, in_language
from plans.checking import DraftCheck
from plans.content import fingerprint
from plans.corrections import Cell
from plans.definitions import Layout, PlanContent, TemplateDefinition
from plans.downloads import Download, file_name, identity_of, references_of, remarks_of
from plans.finding_texts import describe
from plans.findings import Finding, FindingCode, Severity
from plans.models import PlanImport, PlanVersion
from plans.queries import comments_of
from plans.remedies import ROW_WANTED, new_row
from plans.services.proposals import from_data, proposed, was_short
from plans.templates import definition_of
from plans.workbooks.layout import columns_shown
from plans.workbooks.order import Filling, Mark, Remark, answer_marks
from programme.queries import the_programme


@dataclass(frozen=True)
class _Source:
    version: PlanVersion
    definition: TemplateDefinition
    content: PlanContent
    base_hash: str
    """Of the content the workbook was first downloaded with: what comes back is compared with that."""
    short: bool
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What was answered to remarks in the workbook, where there was one."""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """With the answers that were typed, so that they come back with the file."""
        return tuple(
            replace(one, answer_kind=sent["kind"], answer=sent["answer"])
            if (sent := self.answers.get(one.comment_uid))
            else one
            for one in remarks_of(comments_of(self.version))
        )

    @property
    def answered(self) -> dict[str, str]:
        """What was answered when the workbook was first downloaded."""
        known = answer_marks(remarks_of(comments_of(self.version)))
        return {**known, **{uid: sent["base"] or "" for uid, sent in self.answers.items()}}


def coloured_draft(version: PlanVersion, check: DraftCheck, *, language: str) -> Download:
    """What still stands in the way of submitting it."""
    source = _Source(version, definition_of(version), version.rows, fingerprint(version.rows), short=True)
    return _coloured(source, check.findings, language)


def coloured_upload(upload: PlanImport, findings: Sequence[Finding], *, language: str) -> Download:
    """As it was sent, short or full, with the values as they were typed."""
    base = upload.base_fingerprint or upload.checked_fingerprint or ""
    sent = from_data(upload.theirs or {}) if upload.open_conflicts else proposed(upload)
    short, answers = was_short(upload), upload.answers or {}
    source = _Source(upload.version, definition_of(upload), sent, base, short=short, answers=answers)
    return _coloured(source, findings, language)


def _coloured(source: _Source, findings: Iterable[Finding], language: str) -> Download:
    version, definition = source.version, source.definition
    with in_language(language):
        marks = tuple(_marks(findings, definition))
        part = _("corrections")
    short = source.short and all(_is_in_short(mark, definition) for mark in marks)
    from plans.workbooks.writer import (
        write_plan_workbook,
    )  # late: openpyxl is large

    data = write_plan_workbook(
        definition,
        Filling(
            content=source.content,
            references=references_of(version.plan),
            remarks=source.remarks,
            answered={uid: mark for uid, mark in source.answered.items() if mark},
            marks=marks,
        ),
        identity=replace(identity_of(version, definition, language), base_hash=source.base_hash),
        code_lists=the_programme().code_lists,
        short=short,
    )
    return Download(file_name(version, language, part=part), data)


def _marks(findings: Iterable[Finding], definition: TemplateDefinition) -> Iterable[Mark]:
    code_lists = the_programme().code_lists
    for finding in findings:
        if finding.severity is Severity.INFO:
            continue
        said = describe(finding, definition, code_lists=code_lists)
        is_error = finding.blocks_submit
        mark = Mark(is_error, said.problem, said.expected, said.example, finding.sheet_key)
        for cell in _cells(finding, definition):
            yield (
                mark
                if cell is None
                else replace(
                    mark,
                    row_uid=cell.row_uid,
                    column_key=cell.column_key,
                    typed=finding.typed,
                    is_emptied=finding.code is FindingCode.PERSONAL_DATA
                    and finding.severity is Severity.ERROR,
                )
            )


def _cells(finding: Finding, definition: TemplateDefinition) -> Sequence[Cell | None]:
    """The cell it is told at; the first empty row where one is missing; none for a sheet or the file."""
    sheet = definition.find_sheet(finding.sheet_key or "")
    if finding.reason in ROW_WANTED and sheet is not None:
        return new_row(sheet).cells or (None,)
    return (Cell.of(finding),)


def _is_in_short(mark: Mark, definition: TemplateDefinition) -> bool:
    sheet = definition.find_sheet(mark.sheet_key or "")
    if sheet is None or mark.column_key is None or sheet.layout is Layout.REMARKS:
        return True
    return sheet.in_short and any(
        column.key == mark.column_key for column in columns_shown(sheet, short=True)
    )
