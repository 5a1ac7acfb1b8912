"""Reads a sheet with a record in each row."""

import re
from collections.abc import Iterator

from core.text import fold
from core.workbooks.raw import CellError, CellValue, RawRow, RawSheet, cell_name, column_letters
from plans.definitions import ColumnDefinition, PlanRow, SheetDefinition, Value
from plans.findings import Finding, FindingCode, Severity
from plans.values.text import as_text, clean_line
from plans.workbooks.headers import Header, find_header
from plans.workbooks.layout import EXAMPLE_MARKS, ROW_UID
from plans.workbooks.merged import spread
from plans.workbooks.places import TablePlaces
from plans.workbooks.sheet_reading import (
    GIVEN_ID,
    CellReader,
    Context,
    SheetReading,
    new_row_uid,
    no_header,
    shareable,
)

_EXAMPLES = frozenset(fold(mark) for mark in EXAMPLE_MARKS.values())
_ROW_UID = re.compile(r"[0-9A-Za-z_-]{3,40}")
"""What the application gives as ids; anything else in that column was typed by somebody and is none."""


def read_table(raw: RawSheet, sheet: SheetDefinition, context: Context) -> SheetReading:
    return read_columns(raw, sheet, sheet.columns, context)


def read_columns(
    raw: RawSheet, sheet: SheetDefinition, columns: tuple[ColumnDefinition, ...], context: Context
) -> SheetReading:
    header = find_header(raw, sheet)
    if header is None:
        return SheetReading(findings=[no_header(sheet)])
    wanted = [
        (column, header.columns[column.key])
        for column in columns
        if column.key in header.columns and context.counts(column)
    ]
    return _TableReader(sheet, header, wanted, context).read(raw)


class _TableReader:
    def __init__(
        self,
        sheet: SheetDefinition,
        header: Header,
        columns: list[tuple[ColumnDefinition, int]],
        context: Context,
    ) -> None:
        self._sheet, self._header, self._columns, self._context = sheet, header, columns, context
        self._reading = SheetReading()
        self._cells = CellReader(sheet, context, self._reading)
        self._rows: dict[str, int] = {}

    def read(self, raw: RawSheet) -> SheetReading:
        reading, raw = self._reading, self._without_merged(raw)
        reading.columns = frozenset(column.key for column, _position in self._columns)
        for row in self._rows_in_use(raw):
            self._read_row(row)
        reading.places = TablePlaces(self._rows, {column.key: position for column, position in self._columns})
        self._list_extra_columns(raw)
        return reading

    def _rows_in_use(self, raw: RawSheet) -> Iterator[RawRow]:
        """Rows with an id or a value, without the example; up to the limit, and up to a long gap."""
        limits, last, count = self._context.limits, self._header.last_row, 0
        for row in raw.rows:
            if row.number <= self._header.last_row or self._is_blank(row) or self._is_example(row):
                continue
            if row.number - last > limits.blank_rows:
                self._find("rows_after_gap", Severity.WARNING, row.number, rows=str(limits.blank_rows))
                return
            if count == limits.rows:
                self._find("too_many_rows", Severity.ERROR, row.number, rows=str(limits.rows))
                return
            count, last = count + 1, row.number
            yield row

    def _without_merged(self, raw: RawSheet) -> RawSheet:
        """A cell over several rows counts for each of them; but what names a row is its own."""
        own = {self._header.columns.get(ROW_UID), self._header.columns.get(self._sheet.code_column or "")}
        columns = {position for _column, position in self._columns} - own
        taken = spread(raw, columns, after=self._header.last_row)
        for merged in taken.used:
            cell = cell_name(merged.first_column, merged.first_row)
            self._reading.findings.append(
                Finding(
                    FindingCode.EXTRA, Severity.WARNING, "merged_cells", sheet_key=self._sheet.key, cell=cell,
                    params={"range": merged.name},
                )
            )  # fmt: skip
        return taken.sheet

    def _find(self, reason: str, severity: Severity, row: int, **params: str) -> None:
        column = self._columns[0][1] if self._columns else 1
        finding = Finding(
            FindingCode.EXTRA,
            severity,
            reason,
            sheet_key=self._sheet.key,
            cell=cell_name(column, row),
            params=params,
        )
        self._reading.findings.append(finding)

    def _is_blank(self, row: RawRow) -> bool:
        return not self._uid_text(row) and not self._has_content(row)

    def _has_content(self, row: RawRow) -> bool:
        """A code alone is none: empty rows carry theirs already, to be offered in the lists of other sheets."""
        return any(
            position in row.cells
            for column, position in self._columns
            if column.key != self._sheet.code_column
        )

    def _is_example(self, row: RawRow) -> bool:
        return fold(self._uid_text(row)) in _EXAMPLES

    def _uid_text(self, row: RawRow) -> str:
        position = self._header.columns.get(ROW_UID)
        return _plain(row.value(position)) if position else ""

    def _read_row(self, row: RawRow) -> None:
        has_uid = bool(self._uid_text(row))
        row_uid = self._uid(row)
        values: dict[str, Value] = {}
        for column, position in self._columns:
            raw = row.cells.get(position)
            if raw is not None:
                value = self._cells.read(column, raw, row_uid=row_uid, cell=cell_name(position, row.number))
                if value is not None:
                    values[column.key] = value
        is_empty = not (values.keys() - {self._sheet.code_column}) and not self._cells.refused_in(row_uid)
        if is_empty and not has_uid:
            return
        if is_empty:
            self._reading.emptied.add(row_uid)
        self._rows[row_uid] = row.number
        self._reading.rows.append(PlanRow(row_uid, values))

    def _uid(self, row: RawRow) -> str:
        """An id that stands there twice was copied with its row: the copy is a new row."""
        text = self._uid_text(row)
        if not _ROW_UID.fullmatch(text) or not (GIVEN_ID.fullmatch(text) or shareable(text)):
            return new_row_uid()
        if text not in self._rows:
            return text
        row_uid, position = new_row_uid(), self._header.columns[ROW_UID]
        self._reading.findings.append(
            Finding(
                FindingCode.DUPLICATE,
                Severity.WARNING,
                "duplicate_row",
                sheet_key=self._sheet.key,
                cell=cell_name(position, row.number),
                row_uid=row_uid,
                params={"row": str(self._rows[text])},
            )
        )
        return row_uid

    def _list_extra_columns(self, raw: RawSheet) -> None:
        known = set(self._header.columns.values())
        used = {column for row in raw.rows if row.number > self._header.last_row for column in row.cells}
        for column in sorted((used | self._header.headings.keys()) - known):
            name = shareable(self._header.headings.get(column, "")) or column_letters(column)
            is_repeated = column in self._header.repeated
            self._reading.ignored.append(f"{self._sheet.name}: {name}")
            self._reading.findings.append(
                Finding(
                    FindingCode.DUPLICATE if is_repeated else FindingCode.EXTRA,
                    Severity.WARNING if is_repeated else Severity.INFO,
                    "repeated_column" if is_repeated else "unknown_column",
                    sheet_key=self._sheet.key,
                    cell=cell_name(column, self._header.last_row),
                    params={"column": name},
                )
            )


def _plain(value: CellValue | CellError | None) -> str:
    return "" if value is None or isinstance(value, CellError) else clean_line(as_text(value, "en"))
