"""Packages put together in unusual but lawful ways: all to be read."""

from io import BytesIO
from random import Random
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from tests.core.workbooks.cases import Accepted, Build
from tests.core.workbooks.parts import (
    DECLARATION,
    LINKS,
    MAIN,
    OFFICE,
    ROOT_LINKS,
    SHEET,
    STRICT_MAIN,
    STRICT_OFFICE,
    STRINGS,
    STYLES,
    TYPE,
    TYPES,
    WORKBOOK,
    Parts,
)


def in_encoding(part: str, codec: str, name: str, *, mark: bytes = b"") -> Build:
    def build(parts: Parts) -> Parts:
        text = parts[part].decode().replace('encoding="UTF-8"', f'encoding="{name}"')
        parts[part] = mark + text.encode(codec)
        return parts

    return build


def with_prefix(parts: Parts) -> Parts:
    """As the Open XML SDK writes: ``x:`` before every name of the main namespace."""
    for part in (SHEET, STRINGS, STYLES, WORKBOOK):
        text = parts[part].decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        head, body = text.split("?>", 1)
        body = body.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        parts[part] = f"{head}?>{body}".encode()
    return parts


def strict(parts: Parts) -> Parts:
    for part in list(parts):
        text = parts[part].decode().replace(MAIN, STRICT_MAIN).replace(OFFICE, STRICT_OFFICE)
        parts[part] = text.encode()
    return parts


def renamed(part: str, new: str, *, target: str) -> Build:
    def build(parts: Parts) -> Parts:
        parts[new] = parts.pop(part)
        old = part.removeprefix("xl/")
        return parts.replace(LINKS, f'"{old}"', f'"{target}"').replace(TYPES, f'"/{part}"', f'"/{new}"')

    return build


def with_member_names(change) -> Build:
    def build(parts: Parts) -> Parts:
        return Parts({change(path): content for path, content in parts.items()})

    return build


