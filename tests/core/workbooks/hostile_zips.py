"""Zip files made to mislead whoever unpacks them."""

import struct
from collections.abc import Iterator
from io import BytesIO
from random import Random
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

from core.workbooks.errors import Reason
from tests.core.workbooks.cases import Build, Refused, in_plan
from tests.core.workbooks.parts import SHEET, STRINGS, TYPES, WORKBOOK, Parts

ENTRY, END = b"PK\x01\x02", b"PK\x05\x06"


def cut(share: float) -> Build:
    def build(parts: Parts) -> bytes:
        data = parts.zipped()
        return data[: int(len(data) * share)]

    return build


def patched(
    part: str, *, entry: dict[int, bytes] | None = None, local: dict[int, bytes] | None = None
) -> Build:
    """Other bytes at these offsets of the member's entry in the directory and of its local header."""

    def build(parts: Parts) -> bytes:
        data = bytearray(parts.zipped())
        in_directory = data.index(part.encode(), data.index(ENTRY)) - 46
        before_data = data.index(part.encode()) - 30
        for start, changes in ((in_directory, entry or {}), (before_data, local or {})):
            for offset, content in changes.items():
                data[start + offset : start + offset + len(content)] = content
        return bytes(data)

    return build


def in_end(offset: int, content: bytes) -> Build:
    def build(parts: Parts) -> bytes:
        data = bytearray(parts.zipped())
        start = data.rindex(END) + offset
        data[start : start + len(content)] = content
        return bytes(data)

    return build


def flipped_byte(parts: Parts) -> bytes:
    """A digit of a number, in a member that is not compressed: only the checksum tells."""
    data = parts.zipped(compression=0)
    assert data.count(b'<c r="C7"><v>14</v>') == 1
    return data.replace(b'<c r="C7"><v>14</v>', b'<c r="C7"><v>94</v>')


def broken_stream(parts: Parts) -> bytes:
    data = bytearray(parts.zipped())
    start = data.index(SHEET.encode()) + len(SHEET) + 40
    data[start : start + 8] = b"\xff" * 8
    return bytes(data)


def also(name: str, content: bytes = b"<a/>") -> Build:
    """A further member under this name."""

    def build(parts: Parts) -> bytes:
        target = BytesIO(parts.zipped())
        with catch_warnings():
            simplefilter("ignore")  # the standard library warns of names given twice
            with ZipFile(target, "a") as archive:
                archive.writestr(name, content)
        return target.getvalue()

    return build


def overlapping(parts: Parts) -> bytes:
    """Two entries of the directory point to one local header, as the densest bombs do."""
    data = parts.zipped()
    start, end = data.index(ENTRY), data.rindex(END)
    first = data[start : data.index(ENTRY, start + 4)]
    tail = bytearray(data[end:])
    count, size = (
        struct.unpack_from("<H", tail, 10)[0] + 1,
        struct.unpack_from("<I", tail, 12)[0] + len(first),
    )
    struct.pack_into("<HHI", tail, 8, count, count, size)
    other = first.replace(TYPES.encode(), b"[Content_Types].xmm")
    return data[:end] + other + bytes(tail)


def overlapping_quietly(parts: Parts) -> bytes:
    """A member whose data runs over the next one's header, under a name of its own."""
    parts["xl/a.bin"], parts["xl/b.bin"] = b"a" * 50, b"b" * 50
    data = bytearray(parts.zipped(compression=0))
    entry = data.rindex(ENTRY, 0, data.rindex(b"xl/b.bin"))
    before = data.rindex(ENTRY, 0, entry)
    for offset in (20, 24):
        struct.pack_into("<I", data, before + offset, 120)
    return bytes(data)


def compressed_with(method: int) -> Build:
    return lambda parts: parts.zipped(compression=method)


def many_members(count: int) -> Build:
    def build(parts: Parts) -> bytes:
        target = BytesIO(parts.zipped())
        with ZipFile(target, "a") as archive:
            for number in range(count):
                archive.writestr(f"xl/media/{number}.png", b"")
        return target.getvalue()

    return build


def directory_of(count: int) -> Build:
    """A directory alone, with entries for members that are not there."""

    def build(parts: Parts) -> bytes:
        data = parts.zipped()
        start, end = data.index(ENTRY), data.rindex(END)
        entry = data[start : data.index(ENTRY, start + 4)]
        tail = bytearray(data[end:])
        struct.pack_into("<I", tail, 12, len(entry) * count)
        return data[:start] + entry * count + bytes(tail)

    return build


def bomb(part: str, piece: bytes, times: int) -> Build:
    return lambda parts: parts.zipped_with(part, _around(parts[part], piece, times))


def _around(content: bytes, piece: bytes, times: int) -> Iterator[bytes]:
    head, tag, tail = content.rpartition(b"</")
    yield head
    for _ in range(times):
        yield piece
    yield tag + tail


def many_dense_parts(parts: Parts) -> bytes:
    """Each part is below every bound; only their sum is not."""
    noise = Random(3)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
        for number in range(3):
            with archive.open(f"xl/media/{number}.bin", "w") as member:
                for _ in range(80):
                    member.write(noise.randbytes(10_000) + bytes(990_000))
    return target.getvalue()


