"""The workbook as it comes back with what was found: bad cells coloured, a comment in each, a list in front."""

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from core.i18n import _
from core.workbooks import palette
from core.workbooks.writer import put_text
from plans.definitions import Layout, SheetDefinition
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.layout import MARKS_SHEET, VALUE_COLUMN
from plans.workbooks.notes import put_note
from plans.workbooks.order import NEW_ROW, Mark
from plans.workbooks.page import Page, link

WIDTHS = [24.0, 12.0, 30.0, 56.0, 56.0, 28.0]


@dataclass(frozen=True)
class Marked:
    """A mark and where it lies in this workbook, if it lies in a cell of it."""

    mark: Mark
    sheet: SheetDefinition | None
    cell: Cell | None


def write_marks(book: Book) -> None:
    found = [_located(book, mark) for mark in book.filling.marks]
    by_cell: dict[tuple[str, str], list[Marked]] = {}
    for one in found:
        if one.cell is not None and one.sheet is not None:
            by_cell.setdefault((one.sheet.name, one.cell.coordinate), []).append(one)
    for marks in by_cell.values():
        _colour(book, marks)
    _write_list(book, found)
    book.workbook.active = 0


def _located(book: Book, mark: Mark) -> Marked:
    sheet = book.definition.find_sheet(mark.sheet_key or "")
    if sheet is None or not book.shows(sheet.key) or mark.column_key is None:
        return Marked(mark, sheet, None)
    if sheet.layout is Layout.RECORD:
        row, column = book.places.get((sheet.key, mark.column_key)), VALUE_COLUMN
    else:
        row = _row(book, sheet, mark)
        column = book.positions.get((sheet.key, mark.column_key), 0)
    if not row or not column:
        return Marked(mark, sheet, None)
    cell = book.workbook[sheet.name].cell(row, column)
    return Marked(mark, sheet, cell if isinstance(cell, Cell) else None)


def _row(book: Book, sheet: SheetDefinition, mark: Mark) -> int | None:
    if mark.row_uid == NEW_ROW:
        return book.first_row + len(book.rows(sheet))
    return book.places.get((sheet.key, mark.row_uid or ""))


def _colour(book: Book, marks: list[Marked]) -> None:
    """One comment for all there is to say about a cell."""
    sheet, cell = marks[0].sheet, marks[0].cell
    if sheet is None or cell is None:
        return
    styles.mark(cell, is_error=any(one.mark.is_error for one in marks))
    for one in marks:
        if one.mark.is_emptied or one.mark.typed is not None:
            cell.value = None
            put_text(cell, one.mark.typed or "")
    put_note(cell, [_said(one.mark) for one in marks])
    book.workbook[sheet.name].column_dimensions[get_column_letter(cell.column)].hidden = False


def _said(mark: Mark) -> str:
    parts = [mark.problem, mark.expected]
    if mark.example:
        parts.append(_("For example: %(example)s", example=mark.example))
    return "\n".join(part for part in parts if part)


# --- The list in front ---------------------------------------------------------------------------------


def _write_list(book: Book, found: Iterable[Marked]) -> None:
    page = book.page(MARKS_SHEET, WIDTHS)
    help_text = _("This is your workbook with everything you had in it. Only the coloured cells need you.")
    page.head(_("What to do with this file"), help_text, tab=palette.DANGER)
    row = _write_steps(page, 4)
    row = _write_legend(page, row + 1)
    heads = (_("Where"), _("Cell"), _("Column"), _("What is wrong"), _("What is expected"), _("Example"))
    for column, label in enumerate(heads, start=1):
        page.put(row + 1, column, label, styles.OPTIONAL)
    for number, one in enumerate(found, start=row + 2):
        _write_mark(book, page, one, row=number)
    page.fit_rows(row + 1)
    page.print_setup(book.title, repeat_header=False)


def _write_steps(page: Page, row: int) -> int:
    steps = (
        _("Go through the coloured cells. Each has a comment that says what is wrong and what is expected."),
        _("Correct them. Everything else stays as you had it, and you may change that too."),
        _(
            "Save the file as .xlsx and upload it on the page of your plan. It goes on where you were, and you need not clear colours or comments."
        ),
    )
    for number, step in enumerate(steps):
        page.put(row + number, 1, _("Step %(number)s", number=number + 1), styles.STEP)
        page.put(row + number, 2, step, styles.BODY)
        page.sheet.merge_cells(
            start_row=row + number, end_row=row + number, start_column=2, end_column=len(WIDTHS)
        )
    return row + len(steps)


def _write_legend(page: Page, row: int) -> int:
    legend = (
        (True, _("Error"), _("Solid frame: the plan cannot be sent before it is put right.")),
        (False, _("Warning"), _("Dashed frame: look again. You know best whether it is right.")),
    )
    for offset, (is_error, label, meaning) in enumerate(legend):
        styles.mark(page.put(row + offset, 1, label, styles.TEXT), is_error=is_error)
        page.put(row + offset, 2, meaning, styles.BODY)
        page.sheet.merge_cells(
            start_row=row + offset, end_row=row + offset, start_column=2, end_column=len(WIDTHS)
        )
    return row + len(legend)


def _write_mark(book: Book, page: Page, one: Marked, *, row: int) -> None:
    mark, sheet = one.mark, one.sheet
    page.put(row, 1, sheet.name if sheet else _("The whole file"), styles.TEXT)
    cell = page.put(row, 2, one.cell.coordinate if one.cell else "", styles.LINK if one.cell else styles.TEXT)
    if sheet is not None and one.cell is not None:
        link(cell, sheet.name, one.cell.coordinate)
    column = sheet.column(mark.column_key) if sheet and mark.column_key else None
    texts = (
        column.label.in_language(book.language) if column else "",
        mark.problem,
        mark.expected,
        mark.example,
    )
    for position, text in enumerate(texts, start=3):
        page.put(row, position, text, styles.TEXT)
    styles.mark(page.styled(row, 1, styles.TEXT), is_error=mark.is_error)
