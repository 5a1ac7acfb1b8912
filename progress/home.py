"""What a person's home shows, one section for each role they have."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.role_sources import roles_of
from accounts.roles import Role
from core import clock
from core.formatting import day
from core.i18n import _
from partnerships.models import Partnership
from plans.deadlines import review_due_on, working_days_left
from plans.models import PlanVersion
from plans.queries import plans_awaiting_review
from progress import queries
from progress.matters import Turn
from progress.next_steps import Link, NextStep, next_step
from progress.queries import StuckRow
from progress.stages import Stage, StageStep, stage_steps

STUCK_SHOWN = 10


@dataclass(frozen=True)
class LedPartnership:
    partnership: Partnership
    step: NextStep
    stages: list[StageStep]


@dataclass(frozen=True)
class Review:
    version: PlanVersion
    due_on: date | None
    days_left: int

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


@dataclass(frozen=True)
class Stuck:
    row: StuckRow
    reason: str
    link: Link


@dataclass(frozen=True)
class Reviews:
    waiting: list[Review]
    advised: int


@dataclass(frozen=True)
class Overview:
    counts: dict[Stage, int]
    stuck: list[Stuck]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def stuck_total(self) -> int:
        return self.stuck[0].row.total if self.stuck else 0


@dataclass(frozen=True)
class Home:
    """None is no such role; empty is a role with nothing to show yet."""

    led: list[LedPartnership] | None
    reviews: Reviews | None
    overview: Overview | None
    manages_people: bool

    @property
    def is_empty(self) -> bool:
        return self == Home(None, None, None, manages_people=False)


def home_of(person: User) -> Home:
    roles = roles_of(person)
    return Home(
        led=_led(person) if roles & {Role.LEADER, Role.DEPUTY} else None,
        reviews=_reviews(person) if Role.ANIMATOR in roles else None,
        overview=_overview() if Role.OFFICE in roles else None,
        manages_people=Role.ADMIN in roles,
    )


def _led(person: User) -> list[LedPartnership]:
    partnerships = queries.led_partnerships(person)
    ids = [partnership.id for partnership in partnerships]
    plans, members = queries.plans_of(ids), queries.member_counts(ids)
    found = []
    for one in partnerships:
        situation = queries.situation_of(one, plans[one.id], members=members[one.id])
        found.append(LedPartnership(one, next_step(situation, Turn.LEADER), stage_steps(situation)))
    return found


def _reviews(person: User) -> Reviews:
    versions = plans_awaiting_review(animator=person)
    return Reviews([_review(version) for version in versions], queries.count_advised(person))


def _review(version: PlanVersion) -> Review:
    due_on = review_due_on(version)
    return Review(version, due_on, working_days_left(due_on) if due_on else 0)


def _overview() -> Overview:
    stuck = queries.stuck_partnerships(limit=STUCK_SHOWN)
    return Overview(queries.stage_counts(), [_stuck(row) for row in stuck])


def _stuck(row: StuckRow) -> Stuck:
    """Of several reasons the one that has to go first."""
    partnership = {"partnership_id": row.partnership_id}
    if not row.has_leader:
        link = Link(_("Appoint a leader"), "partnerships.appoint_leader", partnership)
        return Stuck(row, _("Nobody leads the partnership"), link)
    if not row.has_animator:
        link = Link(_("Assign an animator"), "partnerships.assign_animator", partnership)
        return Stuck(row, _("Nobody can review the plan"), link)
    link = Link(_("Open the plan"), "plans.show", {"version_id": row.version_id or 0})
    since = day(clock.local(row.since).date())
    if row.is_approved:
        return Stuck(row, _("Approved on %(day)s and still not public", day=since), link)
    return Stuck(row, _("The review is late"), link)
