"""How a plan workbook looks: named styles, calm, with one accent, so that a person may restyle it in one place."""

from dataclasses import dataclass
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.dimensions import Dimension

from core.workbooks.palette import (
    ACCENT,
    ACCENT_FAINT,
    ACCENT_SOFT,
    AMBER,
    AMBER_SOFT,
    DANGER,
    DANGER_SOFT,
    FONT,
    INK,
    PAPER,
    QUIET,
    RULE,
    WHITE,
)
from plans.definitions import ColumnType

TITLE = "plan title"
HELP = "plan help"
HEADING = "plan heading"
BODY = "plan body"
STEP = "plan step"
LINK = "plan link"
REQUIRED = "plan label required"
OPTIONAL = "plan label optional"
SMALL_LABEL = "plan label small"
KEY = "plan key"
UID = "plan row id"
TEXT = "plan text"
CODE = "plan code"
WHOLE = "plan whole number"
DECIMAL = "plan number"
MONEY = "plan money"
YEAR = "plan year"
DATE = "plan date"
EXAMPLE = "plan example"
PREFILLED = "plan prefilled"
EXPLANATION = "plan explanation"
READ_ONLY = "plan read only"
TOTAL_LABEL = "plan total label"
TOTAL = "plan total"

_DATA_STYLES = {
    ColumnType.WHOLE_NUMBER: WHOLE,
    ColumnType.DECIMAL: DECIMAL,
    ColumnType.MONEY: MONEY,
    ColumnType.YEAR: YEAR,
    ColumnType.DATE: DATE,
    ColumnType.CODE: CODE,
}

_LINE = Side(style="thin", color=RULE)
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

_TOP = Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)
_RIGHT = Alignment(vertical="top", horizontal="right")
MIDDLE = Alignment(vertical="center", horizontal="left", indent=1, wrap_text=True)
_BOTTOM = Alignment(vertical="bottom", horizontal="left", indent=1, wrap_text=True)
_ONE_LINE = Alignment(vertical="center", horizontal="left", indent=1)
# "fill" keeps a long id inside its narrow cell
_NARROW = Alignment(vertical="top", horizontal="fill")

# keeps what people type as they typed it: "1-3" becomes no date, "- sala" no formula
_AS_TEXT = "@"


@dataclass(frozen=True)
class Look:
    font: Font
    fill: str | None = None
    border: Border | None = None
    alignment: Alignment = _TOP
    number_format: str = "General"

    @property
    def pattern(self) -> PatternFill:
        return PatternFill("solid", fgColor=self.fill) if self.fill else PatternFill()


def _font(
    size: int = 11,
    color: str = INK,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: Literal["single"] | None = None,
) -> Font:
    return Font(name=FONT, size=size, color=color, bold=bold, italic=italic, underline=underline)


def _value(number_format: str = _AS_TEXT, *, alignment: Alignment = _RIGHT) -> Look:
    return Look(_font(), None, _GRID, alignment, number_format)


_PROSE = {
    TITLE: Look(_font(16, ACCENT, bold=True), alignment=_ONE_LINE),
    HELP: Look(_font(10, QUIET)),
    HEADING: Look(_font(12, ACCENT, bold=True), alignment=_BOTTOM),
    BODY: Look(_font()),
    STEP: Look(_font(color=ACCENT, bold=True)),
    LINK: Look(_font(color=ACCENT, underline="single")),
    EXPLANATION: Look(_font(10, QUIET), border=Border(bottom=_LINE), alignment=MIDDLE),
}
_HEADERS = {
    REQUIRED: Look(_font(color=WHITE, bold=True), ACCENT, _GRID, MIDDLE),
    OPTIONAL: Look(_font(color=ACCENT, bold=True), ACCENT_SOFT, _GRID, MIDDLE),
    SMALL_LABEL: Look(_font(7, QUIET), PAPER, _GRID, MIDDLE),
    KEY: Look(_font(7, QUIET), PAPER, _GRID, _ONE_LINE),
}
_VALUES = {
    TEXT: _value(alignment=_TOP),
    WHOLE: _value("#,##0"),
    DECIMAL: _value("General"),
    MONEY: _value("#,##0.00"),
    YEAR: _value("0"),
    DATE: _value("dd\\.mm\\.yyyy"),
    CODE: Look(_font(color=QUIET), None, _GRID, _TOP, _AS_TEXT),
    UID: Look(_font(7, QUIET), PAPER, _GRID, _NARROW, _AS_TEXT),
    EXAMPLE: Look(_font(color=AMBER, italic=True), AMBER_SOFT, _GRID, _TOP, _AS_TEXT),
    PREFILLED: Look(_font(), ACCENT_FAINT, _GRID, _TOP, _AS_TEXT),
    READ_ONLY: Look(_font(color=QUIET), PAPER, _GRID, _TOP, _AS_TEXT),
    TOTAL_LABEL: Look(_font(color=ACCENT, bold=True), ACCENT_FAINT, _GRID),
    TOTAL: Look(_font(bold=True), ACCENT_FAINT, _GRID, _RIGHT, "#,##0"),
}
LOOKS = {**_PROSE, **_HEADERS, **_VALUES}


def add_styles(workbook: Workbook) -> None:
    for name, look in LOOKS.items():
        style = NamedStyle(name, look.font, look.pattern, look.border, look.alignment)
        style.number_format = look.number_format
        workbook.add_named_style(style)


def dress(dimension: Dimension, name: str) -> None:
    """Give a whole row or column a look: empty cells have it without being written."""
    look = LOOKS[name]
    dimension.font = look.font
    dimension.fill = look.pattern
    dimension.alignment = look.alignment
    dimension.number_format = look.number_format
    if look.border:
        dimension.border = look.border


_ERROR_LINE = Side(style="medium", color=DANGER)
_WARNING_LINE = Side(style="mediumDashed", color=AMBER)
_MARKS = {
    True: (PatternFill("solid", fgColor=DANGER_SOFT), _ERROR_LINE),
    False: (PatternFill("solid", fgColor=AMBER_SOFT), _WARNING_LINE),
}


def mark(cell: Cell, *, is_error: bool) -> None:
    """To be put right: known by its frame as well as by its colour."""
    fill, line = _MARKS[is_error]
    cell.fill = fill
    cell.border = Border(left=line, right=line, top=line, bottom=line)


def data_style(column_type: ColumnType) -> str:
    return _DATA_STYLES.get(column_type, TEXT)
