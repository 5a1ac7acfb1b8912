"""A PDF from its first line to its last, with what it would do when it is opened. It is never changed: it may be signed."""

import re
import zlib
from collections.abc import Iterator

from core.file_checks.errors import Fault, UnacceptableFile

BEGINNING = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,64}%PDF-[12]\.[0-9]")
_END = b"%%EOF"
_STREAM, _END_OF_STREAM = b"stream", b"endstream"
_PACKED_OBJECTS = re.compile(rb"/Type\s{0,9}/ObjStm\b")
_HEAD_OF_STREAM = 2_000
"""So far before its content the dictionary of a stream may begin."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_DOES_SOMETHING = re.compile(rb"/(?:JavaScript|Launch|RichMedia)(?![A-Za-z0-9])")
_HAS_OBJECTS = re.compile(rb"\b\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj\b")
_HAS_DIRECTORY = re.compile(rb"\btrailer\b|/XRef\b")
_CARRIES_FILES = re.compile(rb"/(?:EmbeddedFiles?(?![A-Za-z0-9])|EF\s{0,9}<<)")
_SIGNED = b"/ByteRange"
_PROTECTED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_MOST_UNPACKED = 64 * 1024 * 1024


def check_pdf(data: bytes) -> None:
    end = data.rfind(_END)
    if end < 0 or b"startxref" not in data:
        raise UnacceptableFile(Fault.DAMAGED, detail="no end of a PDF")
    if data[end + len(_END) :].strip(b"\0\r\n\t "):
        raise UnacceptableFile(Fault.SOMETHING_BEHIND, detail="bytes behind the end of a PDF")
    if not _HAS_OBJECTS.search(data) or not _HAS_DIRECTORY.search(data):
        raise UnacceptableFile(Fault.DAMAGED, detail="a PDF without objects or without their directory")
    may_carry = _SIGNED in data  # what is signed cannot be printed anew: what it carries was signed with it
    _check_deeds(data, may_carry=may_carry)
    for objects in _packed_objects(data):
        _check_deeds(objects, may_carry=may_carry)


def _check_deeds(part: bytes, *, may_carry: bool) -> None:
    """Names may be written with their letters as numbers; in packed pictures and fonts none is found by chance."""
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
    if _PROTECTED.search(plain):
        raise UnacceptableFile(Fault.PROTECTED)
    if _DOES_SOMETHING.search(plain):
        raise UnacceptableFile(Fault.SCRIPT)
    if not may_carry and _CARRIES_FILES.search(plain):
        raise UnacceptableFile(Fault.SOMETHING_BEHIND, detail="a file embedded in a PDF")


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """The objects that are packed into streams, within a bound for all of them."""
    left = _MOST_UNPACKED
    place = data.find(_STREAM)
    while place >= 0:
        end = data.find(_END_OF_STREAM, place)
        if end < 0:
            return
        if _PACKED_OBJECTS.search(data, max(0, place - _HEAD_OF_STREAM), place):
            unpacked = _unpacked(data[place + len(_STREAM) : end].lstrip(b"\r\n"), left)
            left -= len(unpacked)
            yield unpacked
        place = data.find(_STREAM, end + len(_END_OF_STREAM))


def _unpacked(content: bytes, most: int) -> bytes:
    """Objects that cannot be unpacked are objects that no reader sees either."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(content, max(most, 1))
    except zlib.error:
        return content
    if unpacker.unconsumed_tail:
        raise UnacceptableFile(Fault.BOMB, detail="objects of a PDF")
    return unpacked
