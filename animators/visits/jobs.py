"""What is written down by itself."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from animators.consultations.models import ConsultationStatus
from animators.visits.calendars import slot_of
from animators.visits.notices import reminders_of
from animators.visits.queries import agreed_ahead
from animators.visits.services import hand_over_visits, hold_past_visits
from core import clock
from core.reminders import Reminder, remind


def remind_of_tomorrow() -> str:
    """Of visits that begin until the end of the next day; of one that has begun there is nothing left to be reminded of."""
    return remind(_of_tomorrow())


def _of_tomorrow() -> Iterator[Reminder]:
    after_tomorrow = clock.today() + timedelta(days=2)
    until = datetime.combine(after_tomorrow, time(), tzinfo=clock.LOCAL_ZONE)
    for visit in agreed_ahead(clock.now()):
        slot = slot_of(visit)
        if (
            slot
            and visit.partnership
            and visit.status is ConsultationStatus.AGREED
            and slot.starts_at < until
        ):
            yield from reminders_of(visit, slot)


def hold_visits() -> str:
    return f"{hold_past_visits()} held"


def hand_visits_over() -> str:
    return f"{hand_over_visits()} handed over"
