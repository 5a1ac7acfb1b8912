"""When a job is due: pure functions of a moment, by the clock on the wall of the programme's country.

Nothing is remembered and nothing waits here, so a stopped machine, a clock put right and both changes of the clock give
one answer each: the latest moment that was due. A time that the spring leaves out is due as if the clock had not been
changed yet (02:30 as 03:30 of the new time); one that the autumn has twice is due at its first turn only.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from core.clock import LOCAL_ZONE, local
from core.formatting import weekday
from core.i18n import _, ngettext

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SOME_MONDAY = date(2026, 1, 5)
HOUR_OF_CHANGES = 2
"""Clocks change between two and three: what is due every hour leaves this one out, and nothing else is due in it."""


class Timetable(Protocol):
    def latest_due(self, now: datetime) -> datetime:
        """The last moment that was due, ``now`` included."""

    def next_due(self, now: datetime) -> datetime:
        """The first moment that will be due after ``now``."""

    def in_words(self) -> str: ...

    @property
    def is_frequent(self) -> bool:
        """It runs all the time: a run that was missed is nothing, and of its runs only those that differ are kept."""


@dataclass(frozen=True)
class Every:
    """Counted from the beginning of time, so that all processes mean the same moments."""

    seconds: int
    is_frequent = True

    def latest_due(self, now: datetime) -> datetime:
        return datetime.fromtimestamp(int(now.timestamp()) // self.seconds * self.seconds, tz=UTC)

    def next_due(self, now: datetime) -> datetime:
        return self.latest_due(now) + timedelta(seconds=self.seconds)

    def in_words(self) -> str:
        if self.seconds % 60:
            return ngettext("every second", "every %(num)d seconds", self.seconds)
        return ngettext("every minute", "every %(num)d minutes", self.seconds // 60)


@dataclass(frozen=True)
class Hourly:
    """Hours as they pass: the one that the autumn has twice is two, but it lies in the hour that is left out."""

    minute: int
    is_frequent = False

    def latest_due(self, now: datetime) -> datetime:
        wall = local(now)
        due = wall.replace(minute=self.minute, second=0, microsecond=0).astimezone(UTC)
        while due > now or local(due).hour == HOUR_OF_CHANGES:
            due -= HOUR
        return due

    def next_due(self, now: datetime) -> datetime:
        due = self.latest_due(now) + HOUR
        while due <= now or local(due).hour == HOUR_OF_CHANGES:
            due += HOUR
        return due

    def in_words(self) -> str:
        return _("every hour at %(minute)s minutes past", minute=f"{self.minute:02}")


@dataclass(frozen=True)
class Daily:
    at: time
    is_frequent = False

    def latest_due(self, now: datetime) -> datetime:
        today = local(now).date()
        due = _moment(today, self.at)
        return due if due <= now else _moment(today - DAY, self.at)

    def next_due(self, now: datetime) -> datetime:
        return _moment(local(self.latest_due(now)).date() + DAY, self.at)

    def in_words(self) -> str:
        return _("every day at %(time)s", time=f"{self.at:%H:%M}")


@dataclass(frozen=True)
class Weekly:
    day: int
    """As ``date.weekday()`` counts: Monday is 0."""
    at: time
    is_frequent = False

    def latest_due(self, now: datetime) -> datetime:
        today = local(now).date()
        last = today - timedelta(days=(today.weekday() - self.day) % 7)
        due = _moment(last, self.at)
        return due if due <= now else _moment(last - 7 * DAY, self.at)

    def next_due(self, now: datetime) -> datetime:
        return _moment(local(self.latest_due(now)).date() + 7 * DAY, self.at)

    def in_words(self) -> str:
        day = weekday(SOME_MONDAY + timedelta(days=self.day))
        return _("once a week: %(weekday)s, %(time)s", weekday=day, time=f"{self.at:%H:%M}")


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LOCAL_ZONE).astimezone(UTC)


def every(seconds: int) -> Timetable:
    return Every(seconds)


def hourly_at(minute: int) -> Timetable:
    return Hourly(minute)


def daily_at(hour: int, minute: int) -> Timetable:
    """By the clock of the programme's country."""
    return Daily(time(hour, minute))


def weekly_at(day: int, hour: int, minute: int) -> Timetable:
    return Weekly(day, time(hour, minute))
