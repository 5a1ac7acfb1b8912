"""The one matter a partnership is at, whose turn it is and since when. Every text about it follows from this."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.i18n import _l
from core.labels import LabelledEnum
from partnerships.workflow import PartnershipStatus
from plans.workflow import AWAITING_REVIEW, PlanStatus
from progress.situations import PlanState, Situation


class Turn(LabelledEnum):
    """Who has to do something."""

    LEADER = "leader", _l("The leader")
    ANIMATOR = "animator", _l("The animator")
    OFFICE = "office", _l("The programme office")
    NOBODY = "nobody", _l("Nobody")


class Topic(StrEnum):
    CLOSED = "closed"
    NO_LEADER = "no_leader"
    NO_REVIEWER = "no_reviewer"
    FOUNDING = "founding"
    MEMBERS = "members"
    START = "start"
    UPLOAD = "upload"
    REMARKS = "remarks"
    WRITING = "writing"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    START_YEAR = "start_year"
    WRITE_YEAR = "write_year"
    USE_YEAR = "use_year"
    CLOSE_YEAR = "close_year"
    DONE = "done"


TURNS = {
    Topic.CLOSED: Turn.NOBODY,
    Topic.DONE: Turn.NOBODY,
    Topic.NO_LEADER: Turn.OFFICE,
    Topic.NO_REVIEWER: Turn.OFFICE,
    Topic.SUBMITTED: Turn.ANIMATOR,
    Topic.IN_REVIEW: Turn.ANIMATOR,
}
"""Everything else is the leader's."""

LEADERS_OWN = frozenset({Topic.START_YEAR, Topic.WRITE_YEAR, Topic.USE_YEAR, Topic.CLOSE_YEAR})
"""Nobody else waits for these: a yearly plan is its leader's own."""


@dataclass(frozen=True)
class Matter:
    topic: Topic
    since: date
    plan: PlanState | None = None
    due_on: date | None = None

    @property
    def turn(self) -> Turn:
        return TURNS.get(self.topic, Turn.LEADER)

    @property
    def is_of_year(self) -> bool:
        """What is next is about the plan of a year: the general one has gone its way."""
        is_annual = self.plan is not None and not self.plan.is_general
        return self.topic in LEADERS_OWN or (is_annual and self.topic not in {Topic.DONE, Topic.NO_LEADER})

    @property
    def is_leaders_own(self) -> bool:
        return self.topic in LEADERS_OWN or (self.topic is Topic.UPLOAD and self.is_of_year)

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


def matter_of(situation: Situation) -> Matter:
    """What to do about it comes first: a plan under way before the partnership's own state, and both before the year."""
    if situation.status is PartnershipStatus.CLOSED:
        return Matter(Topic.CLOSED, situation.closed_on or situation.entered_on)
    matter = _of_general_plan(situation) or _of_partnership(situation) or _of_year(situation)
    if matter.turn is Turn.LEADER and situation.leader is None:
        return Matter(Topic.NO_LEADER, situation.leaderless_since or situation.entered_on, matter.plan)
    return matter


def _of_general_plan(situation: Situation) -> Matter | None:
    plan = situation.general
    if plan is None or plan.status is PlanStatus.PUBLISHED:
        return None
    if situation.founded_on is None and plan.status is PlanStatus.DRAFT:
        return None
    return _of_plan(plan, situation)


def _of_plan(plan: PlanState, situation: Situation) -> Matter | None:
    """A plan that is written, reviewed or decided about."""
    if plan.status in AWAITING_REVIEW:
        return _with_reviewer(plan, situation)
    if plan.status is PlanStatus.RETURNED:
        return Matter(Topic.RETURNED, plan.since, plan)
    if plan.status is PlanStatus.APPROVED and not plan.is_general:
        return Matter(Topic.USE_YEAR, plan.since, plan)
    if plan.status is PlanStatus.APPROVED:
        return Matter(
            Topic.APPROVED, plan.since, plan, plan.since + timedelta(situation.publish_reminder_days)
        )
    if plan.status is PlanStatus.DRAFT:
        return Matter(_writing(plan), plan.since, plan)
    return None


def _with_reviewer(plan: PlanState, situation: Situation) -> Matter:
    if situation.reviewer is None:
        return Matter(Topic.NO_REVIEWER, plan.since, plan, plan.due_on)
    topic = Topic.SUBMITTED if plan.status is PlanStatus.SUBMITTED else Topic.IN_REVIEW
    return Matter(topic, plan.since, plan, plan.due_on)


def _writing(plan: PlanState) -> Topic:
    if plan.upload_id is not None:
        return Topic.UPLOAD
    if plan.open_remarks:
        return Topic.REMARKS
    return Topic.WRITING if plan.is_general else Topic.WRITE_YEAR


def _of_partnership(situation: Situation) -> Matter | None:
    if situation.founded_on is None:
        return Matter(Topic.FOUNDING, situation.entered_on)
    if situation.members_missing:
        return Matter(Topic.MEMBERS, situation.founded_on)
    if situation.general is None:
        return Matter(Topic.START, situation.founded_on)
    return None


def _of_year(situation: Situation) -> Matter:
    """The general plan is public: what is left are the yearly plans, the earliest first."""
    year, general = situation.today.year, situation.general
    under_way = (_of_plan(plan, situation) for plan in situation.annual if plan.year_to >= year)
    first = next((matter for matter in under_way if matter is not None), None)
    if first is not None:
        return first
    over = (plan for plan in situation.annual if plan.status is PlanStatus.IN_USE and plan.year_to < year)
    last_year = next(over, None)
    if last_year is not None:
        return Matter(Topic.CLOSE_YEAR, date(last_year.year_to + 1, 1, 1), last_year)
    this_year = situation.plan_of_year(year)
    is_asked_for = this_year is None and not situation.keeps_year and year <= situation.last_year
    if general is not None and general.covers(year) and is_asked_for:
        return Matter(Topic.START_YEAR, max(general.since, date(year, 1, 1)))
    return Matter(Topic.DONE, general.since if general else situation.entered_on, this_year or general)
