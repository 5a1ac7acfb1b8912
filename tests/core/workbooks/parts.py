"""A small plan workbook written as Excel writes it, part by part, so that a test can bend any of them."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

TYPES = "[Content_Types].xml"
ROOT_LINKS = "_rels/.rels"
WORKBOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
SHEET = "xl/worksheets/sheet2.xml"
"""The sheet with the plan; the first holds labels, the third is hidden."""

PLAN = "4_Działania"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TEXTS = (
    "Gmina",
    "Żory Małe",
    "Temat",
    "Godziny",
    "Data",
    "Zdalnie",
    "Koszt",
    "Uwagi",
    "E-usługi & płatności",
    "Bezpieczeństwo: hasła „silne” <12 znaków>",
    "linia pierwsza\nlinia druga",
    "szablon",
)
FIRST_ROW, LAST_ROW = 5, 20


class Parts(dict[str, bytes]):
    """The parts of a workbook by path. Changes are made in a copy of the base and fail if they change nothing."""

    def replace(self, part: str, old: str, new: str, *, times: int = -1) -> "Parts":
        text = self[part].decode()
        assert old in text, f"{old!r} is not in {part}"
        self[part] = text.replace(old, new, times).encode()
        return self

    def cell(self, reference: str, xml: str) -> "Parts":
        """Another cell in place of this one in the plan."""
        text = self[SHEET].decode()
        start = text.index(f'<c r="{reference}"')
        end = text.index("</c>", start) + len("</c>")
        self[SHEET] = (text[:start] + xml + text[end:]).encode()
        return self

    def more_rows(self, xml: str) -> "Parts":
        """Rows after the last of the plan."""
        return self.replace(SHEET, "</sheetData>", f"{xml}</sheetData>")

    def after_cells(self, xml: str) -> "Parts":
        return self.replace(SHEET, "</sheetData>", f"</sheetData>{xml}")

    def text(self, number: int, xml: str) -> "Parts":
        """Another content of the ``si`` with this index."""
        return self.replace(STRINGS, f"<si>{_si(TEXTS[number])}</si>", f"<si>{xml}</si>")

    def link(self, kind: str, target: str, *, number: int = 90, mode: str = "") -> "Parts":
        mode = f' TargetMode="{mode}"' if mode else ""
        xml = f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        return self.replace(LINKS, "</Relationships>", f"{xml}</Relationships>")

    def typed(self, part: str, content_type: str) -> "Parts":
        xml = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
        return self.replace(TYPES, "</Types>", f"{xml}</Types>")

    def more_sheets(self, *names: str, part: str = "") -> "Parts":
        """Further sheets, each empty unless the part is given."""
        for number, name in enumerate(names, start=50):
            path = f"xl/worksheets/sheet{number}.xml"
            self[path] = (part or _sheet("")).encode()
            self.typed(path, f"{TYPE}.worksheet+xml").link(
                "worksheet", f"worksheets/sheet{number}.xml", number=number
            )
            self.replace(
                WORKBOOK,
                "</sheets>",
                f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/></sheets>',
            )
        return self

    def zipped(self, *, compression: int = ZIP_DEFLATED) -> bytes:
        target = BytesIO()
        with ZipFile(target, "w", compression, compresslevel=1) as archive:
            for path, content in self.items():
                archive.writestr(path, content)
        return target.getvalue()

    def zipped_with(self, part: str, pieces: Iterable[bytes]) -> bytes:
        """The part comes in pieces, so that huge ones never stand in the test's memory."""
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for path, content in self.items():
                if path != part:
                    archive.writestr(path, content)
            with archive.open(part, "w") as member:
                for piece in pieces:
                    member.write(piece)
        return target.getvalue()


