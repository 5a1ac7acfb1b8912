"""Cells that lie about themselves, stand too far out or are too many: refused, and the cell is named."""

from collections.abc import Callable, Iterator

from core.workbooks.errors import Reason
from tests.core.workbooks.cases import Build, Refused, in_plan, with_bad_cell
from tests.core.workbooks.parts import SHEET, STRINGS, Parts, sheet_in_pieces, sheet_xml


def rows(xml: str) -> Build:
    return lambda parts: parts.more_rows(xml)


def in_pieces(xml: Callable[[], Iterator[str]]) -> Build:
    return lambda parts: parts.zipped_with(SHEET, sheet_in_pieces(xml()))


def long_shared_text(parts: Parts) -> Parts:
    parts.replace(
        STRINGS,
        "</sst>",
        f"<si><t>{'x' * 20_000}</t></si><si><r><t>{'x' * 20_000}</t></r><r><t>{'ż' * 12_768}</t></r></si></sst>",
    )
    return parts.cell("C6", '<c r="C6" t="s"><v>13</v></c>')


def many_texts(parts: Parts) -> bytes:
    head, tail = parts[STRINGS].split(b"</sst>")
    pieces = (
        b"".join(b"<si><t>%d</t></si>" % number for number in range(start, start + 10_000))
        for start in range(0, 310_000, 10_000)
    )
    return parts.zipped_with(STRINGS, (head, *pieces, b"</sst>" + tail))


def much_text() -> Iterator[str]:
    words = "żaba " * 6_000
    return (
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{row} {words}</t></is></c></row>'
        for row in range(21, 450)
    )


def many_cells(parts: Parts) -> Parts:
    """Two sheets, each within its bounds."""
    letters = [chr(65 + number) for number in range(26)] + [
        f"{first}{chr(65 + number)}" for first in "AB" for number in range(26)
    ]
    body = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><v>{row}</v></c>' for letter in letters)
        + "</row>"
        for row in range(1, 1_700)
    )
    return parts.more_sheets("Jeden", "Dwa", part=sheet_xml(body))


FAR = (
    in_plan(
        "a value in the far corner",
        rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        Reason.TOO_MANY_ROWS,
        "XFD1048576",
    ),
    in_plan(
        "a text in the last row",
        rows('<row r="1048576"><c r="A1048576" t="s"><v>1</v></c></row>'),
        Reason.TOO_MANY_ROWS,
        "A1048576",
    ),
    in_plan(
        "an error in the far corner",
        rows('<row r="1048576"><c r="XFD1048576" t="e"><v>#N/A</v></c></row>'),
        Reason.TOO_MANY_ROWS,
        "XFD1048576",
    ),
    in_plan(
        "a value in the last column",
        rows('<row r="21"><c r="XFD21"><v>1</v></c></row>'),
        Reason.TOO_MANY_COLUMNS,
        "XFD21",
    ),
    in_plan(
        "a row too many", rows('<row r="2101"><c r="B2101"><v>1</v></c></row>'), Reason.TOO_MANY_ROWS, "B2101"
    ),
    in_plan(
        "a column too many",
        rows('<row r="21"><c r="GS21"><v>1</v></c></row>'),
        Reason.TOO_MANY_COLUMNS,
        "GS21",
    ),
    in_plan(
        "a row too many, without numbers",
        rows("<row/>" * 2_080 + '<row><c t="b"><v>1</v></c></row>'),
        Reason.TOO_MANY_ROWS,
        "A2101",
    ),
    in_plan(
        "a column too many, without references",
        rows('<row r="21">' + "<c/>" * 200 + "<c><v>1</v></c></row>"),
        Reason.TOO_MANY_COLUMNS,
        "GS21",
    ),
    in_plan("a cell far past the sheet", rows("<row>" + "<c/>" * 16_384 + "<c><v>1</v></c></row>")),
)

