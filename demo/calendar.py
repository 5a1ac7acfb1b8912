"""When things happened. Everything is told from today backwards, so that a demonstration never looks old."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core import clock, mail
from demo.chance import Chance

YOUNG_MONTHS = 8
"""Until the end of this month a programme that began in January would have too little to show: it began a year earlier."""

MAILS_KEPT = timedelta(days=14)


@dataclass(frozen=True)
class Calendar:
    now: datetime

    @property
    def today(self) -> date:
        return clock.local(self.now).date()

    @property
    def first_day(self) -> date:
        """The programme begins with a year, eight to twenty months ago."""
        return date(self.today.year - (self.today.month <= YOUNG_MONTHS), 1, 1)

    @property
    def first_year(self) -> int:
        return self.first_day.year

    @property
    def last_year(self) -> int | None:
        """The year before this one, if the programme ran then."""
        return self.today.year - 1 if self.first_year < self.today.year else None

    @property
    def length(self) -> int:
        """Days since the programme began."""
        return (self.today - self.first_day).days

    def day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def working_days_ago(self, count: int) -> int:
        """As many days ago as so many working days."""
        day = self.today
        while count > 0:
            day -= timedelta(days=1)
            count -= clock.is_working_day(day)
        return (self.today - day).days

    @contextmanager
    def with_its_mails(self) -> Iterator[None]:
        """Mails of the last two weeks are still in the outbox; older ones have long been read, and are not written."""
        with nullcontext() if clock.now() >= self.now - MAILS_KEPT else mail.nobody_told():
            yield

    def moment(self, days_ago: int, chance: Chance) -> datetime:
        """Some time in working hours of that day, or of the last working day before; never still to come."""
        day = self.day(days_ago)
        hour = time(chance.whole(8, 15), chance.whole(1, 59))
        while not clock.is_working_day(day) or _at(day, hour) >= self.now:
            day -= timedelta(days=1)
        return _at(day, hour)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=clock.LOCAL_ZONE).astimezone(UTC)
