"""What a file is that is no workbook package: told by its content, never by its name."""

import re

from core.workbooks.errors import Reason

ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: tuple[tuple[bytes, Reason], ...] = (
    (b"%PDF", Reason.PDF),
    (b"{\\rtf", Reason.WORD),
    (b"PK\x05\x06", Reason.ARCHIVE),
    (b"PK", Reason.DAMAGED),
    (b"Rar!", Reason.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Reason.ARCHIVE),
    (b"\x1f\x8b", Reason.ARCHIVE),
    (b"BZh", Reason.ARCHIVE),
    (b"\xfd7zXZ\x00", Reason.ARCHIVE),
    # The beginnings of workbooks of Excel 2, 3 and 4
    (b"\x09\x00\x04\x00", Reason.LEGACY_XLS),
    (b"\x09\x02\x06\x00", Reason.LEGACY_XLS),
    (b"\x09\x04\x06\x00", Reason.LEGACY_XLS),
)
_LOOKED_AT = 64 * 1024
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(r"<!doctype html|<html|<head|<body|<table|<script|^mime-version:", re.IGNORECASE)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LINE_OF_VALUES = re.compile(r"^[^\n]*[;,\t|][^\n]*$", re.MULTILINE)


def reason_against(data: bytes) -> Reason | None:
    """Why this cannot be a workbook package, as far as its first bytes tell; None for a zip file."""
    if not data.strip(b"\x00 \t\r\n"):
        return Reason.EMPTY
    if data.startswith(ZIP):
        return None
    if data.startswith(_OLE):
        return _of_compound_file(data)
    found = next((reason for beginning, reason in _BEGINNINGS if data.startswith(beginning)), None)
    return found or _of_text(data[:_LOOKED_AT])


def _of_compound_file(data: bytes) -> Reason:
    """Old binary files and encrypted new ones share one container; the names of its streams tell them apart."""
    if _stream("EncryptedPackage") in data:
        return Reason.ENCRYPTED
    if _stream("Workbook") in data or _stream("Book") in data:
        return Reason.LEGACY_XLS
    if _stream("WordDocument") in data or _stream("PowerPoint Document") in data:
        return Reason.WORD
    return Reason.NOT_A_WORKBOOK


def _stream(name: str) -> bytes:
    return f"{name}\x00".encode("utf-16-le")


def _of_text(head: bytes) -> Reason:
    text = head.decode("utf-16" if head.startswith(_UTF16_MARKS) else "utf-8", "replace").lstrip(
        "\ufeff \r\n\t"
    )
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return Reason.LEGACY_XML
    if "urn:oasis:names:tc:opendocument:xmlns:office" in text:
        return Reason.ODS
    if _HTML.search(text):
        return Reason.HTML
    if not _NOT_TEXT.search(text) and not text.startswith(("<", "{", "[")) and _LINE_OF_VALUES.search(text):
        return Reason.CSV
    return Reason.NOT_A_WORKBOOK


def reason_against_members(names: frozenset[str], mimetype: bytes) -> Reason:
    """What a zip file is that has no list of content types; ``names`` are lower case."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Reason.ODS
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        return Reason.WORD
    if any(name.endswith(".iwa") for name in names):
        return Reason.NUMBERS
    if any(name.startswith("xl/") for name in names):
        return Reason.DAMAGED
    return Reason.ARCHIVE
