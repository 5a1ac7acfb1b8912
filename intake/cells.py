"""Kinds of cells beyond those of core: lists of the programme, addresses, lengths of time, years, days in either order."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from accounts.addresses import is_mail_address, sign_in_name
from core import clock
from core.day_fields import FIRST
from core.i18n import LANGUAGES, LazyString, _, in_language, language
from core.text import fold
from core.workbooks.kinds import Choice, Kind, Shown, Unfit
from core.workbooks.raw import CellValue
from core.workbooks.typed import as_day, as_number, as_text, as_whole_number
from programme.code_lists import CodeList, alike, letter_pairs, spelling
from programme.queries import the_programme

ALIKE = 0.5
_PLAIN_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._+-]*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_BETWEEN = re.compile(r"[,;\n|/]")
_ABOUT = re.compile(r"(?:ok\.?|okolo|ca\.?|~)\s*(?=\d)")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::00)?(?:\s*(?:h|godz\.?|g\.?))?")
_HOURS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:h|godz\.?|godzin[ay]?|g\.?|hours?)(?:(?:,|\s+(?:i|oraz|and))?\s*(\d{1,2})\s*(?:min\.?|minut[ay]?|minutes?|m)?)?"
)
_MINUTES = re.compile(r"(\d+)\s*(?:min\.?|minut[ay]?|minutes?|m|['’′])")
_TWO_NUMBERS = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})(?:\s?r\.)?")
_SHORT_YEAR = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "sty stycznia styczen", "lut lutego luty", "mar marca marzec", "kwi kwietnia kwiecien", "maj maja",
            "cze czerwca czerwiec", "lip lipca lipiec", "sie sierpnia sierpien", "wrz wrzesnia wrzesien",
            "paz pazdziernika pazdziernik", "lis listopada listopad", "gru grudnia grudzien",
        ),
        start=1,
    )
    for name in names.split()
} | {
    numeral: number
    for number, numeral in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], start=1)
}  # fmt: skip
_WORDED = re.compile(r"(\d{1,2})\.?\s*([a-z]+)\.?\s*(\d{4})(?:\s?r\.?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_BEFORE_DAY = re.compile(
    r"\A(?:dn\.\s*|(?:w )?dni[au] |(?:poniedzialek|wtorek|sroda|czwartek|piatek|sobota|niedziela|pon|wt|sr|czw|pt|sob|nd"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)[.,]*\s+)"
)
_AFTER_DAY = re.compile(
    r"(?:,\s*|\s+|t)(?:(?:o )?godz\.?\s*\d{1,2}(?:[:.]\d\d)?|\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)$"
)
DAYS_FIRST, MONTHS_FIRST = "dmy", "mdy"


@dataclass(frozen=True)
class Listed(Kind[str]):
    """A code of one of the programme's lists, known by any label, the code or another spelling."""

    list_key: str
    width = 24

    @property
    def codes(self) -> CodeList:
        return the_programme().code_lists[self.list_key]

    def reader(self) -> Callable[[CellValue], str]:
        codes = self.codes

        def read(value: CellValue) -> str:
            code = codes.find(as_text(value))
            if code is None:
                raise Unfit
            return code

        return read

    def nearest(self, text: str) -> str | None:
        return self.codes.nearest(text, language())

    def expected(self) -> str:
        return str(_("Choose one of: %(labels)s", labels="; ".join(self.options())))

    def writer(self) -> Callable[[str], Shown]:
        codes, known = self.codes, language()
        return lambda code: codes.label(code, known)

    def options(self) -> list[str]:
        return list(self.codes.labels(language()))


