"""Where the cell being read stands, whether or not the file says so."""

import re

from core.workbooks.errors import damaged
from core.workbooks.markup import Attributes
from core.workbooks.raw import cell_name

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Place:
    """A row or cell without a reference follows the one before it.

    Numbers are worked out only when asked for: a sheet may have a million cells that hold nothing.
    """

    def __init__(self) -> None:
        self._row_reference = "0"
        self._rows_after = 0
        self._row: int | None = None
        self._row_is_given = False
        self._reference: str | None = None
        self._cells_after = 0

    def begin_row(self, attributes: Attributes) -> None:
        given = attributes.get("r")
        self._row_is_given = given is not None
        if given is None:
            self._rows_after += 1
        else:
            self._row_reference = given
            self._rows_after = 0
        self._row = None
        self._reference = None
        self._cells_after = 0

    def begin_cell(self, given: str | None) -> None:
        if given is None:
            self._cells_after += 1
        else:
            self._reference = given
            self._cells_after = 0

    def name(self) -> str:
        return cell_name(*self.column_and_row())

    def column_and_row(self) -> tuple[int, int]:
        row, reference = self._row, self._reference
        if row is None:
            row = self._row = _number(self._row_reference) + self._rows_after
        if reference is not None and 0 < row <= LAST_ROW and reference.endswith(self._row_reference):
            # nearly every cell: letters that another row had before, and the number of its own row
            usual = _columns.get(reference[: -len(self._row_reference)])
            if usual is not None and not (self._cells_after or self._rows_after):
                return usual, row
        column = self._cells_after
        if reference is not None:
            letters, own_row = _parts(reference)
            column += column_number(letters)
            if own_row != row and _on_sheet(column, own_row):
                self._move_to(own_row, column)
            row = own_row
        if not _on_sheet(column, row):
            raise damaged("a cell without a place")
        return column, row

    def _move_to(self, row: int, column: int) -> None:
        """In a row without a number its cells say where it is."""
        if self._row_is_given:
            raise damaged("a cell outside its row", cell=cell_name(column, row))
        self._row_reference = str(row)
        self._rows_after = 0
        self._row = row


def _on_sheet(column: int, row: int) -> bool:
    return 0 < column <= LAST_COLUMN and 0 < row <= LAST_ROW


def _parts(reference: str) -> tuple[str, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise damaged("a cell without a place")
    return match[1], int(match[2])


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise damaged("a row without a number")
    return int(text)


_columns: dict[str, int] = {}
"""Letters of columns there are: every row of a sheet has the same few."""


def column_number(letters: str) -> int:
    """``letters``: one to three capitals."""
    number = _columns.get(letters)
    if number is None:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        if number <= LAST_COLUMN:
            _columns[letters] = number
    return number
