"""Where a partnership stands, as plain facts: what next steps and stages are worked out from."""

from dataclasses import dataclass
from datetime import date

from partnerships.workflow import PartnershipStatus
from plans.workflow import PlanStatus


@dataclass(frozen=True)
class PlanState:
    """The current version of one plan."""

    version_id: int
    title: str
    year_from: int
    year_to: int
    is_general: bool
    status: PlanStatus
    since: date
    number: int = 1
    open_remarks: int = 0
    upload_id: int | None = None
    """A checked upload that waits to be applied."""
    was_published: bool = False
    """This version or an earlier one is public."""
    due_on: date | None = None
    """By when the animator usually answers."""

    def covers(self, year: int) -> bool:
        return self.year_from <= year <= self.year_to


@dataclass(frozen=True)
class Situation:
    partnership_id: int
    status: PartnershipStatus
    today: date
    entered_on: date
    founded_on: date | None
    leader: str | None
    leaderless_since: date | None
    reviewer: str | None
    """The animator whose decision it is today; None where nobody is assigned, or only somebody of the partnership."""
    members: int
    min_members: int
    publish_reminder_days: int
    years_need_approval: bool = False
    """Whether somebody decides about annual plans, too."""
    plans: tuple[PlanState, ...] = ()
    leader_mail: str = ""
    reviewer_mail: str = ""
    office_mail: str = ""
    closed_on: date | None = None
    keeps_year: bool = False
    """The leader declared of this year: "we keep this year's plan ourselves". Nobody asks for it any more."""
    last_year: int = date.max.year
    """Of the programme: no plan begins after it."""

    @property
    def members_missing(self) -> int:
        return max(0, self.min_members - self.members)

    @property
    def general(self) -> PlanState | None:
        """Of several general plans the one for the latest years."""
        found = [plan for plan in self.plans if plan.is_general]
        return max(found, key=lambda plan: plan.year_from, default=None)

    @property
    def annual(self) -> tuple[PlanState, ...]:
        return tuple(plan for plan in self.plans if not plan.is_general)

    def plan_of_year(self, year: int) -> PlanState | None:
        return next((plan for plan in self.annual if plan.covers(year)), None)
