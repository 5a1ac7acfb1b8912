"""Times entered and read by the clock in Poland, kept as moments. Two nights a year need care."""

from datetime import UTC, date, datetime, time, timedelta

from core import clock
from core.errors import DomainError
from core.formatting import day, weekday_in_a_line
from core.i18n import _, _l

YEARS = range(2000, 2200)


class FarAway(DomainError):
    field = "day"

    def __init__(self) -> None:
        super().__init__(_l("Enter a day of these years, such as 23.02.2027."))


class NoSuchTime(DomainError):
    field = "time"

    def __init__(self, on: date, at: time, instead: time) -> None:
        super().__init__(
            _(
                "In the night of %(day)s the clocks go forward and %(time)s does not exist. Enter %(instead)s or another time.",
                day=day(on),
                time=at.strftime("%H:%M"),
                instead=instead.strftime("%H:%M"),
            )
        )


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
    text = f"{weekday_in_a_line(first.date())}, {day(first.date())}, {first:%H:%M}–{end}"
    if not comes_twice(starts_at):
        return text
    which = _("summer time") if first.dst() else _("winter time")
    return f"{text} ({which})"
