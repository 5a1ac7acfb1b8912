"""Rows read as text give what the parser gives, and whatever is odd is the parser's."""

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from core.workbooks.errors import UnreadableWorkbook
from core.workbooks.limits import Limits
from core.workbooks.markup import Budget, Walk
from core.workbooks.numbers import Moment
from core.workbooks.plain_rows import without_plain_rows
from core.workbooks.strings import TextBudget
from core.workbooks.thinning import without_empty
from core.workbooks.worksheet import Book, Worksheet
from tests.core.workbooks.parts import MAIN, sheet_xml

LIMITS = Limits(rows=20, row_slack=0, columns=30, cells=12, text=120, cell_text=40)
TEXTS = ["a", "b", None, " "]


class Reading:
    """What came of a sheet: its rows, or why it was refused, and where."""

    def __init__(self, data: bytes, *, as_text: bool, size: int = 0) -> None:
        self.book = Book(LIMITS, TEXTS, {"3": Moment.DATE}, False, TextBudget(LIMITS), LIMITS.cells)
        self.sheet = Worksheet(self.book)
        self.walk = Walk(self.sheet.document, Budget(LIMITS))
        self.parsed = b""
        chunks: Iterable[bytes] = (
            [data[at : at + size] for at in range(0, len(data), size)] if size else [data]
        )
        if as_text:
            chunks = without_plain_rows(without_empty(chunks), self.walk, self.sheet)
        try:
            self.walk.through(self._noted(chunks))
            self.rows = self.sheet.rows()
            self.outcome: object = (self.rows, self.book.cells_left, self.book.text_budget.left)
        except UnreadableWorkbook as refusal:
            self.outcome = (refusal.reason, refusal.cell, refusal.detail)

    def _noted(self, chunks: Iterable[bytes]) -> Iterable[bytes]:
        for chunk in chunks:
            self.parsed += chunk
            yield chunk


