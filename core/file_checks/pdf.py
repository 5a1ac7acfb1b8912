"""A PDF from its first line to its last, with what it would do when it is opened. It is never changed: it may be signed."""

import binascii
import re
import zlib
from collections.abc import Iterator
from itertools import islice

from core.file_checks.errors import Fault, UnacceptableFile
from core.file_checks.signatures import is_pkcs7

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
_HOLDS_A_FILE = re.compile(
    rb"/(?:EmbeddedFile(?![A-Za-z0-9])|EF(?:\s{0,9}<<|\s{1,9}\d{1,10}\s{1,9}\d{1,5}\s{1,9}R))"
)
_HOLDS_OR_LISTS = re.compile(rb"/EmbeddedFiles(?![A-Za-z0-9])|" + _HOLDS_A_FILE.pattern)
_NUMBER = rb"\s{1,99}(\d{1,12})"
_SIGNED = re.compile(rb"/ByteRange\s{0,99}\[\s{0,99}0{1,12}" + _NUMBER * 3 + rb"\s{0,99}\]")
_BEFORE_SIGNATURE = re.compile(rb"/Contents\s{0,99}<?\Z")
_LONGEST_SIGNATURE, _MOST_SIGNATURES = 1024 * 1024, 100
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
    signed = _signed_bytes(data)
    _check_deeds(data[:signed], carries=None)
    carries = (
        _HOLDS_A_FILE if signed else _HOLDS_OR_LISTS
    )  # who adds to a signed one lists again what it carries
    _check_deeds(data[signed:], carries=carries)
    for place, objects in _packed_objects(data):
        _check_deeds(objects, carries=None if place < signed else carries)


def _check_deeds(part: bytes, *, carries: re.Pattern[bytes] | None) -> None:
    """Names may be written with their letters as numbers; in packed pictures and fonts none is found by chance."""
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
    if _PROTECTED.search(plain):
        raise UnacceptableFile(Fault.PROTECTED)
    if _DOES_SOMETHING.search(plain):
        raise UnacceptableFile(Fault.SCRIPT)
    if carries is not None and carries.search(plain):
        raise UnacceptableFile(Fault.SOMETHING_BEHIND, detail="a file embedded in a PDF")


def _signed_bytes(data: bytes) -> int:
    """So many from the beginning are under a signature: they cannot be printed anew, and what they carry was signed too.

    Whether it is valid is for a validation service to say; here it stands where it says, in a PDF that was whole then.
    """
    covered = 0
    for found in islice(_SIGNED.finditer(data), _MOST_SIGNATURES):
        start, again, rest = (int(number) for number in found.groups())
        end = again + rest
        stands = start < again <= end <= len(data) and again - start <= _LONGEST_SIGNATURE
        if (
            stands
            and _BEFORE_SIGNATURE.search(data, max(0, start - 200), start)
            and _is_signature(data[start:again])
            and data[max(0, end - 99) : end].rstrip(b"\0\r\n\t ").endswith(_END)
        ):
            covered = max(covered, end)
    return covered


def _is_signature(gap: bytes) -> bool:
    """In letters and figures, with or without the brackets around it: programs count differently."""
    digits = b"".join(gap.removeprefix(b"<").removesuffix(b">").split())
    try:
        return is_pkcs7(binascii.unhexlify(digits), padded=True)
    except binascii.Error:
        return False


def _packed_objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects that are packed into streams, each with its place, within a bound for all of them."""
    left = _MOST_UNPACKED
    place = data.find(_STREAM)
    while place >= 0:
        end = data.find(_END_OF_STREAM, place)
        if end < 0:
            return
        if _PACKED_OBJECTS.search(data, max(0, place - _HEAD_OF_STREAM), place):
            unpacked = _unpacked(data[place + len(_STREAM) : end].lstrip(b"\r\n"), left)
            left -= len(unpacked)
            yield place, unpacked
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
