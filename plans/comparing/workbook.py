"""Two versions of a plan as a workbook: a line for each cell that differs, coloured as on the page."""

from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter

from core.i18n import _
from core.workbooks.headings import sheet_name
from core.workbooks.palette import ACCENT, DANGER, DANGER_SOFT, FONT, GREEN, GREEN_SOFT, INK, WHITE
from core.workbooks.safe_text import FORMULA_STARTS, safe_text
from core.workbooks.writer import put_text, to_bytes
from plans.comparing.page import Comparison
from plans.comparing.word_difference import Change as WordChange
from plans.comparing.word_difference import Piece
from plans.comparing.words import ChangedCell, ChangedRow, ChangedSheet

WIDTHS = (24, 12, 12, 44, 26, 52, 52)
_BODY = Font(name=FONT, color=INK)
_HEAD = Font(name=FONT, bold=True, color=WHITE)
_HEAD_FILL = PatternFill("solid", fgColor=ACCENT)
_WRAP = Alignment(wrap_text=True, vertical="top")
_FILLS = {
    WordChange.OUT: PatternFill("solid", fgColor=DANGER_SOFT),
    WordChange.IN: PatternFill("solid", fgColor=GREEN_SOFT),
}


def comparison_workbook(comparison: Comparison) -> bytes:
    workbook = Workbook()
    sheet: Any = workbook.worksheets[0]
    sheet.title = sheet_name(_("Differences"))
    for position, label in enumerate(_heads(comparison), start=1):
        cell = sheet.cell(1, position)
        cell.font, cell.fill, cell.alignment = _HEAD, _HEAD_FILL, _WRAP
        put_text(cell, label)
        sheet.column_dimensions[get_column_letter(position)].width = WIDTHS[position - 1]
    for number, line in enumerate(_lines(comparison.change.sheets), start=2):
        _write(sheet, number, line)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(WIDTHS))}{max(2, sheet.max_row)}"
    return to_bytes(workbook)


def _heads(comparison: Comparison) -> tuple[str, ...]:
    numbers = (comparison.earlier.number, comparison.later.number)
    earlier, later = (_("Version %(number)s", number=number) for number in numbers)
    return _("Sheet"), _("What"), _("Code"), _("Row"), _("Column"), earlier, later


Line = tuple[str, ChangedRow, ChangedCell | None]
"""The sheet's title, the row, and the cell, unless it is about the whole row."""


def _lines(sheets: Iterable[ChangedSheet]) -> Iterator[Line]:
    for sheet in sheets:
        for row in sheet.rows:
            for cell in row.cells or (None,):
                yield sheet.title, row, cell


def _write(sheet: Any, number: int, line: Line) -> None:
    place, row, changed = line
    texts = (place, row.label, row.code or "", row.title, changed.label if changed else "")
    for position, text in enumerate(texts, start=1):
        cell = sheet.cell(number, position)
        cell.font, cell.alignment = _BODY, _WRAP
        put_text(cell, text)
    if changed is not None:
        _write_pieces(sheet.cell(number, 6), changed.old_pieces, WordChange.OUT)
        _write_pieces(sheet.cell(number, 7), changed.new_pieces, WordChange.IN)


def _write_pieces(cell: Any, pieces: tuple[Piece, ...], change: WordChange) -> None:
    cell.font, cell.alignment = _BODY, _WRAP
    if any(piece.change is change for piece in pieces):
        cell.fill = _FILLS[change]
    text = "".join(piece.text for piece in pieces)
    if len(pieces) < 2 or text.startswith(
        FORMULA_STARTS
    ):  # what might be taken for a formula stays plain text
        put_text(cell, text)
        return
    cell.value = CellRichText(*(_block(piece) for piece in pieces))


def _block(piece: Piece) -> TextBlock | str:
    text = safe_text(piece.text)
    if piece.change is WordChange.OUT:
        return TextBlock(InlineFont(rFont=FONT, color=Color(DANGER), strike=True), text)
    if piece.change is WordChange.IN:
        return TextBlock(InlineFont(rFont=FONT, color=Color(GREEN), b=True), text)
    return TextBlock(InlineFont(rFont=FONT, color=Color(INK)), text)
