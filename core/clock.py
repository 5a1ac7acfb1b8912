"""The only clock. Moments are UTC; days are those of the programme's country."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_pretended: ContextVar[datetime | None] = ContextVar("pretended_moment", default=None)

LOCAL_ZONE = ZoneInfo("Europe/Warsaw")


def now() -> datetime:
    return _pretended.get() or datetime.now(UTC)


def today() -> date:
    """The local day: at 23:30 UTC in Warsaw it is already tomorrow."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL_ZONE)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live this block at another moment: for demonstration data that has a past, and for tests."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


@lru_cache(maxsize=32)
def _public_holidays(year: int) -> frozenset[date]:
    import holidays  # knows every country, and most pages count no days

    return frozenset(holidays.country_holidays("PL", years=year))


def is_working_day(day: date) -> bool:
    """Polish working days: no Saturdays, Sundays or public holidays (24 December is one since 2025)."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The day on which so many whole working days after ``start`` have passed."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


@lru_cache(maxsize=8192)
def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before.

    Kept: a report counts the same pairs of days for thousands of plans.
    """
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))
