"""A report's file as tables of cells: whatever its kind, letters and separators. Its content decides, never its name."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO

from core.workbooks.limits import MEGABYTE, Limits
from core.workbooks.raw import CellError, CellValue
from core.workbooks.reader import read_workbook
from webinars.attendance.errors import ReportTooLarge, UnreadableReport

Cells = Sequence[CellValue | None]
Rows = Sequence[Cells]

MOST_BYTES = 10 * MEGABYTE
MOST_ROWS = 10_000
SLACK = 500
"""Rows around the list: what a report says of itself."""
LIMITS = replace(Limits(), file_bytes=MOST_BYTES, rows=MOST_ROWS, row_slack=SLACK)
SEPARATORS = "\t;,"

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LOOKED_AT = 4_000


def tables_of(data: bytes) -> Iterator[Rows]:
    """Every way to read it as a table: each sheet of a workbook, a text with each separator."""
    if len(data) > MOST_BYTES:
        raise ReportTooLarge
    if data.startswith(_WORKBOOKS):
        yield from _sheets(data)
        return
    text = text_of(data)
    if text.count("\n") > MOST_ROWS + SLACK:
        raise ReportTooLarge
    for separator in SEPARATORS:
        if separator in text:
            yield _rows(text, separator)


def text_of(data: bytes) -> str:
    """By its mark, else by how it looks: two bytes a letter, UTF-8, Windows-1250."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data, encoding)
    head = data[:_LOOKED_AT]
    if head.count(0) > len(head) // 4:
        return _decoded(data, "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be")
    try:
        return _decoded(data, "utf-8")
    except UnreadableReport:
        return _decoded(data, "cp1250")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableReport from None
    if "\x00" in text:
        raise UnreadableReport
    return text


def _rows(text: str, separator: str) -> Rows:
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise UnreadableReport from None
    return [[cell.strip() or None for cell in row] for row in rows]


def _sheets(data: bytes) -> Iterator[Rows]:
    for sheet in read_workbook(data, limits=LIMITS).sheets:
        if sheet.rows:
            width = max(max(row.cells) for row in sheet.rows)
            yield [[_cell(row.value(at)) for at in range(1, width + 1)] for row in sheet.rows]


def _cell(value: CellValue | CellError | None) -> CellValue | None:
    if isinstance(value, CellError):
        return None
    return (value.strip() or None) if isinstance(value, str) else value
