"""The reviewer's remarks on a sheet of their own: what was said where, and room for an answer."""

from dataclasses import dataclass

from core.workbooks import palette
from core.workbooks.raw import cell_name
from plans.definitions import Layout, SheetDefinition
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.cells import put_value
from plans.workbooks.layout import ANSWER_COLUMNS, FIRST_ROW, KEY_ROW, LABEL_ROW, VALUE_COLUMN
from plans.workbooks.order import Remark
from plans.workbooks.page import Page, link
from plans.workbooks.validations import validate


@dataclass(frozen=True)
class Place:
    sheet_name: str
    cell: str | None = None


def write_remarks(book: Book, sheet: SheetDefinition) -> None:
    page = book.open(sheet, [float(column.width) for column in sheet.columns], tab=palette.AMBER)
    for position, column in enumerate(sheet.columns, start=1):
        style = styles.REQUIRED if column.key in ANSWER_COLUMNS else styles.OPTIONAL
        page.put(LABEL_ROW, position, column.label.in_language(book.language), style)
        page.put(KEY_ROW, position, column.key, styles.KEY)
    for row, remark in enumerate(book.filling.remarks, start=FIRST_ROW):
        _write_remark(book, page, sheet, remark, row=row)
    page.fit_rows()
    page.freeze(f"A{FIRST_ROW}")
    page.print_setup(book.title)


def _write_remark(book: Book, page: Page, sheet: SheetDefinition, remark: Remark, *, row: int) -> None:
    place = place_of(book, remark)
    texts = {
        "comment_uid": remark.comment_uid,
        "sheet": place.sheet_name if place else "",
        "cell": place.cell if place else "",
        "text": remark.text,
        "author_role": remark.author_role,
        "round": str(remark.round),
        "state": remark.state,
        "answer_kind": remark.answer_kind or "",
        "answer": remark.answer,
    }
    for position, column in enumerate(sheet.columns, start=1):
        style = styles.TEXT if column.key in ANSWER_COLUMNS else styles.READ_ONLY
        cell = page.styled(row, position, style)
        put_value(book, cell, column, texts.get(column.key) or None)
        if column.key == "cell" and place and place.cell:
            link(cell, place.sheet_name, place.cell)
        if column.key in ANSWER_COLUMNS:
            validate(book, page.sheet, column, cell.coordinate)


def place_of(book: Book, remark: Remark) -> Place | None:
    """Where in this workbook a remark points: a cell, else its row, else its sheet; None for the whole plan."""
    sheet = book.definition.find_sheet(remark.sheet_key) if remark.sheet_key else None
    if sheet is None:
        return None
    if sheet.layout is Layout.RECORD:
        row, column = book.places.get((sheet.key, remark.column_key or "")), VALUE_COLUMN
    else:
        row = book.places.get((sheet.key, remark.row_uid or ""))
        column = book.positions.get((sheet.key, remark.column_key or ""), 1)
    return Place(sheet.name, cell_name(column, row) if row else None)
