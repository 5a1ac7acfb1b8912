"""Workbooks as people make them, for tests of what reads them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.support.forms import Upload

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(*rows: Sequence[Any], name: str = "Lista") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def changed(data: bytes, **cells: Any) -> bytes:
    """The same workbook with other values: ``changed(data, B2="Nowa nazwa")``."""
    book = load_workbook(BytesIO(data))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    return saved(book)


def table(data: bytes) -> list[list[Any]]:
    return [list(row) for row in load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True)]


def upload(data: bytes, name: str = "lista.xlsx") -> Upload:
    return Upload(data, name, XLSX)
