"""Times of visits, and until when somebody answers."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from animators.visits.errors import NoSuchMoment
from core import clock, local_times
from core.local_times import FarAway, NoSuchTime

DAYS_TO_ANSWER = 7


def moment_of(on: date, at: time) -> datetime:
    """As one of the dates that somebody proposes."""
    try:
        return local_times.moment_of(on, at)
    except (FarAway, NoSuchTime) as refusal:
        raise NoSuchMoment(refusal) from refusal


def answer_by(starts: Iterable[datetime], *, asked_on: date) -> date:
    """In a week, and before the first of the dates."""
    first = min(clock.local(one).date() for one in starts)
    return max(asked_on, min(asked_on + timedelta(days=DAYS_TO_ANSWER), first - timedelta(days=1)))