@dataclass(frozen=True)
class ListedMany(Kind[tuple[str, ...]]):
    """Several codes, separated by comma, semicolon, stroke or line break."""

    list_key: str
    width = 30

    @property
    def one(self) -> Listed:
        return Listed(self.list_key)

    def reader(self) -> Callable[[CellValue], tuple[str, ...]]:
        read_one, codes = self.one.reader(), self.one.codes

        def read(value: CellValue) -> tuple[str, ...]:
            whole = codes.find(as_text(value))  # a label may hold a comma itself
            if whole is not None:
                return (whole,)
            found = [read_one(part.strip()) for part in _BETWEEN.split(as_text(value)) if part.strip()]
            return tuple(dict.fromkeys(found))

        return read

    def nearest(self, text: str) -> str | None:
        parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        strange = next((part for part in parts if self.one.codes.find(part) is None), text)
        return self.one.nearest(strange)

    def expected(self) -> str:
        return str(_("One or more of: %(labels)s", labels="; ".join(self.one.options())))

    def writer(self) -> Callable[[Any], Shown]:
        write = self.one.writer()
        return lambda codes: ", ".join(str(write(code)) for code in codes) or None


@dataclass(frozen=True)
class Worded(Choice[Any]):
    """A choice that people write in more ways than its label."""

    also: Mapping[str, Any] = None  # type: ignore[assignment]  # always given; the base has fields before it

    def reader(self) -> Callable[[CellValue], Any]:
        spellings = {spelling(str(value)): value for value in self.labels}
        for known in LANGUAGES:
            with in_language(known):
                spellings |= {spelling(str(label)): value for value, label in self.labels.items()}
        spellings |= {spelling(word): value for word, value in (self.also or {}).items()}

        def read(value: CellValue) -> Any:
            try:
                return spellings[spelling(as_text(value))]
            except KeyError:
                raise Unfit from None

        return read

    def nearest(self, text: str) -> str | None:
        typed = letter_pairs(spelling(text))
        likeness = [(alike(typed, letter_pairs(spelling(label))), label) for label in self.options()]
        best = max(likeness, default=(0.0, ""))
        return best[1] if best[0] >= ALIKE else None


def worded(labels: Mapping[Any, str | LazyString], **also: Any) -> Worded:
    return Worded(labels, {word.replace("_", " "): value for word, value in also.items()})


class Mail(Kind[str]):
    width = 32

    def reader(self) -> Callable[[CellValue], str]:
        return self._read

    def _read(self, value: CellValue) -> str:
        text = as_text(value).removeprefix("mailto:").strip()
        plain = text.lower()
        if len(plain) <= 200 and ".." not in plain and _PLAIN_ADDRESS.fullmatch(plain):
            return plain
        address = sign_in_name(text)
        if len(address) > 254 or not is_mail_address(address):
            raise Unfit
        return address

    def expected(self) -> str:
        return str(_("Enter an e-mail address such as name@gmina.pl"))


@dataclass(frozen=True)
class AnyDay(Kind[date]):
    """A day as people write it: with points, in words, with two digits of the year; which number is the day is asked.

    A slip of the hand in the year is refused, as in forms.
    """

    order: str = DAYS_FIRST
    number_format = "dd\\.mm\\.yyyy"
    width = 13

    def reader(self) -> Callable[[CellValue], date]:
        return self._read

    def _read(self, value: CellValue) -> date:
        if isinstance(value, str):
            day = self._typed(value)
        elif isinstance(value, datetime):
            day = value.date()
        else:
            day = value if isinstance(value, date) else None
        if day is None or day < FIRST or day.year >= 2200:
            raise Unfit
        return day

    def _typed(self, text: str) -> date | None:
        plain = _AFTER_DAY.sub("", _BEFORE_DAY.sub("", fold(text).strip(), count=1))
        try:
            if match := _TWO_NUMBERS.fullmatch(plain):
                return self._ordered(int(match[1]), int(match[2]), int(match[3]))
            if match := _SHORT_YEAR.fullmatch(plain):
                return self._ordered(int(match[1]), int(match[2]), _century(int(match[3])))
            if match := _YEAR_FIRST.fullmatch(plain):
                return date(int(match[1]), int(match[2]), int(match[3]))
            if (match := _WORDED.fullmatch(plain)) and match[2] in _MONTHS:
                return date(int(match[3]), _MONTHS[match[2]], int(match[1]))
        except ValueError:
            return None
        return as_day(plain)

    def _ordered(self, first: int, second: int, year: int) -> date:
        day, month = (first, second) if self.order == DAYS_FIRST else (second, first)
        return date(year, month, day)

    def expected(self) -> str:
        return str(_("Enter a date, for example 15.03.2027"))