CELLS = [
    '<c{at}><v>12</v></c>', '<c{at} s="3"><v>45659</v></c>', '<c{at} s="3" t="n"><v>45659.5</v></c>', '<c{at} t="n"><v>1E3</v></c>',
    '<c{at} t="s"><v>1</v></c>', '<c{at} t="s"><v>2</v></c>', '<c{at} t="s"><v>3</v></c>', '<c{at} t="s"><v>9</v></c>', '<c{at} t="s"><v>-1</v></c>',
    '<c{at} t="b"><v>1</v></c>', '<c{at} t="b"><v>7</v></c>', '<c{at} t="str"><v>Zażółć</v></c>', '<c{at} t="e"><v>#REF!</v></c>',
    '<c{at} t="d"><v>2026-01-01</v></c>', '<c{at} t="x"><v>1</v></c>', '<c{at}><v>abc</v></c>', '<c{at}><v> </v></c>', '<c{at}/>', "<c{at}></c>",
    '<c{at} t="inlineStr"><is><t>Gmina „Dobra”</t></is></c>', '<c{at} t="inlineStr"><is><t xml:space="preserve">a  b </t></is></c>',
    '<c{at} t="inlineStr"><is><t> </t></is></c>', '<c{at} t="inlineStr"><is><t>a &amp; b</t></is></c>', '<c{at} t="inlineStr"><is><t>_x0041_</t></is></c>',
    '<c{at} t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', '<c{at}><is><t>a</t></is></c>', '<c{at} t="inlineStr"><v>1</v></c>',
    '<c{at} t="inlineStr"><is><t>' + "x" * 41 + "</t></is></c>", '<c{at} t="str"><v>' + "y" * 30 + "</v></c>",
    '<c{at} t="inlineStr"><is><t>a</t></is><v>1</v></c>', '<c{at} t="s"><f>1+1</f><v>1</v></c>', '<c{at}><f>1+1</f></c>',
    '<c{at} t="str"><v>a]]>b</v></c>', '<c{at} t="str"><v>a\x01b</v></c>', '<c{at} t="str"><v>a\x85\ufffe</v></c>', '<c{at} t="str"><v>a\nb</v></c>',
    '<c{at} t="str"><v><![CDATA[</row><row r="1"><c r="A1"><v>1</v></c></row>]]></v></c>',
    '<c s="1"{at}><v>1</v></c>', "<c{at} s='1'><v>1</v></c>", '<c{at} s="1" s="2"><v>1</v></c>', '<c><v>5</v></c>', '<x:c{at}><v>1</v></x:c>',
]  # fmt: skip
ROWS = [' r="{row}"'] * 6 + [
    "", ' r="{row}" spans="1:3" ht="12.5"', ' r="{row}" x:dyDescent="0.2"', ' r="{row}" z:dyDescent="0.2"', ' r="{row}" ht="1" ht="2"',
    ' r="{row}" r="3"', ' ht="1" r="{row}"', ' r="0{row}"', ' r="1"', ' r="99"', ' r="{row}" xmlns="urn:other"', ' r="{row}" a="&lt;"',
    ' r="{row}" a="\x02"',
]  # fmt: skip
BETWEEN = [""] * 6 + [
    "\n", " \t", "text", "<!-- </row> -->", '<!-- <row r="1"><c r="A1"><v>1</v></c></row> -->', "<?go <row/></row>?>", "<foo>", "</foo>",
    "<foo/>", "</row>", "<row>", "<![CDATA[</row>]]>", "&amp;", "</sheetData>", "<sheetData>",
]  # fmt: skip
HEADS = ["", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', '<?xml version="1.0" encoding="ISO-8859-2"?>', "\ufeff"]  # fmt: skip
ROOTS = ["", ' xmlns:x="urn:x"', f' xmlns:x="{MAIN}"']


@some.composite
def sheets(draw: some.DrawFn) -> bytes:
    """Mostly plain, with odd things in between, as many programs and some people write them."""
    odd = draw(some.integers(0, 3))
    xml = ""
    for row in range(1, draw(some.integers(1, 8))):
        cells = ""
        for letter in draw(some.sampled_from([["A"], ["A", "B"], ["B", "A"], ["A", "A"], ["C", "AA", "AF"]])):
            at = f' r="{letter}{row}"'
            cells += draw(some.sampled_from(CELLS if odd else CELLS[:5])).replace("{at}", at)
        attributes = draw(some.sampled_from(ROWS if odd else ROWS[:8])).replace("{row}", str(row))
        xml += f"<row{attributes}>{cells}</row>" + draw(
            some.sampled_from(BETWEEN if odd > 1 else BETWEEN[:7])
        )
    whole = sheet_xml(xml).replace("<worksheet", f"<worksheet{draw(some.sampled_from(ROOTS))}", 1)
    if odd == 3:
        whole = whole.replace(
            "<sheetData>", draw(some.sampled_from(["<sheetData >", "<foo><sheetData>", "<sheetData>"]))
        )
    head = draw(some.sampled_from(HEADS))
    return (head + whole[whole.index("<worksheet") :]).encode()


@given(data=sheets(), size=some.integers(1, 500))
def test_a_sheet_reads_the_same_as_by_the_parser_alone(data: bytes, size: int):
    assert Reading(data, as_text=True, size=size).outcome == Reading(data, as_text=False).outcome


@given(data=sheets(), at=some.floats(0, 1), byte=some.integers(0, 255), size=some.integers(1, 500))
@example(sheet_xml('<row r="1"><c r="A1" t="str"><v>é</v></c></row>').encode(), 0.5, 0xE9, 400)
def test_so_does_one_with_a_damaged_byte(data: bytes, at: float, byte: int, size: int):
    damaged = bytearray(data)
    damaged[int(at * (len(damaged) - 1))] = byte

    assert (
        Reading(bytes(damaged), as_text=True, size=size).outcome
        == Reading(bytes(damaged), as_text=False).outcome
    )


PLAIN = '<row r="{0}" spans="1:2"><c r="A{0}" s="1" t="s"><v>0</v></c><c r="B{0}" t="inlineStr"><is><t>Zażółć</t></is></c></row>'


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_plain_rows_never_reach_the_parser(size: int):
    reading = Reading(
        sheet_xml("".join(PLAIN.format(row) for row in range(1, 6))).encode(), as_text=True, size=size
    )

    assert reading.parsed.decode() == sheet_xml("")
    assert [(row.number, dict(row.cells)) for row in reading.rows] == [
        (row, {1: "a", 2: "Zażółć"}) for row in range(1, 6)
    ]


def test_an_odd_row_among_them_is_the_only_one_that_does():
    odd = '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row>'
    rows = [PLAIN.format(1), PLAIN.format(2), odd, PLAIN.format(4)]

    reading = Reading(sheet_xml("".join(rows)).encode(), as_text=True)

    assert reading.parsed.decode() == sheet_xml(odd)
    assert [row.number for row in reading.rows] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(MAIN, "urn:other"),
        lambda xml: xml.replace("<sheetData>", '<sheetData xmlns="urn:other">'),
        lambda xml: xml.replace("<sheetData>", "<other><sheetData>").replace("</sheetData>", "</sheetData></other>"),
        lambda xml: '<?xml version="1.0" encoding="ISO-8859-2"?>' + xml[xml.index("<worksheet") :],
        lambda xml: xml.replace("<sheetData>", "<!-- <sheetData> --><sheetData>"),
    ],
    ids=["of another namespace", "its table too", "a table elsewhere", "other letters", "a table in a comment"],
)  # fmt: skip
def test_rows_of_what_is_no_plain_sheet_are_the_parsers(change):
    xml = change(sheet_xml(PLAIN.format(1)))

    reading = Reading(xml.encode(), as_text=True)

    assert xml.encode().startswith(reading.parsed), "refused ones are not read to their end"
    assert reading.outcome == Reading(xml.encode(), as_text=False).outcome
