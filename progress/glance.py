"""The advice of one partnership at a glance: hours left, visits, the last contact, what is open and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from animators.advice.models import AdviceRequest
from animators.advice.queries import requests_of
from animators.consultations.models import FollowUp
from animators.consultations.queries import open_follow_ups_of
from animators.hours.bars import Bar, bars_of
from animators.visits.page import Card, cards_of
from animators.visits.queries import visits_of
from core import clock
from partnerships.models import Partnership
from progress.queries.glance import next_meeting_of
from progress.queries.waiting import last_contacts


@dataclass(frozen=True)
class Glance:
    bars: list[Bar]
    visits: list[Card]
    last_contact: date | None
    """The last visit or piece of remote advice that took place."""
    next_date: datetime | date | None
    """Of the next visit or meeting."""
    steps: Sequence[FollowUp]
    requests: Sequence[AdviceRequest]

    @property
    def late_steps(self) -> int:
        today = clock.today()
        return sum(one.due_on is not None and one.due_on < today for one in self.steps)


def glance_at(partnership: Partnership, reader: User) -> Glance:
    """A fixed number of queries, however much there was."""
    place = partnership.municipality_id
    visits = cards_of(partnership, visits_of(place), reader)
    contact = last_contacts([place]).get(place)
    return Glance(
        bars_of(place),
        visits,
        clock.local(contact).date() if contact else None,
        _next_date(partnership, visits),
        open_follow_ups_of(place),
        [one for one in requests_of(partnership) if one.is_open],
    )


def _next_date(partnership: Partnership, visits: Sequence[Card]) -> datetime | date | None:
    """A meeting called only for a day comes at its beginning."""
    starts = [card.visit.planned_start for card in visits if card.visit and card.visit.planned_start]
    found: list[datetime | date] = [start for start in starts if start > clock.now()]
    meeting = next_meeting_of(partnership)
    if meeting is not None:
        found.append(meeting.begins or meeting.held_on)
    return min(found, key=_local, default=None)


def _local(moment: datetime | date) -> tuple[date, str]:
    if isinstance(moment, datetime):
        there = clock.local(moment)
        return there.date(), f"{there:%H:%M}"
    return moment, ""
