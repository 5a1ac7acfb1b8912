"""Numbers and moments: what the file stores as a binary fraction or a count of days, as people see it."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum, auto

from core.workbooks.raw import Percent

_SEEN = Context(prec=15, rounding=ROUND_HALF_UP)
"""Excel shows 15 digits; the two more that files hold are noise: 0.30000000000000004."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_LONGEST_NUMBER = 400
_LARGEST_EXPONENT = 308
_PLAIN_UP_TO = Decimal("1E15")

_MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000
_DAYS_UP_TO_9999 = 2_958_465
_LEAP_DAY_THAT_NEVER_WAS = 60
_LEAP_DAY_AS_SHOWN = "1900-02-29"

_ISO = re.compile(
    r"(?:(\d{4}-\d\d-\d\d)(?:T(?=\d)|$))?(?:(\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?)?Z?", re.ASCII
)


class Moment(Enum):
    """What a number format shows of a serial number."""

    DATE = auto()
    DATE_AND_TIME = auto()
    TIME = auto()
    DURATION = auto()
    PERCENT = auto()


def read_number(text: str) -> Decimal | None:
    """``0.1`` stays 0.1; None for what is no number at all."""
    if text.isdecimal() and text.isascii() and len(text) <= _SEEN.prec:
        return Decimal(text)
    text = text.strip()
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    number = _SEEN.plus(_SEEN.create_decimal(text).normalize(_SEEN))
    if number.adjusted() > _LARGEST_EXPONENT:
        return None
    if number.adjusted() < -_LARGEST_EXPONENT:
        return Decimal(0)
    return (
        number.quantize(Decimal(1))
        if number == number.to_integral_value() and abs(number) < _PLAIN_UP_TO
        else number
    )


def read_moment(serial: Decimal, kind: Moment, *, from_1904: bool) -> date | datetime | time | str | Decimal:
    """The date or time that a serial number shows in its format; the number itself where Excel shows only ####."""
    if kind is Moment.PERCENT:
        return Percent(serial)
    milliseconds = int((serial * _MILLISECONDS_PER_DAY).to_integral_value(ROUND_HALF_UP))
    days, rest = divmod(milliseconds, _MILLISECONDS_PER_DAY)
    if kind is Moment.DURATION and abs(days) <= _DAYS_UP_TO_9999:
        return _duration(milliseconds)
    if not 0 <= days <= _DAYS_UP_TO_9999 - (1462 if from_1904 else 0):
        return serial
    if kind is Moment.TIME and serial < 1:
        return _time(rest)
    if days == _LEAP_DAY_THAT_NEVER_WAS and not from_1904:
        return _LEAP_DAY_AS_SHOWN
    moment = _day(days, from_1904=from_1904) + timedelta(milliseconds=rest)
    return moment.date() if kind is Moment.DATE and not rest else moment


def _day(days: int, *, from_1904: bool) -> datetime:
    """Excel counts 29 February 1900, which never was, so days before it lie one further back."""
    if from_1904:
        return datetime(1904, 1, 1) + timedelta(days=days)  # noqa: DTZ001  (a cell knows no time zone)
    first = 31 if days < _LEAP_DAY_THAT_NEVER_WAS else 30
    return datetime(1899, 12, first) + timedelta(days=days)  # noqa: DTZ001  (a cell knows no time zone)


def _duration(milliseconds: int) -> time | str:
    """A duration below a day reads like a time of day; a longer one as text, ``26:30:00``, as people type it."""
    if 0 <= milliseconds < _MILLISECONDS_PER_DAY:
        return _time(milliseconds)
    hours, minutes, seconds = _split(abs(milliseconds) // 1000)
    return f"{'-' if milliseconds < 0 else ''}{hours}:{minutes:02d}:{seconds:02d}"


def _time(milliseconds: int) -> time:
    return time(*_split(milliseconds // 1000), milliseconds % 1000 * 1000)


def _split(seconds: int) -> tuple[int, int, int]:
    return seconds // 3600, seconds // 60 % 60, seconds % 60


def read_iso(text: str) -> date | datetime | time | None:
    """A date as strict workbooks write it; None for anything else. A zone is left out: cells know none."""
    match = _ISO.fullmatch(text.strip())
    if match is None or not (match[1] or match[2]):
        return None
    try:
        day = date.fromisoformat(match[1]) if match[1] else None
        at = time.fromisoformat(match[2]) if match[2] else None
    except ValueError:
        return None
    if at is None:
        return day
    at = at.replace(microsecond=int((match[3] or "0").ljust(6, "0")[:6]))
    return datetime.combine(day, at) if day else at
