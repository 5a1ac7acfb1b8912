"""Days as people write them: 31.12.2026, 2026-12-31, 31/12/2026, 31 grudnia 2026, 31 XII 2026."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from core.text import fold
from core.workbooks.raw import CellValue
from plans.values.problems import Unreadable
from plans.values.text import clean_line, day_text

EARLIEST, LATEST = 1900, 2100

_SPREADSHEET_DAY_0 = date(1899, 12, 30)
_SPREADSHEET_DAYS = range(30_000, 80_000)
"""Day numbers of 1982 to 2119: a date whose cell lost its format."""

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_YEAR_WORD = r"(?:\s?r\.?|\s?rok(?:u)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s?[-./]\s?(\d{{1,2}})\s?[-./]\s?(\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})\s?[-./ ]\s?(\d{{1,2}})\s?[-./ ]\s?(\d{{4}}){_YEAR_WORD}{_TIME}")
_SHORT_YEAR = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{2})")
_NAMED = re.compile(rf"(\d{{1,2}})\.?\s?([^\W\d_]+)\.?,?\s?(\d{{4}}){_YEAR_WORD}")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s?(\d{1,2}),?\s(\d{4})")

_MONTHS = (
    "styczen stycznia sty january jan i",
    "luty lutego lut february feb ii",
    "marzec marca mar march iii",
    "kwiecien kwietnia kwi april apr iv",
    "maj maja may v",
    "czerwiec czerwca cze june jun vi",
    "lipiec lipca lip july jul vii",
    "sierpien sierpnia sie august aug viii",
    "wrzesien wrzesnia wrz september sep sept ix",
    "pazdziernik pazdziernika paz october oct x",
    "listopad listopada lis november nov xi",
    "grudzien grudnia gru december dec xii",
)
_MONTH_BY_NAME = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}


def read_day(raw: CellValue) -> date:
    return _in_range(_read_day(raw))


def _read_day(raw: CellValue) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, Decimal) and raw.is_finite() and raw.adjusted() < 6 and int(raw) in _SPREADSHEET_DAYS:
        return _SPREADSHEET_DAY_0 + timedelta(days=int(raw))
    if not isinstance(raw, str):
        raise Unreadable("date")
    return _read_text(clean_line(raw))


def _read_text(text: str) -> date:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
        return _day(year, month, day)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        return _day(year, month, day)
    if match := _NAMED.fullmatch(text):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_FIRST.fullmatch(text):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    if match := _SHORT_YEAR.fullmatch(text):
        day, month, year = map(int, match.groups())
        raise Unreadable("date", suggestion=_suggested(2000 + year, month, day))
    raise Unreadable("date")


def _month(name: str) -> int:
    number = _MONTH_BY_NAME.get(fold(name))
    if number is None:
        raise Unreadable("date")
    return number


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        swapped = _suggested(year, day, month) if month > 12 else None
        raise Unreadable("date_impossible", suggestion=swapped) from None


def _suggested(year: int, month: int, day: int) -> str | None:
    try:
        return day_text(date(year, month, day))
    except ValueError:
        return None


def _in_range(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise Unreadable("date_far", minimum=str(EARLIEST), maximum=str(LATEST))
    return day
