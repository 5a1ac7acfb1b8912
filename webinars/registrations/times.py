"""Times that follow from when a webinar begins."""

from datetime import date, datetime, time, timedelta

from core import clock

TWO_DAYS = timedelta(days=2)
BOOK_AHEAD = 3
"""Days."""


def at(on: date, begins: time) -> datetime:
    """By the clock on the wall; of an hour that the autumn has twice the first one."""
    return datetime.combine(on, begins, tzinfo=clock.LOCAL_ZONE)


def usual_reconfirm_by(starts_at: datetime) -> datetime:
    """Two days before, or half of the time that is left, whichever leaves people longer to answer."""
    now = clock.now()
    return max(starts_at - TWO_DAYS, now + (starts_at - now) / 2)


def book_by(starts_at: datetime) -> date:
    """When somebody should have seen to what people need: interpreters are asked a few days ahead."""
    return clock.local(starts_at).date() - timedelta(days=BOOK_AHEAD)


def day_before(starts_at: datetime) -> datetime:
    """The same time by the clock on the wall, whatever the night between does to it."""
    there = clock.local(starts_at)
    return at(there.date() - timedelta(days=1), there.time())
