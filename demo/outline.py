"""What a plan is about, before it is written: themes, goals and trainings that belong together, and figures that fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from demo.chance import Chance
from demo.library import Goal, Group, Line, Local, Need, Recommendation, Surroundings, Theme, library
from plans.definitions import PlanContent
from plans.prefill import METADATA, PARTNERS

Item = TypeVar("Item", bound=Local)


@dataclass(frozen=True)
class Brief:
    """For whom a plan is written and how much of it."""

    place: Surroundings
    about: str
    """What makes its chance its own: the code of the municipality."""
    is_short: bool
    """Only what has to be there, as in the short workbook."""
    themes: tuple[str, ...] = ()
    """Keys of the themes; some that fit, if none are named."""


@dataclass(frozen=True)
class Run:
    """One line in figures: trainings and people in each of the three years."""

    line: Line
    trainings: tuple[int, ...]
    each: int
    """People in one training."""

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(count * self.each for count in self.trainings)


class Outline:
    def __init__(self, base: PlanContent, brief: Brief) -> None:
        self.base = base
        self.brief = brief
        self.chance = Chance("plan", brief.about)
        self.first_year = int(str(base.rows(METADATA)[0].values["year_from"]))

    # --- What is chosen ---

    @cached_property
    def themes(self) -> list[Theme]:
        if self.brief.themes:
            return [theme for theme in library().themes if theme.key in self.brief.themes]
        fitting = self.fitting(library().themes)
        return self.chance.some(fitting, 2 if self.brief.is_short else self.chance.whole(2, 3))

    @cached_property
    def goals(self) -> list[Goal]:
        chosen: list[Goal] = []
        for theme in self.themes:
            known = {need.id for need in self.fitting(theme.needs)}
            possible = [goal for goal in self.fitting(theme.goals) if known & set(goal.needs)]
            chosen += self.chance.some(possible, 2 if len(self.themes) < 3 else 1)
        return chosen

    @cached_property
    def needs(self) -> list[Need]:
        wanted = {need for goal in self.goals for need in goal.needs}
        return [need for theme in self.themes for need in self.fitting(theme.needs) if need.id in wanted]

    @cached_property
    def runs(self) -> list[Run]:
        found: list[Run] = []
        for goal in self.goals:
            lines = [
                line for theme in self.themes for line in self.fitting(theme.lines) if line.goal == goal.id
            ]
            found += [self._run(line) for line in self.chance.some(lines, self.chance.whole(1, 2))]
        return found

    @cached_property
    def groups(self) -> list[Group]:
        wanted = {group for run in self.runs for group in run.line.groups}
        return [group for theme in self.themes for group in self.fitting(theme.groups) if group.id in wanted]

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        goals = {goal.id for goal in self.goals}
        possible = [
            one
            for theme in self.themes
            for one in self.fitting(theme.recommendations)
            if goals & set(one.goals)
        ]
        return self.chance.some(possible, self.chance.whole(2, 4))

    def fitting(self, items: Iterable[Item]) -> list[Item]:
        return [item for item in items if item.fits(self.brief.place)]

    def _run(self, line: Line) -> Run:
        usual = self.chance.whole(*line.times) * (2 if self.brief.place is Surroundings.CITY else 1)
        first = max(1, usual - self.chance.whole(0, 1))
        each = self.chance.whole(4, 6) if line.form == "individual" else self.chance.whole(8, 14)
        return Run(line, (first, usual, usual + self.chance.whole(0, 1)), each)

    # --- What follows from it ---

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Library id -> the row's code."""
        return {
            **{need.id: f"N{number}" for number, need in enumerate(self.needs, start=1)},
            **{group.id: f"T{number}" for number, group in enumerate(self.groups, start=1)},
            **{goal.id: f"C{number}" for number, goal in enumerate(self.goals, start=1)},
        }

    def coded(self, ids: Iterable[str]) -> list[str]:
        return [self.codes[one] for one in ids if one in self.codes]

    @cached_property
    def partners(self) -> Mapping[str, str]:
        """Type of organisation -> code of the first partner of that type."""
        found: dict[str, str] = {}
        for row in self.base.rows(PARTNERS):
            found.setdefault(str(row.values.get("org_type")), str(row.values["org_code"]))
        return found

    def partner(self, types: Sequence[str]) -> str:
        """Of the first of these types that is there, else the leader's own."""
        return next((self.partners[one] for one in types if one in self.partners), "P1")

    @cached_property
    def people(self) -> Mapping[str, list[int]]:
        """Group id -> people in each year; the groups of a line share its places evenly."""
        found = {group.id: [0, 0, 0] for group in self.groups}
        for run in self.runs:
            present = [group for group in run.line.groups if group in found]
            for year, count in enumerate(run.people):
                for position, group in enumerate(present):
                    found[group][year] += count // len(present) + (position < count % len(present))
        return found
