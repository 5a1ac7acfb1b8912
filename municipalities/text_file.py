"""Tables in text files: bytes to numbered lines with named values, or a sentence that says what is wrong where."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.i18n import _
from municipalities.errors import UnusableFile, UnusableLine

LARGEST = 20 * 1024 * 1024
"""Twenty times the largest official file (the XML)."""

_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"7z\xbc\xaf")


@dataclass(frozen=True)
class Line:
    number: int
    values: Mapping[str, str]


def refuse_what_is_no_text(content: bytes) -> None:
    if not content.strip():
        raise UnusableFile(_("The file is empty."))
    if len(content) > LARGEST:
        raise UnusableFile(_("The file is larger than 20 MB. That is not a file of the official register."))
    if content.startswith(b"PK\x03\x04"):
        raise UnusableFile(
            _("This is an archive or a workbook. Unpack it and give the CSV or XML file inside.")
        )
    if content.startswith(_NOT_TEXT):
        raise UnusableFile(_("This is neither a CSV nor an XML file."))


def csv_lines(content: bytes, columns: Sequence[str]) -> Iterator[Line]:
    """The lines of a table with ``;`` between the values. Its columns may stand in any order, others among them."""
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), delimiter=";", strict=True)
    header: list[str] | None = None
    try:
        for row in reader:
            if not any(value.strip() for value in row):
                continue
            if header is None:
                header = [value.strip().upper() for value in row]
                require_columns(header, columns, line=reader.line_num)
            else:
                yield Line(reader.line_num, _named(row, header, reader.line_num))
    except csv.Error as error:
        problem = _("The line cannot be read as a table. Look for a lone quotation mark in it or above.")
        raise UnusableLine(reader.line_num, problem) from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnusableLine(
            line,
            _(
                "This is not UTF-8 text. Take the file as it was published, not saved again by another program."
            ),
        ) from error


def require_columns(found: Sequence[str], columns: Sequence[str], *, line: int) -> None:
    """``found`` in capitals."""
    if "TYPKOREKTY" in found:
        raise UnusableLine(line, _("This is a file of changes. Take the full file of the register."))
    missing = ", ".join(column for column in columns if column not in found)
    if missing and not set(found) & set(columns):
        problem = _(
            "The columns are not named here: %(missing)s, with semicolons between them.", missing=missing
        )
        raise UnusableLine(line, problem)
    if missing:
        raise UnusableLine(line, _("Missing here: %(missing)s.", missing=missing))
    doubled = ", ".join(column for column in columns if found.count(column) > 1)
    if doubled:
        raise UnusableLine(line, _("The column %(name)s is there twice.", name=doubled))


def _named(row: list[str], header: list[str], number: int) -> dict[str, str]:
    while len(row) > len(header) and not row[-1].strip():
        row = row[:-1]
    if len(row) != len(header):
        problem = _("%(found)s values, but %(expected)s columns.", found=len(row), expected=len(header))
        raise UnusableLine(number, problem)
    return {name: value.strip() for name, value in zip(header, row, strict=True)}
