"""The home of who leads partnerships, or helps to: where each plan stands, and one step for the one that is due first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from accounts.models import User
from accounts.policy import Permission, can
from animators.hours.bars import Bar, bars_of_many
from assessments.queries import begun_in
from core import clock
from core.i18n import _
from partnerships.models import Partnership
from plans.forms.workbooks import UploadForm
from plans.workflow import PlanStatus
from progress import queries
from progress.first_week import is_new
from progress.matters import Topic, Turn, matter_of
from progress.next_steps import Link, NextStep, next_step
from progress.queries import PlanRow
from progress.situations import PlanState, Situation
from progress.stages import StageStep, stage_steps
from progress.waiting.leader import as_next_step, waiting_for_leader
from progress.waiting.order import Waiting
from tasks.queries import TasksOf, tasks_of


@dataclass(frozen=True)
class LedPartnership:
    partnership: Partnership
    step: NextStep
    stages: list[StageStep]
    general: PlanState | None
    year: int
    plan_of_year: PlanState | None
    shows_year: bool
    """The plan of this year is worth a line of its own: there may be one, and the step is not about it."""
    keeps_year: bool
    """Declared: it is kept elsewhere."""
    draft_id: int | None
    """The draft this person is writing: a filled-in workbook can be brought back at once."""
    plan_step: NextStep | None = None
    """Of the plan, where something else is the next step: on whom the plan waits meanwhile."""
    waiting: Sequence[Waiting] = ()
    """What waits for this person besides the next step, the most urgent first."""
    bars: Sequence[Bar] = ()
    """What is left of the hours of advice."""
    tasks: TasksOf | None = None
    is_new: bool = False
    """This person began to lead it only lately: the first week has a page of its own."""
    begun_assessment_id: int | None = None

    @property
    def standing(self) -> str:
        """Where the plan stands, in one line."""
        at = next((n for n, one in enumerate(self.stages) if one.state == "current"), None)
        if at is None:
            return _("%(done)s of %(all)s stages done", done=self.stages_done, all=len(self.stages))
        return _(
            "Stage %(n)s of %(all)s: %(label)s", n=at + 1, all=len(self.stages), label=self.stages[at].label
        )

    @property
    def standing_more(self) -> str:
        """What the status of the current version alone would not tell."""
        if self.general is None or self.general.number == 1:
            return ""
        number = _("version %(number)s", number=self.general.number)
        if not self.is_public or self.general.status is PlanStatus.PUBLISHED:
            return number
        return _("%(version)s, an earlier one is public", version=number)

    @property
    def stages_done(self) -> int:
        return sum(stage.state == "done" for stage in self.stages)

    @property
    def is_public(self) -> bool:
        return self.general is not None and self.general.was_published

    @property
    def is_late(self) -> bool:
        return self.step.is_mine and self.step.is_late

    @property
    def upload_form(self) -> UploadForm:
        return UploadForm(formdata=None)


def led_by(person: User) -> list[LedPartnership]:
    """What is due first comes first, then what waits longest; what waits on somebody else stands behind."""
    partnerships = queries.led_partnerships(person)
    ids = [partnership.id for partnership in partnerships]
    plans, members = queries.plans_of(ids), queries.member_counts(ids)
    places = [one.municipality_id for one in partnerships]
    waiting, bars = waiting_for_leader(person, partnerships), bars_of_many(places)
    tasks, begun = tasks_of(ids), begun_in(ids)
    found = [
        replace(
            _with_advice(
                _led(person, one, plans[one.id], members=members[one.id]),
                waiting.get(one.municipality_id, []),
                bars[one.municipality_id],
            ),
            tasks=tasks[one.id],
            is_new=_has_begun_lately(one, person),
            begun_assessment_id=begun.get(one.id),
        )
        for one in partnerships
    ]
    return sorted(found, key=_urgency)


def _has_begun_lately(partnership: Partnership, person: User) -> bool:
    term = partnership.leader_term(clock.today())
    return term is not None and term.user_id == person.id and is_new(term)


def _with_advice(led: LedPartnership, waiting: Sequence[Waiting], bars: Sequence[Bar]) -> LedPartnership:
    """A plan that waits for its leader is next. Where it waits for somebody else, or for nobody, somebody who waits for
    the leader comes first.
    """
    first = next((one for one in waiting if one.somebody_waits), None)
    if first is None or led.step.is_mine:
        return replace(led, waiting=waiting, bars=bars)
    others = [one for one in waiting if one is not first]
    return replace(led, step=as_next_step(first), plan_step=led.step, waiting=others, bars=bars)


def _urgency(led: LedPartnership) -> tuple[bool, bool, date, date]:
    step = led.step
    is_quiet = step.waits_on is Turn.NOBODY
    return not step.is_mine, is_quiet, step.due_on or date.max, step.since


def _led(person: User, partnership: Partnership, rows: Sequence[PlanRow], *, members: int) -> LedPartnership:
    situation = queries.situation_of(partnership, rows, members=members)
    matter, year = matter_of(situation), situation.today.year
    is_told = matter.is_of_year and matter.topic is not Topic.CLOSE_YEAR
    general = situation.general
    covers_year = bool(general and general.was_published and general.covers(year))
    return LedPartnership(
        partnership,
        within_reach(next_step(situation, Turn.LEADER), rows, person),
        _stages_shown(situation),
        general,
        year,
        situation.plan_of_year(year),
        shows_year=not is_told and (covers_year or situation.plan_of_year(year) is not None),
        keeps_year=situation.keeps_year,
        draft_id=_draft_of(situation, rows, person),
    )


def _stages_shown(situation: Situation) -> list[StageStep]:
    """Those of the general plan. The plan of the year goes its own way and has its own line, until it is what is next."""
    steps = stage_steps(situation)
    return steps if matter_of(situation).is_of_year else steps[:-1]


def _draft_of(situation: Situation, rows: Sequence[PlanRow], person: User) -> int | None:
    plan = matter_of(situation).plan
    if plan is None or plan.status is not PlanStatus.DRAFT or plan.upload_id is not None:
        return None
    version = next(row.version for row in rows if row.version.id == plan.version_id)
    return version.id if can(person, Permission.PLAN_EDIT, version) else None


def within_reach(step: NextStep, rows: Sequence[PlanRow], person: User) -> NextStep:
    """A deputy who may not publish is led to the plan instead of to its publication."""
    if step.link is None or step.link.endpoint != "plans.publish":
        return step
    version_id = step.link.values["version_id"]
    version = next(row.version for row in rows if row.version.id == version_id)
    if can(person, Permission.PLAN_PUBLISH, version):
        return step
    return replace(step, link=Link(_("Open the plan"), "plans.show", {"version_id": version.id}))
