"""Cells that somebody merged over several rows of a table: one value, meant for all of them."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from core.workbooks.raw import CellError, CellValue, MergedCells, RawRow, RawSheet


@dataclass(frozen=True)
class Spread:
    sheet: RawSheet
    """With the value of each merged cell in every row that it covers."""
    used: tuple[MergedCells, ...]
    """Those that gave a row a value."""


def spread(sheet: RawSheet, columns: Collection[int], *, after: int) -> Spread:
    """Only into rows below ``after`` with something of their own, and only where such a row says nothing itself."""
    rows = {row.number: row for row in sheet.rows}
    used = []
    for merged in sheet.merged:
        first = rows.get(merged.first_row)
        value = first.value(merged.first_column) if first else None
        if merged.first_row <= after or merged.first_column not in columns or value is None:
            continue
        below = [rows[at] for at in range(merged.first_row + 1, merged.last_row + 1) if at in rows]
        empty = [row for row in below if merged.first_column not in row.cells]
        rows |= {row.number: _with(row, merged.first_column, value) for row in empty}
        used += [merged] if empty else []
    return Spread(replace(sheet, rows=tuple(rows.values())), tuple(used)) if used else Spread(sheet, ())


def _with(row: RawRow, column: int, value: CellValue | CellError) -> RawRow:
    return RawRow(row.number, {**row.cells, column: value})
