"""The home of an animator: what waits for them by urgency, the next dates, and what waits on leaders meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from animators.people.models import LeaveSummary
from animators.people.queries.leaves import Cover, covers_around, latest_summary
from animators.people.queries.profiles import profile_of
from animators.people.words import ProfileState
from core import clock
from core.agenda import Appointment, agenda_of
from plans.models import PlanVersion
from progress import queries
from progress.next_steps import since_words
from progress.queries.waiting import AdvisedPlace, advised_places
from progress.waiting.animator import waiting_for_animator
from progress.waiting.order import Kind, Waiting, counts_by_kind

SHOWN = 6
"""A phone's screen; the rest is a page of its own."""
WITH_LEADERS_SHOWN = 5
DATES_SHOWN = 3
LOOKS_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class WithLeader:
    """A plan that was decided about, and now waits on whoever leads the partnership."""

    version: PlanVersion
    leader: User | None
    since_words: str


@dataclass(frozen=True)
class Advising:
    waiting: list[Waiting]
    """The most urgent first; what is only as it is stands behind."""
    with_leaders: list[WithLeader]
    with_leaders_total: int
    places: Sequence[AdvisedPlace]
    dates: Sequence[Appointment]
    """The next ones at an hour: visits, meetings, webinars."""
    leave: LeaveSummary | None
    """Of a leave that ended lately."""
    covered: Cover | None
    """Why somebody who advises no municipality today is an animator all the same."""
    profile: ProfileState

    @property
    def to_do(self) -> list[Waiting]:
        return [one for one in self.waiting if one.somebody_waits]

    @property
    def shown(self) -> list[Waiting]:
        return self.to_do[:SHOWN]

    @property
    def counts(self) -> dict[Kind, int]:
        """Of what the list does not tell in full."""
        shown = counts_by_kind(self.shown)
        return {
            kind: count for kind, count in counts_by_kind(self.waiting).items() if count > shown.get(kind, 0)
        }

    @property
    def late(self) -> int:
        today = clock.today()
        return sum(one.is_late(today) for one in self.to_do)


def advising_of(animator: User) -> Advising:
    # first, as it brings the people along that the reviews would ask for one by one
    with_leaders, total = queries.plans_with_leaders(animator, limit=WITH_LEADERS_SHOWN)
    places = advised_places(animator)
    return Advising(
        waiting_for_animator(animator, places),
        [_with_leader(version) for version in with_leaders],
        total,
        places,
        next_dates(animator),
        latest_summary(animator),
        None if places else _cover_of(animator),
        ProfileState.of(profile_of(animator)),
    )


def _cover_of(animator: User) -> Cover | None:
    today = clock.today()
    found = covers_around(animator, today, today, everybody=False)
    return next((one for one in found if one.away.id == animator.id), None)


def next_dates(person: User) -> Sequence[Appointment]:
    """Of today those that are not over. Days by which something is due stand in the list already."""
    today = clock.today()
    coming = (one for one in agenda_of(person, today, today + LOOKS_AHEAD) if _is_to_come(one))
    return [one for one, _n in zip(coming, range(DATES_SHOWN), strict=False)]


def _is_to_come(one: Appointment) -> bool:
    if one.entry.is_cancelled or one.starts_at is None:
        return False
    ends = one.entry.ends
    return (ends if isinstance(ends, datetime) else one.starts_at) > clock.now()


def _with_leader(version: PlanVersion) -> WithLeader:
    today, since = clock.today(), clock.local(version.status_since).date()
    leader = version.partnership.leader(today)
    return WithLeader(version, leader, since_words(since, clock.working_days_between(since, today)))
