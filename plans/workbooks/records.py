"""A sheet with one record: label, key and value, row by row."""

from core.i18n import _
from core.workbooks import palette
from plans.definitions import ColumnDefinition, SheetDefinition, Value
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.cells import put_value
from plans.workbooks.layout import (
    FIRST_ROW,
    HELP_COLUMN,
    KEY_COLUMN,
    KEY_ROW,
    LABEL_COLUMN,
    LABEL_ROW,
    RECORD_KEYS,
    VALUE_COLUMN,
    columns_shown,
    label_shown,
)
from plans.workbooks.page import Page
from plans.workbooks.validations import validate

WIDTHS = [32.0, 16.0, 64.0, 64.0]


def write_record(book: Book, sheet: SheetDefinition) -> None:
    page = book.open(sheet, WIDTHS, tab=palette.ACCENT)
    write_record_header(page)
    values = _values(book, sheet)
    for row, column in enumerate(columns_shown(sheet, short=book.short), start=FIRST_ROW):
        _write_field(book, page, column, values.get(column.key), row=row)
        book.places[sheet.key, column.key] = row
    page.fit_rows()
    page.freeze(f"A{FIRST_ROW}")
    page.print_setup(book.title)


def write_record_header(page: Page, *, with_help: bool = True) -> None:
    labels = [_("Field"), _("Key"), _("Value"), *([_("What belongs here")] if with_help else [])]
    for position, (label, key) in enumerate(zip(labels, RECORD_KEYS, strict=False), start=LABEL_COLUMN):
        page.put(LABEL_ROW, position, label, styles.OPTIONAL)
        page.put(KEY_ROW, position, key, styles.KEY)


def _values(book: Book, sheet: SheetDefinition) -> dict[str, Value]:
    given = next(iter(book.rows(sheet)), None)
    values = {**book.filling.prefill, **(given.values if given else {})}
    return {
        column.key: value for column in sheet.columns if (value := book.value(column, values)) is not None
    }


def _write_field(book: Book, page: Page, column: ColumnDefinition, value: Value | None, *, row: int) -> None:
    style = styles.REQUIRED if column.required else styles.OPTIONAL
    page.put(row, LABEL_COLUMN, label_shown(column, book.language), style)
    page.put(row, KEY_COLUMN, column.key, styles.KEY)
    page.put(row, HELP_COLUMN, column.help.in_language(book.language), styles.EXPLANATION)
    cell = page.styled(row, VALUE_COLUMN, styles.TEXT)
    # values of all kinds stand below each other, so all begin at the same edge
    cell.number_format = styles.LOOKS[styles.data_style(column.type)].number_format
    cell.alignment = styles.MIDDLE
    if column.prefilled and value is not None:
        cell.fill = styles.LOOKS[styles.PREFILLED].pattern
    put_value(book, cell, column, value)
    validate(book, page.sheet, column, cell.coordinate)
