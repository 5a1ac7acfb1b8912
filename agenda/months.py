"""A month as a calendar on the wall shows it: whole weeks, and what is on each day."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.agenda import Appointment

YEARS = range(2000, 2100)
"""What a page shows; an address that asks for another year gets this month."""
_WEEKS = Calendar()


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def written(cls, text: str) -> "Month | None":
        """``2026-11``; None for anything else."""
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            return None
        return cls.of(first) if first.year in YEARS and str(cls.of(first)) == text else None

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> "Month":
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)

    @property
    def weeks(self) -> list[list[date]]:
        """From a Monday to a Sunday: days of the months around it fill the first and the last week."""
        return _WEEKS.monthdatescalendar(self.year, self.number)


@dataclass(frozen=True)
class Day:
    day: date
    is_in_month: bool
    is_today: bool
    appointments: list[Appointment]

    @property
    def is_weekend(self) -> bool:
        return self.day.weekday() >= 5

    @property
    def is_listed(self) -> bool:
        """Where there is no room for a table only these days are shown."""
        return self.is_in_month and (self.is_today or bool(self.appointments))


@dataclass(frozen=True)
class MonthPage:
    month: Month
    weeks: list[list[Day]]
    spans: list[Appointment]
    """What lasts several days: told once, above the days."""

    @property
    def previous(self) -> Month | None:
        month = self.month.plus(-1)
        return month if month.year in YEARS else None

    @property
    def next(self) -> Month | None:
        month = self.month.plus(1)
        return month if month.year in YEARS else None

    @property
    def is_empty(self) -> bool:
        in_month = (day for week in self.weeks for day in week if day.is_in_month)
        return not self.spans and not any(day.appointments for day in in_month)


def month_page(month: Month, appointments: Iterable[Appointment], today: date) -> MonthPage:
    """What was called off is nobody's date any more."""
    standing = [one for one in appointments if not one.entry.is_cancelled]
    spans = [one for one in standing if _is_long(one)]

    def on(day: date) -> Day:
        of_day = [one for one in standing if one.day == day and not _is_long(one)]
        return Day(day, day.month == month.number, day == today, of_day)

    last = month.plus(1).first
    in_month = [one for one in spans if one.day < last and one.last_day >= month.first]
    return MonthPage(month, [[on(day) for day in week] for week in month.weeks], in_month)


def _is_long(one: Appointment) -> bool:
    """What only goes on past midnight is still of the evening it begins on."""
    return one.last_day > one.day + (timedelta(days=1) if one.starts_at else timedelta(0))
