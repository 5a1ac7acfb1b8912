"""Putting a plan right cell by cell: what a person typed for its cells, and which rows they took out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from plans.columns import parse, repeatable
from plans.definitions import PlanContent, PlanRow, TemplateDefinition, Value
from plans.findings import Finding, FindingCode, Severity
from plans.references import fill_codes
from plans.workbooks.order import NEW_ROW
from plans.workbooks.sheet_reading import new_row_uid
from programme.code_lists import CodeLists

NAMED_IN = "~"
BETWEEN = "; "

RowOf = tuple[str, str]
"""(sheet key, row_uid)"""


@dataclass(frozen=True)
class Cell:
    """One cell of a plan. A row that is not there yet goes by an id that begins as ``NEW_ROW`` does.

    Seen from the row that is pointed at, ``~goals.need_codes`` of a need is where goals name it: its value is the ids
    of those goals.
    """

    sheet_key: str
    row_uid: str
    column_key: str

    @property
    def name(self) -> str:
        """What its field is called in a form."""
        return f"{self.sheet_key}.{self.row_uid}.{self.column_key}"

    @property
    def row(self) -> RowOf:
        return self.sheet_key, self.row_uid

    @property
    def is_new(self) -> bool:
        return self.row_uid.startswith(NEW_ROW)

    @property
    def named_in(self) -> tuple[str, str] | None:
        """(sheet key, column key) of the cells that point at this row, if it is seen from there."""
        if not self.column_key.startswith(NAMED_IN):
            return None
        sheet_key, _dot, column_key = self.column_key.removeprefix(NAMED_IN).partition(".")
        return sheet_key, column_key

    @property
    def column_name(self) -> str:
        """The column that is written, whichever side it is seen from."""
        sheet_key, column_key = self.named_in or (self.sheet_key, self.column_key)
        return f"{sheet_key}.{column_key}"

    @classmethod
    def of(cls, finding: Finding) -> Self | None:
        if finding.sheet_key and finding.row_uid and finding.column_key:
            return cls(finding.sheet_key, finding.row_uid, finding.column_key)
        return None


# --- What was typed for them ---------------------------------------------------------------------------

Texts = Mapping[Cell, str]
"""As a person would type it into the workbook; empty for a cell to be emptied."""


@dataclass(frozen=True)
class Read:
    values: Mapping[Cell, Value | None]
    problems: Sequence[Finding]
    """Of the cells that were not taken, each with what was typed unless it is about a person."""


def new_uids(texts: Texts) -> dict[RowOf, str]:
    """New rows get their ids; one in which nothing was typed is no row."""
    wanted = {cell.row for cell, text in texts.items() if cell.is_new and text}
    return {row: new_row_uid() for row in sorted(wanted)}


def placed(texts: Texts, uids: Mapping[RowOf, str]) -> dict[Cell, str]:
    return {
        replace(cell, row_uid=uids[cell.row]) if cell.is_new else cell: text
        for cell, text in texts.items()
        if not cell.is_new or cell.row in uids
    }


def read_texts(texts: Texts, definition: TemplateDefinition, *, code_lists: CodeLists, language: str) -> Read:
    """Every cell as the upload of a workbook would read it."""
    values: dict[Cell, Value | None] = {}
    problems: list[Finding] = []
    for cell, text in texts.items():
        if cell.named_in:
            values[cell] = [uid for uid in text.split(BETWEEN) if uid]
            continue
        column = definition.sheet(cell.sheet_key).column(cell.column_key)
        parsed = parse(column, text, code_lists, language)
        if parsed.problem is None:
            values[cell] = parsed.value
            continue
        finding = parsed.problem.finding(column, sheet_key=cell.sheet_key, row_uid=cell.row_uid)
        typed = repeatable(column, text, parsed.problem, language)
        problems.append(replace(finding, typed=typed))
    return Read(values, problems)


def with_cells(
    content: PlanContent, definition: TemplateDefinition, values: Mapping[Cell, Value | None]
) -> PlanContent:
    """The content with these cells; rows it does not have yet come after the others."""
    if any(cell.named_in for cell in values):
        content = fill_codes(content, definition)
        values = _seen_from_there(content, definition, values)
    sheets = dict(content.sheets)
    for sheet in definition.content_sheets:
        changes: dict[str, dict[str, Value | None]] = {}
        for cell, value in values.items():
            if cell.sheet_key == sheet.key:
                changes.setdefault(cell.row_uid, {})[cell.column_key] = value
        if changes:
            rows = [_changed(row, changes.pop(row.row_uid, {})) for row in content.rows(sheet.key)]
            rows += [_changed(PlanRow(uid, {}), cells) for uid, cells in changes.items()]
            sheets[sheet.key] = tuple(rows)
    return PlanContent(sheets)


def _seen_from_there(
    content: PlanContent, definition: TemplateDefinition, values: Mapping[Cell, Value | None]
) -> dict[Cell, Value | None]:
    """The rows that shall name a row have its code added to what they name already."""
    plain = {cell: value for cell, value in values.items() if not cell.named_in}
    for cell, uids in values.items():
        if cell.named_in is None or not isinstance(uids, list):
            continue
        code = _code_of(content, definition, cell.row)
        sheet_key, column_key = cell.named_in
        for row in content.rows(sheet_key):
            if row.row_uid in uids and code:
                target = Cell(sheet_key, row.row_uid, column_key)
                named = plain.get(target, row.values.get(column_key))
                plain[target] = list(dict.fromkeys([*_codes(named), code]))
    return plain


def _code_of(content: PlanContent, definition: TemplateDefinition, row: RowOf) -> str:
    sheet_key, row_uid = row
    key = definition.sheet(sheet_key).code_column or ""
    return next(
        (str(one.values.get(key, "")) for one in content.rows(sheet_key) if one.row_uid == row_uid), ""
    )


def _codes(value: Value | None) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [str(value)]


def without_rows(content: PlanContent, rows: Collection[RowOf]) -> PlanContent:
    return PlanContent(
        {
            key: tuple(row for row in found if (key, row.row_uid) not in rows)
            for key, found in content.sheets.items()
        }
    )


def _changed(row: PlanRow, cells: Mapping[str, Value | None]) -> PlanRow:
    values = {**row.values, **cells}
    return PlanRow(row.row_uid, {key: value for key, value in values.items() if value is not None})


def refused_among(findings: Iterable[Finding], cells: Iterable[Cell]) -> list[Finding]:
    """Personal data that only show in the whole column: names that together are a list of people."""
    wanted = set(cells)
    return [
        finding
        for finding in findings
        if finding.code is FindingCode.PERSONAL_DATA
        and finding.severity is Severity.ERROR
        and Cell.of(finding) in wanted
    ]
