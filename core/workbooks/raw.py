"""What the bounded reader hands over: cells as they stand in the file, nothing interpreted beyond their kind."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.workbooks.beside import SideText

CellValue = str | Decimal | bool | date | datetime | time


@dataclass(frozen=True, slots=True)
class CellError:
    """An Excel error value such as ``#REF!``, kept apart so that nobody takes it for text."""

    code: str


NOT_WORKED_OUT = CellError("#NOT_WORKED_OUT")
"""A formula that nobody worked out: the program that saved the file left its result out."""


class Percent(Decimal):
    """A number shown as a percentage: 0.645 where people see 64.5%."""

    @property
    def shown(self) -> Decimal:
        return self * 100


@dataclass(frozen=True, slots=True)
class MergedCells:
    """A range shown as one cell, which holds what its first cell does."""

    first_column: int
    last_column: int
    first_row: int
    last_row: int

    @property
    def name(self) -> str:
        return f"{cell_name(self.first_column, self.first_row)}:{cell_name(self.last_column, self.last_row)}"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row that holds at least one value. Columns count from 1 (A), as people see them."""

    number: int
    cells: dict[int, CellValue | CellError]

    def value(self, column: int) -> CellValue | CellError | None:
        return self.cells.get(column)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A worksheet with its non-empty rows in ascending order, whatever order the file has them in."""

    name: str
    hidden: bool
    rows: tuple[RawRow, ...]
    merged: tuple[MergedCells, ...] = field(default=(), compare=False)
    """Where the rows read reach; a way to show cells, and no part of what they hold."""


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    sheets: tuple[RawSheet, ...]
    defined_names: dict[str, str] = field(default_factory=dict)
    beside: tuple["SideText", ...] = field(default=(), compare=False)
    """What stands in none of the cells, and so is no part of what the workbook says."""

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet of this name; case, surrounding space and Unicode composition do not matter."""
        wanted = normal_name(name)
        return next((sheet for sheet in self.sheets if normal_name(sheet.name) == wanted), None)


def normal_name(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def column_letters(column: int) -> str:
    """27 -> ``AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(column: int, row: int) -> str:
    """(2, 7) -> ``B7``."""
    return f"{column_letters(column)}{row}"
