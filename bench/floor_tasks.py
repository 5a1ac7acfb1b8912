"""The least SQL for what the board gathers from everywhere: seven tasks, minutes left, the last contact.

A page looks each number up by an index for the row at hand; an export counts each once for all. The rules are a few
comparisons. ``tests/bench`` holds them against what the application works out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from programme.settings import ProgrammeSettings
from tasks.rules import TaskCode


class Number(NamedTuple):
    """What is counted of a table ``x`` for a partnership ``q``."""

    what: str
    table: str
    which: str = "1"
    joined: str = ""
    by_place: bool = False
    """The table knows the municipality, not the partnership."""

    @property
    def of_a_row(self) -> str:
        return f"(SELECT {self.what} FROM {self.table} x {self.joined} WHERE {self._theirs} AND {self.which})"  # noqa: S608 (only fixed texts are put in)

    @property
    def of_all(self) -> str:
        return (
            f"SELECT q.id, {self.what} FROM partnership q CROSS JOIN {self.table} x ON {self._theirs} {self.joined}"  # noqa: S608 (as above)
            f" WHERE q.status <> 'closed' AND {self.which} GROUP BY q.id"
        )

    @property
    def _theirs(self) -> str:
        return "x.municipality_id = q.municipality_id" if self.by_place else "x.partnership_id = q.id"


_VERSIONS = "JOIN plan_version y ON y.plan_id = x.id"
_WEBINAR = "JOIN webinar y ON y.id = x.webinar_id"
_HELD = "x.called_off_at IS NULL AND x.people_count IS NOT NULL"
_VISIT = "x.channel = 'visit'"
_NOT_NOTHING = "x.status NOT IN ('cancelled', 'void')"
_GENERAL, _ANNUAL = "x.kind = 'general'", "x.kind = 'annual'"
_AT_WORK = """EXISTS (SELECT 1 FROM plan_version y WHERE y.plan_id = x.id AND y.is_current = 1
    AND y.status IN ('approved', 'published', 'in_use', 'closed')
    AND EXISTS (SELECT 1 FROM plan_entry z WHERE z.version_id = y.id AND z.sheet = 'trainings'))"""
_COUNTS = """CASE WHEN x.source = 'recording' THEN coalesce(z.recording_counts, :recordings)
    ELSE x.minutes IS NULL OR x.minutes >= coalesce(z.min_minutes, 0) END
    AND EXISTS (SELECT 1 FROM leader_term t WHERE t.partnership_id = q.id AND t.user_id = x.user_id
        AND t.starts_on <= date(CASE x.source WHEN 'recording' THEN x.created_at ELSE y.starts_at END)
        AND coalesce(t.ends_on, '9999') >= date(CASE x.source WHEN 'recording' THEN x.created_at ELSE y.starts_at END))"""
_SEATS = """JOIN webinar_registration r ON r.user_id = x.user_id JOIN webinar y ON y.id = r.webinar_id"""
_AHEAD = """x.starts_on <= :day AND coalesce(x.ends_on, '9999') >= :day AND r.status IN ('registered', 'must_reconfirm')
    AND y.status IN ('announced', 'moved') AND date(y.starts_at) >= :day"""
_LEFT = """sum(x.granted_minutes
    + (SELECT coalesce(sum(a.minutes), 0) FROM budget_adjustment a WHERE a.budget_id = x.id
        AND a.decision IN ('granted', 'transferred'))
    - (SELECT coalesce(sum(e.minutes), 0) FROM ledger_entry e WHERE e.budget_id = x.id))"""

NUMBERS = (
    Number("count(*)", "partnership_member", "x.joined_on <= :day AND coalesce(x.left_on, '9999') >= :day"),
    Number("count(*)", "partnership_meeting", "x.called_off_at IS NULL"),
    Number("count(*)", "partnership_meeting", _HELD),
    Number("count(*)", "partnership_meeting", f"{_HELD} AND x.kind = 'initiating'"),
    Number("count(*)", "plan", _GENERAL, _VERSIONS),
    Number("count(*)", "plan", f"{_GENERAL} AND y.published_at IS NOT NULL", _VERSIONS),
    Number("count(*)", "earlier_plan", _GENERAL),
    Number("count(*)", "earlier_plan", f"{_GENERAL} AND x.status = 'published'"),
    Number("min(x.year_from)", "plan", _GENERAL),
    Number("min(x.year_from)", "earlier_plan", _GENERAL),
    Number("max(x.year_to)", "plan", _GENERAL),
    Number("max(x.year_to)", "earlier_plan", _GENERAL),
    Number("group_concat(x.year_from)", "plan", f"{_ANNUAL} AND {_AT_WORK}"),
    Number("group_concat(x.year_from)", "earlier_plan", _ANNUAL),
    Number("group_concat(x.year)", "year_declaration", "x.withdrawn_on IS NULL"),
    Number("count(*)", "plan", _ANNUAL),
    Number(
        "count(DISTINCT x.visit_no)",
        "consultation",
        f"{_VISIT} AND x.status IN ('held', 'reported', 'disputed', 'confirmed') AND x.visit_no <= :visits",
        by_place=True,
    ),
    Number("count(*)", "consultation", f"{_VISIT} AND {_NOT_NOTHING}", by_place=True),
    Number("count(*)", "consultation", f"NOT {_VISIT} AND {_NOT_NOTHING}", by_place=True),
    Number("count(*)", "consultation", f"NOT {_VISIT} AND x.status = 'confirmed'", by_place=True),
    Number(
        "count(DISTINCT x.webinar_id)",
        "attendance",
        _COUNTS,
        f"{_WEBINAR} LEFT JOIN webinar_series z ON z.id = y.series_id",
        by_place=True,
    ),
    Number("count(*)", "leader_term", _AHEAD, _SEATS),
    Number("group_concat(x.task)", "task_waiver", "x.ended_on IS NULL"),
    Number("group_concat(x.pot)", "hour_budget", by_place=True),
    Number(_LEFT, "hour_budget", by_place=True),
    Number(
        "max(date(x.actual_start))",
        "consultation",
        "x.status IN ('reported', 'logged', 'held', 'disputed', 'confirmed')",
        by_place=True,
    ),
    Number("max(x.held_on)", "partnership_meeting", _HELD),
    Number("max(date(y.submitted_at))", "plan", joined=_VERSIONS),
)
OF_A_ROW = ", ".join(number.of_a_row for number in NUMBERS)


def gathered_for_all(found: Sequence[Sequence[Sequence[Any]]]) -> Iterator[Mapping[int, Any]]:
    """The answers to each ``Number.of_all``, by partnership."""
    return (dict(rows) for rows in found)  # type: ignore[arg-type]  # pairs, as the statements say


@dataclass(frozen=True)
class Rules:
    """Numbers of the programme, and how its tasks are called."""

    members: int
    meetings: int
    visits: int
    webinars: int
    recordings: bool
    minutes: Mapping[str, int]
    """Of each pot, where no budget was opened."""
    years: tuple[int, int]
    tasks: Sequence[str]

    @classmethod
    def of(cls, settings: ProgrammeSettings, first_year: int, today: date) -> "Rules":
        visits = settings.visits_per_municipality
        minutes = {"visit": visits * settings.visit_nominal_minutes, "remote": settings.remote_budget_minutes}
        return cls(
            settings.min_members, settings.min_meetings, visits, settings.webinars_to_attend,
            settings.recording_counts_as_attendance, minutes, (first_year, today.year), tuple(TaskCode),
        )  # fmt: skip

    def gathered(
        self, founded: str | None, numbers: Sequence[Any], day: str
    ) -> tuple[list[str], int, str | None]:
        """The seven statuses, the minutes left and the day of the last contact, from ``NUMBERS``."""
        (
            members, entered, held, initiating, versions, published, before, before_published, from_here, from_before,
            to_here, to_before, years, years_before, declared, begun, visits, visits_entered, remote, remote_confirmed,
            webinars, ahead, waived, pots, minutes, *contacts,
        ) = numbers  # fmt: skip
        year_from = min((one for one in (from_here, from_before) if one), default=None)
        year_to = max((one for one in (to_here, to_before) if one), default=None)
        is_founded = founded is not None and founded <= day
        first = max(year_from or (int(founded[:4]) if founded else 0), self.years[0])
        asked = set(range(first, min(year_to or 9999, self.years[1]) + 1))
        covered = {int(year) for some in (years, years_before, declared) if some for year in some.split(",")}
        done = (
            is_founded and (members or 0) >= self.members,
            initiating and held >= self.meetings,
            published or before_published,
            bool(asked) and asked <= covered,
            (visits or 0) >= self.visits,
            remote_confirmed,
            (webinars or 0) >= self.webinars,
        )
        started = (
            is_founded or members, entered, versions or before, begun or covered, visits_entered, remote, webinars or ahead,
        )  # fmt: skip
        let_off = waived or ""
        statuses = [
            "done"
            if is_done
            else "waived"
            if task in let_off
            else "in_progress"
            if has_begun
            else "not_started"
            for task, is_done, has_begun in zip(self.tasks, done, started, strict=True)
        ]
        left = (minutes or 0) + sum(usual for pot, usual in self.minutes.items() if pot not in (pots or ""))
        return statuses, left, max((one for one in contacts if one), default=None)