def base_parts() -> Parts:
    return Parts(
        {
            TYPES: _content_types(),
            ROOT_LINKS: _links(("rId1", f"{OFFICE}/officeDocument", "xl/workbook.xml")),
            WORKBOOK: _workbook(),
            LINKS: _links(
                ("rId1", f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
                ("rId2", f"{OFFICE}/worksheet", "worksheets/sheet2.xml"),
                ("rId3", f"{OFFICE}/worksheet", "worksheets/sheet3.xml"),
                ("rId4", f"{OFFICE}/styles", "styles.xml"),
                ("rId5", f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
            ),
            STRINGS: _strings(),
            STYLES: _styles(),
            "xl/worksheets/sheet1.xml": _sheet(_label_row(), tail='<pageMargins left="0.7"/>').encode(),
            SHEET: _sheet(_plan_rows(), head=f'<dimension ref="A3:G{LAST_ROW}"/>').encode(),
            "xl/worksheets/sheet3.xml": _sheet(f'<row r="1">{_shared("A1", 11)}</row>').encode(),
        }
    )


def sheet_xml(rows: str) -> str:
    return _sheet(rows)


def sheet_in_pieces(rows: Iterable[str], *, size: int = 20_000) -> Iterable[bytes]:
    """The plan's own rows, then these."""
    before, after = base_parts()[SHEET].split(b"</sheetData>")
    yield before
    batch: list[str] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= size:
            yield "".join(batch).encode()
            batch.clear()
    yield "".join(batch).encode() + b"</sheetData>" + after


def _content_types() -> bytes:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{TYPE}.{kind}+xml"/>'
        for part, kind in (
            (WORKBOOK, "sheet.main"),
            ("xl/worksheets/sheet1.xml", "worksheet"),
            (SHEET, "worksheet"),
            ("xl/worksheets/sheet3.xml", "worksheet"),
            (STYLES, "styles"),
            (STRINGS, "sharedStrings"),
        )
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()


def _links(*links: tuple[str, str, str]) -> bytes:
    xml = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in links
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{xml}</Relationships>'.encode()


def _workbook() -> bytes:
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr defaultThemeVersion="124226"/>'
        '<bookViews><workbookView xWindow="0"/></bookViews><sheets>'
        '<sheet name="1_Metryka" sheetId="1" r:id="rId1"/>'
        f'<sheet name="{PLAN}" sheetId="2" r:id="rId2"/>'
        '<sheet name="Meta" sheetId="3" state="veryHidden" r:id="rId3"/></sheets>'
        '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="1">\'4_Działania\'!$A$1:$G$20'
        "</definedName><definedName name=\"kierunki\">'1_Metryka'!$B$1:$B$9</definedName></definedNames>"
        '<calcPr calcId="145621"/></workbook>'
    ).encode()


def _strings() -> bytes:
    items = "".join(f"<si>{_si(text)}</si>" for text in TEXTS)
    count = len(TEXTS)
    return f'{DECLARATION}<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">{items}</sst>'.encode()


def _si(text: str) -> str:
    return f"<t>{escaped(text)}</t>"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _styles() -> bytes:
    """Style 1 shows a date, 2 a date with time, 3 money, 4 a custom date, 5 hours above 24, 6 a percentage."""
    formats = (
        '<numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00\\ &quot;zł&quot;"/>'
        '<numFmt numFmtId="165" formatCode="[$-415]d\\ mmmm\\ yyyy;@"/></numFmts>'
    )
    styles = "".join(f'<xf numFmtId="{number}" fontId="0"/>' for number in (0, 14, 22, 164, 165, 46, 10))
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">{formats}<fonts><font><sz val="11"/></font></fonts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'
    ).encode()


def _sheet(rows: str, *, head: str = "", tail: str = "") -> str:
    views = '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{head}{views}'
        f"<sheetData>{rows}</sheetData>{tail}</worksheet>"
    )


def _label_row() -> str:
    return f'<row r="1" spans="1:2">{_shared("A1", 0)}{_shared("B1", 1)}</row>'


def _plan_rows() -> str:
    header = "".join(_shared(f"{letter}3", text) for letter, text in zip("BCDEFG", range(2, 8), strict=True))
    return f'<row r="3" spans="1:7">{header}</row><row r="4" spans="1:7" ht="30"/>' + "".join(
        _plan_row(number) for number in range(FIRST_ROW, LAST_ROW + 1)
    )


def _plan_row(number: int) -> str:
    cells = (
        f'<c r="A{number}" t="inlineStr"><is><t>D-{number:03d}</t></is></c>',
        _shared(f"B{number}", 8 + number % 3),
        f'<c r="C{number}"><v>{number * 2}</v></c>',
        f'<c r="D{number}" s="1"><v>{46_000 + number}</v></c>',
        f'<c r="E{number}" t="b"><v>{number % 2}</v></c>',
        f'<c r="F{number}" s="3"><f>C{number}*0.1</f><v>{number * 2 / 10}</v></c>',
        f'<c r="G{number}" t="str"><f>IF(E{number},"tak","nie")</f><v>{"tak" if number % 2 else "nie"}</v></c>',
    )
    return f'<row r="{number}" spans="1:7">{"".join(cells)}</row>'


def _shared(reference: str, index: int) -> str:
    return f'<c r="{reference}" t="s"><v>{index}</v></c>'
