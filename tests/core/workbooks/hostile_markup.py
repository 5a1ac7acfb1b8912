"""XML made to exhaust, to fetch or to mislead."""

from collections.abc import Callable, Iterator
from random import Random

from core.workbooks.errors import Reason
from tests.core.workbooks.cases import Build, Refused, in_plan
from tests.core.workbooks.parts import (
    DECLARATION,
    LINKS,
    MAIN,
    ROOT_LINKS,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    Parts,
    sheet_in_pieces,
)

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{("&" + inner + ";") * 10}">'
        for inner, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
PLAIN = "<!DOCTYPE worksheet>"
INTERNAL = '<!DOCTYPE a [<!ENTITY a "99">]>'
FROM_FILE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FROM_NET = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'
BY_PARAMETER = '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;]>'
DEFAULTED = '<!DOCTYPE a [<!ATTLIST c r CDATA "C6">]>'


def with_type(
    part: str, definition: str, *, codec: str = "utf-8", mark: bytes = b""
) -> Callable[[Parts], Parts]:
    """A document type before the root, in an encoding where a search for its bytes may miss it."""

    def build(parts: Parts) -> Parts:
        name = "UTF-16" if codec.startswith("utf-16") else "UTF-8"
        text = (
            parts[part].decode().replace(DECLARATION, f'<?xml version="1.0" encoding="{name}"?>{definition}')
        )
        parts[part] = mark + text.encode(codec)
        return parts

    return build


def expanded(parts: Parts) -> Parts:
    parts.cell("C6", '<c r="C6"><v>&a;</v></c>')
    return with_type(SHEET, INTERNAL, codec="utf-16-le", mark=b"\xff\xfe")(parts)


def quadratic(parts: Parts) -> Parts:
    """Under the bound of ten to the ninth: one long entity, used often."""
    parts.cell("C6", f'<c r="C6" t="str"><v>{"&a;" * 4_000}</v></c>')
    return with_type(SHEET, f'<!DOCTYPE a [<!ENTITY a "{"x" * 20_000}">]>')(parts)


def whole(part: str, content: bytes) -> Build:
    return lambda parts: Parts({**parts, part: content})


def changed(part: str, change: Callable[[bytes], bytes]) -> Build:
    return lambda parts: Parts({**parts, part: change(parts[part])})


def in_cells(xml: Callable[[], Iterator[str]]) -> Build:
    return lambda parts: parts.zipped_with(SHEET, sheet_in_pieces(xml()))


def after(xml: str) -> Build:
    return lambda parts: parts.after_cells(xml)


def empty_elements() -> Iterator[str]:
    return (f"<!--{number}-->" + "<a/>" * 20 for number in range(110_000))


def many_attributes() -> Iterator[str]:
    names = " ".join(f'a{number}=""' for number in range(1_000))
    return (f'<row b="{number}" {names}/>' for number in range(6_500))


def many_names() -> Iterator[str]:
    return (f"<n{number}/>" for number in range(200_000))


def many_attribute_names() -> Iterator[str]:
    return (f'<row n{number}=""/>' for number in range(200_000))


def many_namespaces() -> Iterator[str]:
    return (f'<row xmlns:n{number}="u"/>' for number in range(200_000))


def noise(before: str, behind: str) -> Iterator[str]:
    """8 MB of digits that compress like an honest file, between these."""
    yield before
    digits = Random(5)
    for _ in range(400):
        yield digits.randbytes(500).hex() * 20
    yield behind


def depth(levels: int) -> str:
    return "<a>" * levels + "</a>" * levels


TYPES_OF_DOCUMENT = (
    in_plan("an empty document type", with_type(SHEET, PLAIN), Reason.ENTITIES),
    in_plan("an entity", with_type(SHEET, INTERNAL), Reason.ENTITIES),
    in_plan(
        "an entity in UTF-16 LE",
        with_type(SHEET, INTERNAL, codec="utf-16-le", mark=b"\xff\xfe"),
        Reason.ENTITIES,
    ),
    in_plan(
        "an entity in UTF-16 BE",
        with_type(SHEET, INTERNAL, codec="utf-16-be", mark=b"\xfe\xff"),
        Reason.ENTITIES,
    ),
    in_plan(
        "an entity in UTF-16 without mark", with_type(SHEET, INTERNAL, codec="utf-16-le"), Reason.ENTITIES
    ),
    in_plan("an entity that is used, in UTF-16", expanded, Reason.ENTITIES),
    in_plan("a billion laughs", with_type(SHEET, LAUGHS), Reason.ENTITIES),
    in_plan("one long entity used often", quadratic, Reason.ENTITIES),
    in_plan("a file as entity", with_type(SHEET, FROM_FILE), Reason.ENTITIES),
    in_plan("a document type from the net", with_type(SHEET, FROM_NET), Reason.ENTITIES),
    in_plan("a parameter entity from the net", with_type(SHEET, BY_PARAMETER), Reason.ENTITIES),
    in_plan("attributes by default", with_type(SHEET, DEFAULTED), Reason.ENTITIES),
    *(
        Refused(f"a document type in {part}", with_type(part, INTERNAL), Reason.ENTITIES)
        for part in (STRINGS, STYLES, WORKBOOK, LINKS, ROOT_LINKS, TYPES)
    ),
    Refused(
        "a document type in texts, in UTF-16", with_type(STRINGS, INTERNAL, codec="utf-16"), Reason.ENTITIES
    ),
)

