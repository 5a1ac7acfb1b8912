"""Writes a register's empty sheet, to be filled in."""

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.i18n import _
from core.workbooks.headings import MAX_ROWS, Heading, quoted, sheet_name
from core.workbooks.palette import ACCENT, FONT, INK, RULE, WHITE
from core.workbooks.writer import add_validation, define_name, put_text, to_bytes

HEADER_HEIGHT = 30
LIST_WIDTH = 30

_HEADER_FONT = Font(name=FONT, bold=True, color=WHITE)
_BODY_FONT = Font(name=FONT, color=INK)
_HEADER_FILL = PatternFill("solid", fgColor=ACCENT)
_HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
_HEADER_BORDER = Border(right=Side(style="thin", color=RULE))


def _dress(cell: Cell) -> None:
    cell.font, cell.fill, cell.alignment, cell.border = (
        _HEADER_FONT,
        _HEADER_FILL,
        _HEADER_ALIGNMENT,
        _HEADER_BORDER,
    )


def write_blank(name: str, headings: Sequence[Heading]) -> bytes:
    """A header to fill in below, with help, lists and formats waiting in the empty cells."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = sheet_name(name)
    _set_widths(sheet, headings)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = HEADER_HEIGHT
    for position, heading in enumerate(headings, start=1):
        letter = get_column_letter(position)
        header: Any = sheet.cell(1, position)
        _dress(header)
        put_text(header, f"{heading.label} *" if heading.required else heading.label)
        dimension = sheet.column_dimensions[letter]
        dimension.font, dimension.number_format = _BODY_FONT, heading.kind.number_format
        add_validation(sheet, f"{letter}2:{letter}{MAX_ROWS + 1}", _rule(workbook, heading, position))
    return to_bytes(workbook)


def _rule(workbook: Workbook, heading: Heading, position: int) -> DataValidation:
    rule = DataValidation(promptTitle=heading.label, prompt=heading.help or heading.kind.expected())
    options = heading.kind.options()
    if options:
        rule.type, rule.errorStyle, rule.error = "list", "stop", _("Choose a value from the list.")
        rule.formula1 = _write_options(workbook, position, heading.label, options)
    return rule


def _write_options(workbook: Workbook, position: int, label: str, options: Sequence[str]) -> str:
    """The list on a sheet of its own, under a name: both Excel and LibreOffice keep such lists."""
    title = sheet_name(_("Lists"))
    lists = workbook[title] if title in workbook.sheetnames else workbook.create_sheet(title)
    letter, name = get_column_letter(position), f"list_{position}"
    for row, text in enumerate([label, *options], start=1):
        put_text(lists.cell(row, position), text)
    lists.column_dimensions[letter].width = LIST_WIDTH
    define_name(workbook, name, f"{quoted(title)}!${letter}$2:${letter}${len(options) + 1}")
    return name


def _set_widths(sheet: Any, headings: Sequence[Heading]) -> None:
    for position, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = heading.kind.width
