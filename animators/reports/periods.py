"""Months and what they are put together to, in the days of the programme's country."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from babel.dates import get_month_names

from core.clock import LOCAL_ZONE
from core.i18n import _, _l, language
from core.labels import LabelledEnum

MONTHS = 12
FIRST_YEAR, LAST_YEAR = 1990, 2100
_MONTH, _QUARTER = re.compile(r"(\d{4})-(\d\d)", re.ASCII), re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


class Step(LabelledEnum):
    """How many months stand in one row."""

    MONTH = "month", _l("Month")
    QUARTER = "quarter", _l("Quarter")
    YEAR = "year", _l("Year")

    @property
    def months(self) -> int:
        return {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: MONTHS}[self]


class Month(NamedTuple):
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    def plus(self, months: int) -> "Month":
        years, number = divmod(self.year * MONTHS + self.number - 1 + months, MONTHS)
        return Month(years, number + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.plus(1).first_day - timedelta(days=1)

    @property
    def begins_at(self) -> datetime:
        """Midnight there, also in the month in which clocks are put forward or back."""
        return datetime(self.year, self.number, 1, tzinfo=LOCAL_ZONE).astimezone(UTC)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def name(self) -> str:
        """``kwi`` in Polish, ``Apr`` in English."""
        return str(get_month_names("abbreviated", "stand-alone", locale=language())[self.number])

    @property
    def quarter(self) -> int:
        return (self.number + 2) // 3


class Span(NamedTuple):
    """One row of a table: its first and its last month."""

    first: Month
    last: Month

    @property
    def label(self) -> str:
        if self.first == self.last:
            return self.first.name
        if self.last == self.first.plus(2) and self.first.number % 3 == 1:
            return str(_("Q%(quarter)s", quarter=self.first.quarter))
        if (self.first.number, self.last) == (1, Month(self.first.year, MONTHS)):
            return str(self.first.year)
        return f"{self.first.name}–{self.last.name}"

    @property
    def below(self) -> str:
        """The year, where the label does not say it."""
        return "" if self.label == str(self.first.year) else str(self.first.year)

    @property
    def in_words(self) -> str:
        return f"{self.label} {self.below}".strip()


def month_asked(text: str, *, last: bool = False) -> Month | None:
    """``2026-04``, or ``2026-Q2``: its first month, or its ``last``; None for anything else."""
    if match := _QUARTER.fullmatch(text):
        month = Month(int(match[1]), int(match[2]) * 3 - (0 if last else 2))
    elif match := _MONTH.fullmatch(text):
        month = Month(int(match[1]), int(match[2]))
    else:
        return None
    return month if FIRST_YEAR <= month.year <= LAST_YEAR and 1 <= month.number <= MONTHS else None


def spans(first: Month, last: Month, step: Step) -> Sequence[Span]:
    """Whole quarters and years begin where the calendar's do; at both ends only what was asked for."""
    return list(_spans(first, last, step))


def _spans(first: Month, last: Month, step: Step) -> Iterator[Span]:
    while first <= last:
        into = (first.number - 1) % step.months
        end = min(first.plus(step.months - 1 - into), last)
        yield Span(first, end)
        first = end.plus(1)