def size_of(number: int) -> bytes:
    return struct.pack("<I", number)


DECLARED = (
    Refused("4 GB declared", patched(SHEET, entry={24: size_of(0xFFFFFFFE)}), Reason.BOMB),
    Refused(
        "4 GB declared for a picture",
        lambda parts: patched("xl/media/1.png", entry={24: size_of(0xFFFFFFFE)})(
            Parts({**parts, "xl/media/1.png": b"x"})
        ),
        Reason.BOMB,
    ),
    in_plan("less declared than there is", patched(SHEET, entry={24: size_of(500)})),
    in_plan("more declared than there is", patched(SHEET, entry={24: size_of(90_000)})),
    in_plan("a wrong checksum", patched(SHEET, entry={16: b"\x00\x01\x02\x03"})),
    Refused("a wrong checksum of texts", patched(STRINGS, entry={16: b"\x00\x01\x02\x03"}), Reason.DAMAGED),
    Refused(
        "a wrong checksum of the workbook", patched(WORKBOOK, entry={16: b"\x00\x01\x02\x03"}), Reason.DAMAGED
    ),
    Refused("a password on a member", patched(SHEET, entry={8: b"\x01\x00"}), Reason.ENCRYPTED),
    Refused("strong encryption", patched(SHEET, entry={8: b"\x41\x00"}), Reason.ENCRYPTED),
    Refused("an unknown compression", patched(SHEET, entry={10: b"\x63\x00"}), Reason.DAMAGED),
    Refused("a version nobody has", patched(SHEET, entry={6: b"\xff\x00"}), Reason.DAMAGED),
    in_plan("another name in the local header", patched(SHEET, local={30: b"xl/worksheets/sheet9.xml"})),
    Refused("no local header", patched(SHEET, local={0: b"PK\x07\x08"}), Reason.DAMAGED),
    Refused("an offset past the end", patched(SHEET, entry={42: size_of(0x7FFFFFFF)}), Reason.DAMAGED),
    Refused("two members in one place", patched(SHEET, entry={42: size_of(0)}), Reason.DAMAGED),
    Refused("a directory that is elsewhere", in_end(16, size_of(0x7FFFFFFF)), Reason.DAMAGED),
    Refused("a directory that is too long", in_end(12, size_of(0x7FFFFFFF)), Reason.DAMAGED),
)

STRUCTURE = (
    *(
        Refused(f"the first {share:.0%} of a file", cut(share), Reason.DAMAGED)
        for share in (0.01, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
    ),
    in_plan("a flipped digit", flipped_byte),
    in_plan("a broken stream", broken_stream),
    Refused("a part given twice", also(SHEET), Reason.DAMAGED),
    Refused("a part given twice in other letters", also(SHEET.upper()), Reason.DAMAGED),
    Refused("a part given twice with backslashes", also(SHEET.replace("/", "\\")), Reason.DAMAGED),
    Refused("a member above the package", also("../../etc/cron.d/x"), Reason.DAMAGED),
    Refused("a member above the package in the middle", also("xl/../../x"), Reason.DAMAGED),
    Refused("a member above the package with backslashes", also("..\\..\\x"), Reason.DAMAGED),
    Refused("a member at the root", also("/etc/passwd"), Reason.DAMAGED),
    Refused("a member on a drive", also("C:/windows/x"), Reason.DAMAGED),
    Refused("a line break in a name", also("xl/a\nb.xml"), Reason.DAMAGED),
    Refused("entries that overlap", overlapping, Reason.DAMAGED),
    Refused("data that overlaps", overlapping_quietly, Reason.DAMAGED),
    Refused("bzip2 inside", compressed_with(ZIP_BZIP2), Reason.DAMAGED),
    Refused("LZMA inside", compressed_with(ZIP_LZMA), Reason.DAMAGED),
    Refused("2,500 members", many_members(2_500), Reason.TOO_MANY_PARTS),
    Refused("a directory of 60,000 entries", directory_of(60_000), Reason.TOO_MANY_PARTS),
)

BOMBS = (
    Refused("200 MB of spaces", bomb(SHEET, b" " * 1_000_000, 200), Reason.BOMB),
    Refused(
        "600,000 texts at once",
        bomb(STRINGS, b"<si><t>aaaaaaaaaaaaaaaaaaaa</t></si>" * 10_000, 60),
        Reason.TOO_MANY_CELLS,
    ),
    Refused(
        "60 MB of cells",
        bomb(SHEET, b'<row><c t="str"><v>aaaaaaaaaa</v></c></row>' * 25_000, 60),
        Reason.BOMB,
    ),
    Refused(
        "a bomb nobody would read",
        lambda parts: bomb("xl/media/1.png", b"\x00" * 1_000_000, 200)(
            Parts({**parts, "xl/media/1.png": bytes(60)})
        ),
        Reason.BOMB,
    ),
    Refused("a bomb in many parts", many_dense_parts, Reason.BOMB),
    Refused("content types of 3 MB", bomb(TYPES, b" " * 1_000_000, 3), Reason.BOMB),
)

CASES = DECLARED + STRUCTURE + BOMBS
