"""What happens in partnerships by itself: hand-overs on their day, and a word every week where nobody leads."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from core import clock
from core.database import db
from core.reminders import remind
from partnerships.handovers import leaderless
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.notices import reminders_of
from partnerships.handovers.queries import (
    handover_by_id,
    handovers_in_force,
    overdue_handovers,
    waiting_until,
)
from partnerships.services import expire_handover, finish_handover

logger = logging.getLogger(__name__)

DAYS_BEFORE = timedelta(days=3)
REMINDS_AT = time(7)
"""On Mondays; whatever stood still then goes out as soon as it runs again, once."""


def hand_over() -> str:
    """Every few minutes, so that a day begins with its hand-overs and none is left out after a stop."""
    today = clock.today()
    done = _each(handovers_in_force(today), finish_handover)
    expired = _each(overdue_handovers(today), expire_handover)
    return f"{done} done, {expired} expired"


def remind_of_handovers() -> str:
    """Three days before one expires for want of an answer; of one that has expired nobody is reminded."""
    today = clock.today()
    waiting = waiting_until(today + DAYS_BEFORE)
    return remind(
        one for handover in waiting if not handover.is_overdue(today) for one in reminders_of(handover)
    )


def _each(ids: Sequence[int], step: Callable[[LeaderHandover], bool]) -> int:
    """Each is a unit of work of its own: one that fails is told in the log and keeps no other waiting."""
    count = 0
    for handover_id in ids:
        try:
            handover = handover_by_id(handover_id)
            count += bool(handover and step(handover))
            db.session.commit()
        except Exception:
            db.session.rollback()
            logger.exception("hand-over %s failed", handover_id)
    return count


def remind_of_missing_leaders() -> str:
    """Asked every hour. A week is reminded of once to each person, however often this runs and however long it stood still."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    if clock.local(clock.now()) < datetime.combine(monday, REMINDS_AT, tzinfo=clock.LOCAL_ZONE):
        return "not yet"
    reminded = leaderless.remind(monday)
    db.session.commit()
    return f"{reminded} reminded"
