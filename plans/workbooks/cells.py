"""A stored value into a cell, as a person would have typed it."""

from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation

from openpyxl.cell import Cell

from core.workbooks.writer import put_text
from plans.definitions import ColumnDefinition, ColumnType, Value
from plans.values.lists import as_code, references_text
from plans.workbooks.book import Book
from plans.workbooks.order import CODE_AND_TEXT

NUMBERS = frozenset({ColumnType.WHOLE_NUMBER, ColumnType.DECIMAL, ColumnType.MONEY, ColumnType.YEAR})
LONGEST_LINE = 100
"""A drop-down shows no more than this, and a formula compares no more than 255."""


def put_value(book: Book, cell: Cell, column: ColumnDefinition, value: Value | None) -> None:
    if value is None:
        return
    typed = _typed(column, value)
    if isinstance(typed, str):
        put_text(cell, _shown(book, column, value))
    else:
        cell.value = typed


def _typed(column: ColumnDefinition, value: Value) -> Decimal | int | date | str:
    """Numbers and dates as such; a draft may hold something else, which stays the text it is."""
    if column.type in NUMBERS and isinstance(value, str | int):
        with suppress(InvalidOperation):
            return Decimal(value)
    if column.type is ColumnType.DATE and isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return ""


def _shown(book: Book, column: ColumnDefinition, value: Value) -> str:
    codes = value if isinstance(value, list) else [str(value)]
    if column.code_list:
        return "; ".join(book.label(column.code_list, code) for code in codes)
    if column.refers_to and not book.shows(column.refers_to):
        texts = book.texts_of(column.refers_to)
        return "\n".join(code_and_text(code, texts.get(code, "")) for code in codes)
    return references_text(codes)


def code_and_text(code: str, text: str) -> str:
    """How a row that is not in this workbook is named in it: by its code, and by what people know it as."""
    line = " ".join(text.split()) if as_code(code) == code else ""
    if len(line) > LONGEST_LINE:
        line = line[: LONGEST_LINE - 1].rstrip() + "…"
    return f"{code}{CODE_AND_TEXT}{line}" if line else code
