"""CSV as Excel opens it with a double click: semicolons, a byte order mark, and no text that becomes a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO

from core.i18n import language
from core.workbooks.kinds import Formula, Shown
from core.workbooks.safe_text import FORMULA_STARTS
from core.workbooks.typed import plain_number

BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_ONCE = 500
DECIMAL_COMMA = frozenset({"pl"})


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Shown]]) -> Iterator[bytes]:
    """The file piece by piece, so that a long list is on its way before it is complete."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    comma = language() in DECIMAL_COMMA
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow([_field(name, comma=comma) for name in header])
    for number, row in enumerate(rows, start=1):
        # most fields begin with a letter or a number and stay as they are, which is cheaper to see than to be told
        writer.writerow(
            [
                value
                if value.__class__ is str and value[:1].isalnum() and "\x00" not in value
                else _field(value, comma=comma)
                for value in row
            ]
        )
        if number % ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _field(value: Shown, *, comma: bool) -> str | int | None:
    """Numbers and dates are what they are, a minus included; only text could pretend to be a formula."""
    if isinstance(value, str):
        return safe_field(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Formula):
        return value.value
    if isinstance(value, Decimal):
        text = plain_number(value)
        return text.replace(".", ",") if comma else text
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat()


def safe_field(text: str) -> str:
    """``=1+1`` -> ``'=1+1``; a telephone number that begins with a plus stays readable behind the same mark."""
    if text[:1].isalnum() and "\x00" not in text:
        return text
    plain = text.replace("\x00", "")
    return f"'{plain}" if plain.lstrip(" ").startswith(FORMULA_STARTS) else plain
