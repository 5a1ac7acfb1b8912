"""Codes of new rows. Two people who add a row each both call it N4; one of them has to become N5, wherever it is named."""

from collections.abc import Mapping
from dataclasses import replace

from plans.definitions import PlanContent, PlanRow, SheetDefinition, TemplateDefinition, Value

Renamed = Mapping[str, Mapping[str, str]]
"""Sheet key -> old code -> new code."""


def with_own_codes(theirs: PlanContent, ours: PlanContent, definition: TemplateDefinition) -> PlanContent:
    """``theirs`` with codes that no other row of ``ours`` goes by; references inside ``theirs`` follow.

    Both with codes given and references resolved. A row that both have keeps its code.
    """
    renamed = {
        sheet.key: codes
        for sheet in definition.content_sheets
        if sheet.code_column and (codes := _renamed(sheet, theirs, ours))
    }
    if not renamed:
        return theirs
    sheets = {
        key: tuple(_row(definition.sheet(key), row, renamed) for row in rows)
        for key, rows in theirs.sheets.items()
    }
    for key, codes in renamed.items():
        column, known = str(definition.sheet(key).code_column), {row.row_uid for row in ours.rows(key)}
        sheets[key] = tuple(
            row if row.row_uid in known else _with(row, column, codes.get(_code(row, column)))
            for row in sheets[key]
        )
    return PlanContent(sheets)


def _renamed(sheet: SheetDefinition, theirs: PlanContent, ours: PlanContent) -> dict[str, str]:
    column, prefix = str(sheet.code_column), sheet.code_prefix or ""
    here = {row.row_uid: _code(row, column) for row in ours.rows(sheet.key)}
    there = {row.row_uid: _code(row, column) for row in theirs.rows(sheet.key)}
    taken = {*here.values(), *there.values()}
    found: dict[str, str] = {}
    for uid, code in there.items():
        if uid not in here and code and code in here.values():
            found[code] = _free(prefix, taken)
            taken.add(found[code])
    return found


def _free(prefix: str, taken: set[str]) -> str:
    return next(code for number in range(1, len(taken) + 2) if (code := f"{prefix}{number}") not in taken)


def _row(sheet: SheetDefinition, row: PlanRow, renamed: Renamed) -> PlanRow:
    for column in sheet.columns:
        codes = renamed.get(column.refers_to or "")
        if codes and column.key in row.values:
            row = replace(row, values={**row.values, column.key: _named(row.values[column.key], codes)})
    return row


def _named(value: Value, codes: Mapping[str, str]) -> Value:
    if isinstance(value, list):
        return [codes.get(code, code) for code in value]
    return codes.get(str(value), value)


def _with(row: PlanRow, column: str, code: str | None) -> PlanRow:
    return replace(row, values={**row.values, column: code}) if code else row


def _code(row: PlanRow, column: str) -> str:
    return str(row.values.get(column, ""))
