"""What a cell holds, as the type somebody expects there. Tolerant of how people and programs write it, never guessing."""

import re
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

from core.text import clean
from core.workbooks.raw import CellValue, Percent

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_POINTS_BETWEEN_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+", re.ASCII)
_COMMAS_BETWEEN_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})(?:\s?r\.)?", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][0-9:.]*)?", re.ASCII)
_LONGEST_NUMBER = 40


def as_text(value: CellValue) -> str:
    """As people see it: no ``.0`` behind a whole number, no midnight behind a day."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Percent):
        return f"{plain_number(value.shown)}%"
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return "1" if value else "0"


def plain_number(value: Decimal) -> str:
    """The shortest way to write it: ``1250.50`` -> ``1250.5``, ``3.0`` -> ``3``."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def as_number(value: CellValue) -> Decimal | None:
    """Decimal comma or point, any kind of space between thousands; None if it is no number.

    ``1.234,50`` and ``1,234.50`` say which is which; ``1.234`` does not, so its point is a decimal one.
    """
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or len(value) > _LONGEST_NUMBER:
        return None
    text = _SPACES.sub("", value).replace("\u2212", "-")
    if _POINTS_BETWEEN_THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    elif _COMMAS_BETWEEN_THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def as_whole_number(value: CellValue) -> int | None:
    number = as_number(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def as_day(value: CellValue) -> date | None:
    """A real date, ``15.03.2027``, ``15-3-2027`` or ``2027-03-15``; the day stands first unless the year does."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    with suppress(ValueError):
        if match := _ISO_DAY.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
    return None
