from hypothesis import given
from hypothesis import strategies as some

from core.workbooks.limits import Limits
from core.workbooks.markup import Budget, parse
from core.workbooks.raw import RawRow
from core.workbooks.strings import TextBudget
from core.workbooks.thinning import without_empty
from core.workbooks.worksheet import Book, Worksheet
from tests.core.workbooks.parts import sheet_xml


def read(chunks) -> tuple[RawRow, ...]:
    limits = Limits()
    sheet = Worksheet(Book(limits, ["a", "b"], {}, False, TextBudget(limits), limits.cells))
    parse(chunks, sheet.document, Budget(limits))
    return sheet.rows()


@some.composite
def sheets(draw) -> str:
    """Rows and cells, empty or not, with or without saying where they stand, as many programs write them."""
    xml = ""
    for row in range(1, draw(some.integers(1, 6))):
        cells = "".join(draw(cell(f"{letter}{row}")) for letter in "ABC"[: draw(some.integers(0, 3))])
        number = draw(some.sampled_from([f' r="{row}"', f" r='{row}'", f' r="{row}" s="1" customFormat="1"']))
        xml += f"<row{number}>{cells}</row>" if cells or draw(some.booleans()) else f"<row{number}/>"
        xml += draw(some.sampled_from(["", "\n", f'<!-- <row r="{row}"/><row r="9"/> -->']))
    return sheet_xml(xml)


def cell(reference: str):
    at = f' r="{reference}"'
    return some.sampled_from(
        [
            f"<c{at}/>",
            f'<c{at} s="1"/>',
            f'<c{at} s="1"></c>',
            "<c/>",
            f"<c{at}><v>1</v></c>",
            f'<c s="2"{at} t="s"><v>1</v></c>',
            f'<c{at} t="str"><v>a &lt;c/> b</v></c>',
            f'<c{at} t="str"><v><![CDATA[<c r="A1"/><c r="B1"/><row r="1"/><row r="2">]]></v></c>',
        ]
    )


@given(xml=sheets(), size=some.integers(1, 400))
def test_a_thinned_sheet_reads_the_same(xml: str, size: int):
    data = xml.encode()
    chunks = [data[start : start + size] for start in range(0, len(data), size)]

    assert read(without_empty(chunks)) == read([data])


def test_empty_rows_and_cells_are_taken_out():
    rows = "".join(
        f'<row r="{row}" ht="12"><c r="A{row}" s="1"/><c r="B{row}"/></row>' for row in range(1, 100)
    )

    thinned = b"".join(without_empty([sheet_xml(rows).encode()]))

    assert thinned == sheet_xml('<row r="99" ht="12"></row>').encode()