FORM = (
    in_plan("an entity nobody defined", lambda parts: parts.cell("C6", '<c r="C6"><v>&a;</v></c>')),
    in_plan("an element that is not closed", lambda parts: parts.replace(SHEET, "</worksheet>", "")),
    in_plan("a sheet cut in the middle", changed(SHEET, lambda content: content[: len(content) // 2])),
    in_plan("something after the root", changed(SHEET, lambda content: content + b"<a/>")),
    in_plan("another root", whole(SHEET, f'<chartsheet xmlns="{MAIN}"/>'.encode())),
    in_plan("a root without namespace", lambda parts: parts.replace(SHEET, f' xmlns="{MAIN}"', "")),
    in_plan("a root of another namespace", lambda parts: parts.replace(SHEET, MAIN, "urn:other")),
    in_plan("an empty part", whole(SHEET, b"")),
    in_plan("noise for a part", whole(SHEET, bytes(range(256)) * 9)),
    in_plan(
        "bytes that are no UTF-8", changed(SHEET, lambda content: content.replace(b"D-007", b"D-\xff\xfe"))
    ),
    in_plan(
        "a half pair in UTF-8", changed(SHEET, lambda content: content.replace(b"D-007", b"\xed\xa0\x80"))
    ),
    in_plan("a control character", changed(SHEET, lambda content: content.replace(b"D-007", b"D\x01"))),
    in_plan("a NUL", changed(SHEET, lambda content: content.replace(b"D-007", b"D\x00"))),
    in_plan("a reference to NUL", changed(SHEET, lambda content: content.replace(b"D-007", b"D&#0;"))),
    in_plan("an encoding nobody knows", changed(SHEET, lambda content: content.replace(b"UTF-8", b"XYZZY"))),
    in_plan("UTF-7", changed(SHEET, lambda content: content.replace(b"UTF-8", b"UTF-7"))),
    in_plan("an encoding that is none", changed(SHEET, lambda content: content.replace(b"UTF-8", b"zlib"))),
    in_plan("an attribute given twice", lambda parts: parts.replace(SHEET, '<c r="C6"', '<c r="C6" r="C7"')),
    in_plan(
        "a prefix nobody declared", lambda parts: parts.replace(SHEET, "</sheetData>", "<y:a/></sheetData>")
    ),
    Refused("no content types in their part", whole(TYPES, b""), Reason.DAMAGED),
    Refused("broken texts", changed(STRINGS, lambda content: content[:-10]), Reason.DAMAGED),
    Refused("texts of another root", lambda parts: parts.replace(STRINGS, "sst", "ssx"), Reason.DAMAGED),
    Refused("a broken workbook", changed(WORKBOOK, lambda content: content[:-10]), Reason.DAMAGED),
    Refused("broken styles", changed(STYLES, lambda content: content[:-10]), Reason.DAMAGED),
)

SIZE = (
    in_plan("elements 200 deep", after(depth(200))),
    in_plan("elements a million deep", in_cells(lambda: iter(["<a>" * 1_000_000]))),
    in_plan("an attribute of 8 MB", in_cells(lambda: noise('<row a="', '"/>'))),
    in_plan("a comment of 8 MB", in_cells(lambda: noise("<!--", "-->"))),
    in_plan("a tag that never ends", in_cells(lambda: noise("<row ", ""))),
    in_plan("names without end", in_cells(many_names)),
    in_plan("names of attributes without end", in_cells(many_attribute_names)),
    in_plan("namespaces without end", in_cells(many_namespaces)),
    in_plan("two million elements", in_cells(empty_elements), Reason.TOO_MANY_CELLS),
    in_plan("six million attributes", in_cells(many_attributes), Reason.TOO_MANY_CELLS),
)

CASES = TYPES_OF_DOCUMENT + FORM + SIZE
