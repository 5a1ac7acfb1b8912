"""What evidence there is for each task, in a few words, and where to see it."""

from collections.abc import Callable, Mapping
from typing import Any

from core.formatting import day
from core.i18n import _, ngettext
from partnerships.models import Partnership
from tasks.missing import Around
from tasks.queries import TasksOf
from tasks.rules import TaskCode

Shown = tuple[str, str, Mapping[str, Any]]
"""Words, and the endpoint with what its address names."""


def evidence_shown(partnership: Partnership, tasks: TasksOf, code: TaskCode, around: Around) -> list[Shown]:
    return [
        (words, endpoint, values)
        for words, endpoint, values in _SHOWN[code](partnership, tasks, around)
        if words
    ]


def _own(endpoint: str, tasks: TasksOf) -> tuple[str, Mapping[str, Any]]:
    return endpoint, {"partnership_id": tasks.partnership_id}


def _founding(partnership: Partnership, tasks: TasksOf, _around: Around) -> list[Shown]:
    founded = partnership.founded_on
    members = tasks.numbers["members"]
    return [
        (_("Founded on %(day)s", day=day(founded)) if founded else "", *_own("progress.partnership", tasks)),
        (
            ngettext("%(num)d organisation", "%(num)d organisations", members) if members else "",
            *_own("partnerships.members", tasks),
        ),
    ]


def _meetings(_partnership: Partnership, tasks: TasksOf, _around: Around) -> list[Shown]:
    held = tasks.numbers["meetings_held"]
    words = ngettext("%(num)d meeting held", "%(num)d meetings held", held) if held else ""
    return [(words, *_own("meetings.of_partnership", tasks))]


def _general_plan(_partnership: Partnership, tasks: TasksOf, around: Around) -> list[Shown]:
    if around.plan_version_id is None:
        was_public = tasks.numbers["plans_published"] > 0
        return [(_("Published before this system") if was_public else "", *_own("intake.earlier", tasks))]
    if around.plan_status is None:
        return []
    words = _("General plan: %(status)s", status=around.plan_status.label)
    return [(words, "plans.show", {"version_id": around.plan_version_id})]


def _annual_plans(_partnership: Partnership, tasks: TasksOf, _around: Around) -> list[Shown]:
    years = range(tasks.numbers["first_year"], tasks.numbers["last_year"] + 1)
    covered = ", ".join(str(year) for year in years if tasks.numbers[f"year_{year}"])
    words = _("Planned years: %(years)s", years=covered) if covered else ""
    return [(words, *_own("progress.partnership", tasks))]


def _visits(_partnership: Partnership, tasks: TasksOf, _around: Around) -> list[Shown]:
    held = tasks.numbers["visits_held"]
    words = ngettext("%(num)d visit held", "%(num)d visits held", held) if held else ""
    return [(words, *_own("visits.of_partnership", tasks))]


def _remote(_partnership: Partnership, tasks: TasksOf, _around: Around) -> list[Shown]:
    confirmed = tasks.numbers["remote_confirmed"]
    words = (
        ngettext("%(num)d consultation confirmed", "%(num)d consultations confirmed", confirmed)
        if confirmed
        else ""
    )
    return [(words, *_own("advice.of_partnership", tasks))]


def _webinars(_partnership: Partnership, tasks: TasksOf, _around: Around) -> list[Shown]:
    attended = tasks.numbers["webinars_attended"]
    words = ngettext("%(num)d webinar attended", "%(num)d webinars attended", attended) if attended else ""
    return [(words, "webinars.index", {})]


_SHOWN: Mapping[TaskCode, Callable[[Partnership, TasksOf, Around], list[Shown]]] = {
    TaskCode.FOUND: _founding,
    TaskCode.MEETINGS: _meetings,
    TaskCode.GENERAL_PLAN: _general_plan,
    TaskCode.ANNUAL_PLANS: _annual_plans,
    TaskCode.VISITS: _visits,
    TaskCode.REMOTE: _remote,
    TaskCode.WEBINARS: _webinars,
}
