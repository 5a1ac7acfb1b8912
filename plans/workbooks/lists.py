"""The sheet of lists: what the drop-downs of the other sheets offer, by name."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from core.i18n import _
from core.workbooks import palette
from core.workbooks.headings import quoted
from core.workbooks.writer import define_name
from plans.definitions import ColumnDefinition
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.cells import code_and_text
from plans.workbooks.layout import FIRST_ROW, KEY_ROW, LABEL_ROW, LISTS_SHEET, columns_shown

WIDTH = 30.0


@dataclass(frozen=True)
class Options:
    """One column of the sheet."""

    name: str
    title: str
    values: tuple[str, ...]


def options_name(book: Book, column: ColumnDefinition) -> str | None:
    """The defined name a drop-down of this column points at."""
    if column.code_list:
        return f"list_{column.code_list}"
    if column.refers_to and (book.shows(column.refers_to) or book.texts_of(column.refers_to)):
        return codes_name(column.refers_to)
    return None


def codes_name(sheet_key: str) -> str:
    return f"codes_{sheet_key}"


def write_lists(book: Book) -> None:
    lists = list({options.name: options for options in _lists(book)}.values())
    page = book.page(LISTS_SHEET, [WIDTH] * max(2, len(lists)))
    help_text = _("The drop-downs of the other sheets offer these values. Leave this sheet as it is.")
    page.head(_("Lists"), help_text, tab=palette.RULE)
    for position, options in enumerate(lists, start=1):
        page.put(LABEL_ROW, position, options.title, styles.OPTIONAL)
        page.put(KEY_ROW, position, options.name, styles.KEY)
        for row, value in enumerate(options.values, start=FIRST_ROW):
            page.put(row, position, value, styles.READ_ONLY)
        letter, last = get_column_letter(position), FIRST_ROW + len(options.values) - 1
        define_name(
            book.workbook, options.name, f"{quoted(LISTS_SHEET)}!${letter}${FIRST_ROW}:${letter}${last}"
        )
    page.freeze(f"A{FIRST_ROW}")
    page.print_setup(book.title)


def _lists(book: Book) -> Iterator[Options]:
    for sheet in book.sheets:
        for column in columns_shown(sheet, short=book.short):
            title = column.label.in_language(book.language)
            if column.code_list:
                yield Options(f"list_{column.code_list}", title, book.labels(column.code_list))
            elif column.refers_to and not book.shows(column.refers_to):
                texts = book.texts_of(column.refers_to)
                if texts:
                    values = tuple(code_and_text(code, text) for code, text in texts.items())
                    yield Options(codes_name(column.refers_to), title, values)