def streamed(parts: Parts) -> bytes:
    """Sizes and checksums after the data, as programs write that cannot go back."""

    class OneWay(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    target = OneWay()
    with ZipFile(target, "w", 8) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return target.getvalue()


def in_zip64(parts: Parts) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", 8) as archive:
        for path, content in parts.items():
            with archive.open(ZipInfo(path), "w", force_zip64=True) as member:
                member.write(content)
    return target.getvalue()


def with_comment(parts: Parts) -> bytes:
    target = BytesIO(parts.zipped())
    with ZipFile(target, "a") as archive:
        archive.comment = b"made by hand"
    return target.getvalue()


def with_part(path: str, content: bytes, content_type: str = "") -> Build:
    def build(parts: Parts) -> Parts:
        parts[path] = content
        return parts.typed(path, content_type) if content_type else parts

    return build


def with_picture(parts: Parts) -> Parts:
    parts["xl/media/image1.jpeg"] = Random(7).randbytes(4_500_000)
    return parts


def with_link_to_workbook(parts: Parts) -> Parts:
    path = "xl/externalLinks/externalLink1.xml"
    parts[path] = (
        f'{DECLARATION}<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1">'
        '<sheetNames><sheetName val="Arkusz1"/></sheetNames></externalBook></externalLink>'
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/externalLinkPath" Target="file:///C:/Budzet.xlsx" TargetMode="External"/></Relationships>'
    ).encode()
    return parts.typed(path, f"{TYPE}.externalLink+xml").link(
        "externalLink", "externalLinks/externalLink1.xml"
    )


def with_chart_sheet(parts: Parts) -> Parts:
    parts["xl/chartsheets/sheet1.xml"] = f'<chartsheet xmlns="{MAIN}"/>'.encode()
    sheet = '<sheet name="Wykres" sheetId="9" r:id="rId90"/></sheets>'
    return parts.link("chartsheet", "chartsheets/sheet1.xml").replace(WORKBOOK, "</sheets>", sheet)


def with_dead_names(parts: Parts) -> Parts:
    dead = "".join(f'<definedName name="stara_{number}">#REF!</definedName>' for number in range(5_000))
    return parts.replace(WORKBOOK, "</definedNames>", f"{dead}</definedNames>")


def around(xml: str) -> Build:
    """Something about ranges after the cells."""
    return lambda parts: parts.after_cells(xml)


def extension(parts: Parts) -> Parts:
    """Elements of other namespaces with the names of cells."""
    foreign = '<ext uri="x" xmlns:o="urn:o"><o:row r="6"><o:c r="C6"><o:v>9</o:v></o:c></o:row></ext>'
    return parts.after_cells(f'<extLst>{foreign}<row r="6"><c r="C6"><v>9</v></c></row></extLst>')


def many_styles(parts: Parts) -> Parts:
    return parts.replace(STYLES, "</cellXfs>", '<xf numFmtId="14"/>' * 70_000 + "</cellXfs>")


def unused_texts(parts: Parts) -> Parts:
    long = "x" * 40_000
    return parts.replace(STRINGS, "</sst>", f"<si/><si><t/></si><si><t>{long}</t></si></sst>")


ENCODINGS = (
    Accepted("a sheet in UTF-16 LE", in_encoding(SHEET, "utf-16-le", "UTF-16", mark=b"\xff\xfe")),
    Accepted("a sheet in UTF-16 BE", in_encoding(SHEET, "utf-16-be", "UTF-16", mark=b"\xfe\xff")),
    Accepted("texts in UTF-16", in_encoding(STRINGS, "utf-16", "UTF-16")),
    Accepted("the workbook in UTF-16", in_encoding(WORKBOOK, "utf-16", "UTF-16")),
    Accepted("content types in UTF-16", in_encoding(TYPES, "utf-16", "UTF-16")),
    Accepted("a byte order mark in UTF-8", in_encoding(SHEET, "utf-8", "UTF-8", mark=b"\xef\xbb\xbf")),
    Accepted("texts in Latin 2", in_encoding(STRINGS, "cp1250", "windows-1250"), {}),
    Accepted("no XML declaration", lambda parts: parts.replace(SHEET, DECLARATION, "")),
    Accepted(
        "comments before and after",
        lambda parts: parts.replace(SHEET, DECLARATION, f"{DECLARATION}<!-- a -->\n<?b c?>"),
    ),
)

NAMESPACES = (
    Accepted("prefixes on every name", with_prefix),
    Accepted("the strict variant", strict),
    Accepted("the strict variant with prefixes", lambda parts: strict(with_prefix(parts))),
    Accepted("one strict part among others", lambda parts: parts.replace(SHEET, MAIN, STRICT_MAIN)),
    Accepted("elements of extensions", extension),
)

PACKAGES = (
    Accepted("absolute targets", lambda parts: parts.replace(LINKS, 'Target="', 'Target="/xl/')),
    Accepted(
        "targets that go up and down", lambda parts: parts.replace(LINKS, 'Target="', 'Target="./../xl/')
    ),
    Accepted(
        "an absolute main part",
        lambda parts: parts.replace(ROOT_LINKS, '"xl/workbook.xml"', '"/xl/workbook.xml"'),
    ),
    Accepted("a sheet under another name", renamed(SHEET, "xl/blatt.xml", target="blatt.xml")),
    Accepted("a sheet in another folder", renamed(SHEET, "dane/plan.xml", target="../dane/plan.xml")),
    Accepted("a space in a part's name", renamed(SHEET, "xl/mój plan.xml", target="m%C3%B3j%20plan.xml")),
    Accepted(
        "capital letters in names", with_member_names(lambda path: path.replace("sheets/s", "Sheets/S"))
    ),
    Accepted("backslashes in names", with_member_names(lambda path: path.replace("/", "\\"))),
    Accepted("parts in reverse order", lambda parts: Parts(reversed(parts.items()))),
    Accepted("entries for folders", with_part("xl/", b"")),
    Accepted("nothing compressed", lambda parts: parts.zipped(compression=ZIP_STORED)),
    Accepted("a streamed zip file", streamed),
    Accepted("a zip64 file", in_zip64),
    Accepted("a comment in the zip file", with_comment),
    Accepted("zeros after the zip file", lambda parts: parts.zipped() + bytes(64)),
    Accepted("a large picture", with_picture),
    Accepted("parts nobody asked for", with_part("customXml/item1.xml", b"<a/>")),
    Accepted("a broken part nobody reads", with_part("xl/theme/theme1.xml", b"<a")),
    Accepted(
        "printer settings",
        with_part("xl/printerSettings/printerSettings1.bin", bytes(99), f"{TYPE}.printerSettings"),
    ),
    Accepted("a calculation chain", with_part("xl/calcChain.xml", b"<calcChain/>", f"{TYPE}.calcChain+xml")),
    Accepted("a link to another workbook", with_link_to_workbook),
    Accepted("a chart sheet", with_chart_sheet, more_sheets=("Wykres",)),
    Accepted("a template for workbooks", lambda parts: parts.replace(TYPES, "sheet.main", "template.main")),
    Accepted(
        "64 sheets",
        lambda parts: parts.more_sheets(*(f"Arkusz{number}" for number in range(61))),
        more_sheets=tuple(f"Arkusz{number}" for number in range(61)),
    ),
    Accepted(
        "a sheet with an odd name",
        lambda parts: parts.more_sheets("50% „x” _x0041_ &amp;"),
        more_sheets=("50% „x” A &",),
    ),
    Accepted("thousands of dead names", with_dead_names),
    Accepted("too many styles", many_styles),
    Accepted("unused texts, one too long", unused_texts),
    Accepted(
        "wrong counts of texts",
        lambda parts: parts.replace(
            STRINGS, 'count="12" uniqueCount="12"', 'count="9999999999" uniqueCount="-1"'
        ),
    ),
)

RANGES = (
    Accepted(
        "the whole sheet merged",
        around('<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ),
    Accepted(
        "thousands of merged ranges",
        around("<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 10_000 + "</mergeCells>"),
    ),
    Accepted(
        "a hyperlink over the whole sheet",
        around(f'<hyperlinks><hyperlink xmlns:r="{OFFICE}" ref="A1:XFD1048576" r:id="rId1"/></hyperlinks>'),
    ),
    Accepted(
        "a check over the whole sheet",
        around(
            '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
        ),
    ),
    Accepted(
        "a condition over the whole sheet",
        around(
            '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"><formula>A1=1</formula></cfRule></conditionalFormatting>'
        ),
    ),
    Accepted(
        "a filter and protection", around('<sheetProtection sheet="1"/><autoFilter ref="A4:XFD1048576"/>')
    ),
)

CASES = ENCODINGS + NAMESPACES + PACKAGES + RANGES