@dataclass(frozen=True)
class Length(Kind[int]):
    """Minutes. A bare number is hours where ``in_hours``; ``1:30``, ``1,5 h`` and ``90 min`` say so themselves."""

    in_hours: bool = True
    most: int = 60_000
    width = 12

    def reader(self) -> Callable[[CellValue], int]:
        return self._read

    def _read(self, value: CellValue) -> int:
        minutes = self._minutes(value)
        if minutes is None or minutes != int(minutes) or not 0 < minutes <= self.most:
            raise Unfit
        return int(minutes)

    def _minutes(self, value: CellValue) -> Decimal | None:
        if isinstance(value, time):
            return Decimal(value.hour * 60 + value.minute)
        if isinstance(value, date):
            return None
        text = _ABOUT.sub("", fold(value), count=1) if isinstance(value, str) else ""
        if match := _CLOCK.fullmatch(text):
            return Decimal(int(match[1]) * 60 + int(match[2]))
        if match := _HOURS.fullmatch(text):
            return Decimal(match[1].replace(",", ".")) * 60 + int(match[2] or 0)
        if match := _MINUTES.fullmatch(text):
            return Decimal(match[1])
        if "'" in text:  # minutes in some way, never thousands
            return None
        number = as_number(text or value)
        return number * 60 if number is not None and self.in_hours else number

    def expected(self) -> str:
        return str(_("Enter a length such as 1,5 (hours), 1:30 or 90 min"))

    def writer(self) -> Callable[[int], Shown]:
        return lambda minutes: f"{minutes // 60}:{minutes % 60:02d}"


def _century(short: int) -> int:
    """A year of two digits is of this century, unless it would lie beyond the next year."""
    return 2000 + short if 2000 + short <= clock.today().year + 1 else 1900 + short


@dataclass(frozen=True)
class Year(Kind[int]):
    width = 10

    def reader(self) -> Callable[[CellValue], int]:
        def read(value: CellValue) -> int:
            year = value.year if isinstance(value, date) else as_whole_number(value)
            if year is None or not 1990 <= year <= 2100:
                raise Unfit
            return year

        return read

    def expected(self) -> str:
        return str(_("Enter a year, for example 2027"))


@dataclass(frozen=True)
class Code(Kind[str]):
    """Seven digits. A spreadsheet program that took them for a number dropped a leading zero."""

    number_format = "@"
    width = 12

    def reader(self) -> Callable[[CellValue], str]:
        return self._read

    def _read(self, value: CellValue) -> str:
        digits = re.sub(r"[\s-]", "", as_text(value))
        if not digits.isascii() or not digits.isdigit() or not 5 <= len(digits) <= 7:
            raise Unfit
        return digits.zfill(6)

    def expected(self) -> str:
        return str(_("Enter seven digits, for example 0201011"))


class Named(Kind[str]):
    """Words as they stand, shortened by nobody."""

    width = 30

    def __init__(self, most: int = 200) -> None:
        self.most = most

    def reader(self) -> Callable[[CellValue], str]:
        def read(value: CellValue) -> str:
            text = " ".join(as_text(value).split()) if self.most <= 300 else as_text(value)
            if not 1 <= len(text) <= self.most:
                raise Unfit
            return text

        return read

    def expected(self) -> str:
        return str(_("Enter at most %(most)s characters", most=self.most))
