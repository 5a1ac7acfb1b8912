"""Reads a filled-in plan workbook: first whose it is, then every cell, with all findings at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from core.workbooks.raw import RawSheet, RawWorkbook
from plans.definitions import Layout, PlanContent, SheetDefinition, TemplateDefinition
from plans.findings import Finding, FindingCode, Severity
from plans.workbooks.headers import find_sheets
from plans.workbooks.identity import Definitions, Expected, FoundIdentity, WrongFile, identify
from plans.workbooks.kept_out import kept_out
from plans.workbooks.layout import SERVICE_SHEETS
from plans.workbooks.record_reading import read_record
from plans.workbooks.remark_reading import read_answers
from plans.workbooks.result import PlanReading
from plans.workbooks.sheet_reading import Answer, Context, Limits, SheetReading, shareable
from plans.workbooks.table_reading import read_table
from plans.workbooks.upgrade import upgrade_reading
from programme.code_lists import CodeLists

__all__ = ["Answer", "Expected", "FoundIdentity", "Limits", "PlanReading", "WrongFile", "read_plan_workbook"]


_READERS: dict[Layout, Callable[[RawSheet, SheetDefinition, Context], SheetReading]] = {
    Layout.RECORD: read_record,
    Layout.TABLE: read_table,
    Layout.REMARKS: read_answers,
}


def read_plan_workbook(
    workbook: RawWorkbook,
    definition_for: Definitions,
    *,
    code_lists: CodeLists,
    expected: Expected,
    limits: Limits | None = None,
) -> PlanReading:
    """Everything the workbook says about this plan; ``WrongFile`` before any of it if it is another plan's."""
    found, definition = identify(workbook, definition_for, expected)
    if found.language not in LANGUAGES:
        found = replace(found, language=DEFAULT_LANGUAGE)
    context = Context(code_lists, found.language, found.for_everybody, limits or Limits())
    own = frozenset(" ".join(text.split()) for text in expected.own_texts)
    sheets = find_sheets(workbook, definition.sheets)
    read = [
        (
            sheet,
            _READERS[sheet.layout](
                sheets[sheet.key],
                sheet,
                replace(context, own_texts=own) if sheet.layout is Layout.REMARKS else context,
            ),
        )
        for sheet in definition.sheets
        if sheet.key in sheets and sheet.layout in _READERS
    ]
    extra = _unknown_sheets(workbook, sheets.values())
    known = {sheets[sheet.key].name: (sheet.key, reading.places) for sheet, reading in read}
    beside = kept_out(workbook, definition, known, expected.own_texts)
    reading = _gathered(found, definition, read, [*_age(found, expected), *extra, *beside])
    return upgrade_reading(
        reading, definition_for, to_version=expected.template_version, code_lists=code_lists
    )


def _gathered(
    found: FoundIdentity,
    definition: TemplateDefinition,
    read: Sequence[tuple[SheetDefinition, SheetReading]],
    findings: Iterable[Finding],
) -> PlanReading:
    plan = {sheet.key: reading for sheet, reading in read if sheet.layout is not Layout.REMARKS}
    findings = [*findings, *(finding for _sheet, reading in read for finding in reading.findings)]
    names = [finding.params["sheet"] for finding in findings if finding.reason == "unknown_sheet"]
    return PlanReading(
        found,
        definition,
        PlanContent({key: tuple(reading.rows) for key, reading in plan.items()}),
        columns={key: reading.columns for key, reading in plan.items()},
        emptied=frozenset((key, uid) for key, reading in plan.items() for uid in reading.emptied),
        not_taken=frozenset((key, *place) for key, reading in plan.items() for place in reading.not_taken),
        places={key: reading.places for key, reading in plan.items()},
        findings=tuple(findings),
        ignored=(*names, *(name for _sheet, reading in read for name in reading.ignored)),
        answers=tuple(answer for _sheet, reading in read for answer in reading.answers),
    )


def _age(found: FoundIdentity, expected: Expected) -> Iterator[Finding]:
    if found.template_version < expected.template_version:
        params = {"found": str(found.template_version), "current": str(expected.template_version)}
        yield Finding(FindingCode.OLD_TEMPLATE, Severity.WARNING, "older_template", params=params)


def _unknown_sheets(workbook: RawWorkbook, known: Iterable[RawSheet]) -> Iterator[Finding]:
    """Sheets with something on them that are neither the plan's nor the workbook's own."""
    ours = {id(sheet) for sheet in known} | {id(workbook.sheet(name)) for name in SERVICE_SHEETS}
    for number, sheet in enumerate(workbook.sheets, start=1):
        if id(sheet) not in ours and sheet.rows:
            name = shareable(sheet.name) or str(number)
            yield Finding(FindingCode.EXTRA, Severity.INFO, "unknown_sheet", params={"sheet": name})
