"""JPEG and PNG by their structure; no pixel is unpacked."""

import re
import struct
import zlib

from core.file_checks.errors import Fault, UnacceptableFile

MOST_DOTS = 120_000_000
"""A page of A3 scanned at 600 dots per inch has 70 million."""
LONGEST_SIDE = 30_000

PNG_MARK = b"\x89PNG\r\n\x1a\n"
JPEG_MARK = b"\xff\xd8\xff"

_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN, _FILLING = 0xDA, 0xFF
_BEGINS_ANOTHER = re.compile(rb"[\s\0]*(?:MZ|\x7fELF|#!)")
_ANOTHER_INSIDE = re.compile(
    rb"%PDF-[12]\.|<!doctype\s|<(?:html|head|body|script|svg|iframe)[\s>]|<\?php\s|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"
    rb"|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|This program cannot be run in DOS mode|PE\0\0(?:\x4c\x01|\x64[\x86\xaa])"
    rb"|\x7fELF[\x01\x02][\x01\x02]\x01|#!\s?/(?:usr/)?bin/",
    re.IGNORECASE,
)
"""Long enough that none is found by chance in the film or the second picture that a telephone writes behind the first."""
_MOST_SEGMENTS, _MOST_FILLING = 4_000, 1_000
_MOST_CHUNKS = 20_000


def check_png(data: bytes) -> None:
    """Its chunks one after another, each with its checksum, from the size to the end, and nothing behind."""
    place = len(PNG_MARK)
    names: list[bytes] = []
    while place < len(data):
        if place + 12 > len(data) or len(names) > _MOST_CHUNKS:
            raise _damaged("a chunk without an end")
        (size,) = struct.unpack_from(">I", data, place)
        name, end = data[place + 4 : place + 8], place + 8 + size
        if end + 4 > len(data) or struct.unpack_from(">I", data, end)[0] != zlib.crc32(data[place + 4 : end]):
            raise _damaged("a chunk does not fit its checksum")
        if not names:
            _check_first_chunk(name, data[place + 8 : end])
        names.append(name)
        place = end + 4
        if name == b"IEND":
            break
    if b"IDAT" not in names or names[-1] != b"IEND":
        raise _damaged("no picture in it")
    if data[place:].strip(b"\0\r\n "):
        raise UnacceptableFile(Fault.SOMETHING_BEHIND, detail="bytes behind the end of a PNG")


def _check_first_chunk(name: bytes, content: bytes) -> None:
    if name != b"IHDR" or len(content) != 13:
        raise _damaged("no size")
    width, height = struct.unpack_from(">II", content)
    _check_size(width, height)


def check_jpeg(data: bytes) -> None:
    """From its first mark to the scan. Telephones write a film, a depth or a second picture behind it, each in its own way.

    So there may be anything but what is known to be a document, a web page, an archive or a program.
    """
    place, sized = 2, False
    for _ in range(_MOST_SEGMENTS):
        mark, place = _next_mark(data, place)
        if mark in _ALONE:
            continue
        (size,) = struct.unpack_from(">H", data, place) if place + 2 <= len(data) else (0,)
        if size < 2 or place + size > len(data):
            raise _damaged("a segment without an end")
        if mark in _SIZES:
            if size < 8:
                raise _damaged("a size without figures")
            height, width = struct.unpack_from(">HH", data, place + 3)
            _check_size(width, height)
            sized = True
        place += size
        if mark == _START_OF_SCAN:
            break
    else:
        raise _damaged("too many segments")
    end = data.find(b"\xff\xd9", place)
    if not sized or end < 0:
        raise _damaged("no picture in it")
    if _BEGINS_ANOTHER.match(data, end + 2) or _ANOTHER_INSIDE.search(data, end + 2):
        raise UnacceptableFile(Fault.SOMETHING_BEHIND, detail="another kind of file behind a JPEG")


def _next_mark(data: bytes, place: int) -> tuple[int, int]:
    if place + 2 > len(data) or data[place] != 0xFF:
        raise _damaged("no mark where one must be")
    place += 1
    start = place
    while place < min(len(data), start + _MOST_FILLING) and data[place] == _FILLING:
        place += 1
    if place >= len(data):
        raise _damaged("no mark where one must be")
    return data[place], place + 1


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise _damaged("a picture without dots")
    if max(width, height) > LONGEST_SIDE or width * height > MOST_DOTS:
        raise UnacceptableFile(Fault.PICTURE_TOO_LARGE, limit=MOST_DOTS // 1_000_000)


def _damaged(detail: str) -> UnacceptableFile:
    return UnacceptableFile(Fault.DAMAGED, detail=detail)
