"""One worksheet: its cells with values, wherever the file puts them; empty ones cost nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.workbooks.errors import Reason, UnreadableWorkbook, damaged
from core.workbooks.limits import Limits
from core.workbooks.markup import Attributes, Element
from core.workbooks.merged import MergedRanges
from core.workbooks.numbers import Moment, read_iso, read_moment, read_number
from core.workbooks.places import Place, column_number
from core.workbooks.plain_rows import PlainCell
from core.workbooks.raw import NOT_WORKED_OUT, CellError, CellValue, RawRow, cell_name, column_letters
from core.workbooks.strings import RichText, TextBudget
from core.workbooks.text import cell_text, clean_text

_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_PAGES = ("odd", "even", "first")
_LONGEST_INDEX = 9
_LONGEST_ERROR_CODE = 32


@dataclass
class Book:
    """What all sheets of a workbook share."""

    limits: Limits
    texts: Sequence[str | None]
    moments: dict[str, Moment]
    from_1904: bool
    text_budget: TextBudget
    cells_left: int


class Worksheet:
    """Collects rows while the part is read. Positions are worked out only for cells that hold something."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._rows: dict[int, dict[int, CellValue | CellError]] = {}
        self._row_number = 0
        self._row: dict[int, CellValue | CellError] = {}
        self._last_column, self._last_row = book.limits.columns, book.limits.last_row
        self._place = Place()
        self._cell: Attributes = {}
        self._stored: str | None = None
        self._inline: str | None = None
        self._has_formula = False
        self._readers: dict[str, Callable[[str], CellValue | CellError | None]] = {
            "s": self._shared,
            "str": self._text,
            "inlineStr": self._text,
            "b": self._boolean,
            "e": self._error,
            "d": self._iso,
        }
        self._letters: tuple[str, ...] = ()
        self._columns: tuple[int, ...] | None = ()
        self._read_before: dict[tuple[str, Moment], CellValue] = {}
        """Days and times, which repeat down a sheet."""
        self.merged = MergedRanges(book.limits)
        self.headings: list[str] = []
        """Its headers and footers, as they are printed on every page."""
        self.document = self._tree()

    def rows(self) -> tuple[RawRow, ...]:
        return tuple(RawRow(row, _from_left(self._rows.pop(row))) for row in sorted(self._rows))

    def _tree(self) -> Element:
        inline = RichText(self._book.limits, self._take_inline).element
        cell = Element(
            {"v": Element(text=self._take_stored), "is": inline, "f": Element(start=self._begin_formula)},
            start=self._begin_cell,
            end=self._finish_cell,
        )
        row = Element({"c": cell}, start=self._place.begin_row)
        heading = Element(text=lambda text: self.headings.append(clean_text(text)))
        headings = Element({f"{which}{what}": heading for which in _PAGES for what in ("Header", "Footer")})
        self.table = Element({"row": row})
        children = {
            "sheetData": self.table,
            "headerFooter": headings,
            "mergeCells": self.merged.element,
        }
        return Element({"worksheet": Element(children)})

    def take_row(self, number: str, cells: Sequence[PlainCell]) -> bool:
        """A row written the plain way. False, and nothing changed, where anything is odd about it: the parser reads it
        then, and says what."""
        row, book = int(number), self._book
        if row > self._last_row or row in self._rows:
            return False
        text_left = book.text_budget.left
        try:
            values = self._plain_values(cells)
        except UnreadableWorkbook:
            values = None
        if values is None or len(values) > book.cells_left:
            book.text_budget.left = text_left
            return False
        book.cells_left -= len(values)
        self._place.begin_row({"r": number})
        if values:
            self._rows[row] = values
        return True

    def _plain_values(self, cells: Sequence[PlainCell]) -> dict[int, CellValue | CellError] | None:
        columns = self._columns_of(tuple([cell[0] for cell in cells]))
        if columns is None:
            return None
        values: dict[int, CellValue | CellError] = {}
        longest = self._book.limits.cell_text
        for column, (_, style, kind, stored, inline) in zip(columns, cells, strict=True):
            if inline:
                if len(inline) > longest:
                    return None
                values[column] = inline
                continue
            value = self._read(stored, kind or "n", style)
            if value is not None and not (isinstance(value, str) and not value.strip()):
                values[column] = value
        self._book.text_budget.spend("".join([cell[4] for cell in cells]))
        return values

    def _columns_of(self, letters: tuple[str, ...]) -> tuple[int, ...] | None:
        """None where one is given twice or lies too far right. Most rows have the columns of the one before."""
        if letters != self._letters:
            columns = tuple(map(column_number, letters))
            is_odd = len(set(columns)) < len(columns) or max(columns, default=0) > self._last_column
            self._letters, self._columns = letters, None if is_odd else columns
        return self._columns

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._stored = None
        self._inline = None
        self._has_formula = False
        self._place.begin_cell(attributes.get("r"))

    def _begin_formula(self, _: Attributes) -> None:
        self._has_formula = True

    def _take_stored(self, text: str) -> None:
        if self._stored is not None:
            raise damaged("two values in a cell", cell=self._place.name())
        self._stored = text

    def _take_inline(self, text: str | None) -> None:
        if self._inline is not None:
            raise damaged("two texts in a cell", cell=self._place.name())
        if text is None:
            raise self._too_long()
        self._inline = text

    def _finish_cell(self) -> None:
        if self._stored is None and self._inline is None and not self._has_formula:
            return
        value = self._value()
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        column, row = self._place.column_and_row()
        if row != self._row_number:
            self._row_number, self._row = row, self._rows.setdefault(row, {})
        book, cells = self._book, self._row
        book.cells_left -= 1
        if column > self._last_column or row > self._last_row or book.cells_left < 0:
            raise self._too_far(column, row)
        if column in cells:
            raise damaged("a cell given twice", cell=cell_name(column, row))
        cells[column] = value

    def _too_far(self, column: int, row: int) -> UnreadableWorkbook:
        limits, cell = self._book.limits, cell_name(column, row)
        if row > limits.last_row:
            return UnreadableWorkbook(Reason.TOO_MANY_ROWS, cell=cell, limit=limits.last_row)
        if column > limits.columns:
            last = column_letters(limits.columns)
            return UnreadableWorkbook(Reason.TOO_MANY_COLUMNS, cell=cell, limit=last)
        return UnreadableWorkbook(Reason.TOO_MANY_CELLS, cell=cell)

    def _value(self) -> CellValue | CellError | None:
        """The stored result, never the formula. Rich text counts whatever kind the cell says it is."""
        if self._inline is not None:
            if self._stored is not None:
                raise damaged("a text and a value in a cell", cell=self._place.name())
            self._book.text_budget.spend(self._inline)
            return self._inline
        stored = self._stored or ""
        if not stored.strip():
            return NOT_WORKED_OUT if self._lacks_result() else None
        return self._read(stored, self._cell.get("t", "n"), self._cell.get("s", ""))

    def _read(self, stored: str, kind: str, style: str) -> CellValue | CellError | None:
        if kind == "n":
            return self._number(stored, style)
        read = self._readers.get(kind)
        if read is None:
            raise damaged("a cell of an unknown kind", cell=self._place.name())
        return read(stored)

    def _lacks_result(self) -> bool:
        """A formula whose result is an empty text says so: its cell is of the kind ``str`` and has a value."""
        return self._has_formula and (self._stored is None or self._cell.get("t", "n") == "n")

    def _number(self, stored: str, style: str) -> CellValue:
        moment = self._book.moments.get(style)
        known = self._read_before.get((stored, moment)) if moment else None
        if known is not None:
            return known
        number = read_number(stored)
        if number is None:
            raise damaged("a number that is none", cell=self._place.name())
        if moment is None:
            return number
        value = self._read_before[stored, moment] = read_moment(
            number, moment, from_1904=self._book.from_1904
        )
        return value

    def _shared(self, stored: str) -> str:
        """An index is digits only: with a minus sign it would count from the end."""
        index = stored.strip()
        texts = self._book.texts
        if not (
            index.isascii() and index.isdigit() and len(index) <= _LONGEST_INDEX and int(index) < len(texts)
        ):
            raise damaged("a text that is not there", cell=self._place.name())
        text = texts[int(index)]
        if text is None:
            raise self._too_long()
        return text

    def _text(self, stored: str) -> str:
        text = cell_text(stored, self._book.limits.cell_text)
        if text is None:
            raise self._too_long()
        self._book.text_budget.spend(text)
        return text

    def _boolean(self, stored: str) -> bool:
        value = _BOOLEANS.get(stored.strip())
        if value is None:
            raise damaged("neither true nor false", cell=self._place.name())
        return value

    def _error(self, stored: str) -> CellError:
        return CellError(clean_text(stored.strip())[:_LONGEST_ERROR_CODE])

    def _iso(self, stored: str) -> CellValue:
        moment = read_iso(stored)
        if moment is None:
            raise damaged("a date that is none", cell=self._place.name())
        return moment

    def _too_long(self) -> UnreadableWorkbook:
        limit = self._book.limits.cell_text
        return UnreadableWorkbook(Reason.TEXT_TOO_LONG, cell=self._place.name(), limit=limit)


def _from_left(cells: dict[int, CellValue | CellError]) -> dict[int, CellValue | CellError]:
    columns = sorted(cells)
    return cells if columns == list(cells) else {column: cells[column] for column in columns}
