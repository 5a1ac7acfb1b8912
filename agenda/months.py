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
        """Nothing on the days it is about."""
        in_month = (day for week in self.weeks for day in week if day.is_in_month)
        return not self.spans and not any(day.appointments for day in in_month)


def month_page(month: Month, appointments: Iterable[Appointment], today: date) -> MonthPage:
    """What was called off is nobody's date any more."""
    last = month.plus(1).first - timedelta(days=1)
    weeks, spans = _laid_out(month.weeks, appointments, today, first=month.first, last=last)
    return MonthPage(month, weeks, spans)


def week_page(monday: date, appointments: Iterable[Appointment], today: date) -> MonthPage:
    """One week of it, of whichever months."""
    days = [monday + timedelta(days=number) for number in range(7)]
    weeks, spans = _laid_out([days], appointments, today, first=days[0], last=days[-1])
    return MonthPage(Month.of(monday), weeks, spans)


def _laid_out(
    weeks: list[list[date]], appointments: Iterable[Appointment], today: date, *, first: date, last: date
) -> tuple[list[list[Day]], list[Appointment]]:
    standing = [one for one in appointments if not one.entry.is_cancelled]
    spans = [one for one in standing if _is_long(one) and one.day <= last and one.last_day >= first]
    of_days: dict[date, list[Appointment]] = {}
    for one in standing:
        if not _is_long(one):
            of_days.setdefault(one.day, []).append(one)
    laid = [
        [Day(day, first <= day <= last, day == today, of_days.get(day, [])) for day in week] for week in weeks
    ]
    return laid, spans


def _is_long(one: Appointment) -> bool:
    """What only goes on past midnight is still of the evening it begins on."""
    return one.last_day > one.day + (timedelta(days=1) if one.starts_at else timedelta(0))
