"""Totals for people, as live formulas: they follow what is typed in the other sheets. The import ignores this sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from core.i18n import _
from core.workbooks import palette
from core.workbooks.writer import quoted
from plans.definitions import ColumnDefinition, Layout, SheetDefinition
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.layout import FIRST_ROW, LABEL_ROW, LAST_ROW
from plans.workbooks.order import CODE_AND_TEXT
from plans.workbooks.page import Page

GROUPED_BY = ("quarter", "group_code", "digcomp_area", "life_area")
MEASURES = (
    "participants_planned",
    "participants_actual",
    "hours_planned",
    "hours_actual",
    "cost_planned",
    "cost_actual",
)
STATUS, CANCELLED = "status", "cancelled"
LONGEST_CRITERION = 255
WIDTHS = [40.0, 10.0, 10.0, *([16.0] * len(MEASURES))]
CODE, COUNT, FIRST_MEASURE = 2, 3, 4


@dataclass(frozen=True)
class Source:
    """The table that is summed up, and where its columns lie."""

    first_row: int
    sheet: SheetDefinition
    positions: dict[str, int]
    cancelled: str | None
    """What a cancelled row has as its status: it counts for nothing."""

    def cells(self, key: str) -> str:
        letter = get_column_letter(self.positions[key])
        return f"{quoted(self.sheet.name)}!${letter}${self.first_row}:${letter}${LAST_ROW}"

    def condition(self) -> str:
        if self.cancelled is None or STATUS not in self.positions:
            return ""
        return f',{self.cells(STATUS)},"<>{self.cancelled}"'

    def measures(self) -> list[ColumnDefinition]:
        return [self.sheet.column(key) for key in MEASURES if key in self.positions]


def write_summary(book: Book, sheet: SheetDefinition) -> None:
    page = book.open(sheet, WIDTHS, tab=palette.QUIET)
    source = _source(book)
    if source is not None:
        _write_header(book, page, source)
        row = _write_totals(page, source, FIRST_ROW)
        for key in (key for key in GROUPED_BY if key in source.positions):
            row = _write_group(book, page, source, key, row=row + 1)
    page.freeze(f"B{FIRST_ROW}")
    page.print_setup(book.title)


def _source(book: Book) -> Source | None:
    for sheet in book.sheets:
        positions = {column: at for (of, column), at in book.positions.items() if of == sheet.key}
        if sheet.layout is Layout.TABLE and any(key in positions for key in MEASURES):
            return Source(book.first_row, sheet, positions, _label_of_cancelled(book, sheet))
    return None


def _label_of_cancelled(book: Book, sheet: SheetDefinition) -> str | None:
    status = next((column for column in sheet.columns if column.key == STATUS), None)
    return book.label(status.code_list, CANCELLED) if status and status.code_list else None


def _write_header(book: Book, page: Page, source: Source) -> None:
    for position, label in enumerate((_("Total"), _("Code"), _("Rows")), start=1):
        page.put(LABEL_ROW, position, label, styles.OPTIONAL)
    for position, column in enumerate(source.measures(), start=FIRST_MEASURE):
        page.put(LABEL_ROW, position, column.label.in_language(book.language), styles.OPTIONAL)


def _write_totals(page: Page, source: Source, row: int) -> int:
    """Every row with a text counts, except those cancelled."""
    first = source.sheet.text_column or source.sheet.columns[0].key
    terms = f'{source.cells(first)},"?*"{source.condition()}'
    page.put(row, 1, _("All together"), styles.TOTAL_LABEL)
    page.put(row, CODE, "", styles.TOTAL_LABEL)
    page.formula(row, COUNT, f"=COUNTIFS({terms})", styles.TOTAL)
    for position, column in enumerate(source.measures(), start=FIRST_MEASURE):
        page.formula(row, position, f"=SUMIFS({source.cells(column.key)},{terms})", styles.TOTAL)
    return row + 1


def _write_group(book: Book, page: Page, source: Source, key: str, *, row: int) -> int:
    column = source.sheet.column(key)
    page.put(row, 1, column.label.in_language(book.language), styles.HEADING)
    for code, text in _options(book, column):
        row += 1
        page.put(row, 1, text, styles.TEXT)
        page.put(row, CODE, code, styles.CODE)
        terms = [
            f"{source.cells(key)},{wanted}{source.condition()}" for wanted in _spellings(row, code, text)
        ]
        page.formula(row, COUNT, "=" + "+".join(f"COUNTIFS({term})" for term in terms), styles.WHOLE)
        for position, measure in enumerate(source.measures(), start=FIRST_MEASURE):
            sums = "+".join(f"SUMIFS({source.cells(measure.key)},{term})" for term in terms)
            page.formula(row, position, f"={sums}", styles.data_style(measure.type))
    return row + 1


def _options(book: Book, column: ColumnDefinition) -> Iterator[tuple[str, str]]:
    """(code, text) of what to sum up by; a value of a list is known to people by its text alone."""
    if column.code_list:
        yield from (("", label) for label in book.labels(column.code_list))
    elif column.refers_to:
        yield from book.texts_of(column.refers_to).items()


def _spellings(row: int, code: str, text: str) -> Iterator[str]:
    """Every way a cell may name it, always by pointing at a cell: no text of a person becomes part of a formula."""
    if text and len(text) < LONGEST_CRITERION:
        yield f"$A{row}"
    if code:
        yield f"$B{row}"
    if code and text:
        yield f'$B{row}&"{CODE_AND_TEXT}*"'
