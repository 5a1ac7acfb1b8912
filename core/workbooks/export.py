"""Writes an export: sheets of any length, as fast as the rows can be read.

The parts of the file are put together here and not by openpyxl, which makes an object of every cell: that took three
times as long. What the file says about itself never changes, so the same rows give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from core.workbooks.headings import Heading, sheet_name
from core.workbooks.kinds import Formula, Shown
from core.workbooks.palette import ACCENT, FONT, INK, RULE, WHITE
from core.workbooks.raw import column_letters
from core.workbooks.safe_text import FORMULA_STARTS, LONGEST_TEXT, safe_text
from core.workbooks.typed import plain_number

ROWS_AT_ONCE = 500
COMPRESSION = 4
"""Beyond it a file takes longer and gets hardly smaller."""
ONE_DATE = (1980, 1, 1, 0, 0, 0)
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 (cells hold days and hours without a zone)
DAY = 86_400

_SPECIAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x")
"""Letters that cannot stand in the file as they are; most texts have none."""

_SPACED = re.compile(r"^\s|\s\s|[\n\r\t]|\s$")
"""Spaces that a program may drop unless told to keep them."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_HEADER_STYLE, _QUOTED_STYLE, _FIRST_FORMAT = 1, 2, 3
_FIRST_OWN_FORMAT = 164
"""Numbers below are formats that every program knows."""


Part = tuple[str, Sequence[Heading], Iterable[Sequence[Shown]]]
"""One sheet: its name, its head, its rows."""


def write_export(name: str, headings: Sequence[Heading], rows: Iterable[Sequence[Shown]]) -> bytes:
    """Row by row: only a part of the list is held at a time."""
    return write_sheets([(name, headings, rows)])


def write_sheets(parts: Sequence[Part]) -> bytes:
    """Several lists in one file, the first in front."""
    target = BytesIO()
    formats = [heading.kind.number_format for _name, headings, _rows in parts for heading in headings]
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
        for path, text in _frame([sheet_name(name) for name, _headings, _rows in parts], formats):
            archive.writestr(_entry(path), text, ZIP_DEFLATED, COMPRESSION)
        first = _FIRST_FORMAT
        for number, (_name, headings, rows) in enumerate(parts, start=1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as sheet:
                for piece in _sheet(headings, rows, first):
                    sheet.write(piece.encode())
            first += len(headings)
    return target.getvalue()


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path, date_time=ONE_DATE)
    entry.compress_type = ZIP_DEFLATED
    return entry


# --- The sheet -------------------------------------------------------------------------------------------


def _sheet(headings: Sequence[Heading], rows: Iterable[Sequence[Shown]], first: int) -> Iterator[str]:
    """``first``: number of the format of its first column."""
    letters = [column_letters(position) for position in range(1, len(headings) + 1)]
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{heading.kind.width}" customWidth="1"/>'
        for at, heading in enumerate(headings, start=1)
    )
    head = "".join(
        _text(heading.label, f"{letter}1", _HEADER_STYLE)
        for letter, heading in zip(letters, headings, strict=True)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        f'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{head}</row>'
    )
    count, pieces = 1, []
    for count, row in enumerate(rows, start=2):
        pieces.append(_row(row, letters, count, first))
        if len(pieces) == ROWS_AT_ONCE:
            yield "".join(pieces)
            pieces.clear()
    yield f'{"".join(pieces)}</sheetData><autoFilter ref="A1:{letters[-1]}{count}"/></worksheet>'


def _row(row: Sequence[Shown], letters: Sequence[str], number: int, first: int) -> str:
    cells = [
        _text(value, f"{letters[at]}{number}")
        if isinstance(value, str)
        else _cell(value, letters[at], number, at + first)
        for at, value in enumerate(row)
        if value is not None
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(text: str, name: str, style: int = 0) -> str:
    """Always text, whatever it begins with: what looks like a formula is marked as typed with an apostrophe."""
    safe = escape(safe_text(text)) if len(text) > LONGEST_TEXT or _SPECIAL.search(text) else text
    if text.startswith(FORMULA_STARTS):
        style = _QUOTED_STYLE
    look = f' s="{style}"' if style else ""
    space = ' xml:space="preserve"' if _SPACED.search(text) else ""
    return f'<c r="{name}"{look} t="inlineStr"><is><t{space}>{safe}</t></is></c>'


def _cell(value: int | Decimal | date | Formula, letter: str, row: int, style: int) -> str:
    if isinstance(value, Formula):
        return f'<c r="{letter}{row}"><f>{escape(value.text)}</f><v>{value.value}</v></c>'
    if isinstance(value, date):
        return f'<c r="{letter}{row}" s="{style}"><v>{_serial(value)}</v></c>'
    number = plain_number(value) if isinstance(value, Decimal) else value
    return f'<c r="{letter}{row}"><v>{number}</v></c>'


def _serial(value: date) -> str:
    """A day as the file counts days; an hour is a part of one."""
    if not isinstance(value, datetime):
        return str(value.toordinal() - FIRST_DAY.toordinal())
    passed = value - FIRST_DAY
    return f"{passed.days + passed.seconds / DAY:.10f}".rstrip("0").rstrip(".")


# --- What stands around it -------------------------------------------------------------------------------


def _frame(names: Sequence[str], formats: Sequence[str]) -> Iterator[tuple[str, str]]:
    numbered = list(enumerate(names, start=1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number, _name in numbered
    )
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in numbered
    )
    yield (
        "[Content_Types].xml",
        (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'{types}<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
        ),
    )
    yield "_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            *(("worksheet", f"worksheets/sheet{number}.xml") for number, _name in numbered),
            ("styles", "styles.xml"),
        ),
    )
    yield (
        "xl/workbook.xml",
        (f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'),
    )
    yield "xl/styles.xml", _styles(formats)


def _relations(*parts: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _styles(formats: Sequence[str]) -> str:
    """Plain, heading, typed with an apostrophe; then one for each column, with its format."""
    known = "".join(
        f'<numFmt numFmtId="{_FIRST_OWN_FORMAT + at}" formatCode={quoteattr(one)}/>'
        for at, one in enumerate(formats)
    )
    own = "".join(
        f'<xf numFmtId="{_FIRST_OWN_FORMAT + at}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for at in range(len(formats))
    )
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(formats)}">{known}</numFmts>'
        f'<fonts count="2"><font><sz val="11"/><color rgb="FF{INK}"/><name val="{FONT}"/></font>'
        f'<font><b/><sz val="11"/><color rgb="FF{WHITE}"/><name val="{FONT}"/></font></fonts>'
        f'<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{ACCENT}"/></patternFill></fill></fills>'
        f'<borders count="2"><border/><border><left/><right style="thin"><color rgb="FF{RULE}"/></right>'
        f"<top/><bottom/></border></borders>"
        f'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{_FIRST_FORMAT + len(formats)}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        f'<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyAlignment="1">'
        f'<alignment vertical="center" wrapText="1"/></xf>'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>{own}</cellXfs>'
        f'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
