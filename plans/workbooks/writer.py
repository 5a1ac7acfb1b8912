"""A plan as a workbook: blank, prefilled or complete, made from the template's definition."""

from collections.abc import Callable

from openpyxl import Workbook

from core.i18n import in_language
from core.workbooks.writer import to_bytes
from plans.definitions import Layout, SheetDefinition, TemplateDefinition
from plans.workbooks.annotated import write_marks
from plans.workbooks.book import Book
from plans.workbooks.front import write_guide, write_meta
from plans.workbooks.layout import GUIDE_SHEET, LISTS_SHEET, MARKS_SHEET, META_SHEET, sheets_shown
from plans.workbooks.lists import write_lists
from plans.workbooks.order import Filling, WorkbookIdentity
from plans.workbooks.records import write_record
from plans.workbooks.remarks import write_notes, write_remarks
from plans.workbooks.styles import add_styles
from plans.workbooks.summary import write_summary
from plans.workbooks.tables import write_table
from programme.code_lists import CodeLists

WRITERS: dict[Layout, Callable[[Book, SheetDefinition], None]] = {
    Layout.RECORD: write_record,
    Layout.TABLE: write_table,
    Layout.SUMMARY: write_summary,
    Layout.REMARKS: write_remarks,
}


def write_plan_workbook(
    definition: TemplateDefinition,
    filling: Filling,
    *,
    identity: WorkbookIdentity,
    code_lists: CodeLists,
    short: bool = False,
    public: bool = False,
) -> bytes:
    """The short workbook holds the sheets and columns somebody has to fill in, the full one everything.

    Both are the same template version: an upload keeps what the short one does not show. A public file leaves
    private columns empty.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    shown = sheets_shown(definition, short=short, remarks=bool(filling.remarks))
    book = Book(workbook, definition, identity, filling, code_lists, shown, short=short, public=public)
    with in_language(identity.language):
        _write_sheets(book)
    return to_bytes(workbook, made_at=identity.as_of, known_values=book.known_values)


def _write_sheets(book: Book) -> None:
    """Remarks, totals and marks come last: they point at cells of the others."""
    marks = [MARKS_SHEET] if book.filling.marks else []
    for name in (*marks, GUIDE_SHEET, *(sheet.name for sheet in book.sheets), LISTS_SHEET, META_SHEET):
        book.workbook.create_sheet(name)
    write_guide(book)
    for layout, write in WRITERS.items():
        for sheet in book.sheets:
            if sheet.layout is layout:
                write(book, sheet)
    write_notes(book)
    write_lists(book)
    write_meta(book)
    if book.filling.marks:
        write_marks(book)
