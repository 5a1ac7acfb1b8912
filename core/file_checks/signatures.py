"""Detached signatures: XML (XAdES) and PKCS #7 (CAdES). Whether one is valid is for a validation service to say."""

import base64
import binascii
import re
from typing import NoReturn
from xml.parsers import expat

SIGNATURE = "http://www.w3.org/2000/09/xmldsig# Signature"
_SHOWN_BY_BROWSERS = ("http://www.w3.org/1999/xhtml ", "http://www.w3.org/2000/svg ")
_DEEPEST = 200
_MOST_ELEMENTS = 200_000

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
"""The object identifier 1.2.840.113549.1.7.2, as every PKCS #7 signature begins."""
_ARMOUR = re.compile(rb"\A\s*-----BEGIN (?:PKCS7|CMS)-----\s(.+?)-----END (?:PKCS7|CMS)-----\s*\Z", re.DOTALL)


class _NotThis(Exception):
    pass


def is_xml_signature(data: bytes) -> bool:
    """Well formed, without a document type or a style, with a signature in it and nothing that a browser would show."""
    found = _Seen()
    parser = expat.ParserCreate(None, " ")
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.ProcessingInstructionHandler = _refused
    parser.StartDoctypeDeclHandler = _refused
    parser.EntityDeclHandler = _refused
    parser.ExternalEntityRefHandler = _refused
    try:
        parser.Parse(data, True)  # at once: what comes piece by piece is looked at again with every piece
    except (_NotThis, expat.ExpatError, UnicodeError, ValueError, LookupError):
        return False
    return found.signature


class _Seen:
    def __init__(self) -> None:
        self.signature = False
        self._depth = self._elements = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        too_much = self._depth > _DEEPEST or self._elements > _MOST_ELEMENTS
        if too_much or name.startswith(_SHOWN_BY_BROWSERS) or name.casefold() in ("html", "svg"):
            raise _NotThis
        self.signature = self.signature or name == SIGNATURE

    def end(self, _: str) -> None:
        self._depth -= 1


def _refused(*_: object) -> NoReturn:
    raise _NotThis


def is_pkcs7(data: bytes, *, padded: bool = False) -> bool:
    """A sequence that says "signed data" and is as long as it says; bare, or in letters between two lines.

    ``padded``: zeros may follow, where more room was left than it took.
    """
    armour = _ARMOUR.match(data)
    if armour:
        try:
            data = base64.b64decode(armour[1], validate=False)
        except (binascii.Error, ValueError):
            return False
    if len(data) < 20 or data[0] != 0x30:
        return False
    start, size = _length(data)
    fits = size is None or _ends_with(data, start + size, padded=padded)
    return fits and data[start : start + len(_SIGNED_DATA)] == _SIGNED_DATA


def _ends_with(data: bytes, end: int, *, padded: bool) -> bool:
    behind = data[end:]
    return end <= len(data) and not (behind.strip(b"\0") if padded else behind)


def _length(data: bytes) -> tuple[int, int | None]:
    """Where the content begins and how long it is; None where only its end tells."""
    first = data[1]
    if first == 0x80:
        return 2, None
    if first < 0x80:
        return 2, first
    count = first & 0x7F
    return 2 + count, int.from_bytes(data[2 : 2 + count], "big") if count <= 4 else -1
