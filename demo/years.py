"""An annual plan as a partnership might write it, from the lines of its general plan, and how the year then went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.clock import is_working_day
from demo.chance import Chance
from demo.library import Line, Training, YearAction, library
from plans.definitions import PlanContent, PlanRow, Value
from plans.prefill import METADATA, PARTNERS, filled
from plans.totals import YEAR_SUFFIXES, number_or_none

VENUES = {
    "library": "czytelnia biblioteki",
    "school": "pracownia komputerowa szkoły",
    "culture_centre": "sala warsztatowa ośrodka kultury",
    "fire_brigade": "remiza OSP",
    "rural_women_circle": "świetlica koła gospodyń",
    "senior_club": "sala klubu seniora",
    "municipal_office": "sala narad urzędu",
    "social_services": "świetlica ośrodka pomocy społecznej",
}
ELSEWHERE = "sala partnera"

PAYERS = ("municipal_budget", "in_kind", "national_grant", "sponsor")


@dataclass(frozen=True)
class YearBrief:
    about: str
    year: int
    first: date
    last: date
    """Trainings take place between these days."""

    @property
    def length(self) -> int:
        return max(1, (self.last - self.first).days)


def year_plan(base: PlanContent, general: PlanContent, brief: YearBrief) -> PlanContent:
    """The prefilled annual plan with the trainings that the general plan promises for this year, all still planned."""
    return PlanContent({**base.sheets, **_Planner(base, general, brief).sheets()})


class _Planner:
    def __init__(self, base: PlanContent, general: PlanContent, brief: YearBrief) -> None:
        self.base = base
        self.general = general
        self.brief = brief
        self.chance = Chance("year", brief.about, brief.year)
        first_year = int(str(general.rows(METADATA)[0].values["year_from"]))
        self.suffix = YEAR_SUFFIXES[min(brief.year - first_year, len(YEAR_SUFFIXES) - 1)]
        self.texts = library().extras.year
        self.types = {
            str(row.values["org_code"]): str(row.values.get("org_type")) for row in general.rows(PARTNERS)
        }

    def sheets(self) -> dict[str, tuple[PlanRow, ...]]:
        known = self.base.rows(METADATA)[0]
        summary = self.chance.one(self.texts.summaries)
        trainings = sorted(
            (row for line in self.general.rows("lines") for row in self._line(line)),
            key=lambda values: str(values["date_from"]),
        )
        return {
            METADATA: (PlanRow(known.row_uid, {**known.values, "year_summary": summary}),),
            "trainings": tuple(PlanRow(self.chance.mark(), filled(values)) for values in trainings),
            "other_actions": tuple(self._actions()),
        }

    def _line(self, row: PlanRow) -> Iterable[dict[str, Value | None]]:
        """The trainings of a line in this year, over two or three topics."""
        count = int(number_or_none(row, f"trainings_{self.suffix}") or 0)
        hours = int(number_or_none(row, f"hours_{self.suffix}") or 0)
        line = library().lines_by_title().get(str(row.values["line_title"]))
        if line is None or not count:
            return
        topics = self.chance.some(library().trainings_by_line()[line.id], min(count, 3))
        for position, topic in enumerate(topics):
            groups = count // len(topics) + (position < count % len(topics))
            share = hours * (position + 1) // len(topics) - hours * position // len(topics)
            yield self._training(row, line, topic, groups=groups, hours=share)

    def _training(
        self, row: PlanRow, line: Line, topic: Training, *, groups: int, hours: int
    ) -> dict[str, Value | None]:
        organiser = str(row.values["lead_org_code"])
        begins, ends = self._days()
        each = self._people_in_one() if line.form != "individual" else 5
        return {
            "title": topic.title,
            "line_code": str(row.values["line_code"]),
            "group_code": self.chance.one(list(row.values["group_codes"])),  # type: ignore[arg-type]  # a list of codes
            "form": line.form,
            "participants_planned": groups * each,
            "hours_planned": str(hours),
            "quarter": f"q{(begins.month - 1) // 3 + 1}",
            "status": "planned",
            "goal_code": str(row.values["goal_code"]),
            "life_area": topic.life_area or line.life_area,
            "digcomp_area": topic.digcomp,
            "level": topic.level,
            "groups_planned": groups,
            "hour_kind": "clock",
            "date_from": begins.isoformat(),
            "date_to": ends.isoformat(),
            "venue": None if line.form == "online" else VENUES.get(self.types.get(organiser, ""), ELSEWHERE),
            "locality": None
            if line.form == "online"
            else self.base.rows(METADATA)[0].values["municipality_name"],
            "accessible": self.chance.weighted({"yes": 7, "unknown": 2, "no": 1}),
            "trainer": self.chance.one(self.texts.trainers),
            "responsible_org_code": organiser,
            "equipment": topic.equipment,
            "materials": topic.materials,
            "cost_planned": str(groups * self.chance.whole(2, 9) * 50),
            "funding_source": self.chance.one(PAYERS),
            "promotion": self.chance.one(self.texts.promotion),
        }

    def _people_in_one(self) -> int:
        """As many as the general plan counts on, if it says so."""
        people = sum(
            int(number_or_none(row, f"persons_{self.suffix}") or 0) for row in self.general.rows("groups")
        )
        trainings = sum(
            int(number_or_none(row, f"trainings_{self.suffix}") or 0) for row in self.general.rows("lines")
        )
        return max(5, round(people / trainings)) if people and trainings else self.chance.whole(8, 13)

    def _days(self) -> tuple[date, date]:
        begins = working_day(self.brief.first + timedelta(self.chance.whole(0, self.brief.length)))
        ends = working_day(begins + timedelta(self.chance.whole(0, 9)))
        return min(begins, self.brief.last), min(ends, self.brief.last)

    def _actions(self) -> Iterable[PlanRow]:
        for action in self.chance.some(self.texts.actions, 3):
            day = working_day(date(self.brief.year, action.quarter * 3 - 1, self.chance.whole(3, 25)))
            if self.brief.first <= day <= self.brief.last:
                yield PlanRow(self.chance.mark(), filled(self._action(action, day)))

    def _action(self, action: YearAction, day: date) -> Mapping[str, Value | None]:
        codes = {kind: code for code, kind in reversed(self.types.items())}
        return {
            "action_title": action.title,
            "action_type": action.type,
            "date": day.isoformat(),
            "responsible_org_code": next((codes[one] for one in action.org if one in codes), "P1"),
            "status": "planned",
        }


def working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


# --- How it went -----------------------------------------------------------------------------------------


def as_of(content: PlanContent, day: date, chance: Chance) -> PlanContent:
    """What has taken place by that day is recorded: who came, how long it took, what it cost."""
    return PlanContent(
        {
            **content.sheets,
            "trainings": tuple(_training_as_of(row, day, chance) for row in content.rows("trainings")),
            "other_actions": tuple(_action_as_of(row, day) for row in content.rows("other_actions")),
        }
    )


def _action_as_of(row: PlanRow, day: date) -> PlanRow:
    is_over = str(row.values.get("date", "")) < day.isoformat()
    return PlanRow(row.row_uid, {**row.values, "status": "done"}) if is_over else row


def _training_as_of(row: PlanRow, day: date, chance: Chance) -> PlanRow:
    begins, ends = (date.fromisoformat(str(row.values[key])) for key in ("date_from", "date_to"))
    if row.values["status"] in ("done", "cancelled"):
        return row
    if ends < day:
        happened = chance.weighted({"done": 90, "cancelled": 6, "moved": 4})
        texts = library().extras.year
        if happened == "done":
            return PlanRow(row.row_uid, {**row.values, **_results(row, ends, chance)})
        reason = chance.one(texts.cancelled if happened == "cancelled" else texts.moved)
        return PlanRow(row.row_uid, {**row.values, "status": happened, "remarks": reason})
    status = "running" if begins <= day else "confirmed" if begins - day < timedelta(days=30) else "planned"
    return PlanRow(row.row_uid, {**row.values, "status": status})


def _results(row: PlanRow, ended_on: date, chance: Chance) -> dict[str, Value]:
    planned = int(str(row.values["participants_planned"]))
    came = max(3, planned + chance.whole(-3, 2))
    cost = int(str(row.values.get("cost_planned", "0")))
    results: dict[str, Value] = {
        "status": "done",
        "held_on": ended_on.isoformat(),
        "participants_actual": came,
        "hours_actual": str(row.values["hours_planned"]),
        "women_actual": came * chance.whole(50, 85) // 100,
        "seniors_actual": came * chance.whole(15, 80) // 100,
        "disability_actual": chance.whole(0, 3),
        "cost_actual": str(max(0, cost + chance.whole(-3, 2) * 10)),
    }
    if chance.happens(35):
        results["remarks"] = chance.one(library().extras.year.done)
    if chance.happens(50):
        results["certificates"] = came - chance.whole(0, 2)
    return results
