"""What a partnership's tasks still lack, in one sentence for whoever reads it: what to do, or whose turn it is.

All of it follows from the numbers of ``evidence.py`` and from a few dates around them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.formatting import day
from core.i18n import _, ngettext
from plans.workflow import PlanStatus
from programme.settings import ProgrammeSettings
from tasks.queries import TasksOf
from tasks.rules import TaskCode


class Side(StrEnum):
    """Who reads, and whose turn it is. An office person who also leads reads as the leader."""

    LEADER = "leader"
    ANIMATOR = "animator"
    OFFICE = "office"


@dataclass(frozen=True)
class ProposedDates:
    """Dates that one side proposed for a visit and the other has not answered."""

    visit_id: int
    visit_no: int
    turn: Side
    by: date


@dataclass(frozen=True)
class Around:
    """What is known beside the numbers of one partnership."""

    last_day: date
    """Of the programme: by then everything has to be done."""
    settings: ProgrammeSettings
    plan_status: PlanStatus | None = None
    """Of the latest version of its latest general plan."""
    plan_version_id: int | None = None
    plan_due: date | None = None
    """By when it is reviewed, or published."""
    visit_on: date | None = None
    """The next one that is agreed on."""
    proposed: ProposedDates | None = None
    """For the first visit that waits for an answer."""
    next_webinar: tuple[int, date] | None = None


Place = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Missing:
    """``deed`` is for whoever can do something about it, ``fact`` for everybody else."""

    fact: str
    deed: str
    turn: Side
    by: date
    place: Place
    """The endpoint of the page where it is done, and what its address names beside the partnership."""

    def sentence(self, side: Side) -> str:
        return self.deed if side is self.turn else self.fact


def missing(tasks: TasksOf, code: TaskCode, around: Around) -> Missing:
    """Of a task that is neither done nor waived."""
    return _MISSING[code](tasks, around)


def _own(endpoint: str, tasks: TasksOf) -> Place:
    return endpoint, {"partnership_id": tasks.partnership_id}


def _founding(tasks: TasksOf, around: Around) -> Missing:
    lacks = around.settings.min_members - tasks.numbers["members"]
    if not tasks.numbers["is_founded"]:
        fact, deed = _("The day of the founding is not entered."), _("Enter the day of the founding.")
        place = _own("progress.partnership", tasks)
    else:
        fact = ngettext(
            "%(num)d more organisation is needed.", "%(num)d more organisations are needed.", lacks
        )
        deed = ngettext("Add %(num)d more organisation.", "Add %(num)d more organisations.", lacks)
        place = _own("partnerships.members", tasks)
    return Missing(fact, deed, Side.LEADER, around.last_day, place)


def _meetings(tasks: TasksOf, around: Around) -> Missing:
    lacks = max(1, around.settings.min_meetings - tasks.numbers["meetings_held"])
    if not tasks.numbers["initiating_held"]:
        fact, deed = _("The initiating meeting is not recorded."), _("Record the initiating meeting.")
    else:
        fact = ngettext("%(num)d more meeting is needed.", "%(num)d more meetings are needed.", lacks)
        deed = ngettext(
            "Hold and record %(num)d more meeting.", "Hold and record %(num)d more meetings.", lacks
        )
    return Missing(fact, deed, Side.LEADER, around.last_day, _own("meetings.of_partnership", tasks))


def _general_plan(tasks: TasksOf, around: Around) -> Missing:
    by = around.plan_due or around.last_day
    if around.plan_version_id is None:
        fact, deed = _("The general plan has not been begun."), _("Begin the general plan.")
        return Missing(fact, deed, Side.LEADER, by, _own("progress.partnership", tasks))
    place: Place = ("plans.show", {"version_id": around.plan_version_id})
    waits_for_animator = around.plan_status in {PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW}
    if waits_for_animator:
        fact, deed = _("The general plan is with the animator."), _("Review the general plan.")
        return Missing(fact, deed, Side.ANIMATOR, by, place)
    facts = {
        PlanStatus.RETURNED: (
            _("The general plan was returned for changes."),
            _("Answer the remarks on the plan."),
        ),
        PlanStatus.APPROVED: (
            _("The general plan is approved and not yet published."),
            _("Publish the approved plan."),
        ),
    }
    written = (_("The general plan is being written."), _("Finish the general plan and submit it."))
    fact, deed = facts.get(around.plan_status or PlanStatus.DRAFT, written)
    return Missing(fact, deed, Side.LEADER, by, place)


def _annual_plans(tasks: TasksOf, around: Around) -> Missing:
    years = tasks.missing_years
    place = _own("progress.partnership", tasks)
    if not years:
        first = tasks.numbers["first_year"]
        fact = _("Its first year is %(year)s.", year=first)
        return Missing(fact, fact, Side.LEADER, date(first, 12, 31), place)
    named = ", ".join(str(year) for year in years)
    fact = _("There is no plan in use for %(years)s.", years=named)
    deed = _("Put the plan for %(years)s in use, or declare that you keep it yourselves.", years=named)
    return Missing(fact, deed, Side.LEADER, min(date(years[0], 12, 31), around.last_day), place)


def _visits(tasks: TasksOf, around: Around) -> Missing:
    lacks = around.settings.visits_per_municipality - tasks.numbers["visits_held"]
    place = _own("visits.of_partnership", tasks)
    if around.proposed is not None:
        return _dates_proposed(around.proposed)
    if around.visit_on is not None:
        fact = _("The next visit is agreed for %(day)s.", day=day(around.visit_on))
        return Missing(fact, fact, Side.ANIMATOR, around.visit_on, place)
    fact = ngettext(
        "%(num)d visit is still owed and not agreed.", "%(num)d visits are still owed and not agreed.", lacks
    )
    return Missing(fact, _("Propose dates for the next visit."), Side.ANIMATOR, around.last_day, place)


def _dates_proposed(proposed: ProposedDates) -> Missing:
    fact = _("The dates proposed for visit %(number)s are not answered yet.", number=proposed.visit_no)
    deed = _("Answer the dates proposed for visit %(number)s.", number=proposed.visit_no)
    return Missing(fact, deed, proposed.turn, proposed.by, ("visits.show", {"visit_id": proposed.visit_id}))


def _remote(tasks: TasksOf, around: Around) -> Missing:
    place = _own("advice.of_partnership", tasks)
    if tasks.numbers["remote_entered"]:
        fact, deed = _("Remote advice waits to be confirmed."), _("Confirm the advice you were given.")
    else:
        fact, deed = _("There has been no remote advice yet."), _("Ask your animator for advice.")
    return Missing(fact, deed, Side.LEADER, around.last_day, place)


def _webinars(tasks: TasksOf, around: Around) -> Missing:
    lacks = around.settings.webinars_to_attend - tasks.numbers["webinars_attended"]
    fact = ngettext(
        "%(num)d webinar is still to be attended.", "%(num)d webinars are still to be attended.", lacks
    )
    if around.next_webinar is None:
        deed = _("Watch a recording, or wait for the next webinar.")
        return Missing(fact, deed, Side.LEADER, around.last_day, ("webinars.index", {}))
    webinar_id, on = around.next_webinar
    deed = _("Take part in the webinar on %(day)s.", day=day(on))
    return Missing(fact, deed, Side.LEADER, on, ("webinars.show", {"webinar_id": webinar_id}))


_MISSING: Mapping[TaskCode, Callable[[TasksOf, Around], Missing]] = {
    TaskCode.FOUND: _founding,
    TaskCode.MEETINGS: _meetings,
    TaskCode.GENERAL_PLAN: _general_plan,
    TaskCode.ANNUAL_PLANS: _annual_plans,
    TaskCode.VISITS: _visits,
    TaskCode.REMOTE: _remote,
    TaskCode.WEBINARS: _webinars,
}
