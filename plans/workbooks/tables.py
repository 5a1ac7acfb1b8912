"""A sheet with a record in each row."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.i18n import _
from core.workbooks import palette
from core.workbooks.headings import quoted
from core.workbooks.writer import add_validation, define_name
from plans.definitions import ColumnDefinition, SheetDefinition
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.cells import put_value
from plans.workbooks.layout import (
    EXAMPLE_MARKS,
    FIRST_ROW,
    KEY_ROW,
    LABEL_ROW,
    LAST_ROW,
    ROW_UID,
    UID_COLUMN,
    UID_LABEL,
    columns_shown,
    is_in_use,
    label_shown,
)
from plans.workbooks.lists import codes_name
from plans.workbooks.page import Page
from plans.workbooks.validations import validate

UID_WIDTH = 10.0
WIDTH_WITH_TEXT = 30
CODES_AHEAD = 12
"""Empty rows that carry their code already, so that the lists of other sheets can offer it."""


def write_table(book: Book, sheet: SheetDefinition) -> None:
    columns = columns_shown(sheet, book.rows(sheet), short=book.short)
    page = book.open(sheet, [UID_WIDTH, *(_width(book, column) for column in columns)], tab=palette.ACCENT)
    _write_header(book, page, sheet, columns)
    if book.has_examples:
        _write_example(book, page, columns)
    next_row = _write_rows(book, page, sheet)
    _write_codes_ahead(book, page, sheet, next_row)
    _prepare_columns(book, page, columns)
    _name_codes(book, sheet)
    _fold_the_rest(book, page, sheet, columns)
    page.fit_rows()
    page.freeze(f"B{FIRST_ROW}")
    page.print_setup(book.title)


def _width(book: Book, column: ColumnDefinition) -> float:
    """A code alone is short; with the text of a row that stands elsewhere it is not."""
    is_elsewhere = column.refers_to is not None and not book.shows(column.refers_to)
    return float(max(column.width, WIDTH_WITH_TEXT) if is_elsewhere else column.width)


def _write_header(
    book: Book, page: Page, sheet: SheetDefinition, columns: tuple[ColumnDefinition, ...]
) -> None:
    page.put(LABEL_ROW, UID_COLUMN, UID_LABEL, styles.SMALL_LABEL)
    page.put(KEY_ROW, UID_COLUMN, ROW_UID, styles.KEY)
    for position, column in enumerate(columns, start=UID_COLUMN + 1):
        style = styles.REQUIRED if column.required else styles.OPTIONAL
        page.put(LABEL_ROW, position, label_shown(column, book.language), style)
        page.put(KEY_ROW, position, column.key, styles.KEY)
        book.positions[sheet.key, column.key] = position


def _write_example(book: Book, page: Page, columns: tuple[ColumnDefinition, ...]) -> None:
    page.put(FIRST_ROW, UID_COLUMN, EXAMPLE_MARKS.get(book.language, "EXAMPLE"), styles.EXAMPLE)
    for position, column in enumerate(columns, start=UID_COLUMN + 1):
        page.put(FIRST_ROW, position, column.example.in_language(book.language), styles.EXAMPLE)


def _write_rows(book: Book, page: Page, sheet: SheetDefinition) -> int:
    columns = columns_shown(sheet, book.rows(sheet), short=book.short)
    row = book.first_row
    for plan_row in book.rows(sheet):
        page.put(row, UID_COLUMN, plan_row.row_uid, styles.UID)
        for position, column in enumerate(columns, start=UID_COLUMN + 1):
            cell = page.styled(row, position, styles.data_style(column.type))
            put_value(book, cell, column, book.value(column, plan_row.values))
        book.places[sheet.key, plan_row.row_uid] = row
        row += 1
    return row


def _write_codes_ahead(book: Book, page: Page, sheet: SheetDefinition, row: int) -> None:
    """A row with nothing but such a code is an empty row to the import."""
    if not sheet.code_column or not sheet.code_prefix or book.public:
        return
    column = book.positions[sheet.key, sheet.code_column]
    number = _highest_number(book, sheet)
    for ahead in range(CODES_AHEAD):
        page.put(row + ahead, column, f"{sheet.code_prefix}{number + ahead + 1}", styles.CODE)


def _highest_number(book: Book, sheet: SheetDefinition) -> int:
    codes = [str(row.values.get(sheet.code_column or "", "")) for row in book.rows(sheet)]
    numbers = [code.removeprefix(sheet.code_prefix or "") for code in codes]
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _name_codes(book: Book, sheet: SheetDefinition) -> None:
    """The codes of the rows in use, as many as there are texts: the list grows while people fill in the sheet."""
    if not sheet.code_column:
        return
    counted = sheet.text_column if (sheet.key, sheet.text_column) in book.positions else sheet.code_column
    codes = _column_cells(book, sheet, sheet.code_column)
    texts = _column_cells(book, sheet, counted or sheet.code_column)
    start = codes.split(":", maxsplit=1)[0]
    define_name(book.workbook, codes_name(sheet.key), f"{start}:INDEX({codes},MAX(1,COUNTA({texts})))")


def _column_cells(book: Book, sheet: SheetDefinition, column_key: str) -> str:
    letter = get_column_letter(book.positions[sheet.key, column_key])
    return f"{quoted(sheet.name)}!${letter}${book.first_row}:${letter}${LAST_ROW}"


def _prepare_columns(book: Book, page: Page, columns: tuple[ColumnDefinition, ...]) -> None:
    """Empty cells get look, help and lists from their column: thousands of styled cells would only make the file big."""
    uids = get_column_letter(UID_COLUMN)
    styles.dress(page.sheet.column_dimensions[uids], styles.UID)
    note = DataValidation(
        promptTitle=UID_LABEL, prompt=_("Leave this column as it is. New rows get their id by themselves.")
    )
    add_validation(page.sheet, f"{uids}{FIRST_ROW}:{uids}{LAST_ROW}", note)
    for position, column in enumerate(columns, start=UID_COLUMN + 1):
        letter = get_column_letter(position)
        styles.dress(page.sheet.column_dimensions[letter], styles.data_style(column.type))
        validate(book, page.sheet, column, f"{letter}{book.first_row}:{letter}{LAST_ROW}")


def _fold_the_rest(
    book: Book, page: Page, sheet: SheetDefinition, columns: tuple[ColumnDefinition, ...]
) -> None:
    """What nobody had to fill in and nobody did lies folded to the right."""
    rest = [
        position
        for position, column in enumerate(columns, start=UID_COLUMN + 1)
        if not is_in_use(sheet, column, book.rows(sheet))
    ]
    if rest and rest[0] > UID_COLUMN + 1:
        page.fold(rest[0], rest[-1], folded=True)
