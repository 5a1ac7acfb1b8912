"""How a plan workbook looks: a few named styles, calm, one accent, so that people may change them in one place."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from plans.definitions import ColumnType

ACCENT = "0B4F8A"
ACCENT_SOFT = "DCE8F3"
ACCENT_FAINT = "F1F6FB"
INK = "1B2733"
QUIET = "66727F"
RULE = "D3DBE4"
PAPER = "F5F7F9"
AMBER = "8A5A00"
AMBER_SOFT = "FFF4DC"

FONT = "Calibri"

TITLE = "plan title"
HELP = "plan help"
HEADING = "plan heading"
BODY = "plan body"
REQUIRED = "plan label required"
OPTIONAL = "plan label optional"
KEY = "plan key"
UID = "plan row id"
TEXT = "plan text"
WHOLE = "plan whole number"
DECIMAL = "plan number"
MONEY = "plan money"
YEAR = "plan year"
DATE = "plan date"
CODE = "plan code"
EXAMPLE = "plan example"
FIELD = "plan field"
FIELD_REQUIRED = "plan field required"
PREFILLED = "plan prefilled"
EXPLANATION = "plan explanation"
LINK = "plan link"
TOTAL_LABEL = "plan total label"
TOTAL = "plan total"
READ_ONLY = "plan read only"

NUMBER_FORMATS = {
    ColumnType.WHOLE_NUMBER: "#,##0",
    ColumnType.DECIMAL: "General",
    ColumnType.MONEY: "#,##0.00",
    ColumnType.YEAR: "0",
    ColumnType.DATE: "dd\\.mm\\.yyyy",
}

DATA_STYLES = {
    ColumnType.WHOLE_NUMBER: WHOLE,
    ColumnType.DECIMAL: DECIMAL,
    ColumnType.MONEY: MONEY,
    ColumnType.YEAR: YEAR,
    ColumnType.DATE: DATE,
    ColumnType.CODE: CODE,
}

# "@" keeps what people type as they typed it: "1-3" stays no date, "- sala" no formula
AS_TEXT = "@"

_LINE = Side(style="thin", color=RULE)
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_UNDER = Border(bottom=_LINE)
_TOP = Alignment(vertical="top", wrap_text=True)
_TOP_RIGHT = Alignment(vertical="top", horizontal="right")
_MIDDLE = Alignment(vertical="center", wrap_text=True)
# "fill" keeps a long id inside its narrow cell
_NARROW = Alignment(vertical="top", horizontal="fill")


def add_styles(workbook: Workbook) -> None:
    for style in _styles():
        workbook.add_named_style(style)


def data_style(column_type: ColumnType) -> str:
    return DATA_STYLES.get(column_type, TEXT)


def _styles() -> list[NamedStyle]:
    return [*_headings(), *_cells(), *_record_fields(), *_totals()]


def _headings() -> list[NamedStyle]:
    return [
        _style(TITLE, size=16, bold=True, color=ACCENT, alignment=Alignment(vertical="center")),
        _style(HELP, size=10, color=QUIET, alignment=_TOP),
        _style(HEADING, size=12, bold=True, color=ACCENT, alignment=Alignment(vertical="bottom", wrap_text=True)),
        _style(BODY, alignment=_TOP),
        _style(REQUIRED, bold=True, color="FFFFFF", fill=ACCENT, border=_GRID, alignment=_MIDDLE),
        _style(OPTIONAL, bold=True, color=ACCENT, fill=ACCENT_SOFT, border=_GRID, alignment=_MIDDLE),
        _style(KEY, size=7, color=QUIET, fill=PAPER, border=_GRID, alignment=Alignment(vertical="center")),
        _style(LINK, color=ACCENT, underline="single", alignment=_TOP),
    ]


def _cells() -> list[NamedStyle]:
    formats = NUMBER_FORMATS
    return [
        _style(UID, size=7, color=QUIET, fill=PAPER, border=_GRID, alignment=_NARROW, number_format=AS_TEXT),
        _style(TEXT, border=_GRID, alignment=_TOP, number_format=AS_TEXT),
        _style(CODE, color=QUIET, border=_GRID, alignment=_TOP, number_format=AS_TEXT),
        _style(WHOLE, border=_GRID, alignment=_TOP_RIGHT, number_format=formats[ColumnType.WHOLE_NUMBER]),
        _style(DECIMAL, border=_GRID, alignment=_TOP_RIGHT, number_format=formats[ColumnType.DECIMAL]),
        _style(MONEY, border=_GRID, alignment=_TOP_RIGHT, number_format=formats[ColumnType.MONEY]),
        _style(YEAR, border=_GRID, alignment=_TOP_RIGHT, number_format=formats[ColumnType.YEAR]),
        _style(DATE, border=_GRID, alignment=_TOP_RIGHT, number_format=formats[ColumnType.DATE]),
        _style(EXAMPLE, italic=True, color=AMBER, fill=AMBER_SOFT, border=_GRID, alignment=_TOP),
    ]


def _record_fields() -> list[NamedStyle]:
    return [
        _style(FIELD, color=ACCENT, bold=True, fill=ACCENT_SOFT, border=_GRID, alignment=_TOP),
        _style(FIELD_REQUIRED, color="FFFFFF", bold=True, fill=ACCENT, border=_GRID, alignment=_TOP),
        _style(PREFILLED, fill=ACCENT_FAINT, border=_GRID, alignment=_TOP, number_format=AS_TEXT),
        _style(EXPLANATION, size=10, color=QUIET, border=_UNDER, alignment=_TOP),
        _style(READ_ONLY, color=QUIET, fill=PAPER, border=_GRID, alignment=_TOP, number_format=AS_TEXT),
    ]


def _totals() -> list[NamedStyle]:
    whole = NUMBER_FORMATS[ColumnType.WHOLE_NUMBER]
    return [
        _style(TOTAL_LABEL, bold=True, color=ACCENT, fill=ACCENT_FAINT, border=_GRID, alignment=_TOP),
        _style(TOTAL, bold=True, fill=ACCENT_FAINT, border=_GRID, alignment=_TOP_RIGHT, number_format=whole),
    ]


def _style(
    name: str,
    *,
    fill: str | None = None,
    border: Border | None = None,
    alignment: Alignment | None = None,
    number_format: str = "General",
    **font: str | int | bool,
) -> NamedStyle:
    style = NamedStyle(name)
    style.font = Font(name=FONT, **{"size": 11, "color": INK, **font})
    style.number_format = number_format
    if fill:
        style.fill = PatternFill("solid", fgColor=fill)
    if border:
        style.border = border
    if alignment:
        style.alignment = alignment
    return style
