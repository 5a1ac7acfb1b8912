"""Times of visits: entered and read by the clock in Poland, kept as moments. Two nights a year need care."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from babel.dates import format_date

from animators.visits.errors import FarAway, NoSuchTime
from core import clock
from core.formatting import day
from core.i18n import _, language

YEARS = range(2000, 2200)
DAYS_TO_ANSWER = 7


def moment_of(on: date, at: time) -> datetime:
    """The moment at which clocks in Poland show this. Where they show it twice, the first: ``said`` names it.

    Refuses a time that the clocks leap over.
    """
    if on.year not in YEARS:
        raise FarAway
    moment = datetime.combine(on, at, tzinfo=clock.LOCAL_ZONE).astimezone(UTC)
    shown = clock.local(moment)
    if (shown.date(), shown.time()) != (on, at):
        raise NoSuchTime(on, at, shown.time())
    return moment


def comes_twice(moment: datetime) -> bool:
    """In that night the clocks show this time two times."""
    shown = clock.local(moment)
    other = shown.replace(fold=1 - shown.fold)
    return shown.utcoffset() != other.utcoffset()


def said(starts_at: datetime, minutes: int) -> str:
    """``Wednesday, 5 May 2027, 10:00–14:00``; of a time that comes twice also which of the two."""
    first, last = clock.local(starts_at), clock.local(starts_at + timedelta(minutes=minutes))
    end = f"{last:%H:%M}" if last.date() == first.date() else f"{day(last.date())}, {last:%H:%M}"
    text = f"{weekday(first.date())}, {day(first.date())}, {first:%H:%M}–{end}"
    if not comes_twice(starts_at):
        return text
    which = _("summer time") if first.dst() else _("winter time")
    return f"{text} ({which})"


def answer_by(starts: Iterable[datetime], *, asked_on: date) -> date:
    """In a week, and before the first of the dates."""
    first = min(clock.local(one).date() for one in starts)
    return max(asked_on, min(asked_on + timedelta(days=DAYS_TO_ANSWER), first - timedelta(days=1)))


def weekday(on: date) -> str:
    return str(format_date(on, "EEEE", locale=language()))
