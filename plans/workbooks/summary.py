"""Totals for people, as live formulas: they follow what is typed in the other sheets. The import ignores this sheet.

What is added up, and by what, is decided in ``plans/totals.py``: the page of the year shows the same figures. Beside
each formula stands what it came to when the file was made, for programs that only show a file.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.utils import get_column_letter

from core.i18n import _
from core.workbooks import palette
from core.workbooks.headings import quoted
from plans.definitions import ColumnDefinition, Layout, SheetDefinition
from plans.totals import CANCELLED, DONE, GROUPED_BY, SUMMED, TIMES, Figures, annual_figures
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.layout import FIRST_ROW, LABEL_ROW, LAST_ROW
from plans.workbooks.order import CODE_AND_TEXT
from plans.workbooks.page import Page

STATUS = "status"
LONGEST_CRITERION = 255
WIDTHS = [40.0, 10.0, 12.0, 12.0, *([16.0] * len(SUMMED))]
CODE, PLANNED, HELD, FIRST_MEASURE = 2, 3, 4, 5
TRAININGS = (("trainings", PLANNED), ("trainings_done", HELD))


@dataclass(frozen=True)
class Source:
    """The table that is summed up, and where its columns lie."""

    first_row: int
    sheet: SheetDefinition
    positions: dict[str, int]
    cancelled: str | None
    """What a cancelled row has as its status: it counts for nothing."""
    done: str | None = None
    values: dict[str, Decimal] = field(default_factory=dict)
    """Cell -> what its formula comes to now."""

    def cells(self, key: str) -> str:
        letter = get_column_letter(self.positions[key])
        return f"{quoted(self.sheet.name)}!${letter}${self.first_row}:${letter}${LAST_ROW}"

    def counted(self, *, held: bool = False) -> str:
        """The rows that count: those not cancelled, or of them those that took place."""
        wanted = self.done if held else self.cancelled
        if wanted is None or STATUS not in self.positions:
            return ""
        return f',{self.cells(STATUS)},"{"" if held else "<>"}{wanted}"'

    def measures(self) -> list[ColumnDefinition]:
        return [self.sheet.column(key) for key in SUMMED if key in self.positions]

    def times(self, terms: str) -> str:
        """A training for two groups is held twice; an empty cell means one group."""
        count = f"COUNTIFS({terms})"
        if TIMES not in self.positions:
            return count
        groups = self.cells(TIMES)
        return f'{count}+SUMIFS({groups},{terms})-COUNTIFS({terms},{groups},">0")'


def write_summary(book: Book, sheet: SheetDefinition) -> None:
    page = book.open(sheet, WIDTHS, tab=palette.QUIET)
    source = _source(book)
    if source is not None:
        _Summary(book, page, source).write()
        book.known_values[sheet.name] = source.values
    page.freeze(f"B{FIRST_ROW}")
    page.print_setup(book.title)


def _source(book: Book) -> Source | None:
    for sheet in book.sheets:
        positions = {column: at for (of, column), at in book.positions.items() if of == sheet.key}
        if sheet.layout is Layout.TABLE and any(key in positions for key in SUMMED):
            cancelled, done = (_label_of(book, sheet, status) for status in (CANCELLED, DONE))
            return Source(book.first_row, sheet, positions, cancelled, done)
    return None


def _label_of(book: Book, sheet: SheetDefinition, code: str) -> str | None:
    status = next((column for column in sheet.columns if column.key == STATUS), None)
    return book.label(status.code_list, code) if status and status.code_list else None


class _Summary:
    def __init__(self, book: Book, page: Page, source: Source) -> None:
        self.book, self.page, self.source = book, page, source
        self.names = {position: name for name, position in TRAININGS}
        self.names |= {
            position: one.key for position, one in enumerate(source.measures(), start=FIRST_MEASURE)
        }

    def write(self) -> None:
        figures = annual_figures(self.book.filling.content)
        self._header()
        self.page.put(FIRST_ROW, 1, _("All together"), styles.TOTAL_LABEL)
        self.page.put(FIRST_ROW, CODE, "", styles.TOTAL_LABEL)
        self._line(FIRST_ROW, [self._every_row()], figures.all)
        row = FIRST_ROW + 1
        for key in (key for key in GROUPED_BY if key in self.source.positions):
            row = self._group(key, figures.by[key], row=row + 1)

    def _header(self) -> None:
        heads = [_("Total"), _("Code"), _("Trainings planned"), _("Trainings held")]
        heads += [one.label.in_language(self.book.language) for one in self.source.measures()]
        for position, label in enumerate(heads, start=1):
            self.page.put(LABEL_ROW, position, label, styles.OPTIONAL)

    def _every_row(self) -> str:
        """Every row with a text counts."""
        sheet = self.source.sheet
        return f'{self.source.cells(sheet.text_column or sheet.columns[0].key)},"?*"'

    def _line(self, row: int, terms: list[str], figures: Figures) -> None:
        """``terms``: each way the rows of this line can be told."""
        source = self.source
        for position, name in self.names.items():
            counted = source.counted(held=position == HELD)
            if position < FIRST_MEASURE:
                formula = "+".join(source.times(term + counted) for term in terms)
            else:
                formula = "+".join(f"SUMIFS({source.cells(name)},{term}{counted})" for term in terms)
            self._put(row, position, formula, getattr(figures, name))

    def _put(self, row: int, position: int, formula: str, value: Decimal) -> None:
        self.page.formula(row, position, f"={formula}", self._style(row, position))
        self.source.values[f"{get_column_letter(position)}{row}"] = value

    def _style(self, row: int, position: int) -> str:
        if row == FIRST_ROW:
            return styles.TOTAL
        if position < FIRST_MEASURE:
            return styles.WHOLE
        return styles.data_style(self.source.sheet.column(self.names[position]).type)

    def _group(self, key: str, found: Mapping[str, Figures], *, row: int) -> int:
        """A line for each value of a column, and one for the rows where it is empty: they add up to the total."""
        column = self.source.sheet.column(key)
        self.page.put(row, 1, column.label.in_language(self.book.language), styles.HEADING)
        first, left = row + 1, dict(found)
        for stored, code, text in _options(self.book, column, found):
            row += 1
            self.page.put(row, 1, text, styles.TEXT)
            self.page.put(row, CODE, code, styles.CODE)
            terms = [f"{self.source.cells(key)},{wanted}" for wanted in _spellings(row, code, text)]
            self._line(row, terms, left.pop(stored, Figures()))
        self._rest(range(first, row + 1), list(left.values()))
        return row + 2

    def _rest(self, above: range, left: list[Figures]) -> None:
        row = above.stop
        self.page.put(row, 1, _("not given"), styles.TEXT)
        self.page.put(row, CODE, "", styles.CODE)
        for position, name in self.names.items():
            letter = get_column_letter(position)
            given = f"-SUM({letter}{above.start}:{letter}{row - 1})" if above else ""
            value = sum((getattr(one, name) for one in left), Decimal(0))
            self._put(row, position, f"{letter}{FIRST_ROW}{given}", value)


def _options(book: Book, column: ColumnDefinition, found: Container[str]) -> Iterator[tuple[str, str, str]]:
    """(stored value, code, text) of what to sum up by; a value of a list is known to people by its text alone."""
    if column.code_list:
        offered = book.code_lists[column.code_list].offered(keep=found)
        yield from ((one.code, "", one.labels.in_language(book.language)) for one in offered)
    elif column.refers_to:
        yield from ((code, code, text) for code, text in book.texts_of(column.refers_to).items())


def _spellings(row: int, code: str, text: str) -> Iterator[str]:
    """Every way a cell may name it, always by pointing at a cell: no text of a person becomes part of a formula."""
    if text and len(text) < LONGEST_CRITERION:
        yield f"$A{row}"
    if code:
        yield f"$B{row}"
    if code and text:
        yield f'$B{row}&"{CODE_AND_TEXT}*"'