PLACES = (
    *(
        with_bad_cell(f"a cell at {reference or 'no place'}", f'<c r="{reference}"><v>20</v></c>', cell=None)
        for reference in (
            "A0",
            "6C",
            "C",
            "6",
            "",
            "AAAA6",
            "XFE6",
            "C1048577",
            "c6",
            "$C$6",
            "C6:C7",
            "C-6",
            "Ｃ6",
            "C٦",
        )
    ),
    with_bad_cell("a cell of another row", '<c r="C7"><v>20</v></c>', cell="C7"),
    with_bad_cell("a cell of an empty row", '<c r="C25"><v>20</v></c>', cell="C25"),
    with_bad_cell("a cell given twice", '<c r="B6"><v>20</v></c>', cell="B6"),
    in_plan("a row given twice", rows('<row r="6"><c r="C6"><v>1</v></c></row>'), Reason.DAMAGED, "C6"),
    *(
        in_plan(f"a row numbered {number!r}", rows(f'<row r="{number}"><c><v>1</v></c></row>'))
        for number in ("0", "-1", "1048577", "", "x", "1.5", "99999999999", "٦")
    ),
)

VALUES = (
    *(
        with_bad_cell(f"{number!r} for a number", f'<c r="C6"><v>{number}</v></c>')
        for number in (
            "NaN",
            "INF",
            "-Infinity",
            "1E400",
            "1E99999999",
            "0x1F",
            "1_000",
            "1,5",
            "٢٠",
            "2 0",
            "--1",
            "1e",
            ".",
            "9" * 500,
        )
    ),
    *(
        with_bad_cell(f"{index!r} for a text", f'<c r="C6" t="s"><v>{index}</v></c>')
        for index in ("-1", "12", "999999999999", "1.0", "+1", "x", "١")
    ),
    with_bad_cell("two for true", '<c r="C6" t="b"><v>2</v></c>'),
    *(
        with_bad_cell(f"{moment!r} for a date", f'<c r="C6" t="d"><v>{moment}</v></c>')
        for moment in (
            "2026-02-30",
            "2026-13-01",
            "0000-01-01",
            "25:00:00",
            "T",
            "Z",
            "2026-W01-1",
            "1.04.2026",
        )
    ),
    with_bad_cell("a kind nobody knows", '<c r="C6" t="x"><v>20</v></c>'),
    with_bad_cell("two values", '<c r="C6"><v>20</v><v>30</v></c>'),
    with_bad_cell("two texts", '<c r="C6"><is><t>a</t></is><is><t>b</t></is></c>'),
    with_bad_cell("a value and a text", '<c r="C6"><v>20</v><is><t>a</t></is></c>'),
)

AMOUNTS = (
    with_bad_cell(
        "a text behind a megabyte of NULs",
        f'<c r="C6" t="str"><v>{"_x0000_" * 150_000}tak</v></c>',
        Reason.TEXT_TOO_LONG,
    ),
    with_bad_cell(
        "an inline text behind a megabyte of NULs",
        f'<c r="C6"><is><t>{"_x0000_" * 150_000}tak</t></is></c>',
        Reason.TEXT_TOO_LONG,
    ),
    with_bad_cell(
        "an inline text too long",
        f'<c r="C6" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c>',
        Reason.TEXT_TOO_LONG,
    ),
    with_bad_cell(
        "a text of a formula too long", f'<c r="C6" t="str"><v>{"x" * 32_768}</v></c>', Reason.TEXT_TOO_LONG
    ),
    with_bad_cell(
        "a text of a megabyte", f'<c r="C6" t="str"><v>{"x" * 1_000_000}</v></c>', Reason.TEXT_TOO_LONG
    ),
    in_plan("a shared text too long", long_shared_text, Reason.TEXT_TOO_LONG, "C6"),
    in_plan("too much text", in_pieces(much_text), Reason.TOO_MUCH_TEXT),
    Refused("300,000 texts", many_texts, Reason.TOO_MANY_CELLS),
    Refused("a quarter of a million values", many_cells, Reason.TOO_MANY_CELLS, "Dwa", "AT1505"),
)

CASES = FAR + PLACES + VALUES + AMOUNTS
