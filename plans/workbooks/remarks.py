"""The reviewer's remarks on a sheet of their own: what was said where, and room for an answer."""

from dataclasses import dataclass

from openpyxl.cell import Cell

from core.i18n import _
from core.workbooks import palette
from core.workbooks.raw import cell_name
from plans.definitions import Layout, SheetDefinition
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.cells import put_value
from plans.workbooks.layout import (
    ANSWER_COLUMNS,
    FIRST_ROW,
    GUIDE_SHEET,
    KEY_ROW,
    LABEL_ROW,
    TITLE_ROW,
    UID_COLUMN,
    VALUE_COLUMN,
)
from plans.workbooks.notes import AUTHOR, put_note
from plans.workbooks.order import Remark
from plans.workbooks.page import Page, link
from plans.workbooks.validations import validate

SETTLED = "resolved"


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
        book.positions[sheet.key, column.key] = position
    for row, remark in enumerate(book.filling.remarks, start=FIRST_ROW):
        _write_remark(book, page, sheet, remark, row=row)
        book.places[sheet.key, remark.comment_uid] = row
    page.fit_rows()
    page.freeze(f"A{FIRST_ROW}")
    page.print_setup(book.title)


def _write_remark(book: Book, page: Page, sheet: SheetDefinition, remark: Remark, *, row: int) -> None:
    place = place_of(book, remark)
    texts = {
        "comment_uid": remark.comment_uid,
        "sheet": place.sheet_name if place else "",
        "cell": place.cell if place else "",
        "text": "\n".join(said_in(remark)),
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
        column = book.positions.get((sheet.key, remark.column_key or ""), 0) or _column_of_row(book, sheet)
    return Place(sheet.name, cell_name(column, row) if row else None)


def _column_of_row(book: Book, sheet: SheetDefinition) -> int:
    """Where a remark on a whole row stands: beside what people know the row by."""
    known = (book.positions.get((sheet.key, key or "")) for key in (sheet.text_column, sheet.code_column))
    return next((position for position in known if position), UID_COLUMN)


def said_in(remark: Remark) -> list[str]:
    """Its words, and those with which it was opened again."""
    again = [_("Opened again: %(words)s", words=remark.again)] if remark.again else []
    return [remark.text, *again]


# --- Beside the cells ------------------------------------------------------------------------------------


def write_notes(book: Book) -> None:
    """What is not settled stands as a comment at its cell too; on a sheet or the whole plan at a title."""
    found: dict[tuple[str, str], list[str]] = {}
    for remark in book.filling.remarks:
        if remark.state != SETTLED:
            found.setdefault(_note_place(book, remark), []).append(_note(book, remark))
    for (sheet_name, coordinate), texts in found.items():
        cell = book.workbook[sheet_name][coordinate]
        if isinstance(cell, Cell):
            put_note(cell, texts)


def _note_place(book: Book, remark: Remark) -> tuple[str, str]:
    place = place_of(book, remark)
    if place is None or place.sheet_name not in book.workbook.sheetnames:
        return GUIDE_SHEET, cell_name(1, TITLE_ROW)
    if place.cell:
        return place.sheet_name, place.cell
    title = next(cell for cell in book.workbook[place.sheet_name][TITLE_ROW] if cell.value)
    return place.sheet_name, title.coordinate


def _note(book: Book, remark: Remark) -> str:
    """Who said it and in which round, what was said, what was answered."""
    who = book.label("remark_author", remark.author_role) if remark.author_role else AUTHOR
    state = book.label("remark_state", remark.state) if remark.state else ""
    head = ", ".join(filter(None, (who, _("round %(round)s", round=remark.round), state)))
    kind = book.label("answer_kind", remark.answer_kind) if remark.answer_kind else ""
    answered = " – ".join(part for part in (kind, remark.answer) if part)
    answer = [_("Answer: %(answer)s", answer=answered)] if answered else []
    return "\n".join((head, *said_in(remark), *answer))
