"""Cells, rows and texts written in every way a program was seen to write them: all to be read."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal

from core.workbooks.raw import NOT_WORKED_OUT, CellError, Percent, column_letters
from tests.core.workbooks.cases import Accepted, with_cell, with_text
from tests.core.workbooks.parts import LAST_ROW, SHEET, STYLES, WORKBOOK, Parts, sheet_in_pieces

NUMBERS = (
    with_cell("noise of binary fractions", '<c r="C6"><v>0.30000000000000004</v></c>', Decimal("0.3")),
    with_cell("a tenth", '<c r="C6"><v>0.1</v></c>', Decimal("0.1")),
    with_cell("a tenth in 17 digits", '<c r="C6"><v>0.10000000000000001</v></c>', Decimal("0.1")),
    with_cell("a number with exponent", '<c r="C6"><v>1.5E-3</v></c>', Decimal("0.0015")),
    with_cell("a large exponent", '<c r="C6"><v>2E+5</v></c>', Decimal(200000)),
    with_cell("minus zero", '<c r="C6"><v>-0</v></c>', Decimal(0)),
    with_cell("space around a number", '<c r="C6"><v> 7\n</v></c>', Decimal(7)),
    with_cell("a fraction without need", '<c r="C6" t="n"><v>20.000</v></c>', Decimal(20)),
    with_cell("a negative number", '<c r="C6"><v>-12.5</v></c>', Decimal("-12.5")),
    with_cell("a style that is not there", '<c r="C6" s="999"><v>20</v></c>', Decimal(20)),
    with_cell("a negative style", '<c r="C6" s="-1"><v>20</v></c>', Decimal(20)),
    with_cell("a style that is no number", '<c r="C6" s="x"><v>20</v></c>', Decimal(20)),
    with_cell(
        "an account number",
        '<c r="C6"><v>61109010140000071219812874</v></c>',
        Decimal("6.11090101400001E+25"),
    ),
)

DATES = (
    with_cell("a date", '<c r="D6" s="1"><v>46113</v></c>', date(2026, 4, 1), at="D6"),
    with_cell(
        "a date with time",
        '<c r="D6" s="2"><v>46113.604166666664</v></c>',
        datetime(2026, 4, 1, 14, 30),
        at="D6",
    ),
    with_cell("a date in a format of its own", '<c r="D6" s="4"><v>46113</v></c>', date(2026, 4, 1), at="D6"),
    with_cell(
        "a format of the first style list", '<c r="D6" s="0"><v>46113</v></c>', Decimal(46113), at="D6"
    ),
    with_cell("money is no date", '<c r="D6" s="3"><v>46113.5</v></c>', Decimal("46113.5"), at="D6"),
    with_cell(
        "more than a day of hours", '<c r="D6" s="5"><v>1.1041666666666667</v></c>', "26:30:00", at="D6"
    ),
    with_cell("less than a day of hours", '<c r="D6" s="5"><v>0.0625</v></c>', time(1, 30), at="D6"),
    with_cell("the last day of February 1900", '<c r="D6" s="1"><v>59</v></c>', date(1900, 2, 28), at="D6"),
    with_cell("29 February 1900", '<c r="D6" s="1"><v>60</v></c>', "1900-02-29", at="D6"),
    with_cell("the first day of March 1900", '<c r="D6" s="1"><v>61</v></c>', date(1900, 3, 1), at="D6"),
    with_cell("a date past the calendar", '<c r="D6" s="1"><v>2958466</v></c>', Decimal(2958466), at="D6"),
    with_cell("a date before the calendar", '<c r="D6" s="1"><v>-1</v></c>', Decimal(-1), at="D6"),
    with_cell("an ISO date", '<c r="D6" t="d"><v>2026-04-01</v></c>', date(2026, 4, 1), at="D6"),
    with_cell(
        "an ISO moment",
        '<c r="D6" t="d"><v>2026-04-01T14:30:00.000Z</v></c>',
        datetime(2026, 4, 1, 14, 30),
        at="D6",
    ),
    with_cell("an ISO time", '<c r="D6" t="d"><v>14:30:00</v></c>', time(14, 30), at="D6"),
    with_cell("text in a date style", '<c r="D6" s="1" t="str"><v>maj</v></c>', "maj", at="D6"),
)

KINDS = (
    with_cell("true in a word", '<c r="E6" t="b"><v>true</v></c>', True, at="E6"),
    with_cell("an error", '<c r="C6" t="e"><v>#REF!</v></c>', CellError("#REF!")),
    with_cell(
        "a formula with an error",
        '<c r="F6" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        CellError("#DIV/0!"),
        at="F6",
    ),
    with_cell("a formula without a value", '<c r="F6" s="3"><f>C6*0.1</f></c>', NOT_WORKED_OUT, at="F6"),
    with_cell(
        "a formula with an empty value", '<c r="F6" s="3"><f>C6*0.1</f><v></v></c>', NOT_WORKED_OUT, at="F6"
    ),
    with_cell(
        "a formula of texts without a value", '<c r="F6" t="str"><f>C6</f></c>', NOT_WORKED_OUT, at="F6"
    ),
    with_cell("a percentage", '<c r="C6" s="6"><v>0.645</v></c>', Percent("0.645")),
    with_cell("a formula with an empty text", '<c r="G6" t="str"><f>""</f><v></v></c>', None, at="G6"),
    with_cell("a text of spaces", '<c r="G6" t="str"><v>  </v></c>', None, at="G6"),
    with_cell("a shared text without index", '<c r="B6" t="s"></c>', None, at="B6"),
    with_cell(
        "a shared formula",
        '<c r="F6"><f t="shared" ref="F6:F9" si="0">C6*0.1</f><v>1.2</v></c>',
        Decimal("1.2"),
        at="F6",
    ),
    with_cell(
        "an array formula",
        '<c r="F6"><f t="array" ref="F6">SUM(C5:C6)</f><v>22</v></c>',
        Decimal(22),
        at="F6",
    ),
    with_cell(
        "a formula that would call a program",
        '<c r="F6" t="str"><f>cmd|\'/c calc\'!A0</f><v>x</v></c>',
        "x",
        at="F6",
    ),
    with_cell("an inline text", '<c r="B6" t="inlineStr"><is><t>Ręcznie</t></is></c>', "Ręcznie", at="B6"),
    with_cell(
        "rich inline text",
        '<c r="B6" t="inlineStr"><is><r><rPr><b/></rPr><t>Rę</t></r><r><t>cznie</t></r></is></c>',
        "Ręcznie",
        at="B6",
    ),
    with_cell("inline text without its kind", '<c r="B6"><is><t>Ręcznie</t></is></c>', "Ręcznie", at="B6"),
    with_cell(
        "inline text where the value stands", '<c r="B6" t="inlineStr"><v>Ręcznie</v></c>', "Ręcznie", at="B6"
    ),
    with_cell("the longest text", f'<c r="B6" t="str"><v>{"ż" * 32767}</v></c>', "ż" * 32767, at="B6"),
    with_cell("a value with its own metadata", '<c r="C6" cm="1" vm="1"><v>20</v></c>', Decimal(20)),
)

TEXTS = (
    with_text(
        "rich text",
        '<r><rPr><b/><sz val="11"/></rPr><t>Dobre </t></r><r><t>praktyki</t></r>',
        "Dobre praktyki",
    ),
    with_text(
        "a phonetic guide", '<t>課</t><rPh sb="0" eb="1"><t>ka</t></rPh><phoneticPr fontId="1"/>', "課"
    ),
    with_text("kept space", '<t xml:space="preserve"> plan </t>', " plan "),
    with_text("an escaped letter", "<t>_x0041_B</t>", "AB"),
    with_text("an escape that is escaped", "<t>_x005F_x0041_B</t>", "_x0041_B"),
    with_text("what only looks like an escape", "<t>_x00G1_ _x41_</t>", "_x00G1_ _x41_"),
    with_text("an escaped NUL", "<t>a_x0000_b</t>", "ab"),
    with_text("an escaped ESC", "<t>a_x001B_[31mb</t>", "a[31mb"),
    with_text("an escaped line break of Windows", "<t>a_x000D_\nb</t>", "a\nb"),
    with_text("a carriage return", "<t>a&#13;b</t>", "a\nb"),
    with_text("half of an escaped pair", "<t>a_xD83D_b</t>", "a\ufffdb"),
    with_text("both halves of an escaped pair", "<t>_xD83D__xDE00_</t>", "😀"),
    with_text("an escaped noncharacter", "<t>a_xFFFF_b</t>", "ab"),
    with_text("a control character of Latin 1", "<t>a&#x85;b&#x9B;c</t>", "abc"),
    with_text("a tab and a line break", "<t>a\tb\nc</t>", "a\tb\nc"),
    with_text("CDATA", "<t><![CDATA[a < b & c]]></t>", "a < b & c"),
    with_text("character references", "<t>&#x17B;&#243;&#x142;w &amp; &lt;</t>", "Żółw & <"),
    with_text("a comment inside a text", "<t>a<!-- c -->b</t>", "ab"),
    with_text("an instruction inside a text", "<t>a<?x y?>b</t>", "ab"),
    with_text("an emoji", "<t>👩‍🌾</t>", "👩‍🌾"),
    with_text("a formula typed as text", "<t>=1+1</t>", "=1+1"),
)


def rows_backwards(parts: Parts) -> Parts:
    before, rest = parts[SHEET].decode().split("<sheetData>")
    rows, after = rest.split("</sheetData>")
    turned = "".join(f"{row}</row>" for row in reversed(rows.split("</row>")[:-1]))
    parts[SHEET] = f"{before}<sheetData>{turned}</sheetData>{after}".encode()
    return parts


def cells_backwards(parts: Parts) -> Parts:
    parts.cell("A6", '<c r="C6"><v>12</v></c>')
    text = parts[SHEET].decode()
    first, last = text.index('<c r="C6"'), text.rindex('<c r="C6"')
    end = text.index("</c>", last) + len("</c>")
    inline = '<c r="A6" t="inlineStr"><is><t>D-006</t></is></c>'
    parts[SHEET] = (text[:last] + inline + text[end:]).encode()
    assert first < last
    return parts


def without_references(parts: Parts, *, cells: bool, rows: bool) -> Parts:
    """Rows 1 and 2 of the plan are empty, so rows without a number need them written out."""
    for number in range(3, LAST_ROW + 1):
        for letter in "ABCDEFG" if cells else "":
            if number > 4 or (number == 3 and letter != "A"):
                parts.replace(SHEET, f'<c r="{letter}{number}"', "<c")
        if rows:
            parts.replace(SHEET, f'<row r="{number}"', "<row")
    if cells:
        parts.replace(
            SHEET,
            '<row spans="1:7"><c t' if rows else '<row r="3" spans="1:7"><c',
            ("<row><c/><c t" if rows else '<row r="3"><c/><c'),
            times=1,
        )
    if rows:
        parts.replace(SHEET, "<sheetData>", "<sheetData><row/><row/>")
    return parts


def row_in_two_pieces(parts: Parts) -> Parts:
    return parts.replace(SHEET, '<c r="D6"', '</row><row r="6"><c r="D6"')


ORDER = (
    Accepted("rows from last to first", rows_backwards),
    Accepted("cells out of order", cells_backwards),
    Accepted("cells without references", lambda parts: without_references(parts, cells=True, rows=False)),
    Accepted("rows without numbers", lambda parts: without_references(parts, cells=False, rows=True)),
    Accepted(
        "neither references nor numbers", lambda parts: without_references(parts, cells=True, rows=True)
    ),
    Accepted("a row in two pieces", row_in_two_pieces),
    Accepted("a dimension too small", lambda parts: parts.replace(SHEET, "A3:G20", "A3:B9")),
    Accepted("a dimension of one cell", lambda parts: parts.replace(SHEET, "A3:G20", "A1")),
    Accepted("a dimension of the whole sheet", lambda parts: parts.replace(SHEET, "A3:G20", "A1:XFD1048576")),
    Accepted("a dimension that is none", lambda parts: parts.replace(SHEET, "A3:G20", "???")),
    Accepted("no dimension", lambda parts: parts.replace(SHEET, '<dimension ref="A3:G20"/>', "")),
    Accepted("spans that lie", lambda parts: parts.replace(SHEET, 'spans="1:7"', 'spans="2:3"')),
)

EDGES = (
    Accepted(
        "a value in the last row read",
        lambda parts: parts.more_rows('<row r="2100"><c r="A2100"><v>1</v></c></row>'),
        {"A2100": Decimal(1)},
    ),
    Accepted(
        "a value in the last column read",
        lambda parts: parts.more_rows('<row r="21"><c r="GR21"><v>1</v></c></row>'),
        {"GR21": Decimal(1)},
    ),
    Accepted(
        "an empty styled cell in the far corner",
        lambda parts: parts.more_rows('<row r="1048576"><c r="XFD1048576" s="1"/></row>'),
    ),
    Accepted(
        "an empty text in the far corner",
        lambda parts: parts.more_rows(
            '<row r="1048576"><c r="XFD1048576" t="str"><f>""</f><v></v></c></row>'
        ),
    ),
    Accepted(
        "spaces in the far corner",
        lambda parts: parts.more_rows(
            '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
        ),
    ),
    Accepted("an empty sheetData", lambda parts: parts.more_sheets("Pusty"), more_sheets=("Pusty",)),
    Accepted(
        "columns formatted to the end",
        lambda parts: parts.replace(
            SHEET, "<sheetData>", '<cols><col min="1" max="16384" width="9" style="1"/></cols><sheetData>'
        ),
    ),
    Accepted(
        "dates from 1904",
        lambda parts: parts.replace(WORKBOOK, "<workbookPr ", '<workbookPr date1904="1" '),
        {f"D{row}": date(2029, 12, 10 + row) for row in range(5, 21)},
    ),
    Accepted(
        "no style for dates",
        lambda parts: parts.replace(STYLES, 'numFmtId="14"', 'numFmtId="0"'),
        {f"D{row}": Decimal(46_000 + row) for row in range(5, 21)},
    ),
)


def empty_rows() -> Iterator[str]:
    return (f'<row r="{row}" hidden="0"/>' for row in range(21, 2**20 + 1))


def empty_rows_of_libreoffice() -> Iterator[str]:
    tail = 'customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"'
    return (f'<row r="{row}" {tail}></row>' for row in range(21, 2**20 + 1))


def empty_cells_down_a_column() -> Iterator[str]:
    return (f'<row r="{row}"><c r="B{row}" s="1"/></row>' for row in range(21, 2**20 + 1))


def empty_cells_along_rows() -> Iterator[str]:
    letters = [column_letters(column) for column in range(1, 16385)]
    return (
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}" s="1"/>' for letter in letters) + "</row>"
        for row in range(21, 51)
    )


def empty_rows_in_other_quotes() -> Iterator[str]:
    return (f"<row r='{row}'/>" for row in range(21, 2**20 + 1))


def large(name: str, rows: Callable[[], Iterator[str]]) -> Accepted:
    return Accepted(name, lambda parts: parts.zipped_with(SHEET, sheet_in_pieces(rows())))


LARGE = (
    large("a million empty rows", empty_rows),
    large("a million empty rows in other quotes", empty_rows_in_other_quotes),
    large("a million empty rows as LibreOffice writes them", empty_rows_of_libreoffice),
    large("a million empty formatted cells in a column", empty_cells_down_a_column),
    large("half a million empty formatted cells in rows", empty_cells_along_rows),
)

CASES = NUMBERS + DATES + KINDS + TEXTS + ORDER + EDGES + LARGE
