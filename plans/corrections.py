"""Putting a plan right cell by cell: which cells a finding is about, and what a person typed for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from plans.columns import parse, repeatable
from plans.definitions import (
    ColumnDefinition,
    PlanContent,
    PlanRow,
    SheetDefinition,
    TemplateDefinition,
    Value,
)
from plans.findings import Finding, FindingCode, Severity
from plans.totals import YEAR_SUFFIXES
from plans.workbooks.order import NEW_ROW
from plans.workbooks.sheet_reading import new_row_uid
from programme.code_lists import CodeLists


@dataclass(frozen=True)
class Cell:
    """One cell of a plan."""

    sheet_key: str
    row_uid: str
    column_key: str

    @property
    def name(self) -> str:
        """What its field is called in a form."""
        return f"{self.sheet_key}.{self.row_uid}.{self.column_key}"

    @classmethod
    def of(cls, finding: Finding) -> Self | None:
        if finding.sheet_key and finding.row_uid and finding.column_key:
            return cls(finding.sheet_key, finding.row_uid, finding.column_key)
        return None


# --- Which cells a finding is about --------------------------------------------------------------------

TOLD_ONLY = frozenset({"need_without_goal", "nothing_to_refer_to", "duplicate_row"})
"""What is wrong does not lie in the cell it is told at."""
ROW_WANTED = frozenset({"rows_missing", "no_recommendation"})

ALSO_ABOUT: Mapping[str, tuple[str, ...]] = {
    "dates_reversed": ("date_from",),
    "quarter_of_another_date": ("date_from",),
    "years_not_consecutive": ("year_from",),
    "target_below_baseline": ("baseline",),
    "more_persons_than_group": ("group_size",),
    "line_without_trainings": tuple(f"trainings_{suffix}" for suffix in YEAR_SUFFIXES),
}
"""Reason -> the other columns of the row: one of them may be the wrong one."""
NAMED_BESIDES = {"required_one_of": "other", "part_above_total": "total_column"}
"""Reason -> the param that names the other column."""
OF_THE_SAME_YEAR = {"trainings_without_hours": "trainings", "hours_without_trainings": "hours"}


def cells_of(finding: Finding, definition: TemplateDefinition) -> tuple[Cell, ...]:
    """Where it can be put right, the cell it is told at first. None where only the sentence helps."""
    sheet = definition.find_sheet(finding.sheet_key or "")
    if sheet is None or finding.severity is Severity.INFO or finding.reason in TOLD_ONLY:
        return ()
    if finding.reason in ROW_WANTED:
        return tuple(Cell(sheet.key, NEW_ROW, column.key) for column in first_columns(sheet))
    cell = Cell.of(finding)
    if cell is None or not sheet.has_column(cell.column_key):
        return ()
    further = (key for key in _further_columns(finding) if sheet.has_column(key) and key != cell.column_key)
    return (cell, *(replace(cell, column_key=key) for key in further))


def first_columns(sheet: SheetDefinition) -> tuple[ColumnDefinition, ...]:
    """What a new row needs."""
    return tuple(column for column in sheet.columns if column.required or column.required_unless)


def _further_columns(finding: Finding) -> Iterable[str]:
    yield from ALSO_ABOUT.get(finding.reason, ())
    if finding.reason in NAMED_BESIDES:
        yield finding.params.get(NAMED_BESIDES[finding.reason], "")
    if finding.reason in OF_THE_SAME_YEAR:
        _what, _, suffix = (finding.column_key or "").rpartition("_")
        yield f"{OF_THE_SAME_YEAR[finding.reason]}_{suffix}"


# --- What was typed for them ---------------------------------------------------------------------------

Texts = Mapping[Cell, str]
"""As a person would type it into the workbook; empty for a cell to be emptied."""


@dataclass(frozen=True)
class Read:
    values: Mapping[Cell, Value | None]
    problems: Sequence[Finding]
    """Of the cells that were not taken, each with what was typed unless it is about a person."""


def placed(texts: Texts) -> dict[Cell, str]:
    """New rows get their ids; one in which nothing was typed is no row."""
    wanted = {cell.sheet_key for cell, text in texts.items() if cell.row_uid == NEW_ROW and text}
    uids = {sheet_key: new_row_uid() for sheet_key in sorted(wanted)}
    return {
        replace(cell, row_uid=uids[cell.sheet_key]) if cell.row_uid == NEW_ROW else cell: text
        for cell, text in texts.items()
        if cell.row_uid != NEW_ROW or cell.sheet_key in uids
    }


def read_texts(texts: Texts, definition: TemplateDefinition, *, code_lists: CodeLists, language: str) -> Read:
    """Every cell as the upload of a workbook would read it."""
    values: dict[Cell, Value | None] = {}
    problems: list[Finding] = []
    for cell, text in texts.items():
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
