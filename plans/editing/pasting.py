"""Rows pasted from a spreadsheet: cells between tabs, rows between line breaks, read as an upload would read them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from plans.checking import checked_content
from plans.checks import Purpose
from plans.corrections import Cell, Texts, read_texts, refused_among, with_cells
from plans.definitions import PlanContent, PlanRow, SheetDefinition, Value
from plans.editing.rows import is_empty
from plans.errors import NothingPasted, TooManyRows
from plans.findings import Finding
from plans.models import PlanVersion
from plans.references import own_code
from plans.templates import definition_of
from plans.workbooks.headers import names_of
from plans.workbooks.layout import columns_shown
from plans.workbooks.order import NEW_ROW
from programme.queries import the_programme

MOST_ROWS = 200
LONGEST_TEXT = 100_000
"""Of all that is pasted at once; each cell has the limit of its column."""
UNKNOWN = "–"
ENOUGH_LABELS = 2
"""One word may stand anywhere; two labels of columns in the first line are a header."""


@dataclass(frozen=True)
class Pasted:
    """What was pasted, as rows that are not there yet."""

    columns: tuple[str | None, ...]
    """Keys of the columns as they stand beside each other; None for one that the sheet does not have."""
    lines: tuple[tuple[str, ...], ...]

    def texts(self, sheet: SheetDefinition) -> dict[Cell, str]:
        return {
            Cell(sheet.key, f"{NEW_ROW}{number}", column): text
            for number, line in enumerate(self.lines)
            for column, text in zip(self.columns, line, strict=False)
            if column and text
        }

    @property
    def is_cut(self) -> bool:
        """More cells stand beside each other than the sheet has columns, or under a heading it does not know."""
        return None in self.columns or any(len(line) > len(self.columns) for line in self.lines)

    def without(self, problems: Sequence[Finding], *, heads: Mapping[str, str]) -> str:
        """The same with those cells empty and the names of the columns above, to be shown again."""
        emptied = {(one.row_uid, one.column_key) for one in problems}
        out = StringIO()
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(heads[column] if column else UNKNOWN for column in self.columns)
        for number, line in enumerate(self.lines):
            columns = (*self.columns, *([None] * len(line)))
            writer.writerow(
                "" if (f"{NEW_ROW}{number}", column) in emptied else text
                for column, text in zip(columns, line, strict=False)
            )
        return out.getvalue()


def pasted_rows(text: str, sheet: SheetDefinition) -> Pasted:
    """A first line with the names of columns says in which order they stand; else it is the order of the workbook."""
    kept = "".join(one for one in text.replace("\r\n", "\n") if one.isprintable() or one in "\n\t")
    if len(kept) > LONGEST_TEXT:
        raise TooManyRows(MOST_ROWS)
    lines = [tuple(cell.strip() for cell in line) for line in _cells(kept)]
    lines = [line for line in lines if any(line)]
    columns = columns_in_order(sheet, with_code=_begins_with_codes(lines, sheet))
    if lines and (named := _header(lines[0], sheet)):
        columns, lines = named, lines[1:]
    if not lines:
        raise NothingPasted
    if len(lines) > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    return Pasted(columns, tuple(lines))


def columns_in_order(sheet: SheetDefinition, *, with_code: bool = False) -> tuple[str | None, ...]:
    keys = (column.key for column in columns_shown(sheet, short=False))
    return tuple(key for key in keys if with_code or key != sheet.code_column)


def _begins_with_codes(lines: Sequence[Sequence[str]], sheet: SheetDefinition) -> bool:
    """As a block copied from the workbook does, or a list with numbers; codes are given by themselves otherwise."""
    prefix = sheet.code_prefix
    return prefix is not None and all(not line[0] or own_code(line[0], prefix) for line in lines)


def _cells(text: str) -> list[list[str]]:
    """A spreadsheet quotes a cell with a line break in it. A quotation mark without a second one is only a letter."""
    if text.count('"') % 2:
        return [line.split("\t") for line in text.split("\n")]
    return list(csv.reader(StringIO(text), delimiter="\t"))


def _header(line: Sequence[str], sheet: SheetDefinition) -> tuple[str | None, ...] | None:
    names = names_of(sheet.columns)
    known = {column.key for column in sheet.columns}
    found = tuple(key if (key := names.labelled(cell) or names.key(cell)) in known else None for cell in line)
    return found if sum(key is not None for key in found) >= ENOUGH_LABELS else None


@dataclass(frozen=True)
class Preview:
    """The plan as it would be with these rows, and what is said about them."""

    content: PlanContent
    uids: tuple[str, ...]
    problems: Sequence[Finding]
    """Cells that are left out."""
    findings: Sequence[Finding]
    """What else the checks say of these rows."""

    def rows(self, sheet_key: str) -> list[PlanRow]:
        return [row for row in self.content.rows(sheet_key) if row.row_uid in self.uids]


def previewed(version: PlanVersion, sheet: SheetDefinition, texts: Texts, *, language: str) -> Preview:
    """Cells that cannot be read, or must not be kept, are left out; everything else goes on."""
    read = read_texts(texts, definition_of(version), code_lists=the_programme().code_lists, language=language)
    return preview_of(version, sheet, read.values, problems=read.problems)


def preview_of(
    version: PlanVersion,
    sheet: SheetDefinition,
    read: Mapping[Cell, Value | None],
    *,
    problems: Sequence[Finding] = (),
) -> Preview:
    definition, now = definition_of(version), version.rows
    taken = {row.values.get(sheet.code_column) for row in now.rows(sheet.key)} if sheet.code_column else set()
    values = {
        cell: value
        for cell, value in read.items()
        if value is not None and not (cell.column_key == sheet.code_column and value in taken)
    }
    uids = tuple(dict.fromkeys(cell.row_uid for cell in values))
    check = checked_content(version, with_cells(now, definition, values), Purpose.DRAFT)
    refused = refused_among(check.findings, values)
    if refused:
        left = {Cell.of(one) for one in refused}
        values = {cell: value for cell, value in values.items() if cell not in left}
        check = checked_content(version, with_cells(now, definition, values), Purpose.DRAFT)
    rows = {row.row_uid for row in check.content.rows(sheet.key) if not is_empty(row, sheet)}
    there = tuple(uid for uid in uids if uid in rows)
    findings = [one for one in check.findings if one.sheet_key == sheet.key and one.row_uid in there]
    return Preview(check.content, there, [*problems, *refused], findings)
