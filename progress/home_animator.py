"""The home of an animator: reviews by the working days left, and what waits on leaders meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from animators.people.models import LeaveSummary
from animators.people.queries.leaves import latest_summary
from animators.people.queries.profiles import profile_of
from animators.people.words import ProfileState
from core import clock
from partnerships.models import Partnership
from plans.deadlines import review_due_on, working_days_left
from plans.models import PlanVersion
from plans.queries import plans_awaiting_review
from plans.workflow import PlanStatus
from progress import queries
from progress.next_steps import since_words

WITH_LEADERS_SHOWN = 10


@dataclass(frozen=True)
class Review:
    version: PlanVersion
    due_on: date | None
    days_left: int

    @property
    def partnership(self) -> Partnership:
        return self.version.partnership

    @property
    def round(self) -> int:
        return max(1, self.version.round)

    @property
    def is_begun(self) -> bool:
        return self.version.status is PlanStatus.IN_REVIEW

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


@dataclass(frozen=True)
class WithLeader:
    """A plan that was decided about, and now waits on whoever leads the partnership."""

    version: PlanVersion
    leader: User | None
    since_words: str


@dataclass(frozen=True)
class Reviews:
    waiting: list[Review]
    with_leaders: list[WithLeader]
    with_leaders_total: int
    advised: int
    leave: LeaveSummary | None
    """Of a leave that ended lately."""
    profile: ProfileState

    @property
    def late(self) -> int:
        return sum(review.is_late for review in self.waiting)


def reviews_of(animator: User) -> Reviews:
    # first, as it brings the people along that the second would ask for one by one
    with_leaders, total = queries.plans_with_leaders(animator, limit=WITH_LEADERS_SHOWN)
    waiting = [_review(version) for version in plans_awaiting_review(animator=animator)]
    return Reviews(
        sorted(waiting, key=_by_days_left),
        [_with_leader(version) for version in with_leaders],
        total,
        queries.count_advised(animator),
        latest_summary(animator),
        ProfileState.of(profile_of(animator)),
    )


def _by_days_left(review: Review) -> tuple[int, Sequence[str]]:
    return review.days_left, (review.partnership.municipality.sort_key,)


def _review(version: PlanVersion) -> Review:
    due_on = review_due_on(version)
    return Review(version, due_on, working_days_left(due_on) if due_on else 0)


def _with_leader(version: PlanVersion) -> WithLeader:
    today, since = clock.today(), clock.local(version.status_since).date()
    leader = version.partnership.leader(today)
    return WithLeader(version, leader, since_words(since, clock.working_days_between(since, today)))
