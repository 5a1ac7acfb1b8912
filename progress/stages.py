"""The stages of a partnership: those the office counts, and the steps its own page shows."""

from dataclasses import dataclass
from typing import Literal

from core.formatting import day
from core.i18n import _, _l, ngettext
from core.labels import LabelledEnum, Tone
from plans.workflow import PlanStatus
from progress.matters import Topic, matter_of
from progress.situations import PlanState, Situation

State = Literal["done", "current", "todo"]

HANDED_OVER = frozenset(
    {PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW, PlanStatus.APPROVED, PlanStatus.PUBLISHED}
)
SETTLED = frozenset({PlanStatus.IN_USE, PlanStatus.CLOSED, PlanStatus.PUBLISHED})


class Stage(LabelledEnum):
    """Where the general plan of a municipality stands, from nothing to published."""

    NO_PLAN = "no_plan", _l("No plan yet"), Tone.NEUTRAL
    DRAFT = "draft", PlanStatus.DRAFT.label, Tone.NEUTRAL
    SUBMITTED = "submitted", PlanStatus.SUBMITTED.label, Tone.INFO
    IN_REVIEW = "in_review", PlanStatus.IN_REVIEW.label, Tone.INFO
    RETURNED = "returned", PlanStatus.RETURNED.label, Tone.WARNING
    APPROVED = "approved", PlanStatus.APPROVED.label, Tone.SUCCESS
    PUBLISHED = "published", PlanStatus.PUBLISHED.label, Tone.SUCCESS


def stage_of(plan_status: PlanStatus | None) -> Stage:
    """``plan_status`` is that of the general plan's current version."""
    return Stage(plan_status.value) if plan_status else Stage.NO_PLAN


@dataclass(frozen=True)
class StageStep:
    """One step on the partnership's page, see ``steps`` in ``components/cards.html``."""

    label: str
    state: State
    note: str | None = None


_AT = {
    Topic.FOUNDING: 0,
    Topic.MEMBERS: 1,
    Topic.START: 2,
    Topic.UPLOAD: 2,
    Topic.REMARKS: 2,
    Topic.WRITING: 2,
    Topic.RETURNED: 2,
    Topic.SUBMITTED: 3,
    Topic.IN_REVIEW: 3,
    Topic.NO_REVIEWER: 3,
    Topic.APPROVED: 4,
}
"""Of the general plan; whatever is next about the plan of a year is at the last step."""


def stage_steps(situation: Situation) -> list[StageStep]:
    """From the founding to this year's plan; the one it is at now is marked. One that is closed is on no way any more."""
    matter = matter_of(situation)
    if matter.topic is Topic.CLOSED:
        return []
    general = situation.general
    public = bool(general and general.was_published)
    rows = [
        (_("Founding"), situation.founded_on is not None, _founded(situation)),
        (_("Enough members"), not situation.members_missing, _members(situation)),
        (_("Writing the plan"), public or _in(general, HANDED_OVER), None),
        (_("Approval"), public or _in(general, {PlanStatus.APPROVED}), None),
        (_("Publication"), public, None),
        (
            _("Plan for %(year)s", year=situation.today.year),
            situation.keeps_year or _in(situation.plan_of_year(situation.today.year), SETTLED),
            None,
        ),
    ]
    now = len(rows) - 1 if matter.is_of_year else _AT.get(matter.topic)
    return [
        StageStep(label, _state(done, index == now), note) for index, (label, done, note) in enumerate(rows)
    ]


def _state(done: bool, now: bool) -> State:
    if now:
        return "current"
    return "done" if done else "todo"


def _in(plan: PlanState | None, statuses: frozenset[PlanStatus] | set[PlanStatus]) -> bool:
    return plan is not None and plan.status in statuses


def _founded(situation: Situation) -> str | None:
    return day(situation.founded_on) if situation.founded_on else None


def _members(situation: Situation) -> str:
    if not situation.members_missing:
        return ngettext("1 member", "%(num)d members", situation.members)
    return _("%(count)s of %(wanted)s", count=situation.members, wanted=situation.min_members)
