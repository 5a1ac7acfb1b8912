"""Lengths of time and moments, as programs of several languages write them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from core.text import fold
from core.workbooks.raw import CellValue
from core.workbooks.typed import as_number
from webinars.attendance.reading.mapping import ClockForm, DateOrder, Formats, SourceFormat

_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]?\d)(?::([0-5]?\d)(?:[.,]\d+)?)?", re.ASCII)
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"(?:\s*(?:z|utc|gmt|[+-]\d\d:?\d\d))?"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:[t ,]+{_TIME}{_ZONE})?"
)
_NUMBERS = re.compile(
    rf"(?P<first>\d{{1,2}})[-/.](?P<then>\d{{1,2}})[-/.](?P<year>\d{{2}}|\d{{4}})(?:[t ,]+{_TIME}{_ZONE})?"
)
_DAY_IN_WORDS = re.compile(
    rf"(?P<day>\d{{1,2}})\.?[ -](?P<name>[^\W\d_]{{3,}})\.?,?[ -](?P<year>\d{{4}})(?:[, ]+{_TIME}{_ZONE})?"
)
_MONTH_IN_WORDS = re.compile(
    rf"(?P<name>[^\W\d_]{{3,}})\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})(?:[, ]+{_TIME}{_ZONE})?"
)
_TIME_ALONE = re.compile(_TIME)
_LONGEST = 60
A_DAY = 24 * 3600
MOST_SECONDS = 7 * A_DAY


def length_of(value: CellValue | None, source: SourceFormat, formats: Formats) -> int | None:
    """In seconds; None where it says none."""
    seconds = _length(value, source, formats)
    return seconds if seconds is not None and 0 <= seconds <= MOST_SECONDS else None


def _length(value: CellValue | None, source: SourceFormat, formats: Formats) -> int | None:
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, Decimal):
        return round(value * source.bare.seconds)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = fold(value)
    if match := _CLOCK.fullmatch(text):
        return _on_a_clock(match, source.clock)
    number = as_number(text)
    return round(number * source.bare.seconds) if number is not None else _in_words(text, formats)


def _on_a_clock(match: re.Match[str], form: ClockForm) -> int:
    first, second = int(match[1]), int(match[2])
    if match[3] is not None:
        return first * 3600 + second * 60 + int(match[3])
    return first * 60 + second if form is ClockForm.MINUTES_FIRST else first * 3600 + second * 60


def _in_words(text: str, formats: Formats) -> int | None:
    """``1h 5m 3s``, ``1 godz. 5 min``."""
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip(" ,"):
        return None
    total = Decimal(0)
    for number, word in parts:
        unit = formats.units.get(word)
        if unit is None:
            return None
        total += Decimal(number.replace(",", ".")) * unit.seconds
    return round(total)


# --- Moments ---------------------------------------------------------------------------------------------


def order_of(
    values: Iterable[CellValue | None], near: date, source: SourceFormat, formats: Formats
) -> DateOrder:
    """Which of two numbers is the day: by the dates themselves, by the day of the webinar, by the program's habit."""
    texts = list(dict.fromkeys(value for value in values if isinstance(value, str)))[:500]
    fitting = {order: _far_off(texts, order, near, formats) for order in DateOrder}
    return min(DateOrder, key=lambda order: (fitting[order], order is not source.dates))


def _far_off(texts: Sequence[str], order: DateOrder, near: date, formats: Formats) -> tuple[int, int]:
    """How many are no moments at all, and how far the others are from that day."""
    read = [moment_of(text, order, near, formats) for text in texts]
    days = [abs((moment.date() - near).days) for moment in read if moment is not None]
    return len(read) - len(days), sum(days)


def moment_of(value: CellValue | None, order: DateOrder, near: date, formats: Formats) -> datetime | None:
    """By the clock of the report; a time alone is of the day ``near``."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, time):
        return datetime.combine(near, value.replace(tzinfo=None))
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = " ".join(fold(value).split())
    try:
        if match := _TIME_ALONE.fullmatch(text):
            return datetime.combine(near, _time(match))
        day = _day(text, order, formats)
        return datetime.combine(day[0], _time(day[1])) if day else None
    except ValueError:
        return None


def has_a_day(value: CellValue | None) -> bool:
    return isinstance(value, datetime) or (
        isinstance(value, str) and _TIME_ALONE.fullmatch(" ".join(fold(value).split())) is None
    )


def _day(text: str, order: DateOrder, formats: Formats) -> tuple[date, re.Match[str]] | None:
    if match := _ISO.fullmatch(text):
        return date(int(match["year"]), int(match["month"]), int(match["day"])), match
    if match := _NUMBERS.fullmatch(text):
        first, then = int(match["first"]), int(match["then"])
        day, month = (first, then) if order is DateOrder.DAY_FIRST else (then, first)
        return date(_year(match["year"]), month, day), match
    match = _DAY_IN_WORDS.fullmatch(text) or _MONTH_IN_WORDS.fullmatch(text)
    named = formats.months.get(match["name"][:3]) if match else None
    return (date(int(match["year"]), named, int(match["day"])), match) if match and named else None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _time(match: re.Match[str]) -> time:
    if match["hour"] is None:
        return time()
    hour, half = int(match["hour"]), match["half"]
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, int(match["minute"]), int(match["second"] or 0))


def seconds_between(begin: datetime, end: datetime) -> tuple[int, int] | None:
    """As numbers of one clock. Somebody who left before they came left after midnight; longer than a day is a fault."""
    start = round((begin - datetime(2000, 1, 1)).total_seconds())  # noqa: DTZ001 - the report's own clock has no zone
    length = round((end - begin).total_seconds())
    length += A_DAY if length < 0 else 0
    return (start, start + length) if 0 < length <= A_DAY else None
