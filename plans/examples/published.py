"""A published plan as offers: its public columns only, figures in proportion to the residents of this municipality."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from core.text import fold
from municipalities.models import Municipality
from plans.definitions import PlanContent, PlanRow, SheetDefinition, TemplateDefinition, Value
from plans.examples.files import WORKED_OUT
from plans.examples.model import (
    Example,
    GoalOffer,
    GroupOffer,
    LineOffer,
    NeedOffer,
    Origin,
    RecommendationOffer,
    ScaledTargets,
    scaled,
)
from plans.examples.ready import APART
from plans.examples.words import Words, filled_in
from plans.models import PlanVersion
from plans.templates import definition_of
from plans.totals import YEAR_SUFFIXES, number_in, number_or_none

PREFIX = "plan-"
OF_THEIRS = frozenset({"owner_org_code", "lead_org_code", "partner_org_codes"})
"""Columns that name the partners of the other municipality."""
SHARES = ("%", "proc", "perc")
"""In a unit one of these says that the figure is a share, which does not grow with the number of people."""
SHORTEST_STEM, ENDING = 4, 3
"""A Polish name changes its ending within a sentence: what stays is looked for."""


def published_offers(
    version: PlanVersion, municipality: Municipality, *, year: int, words: Words, language: str
) -> Example:
    """``municipality`` is the one that starts from the plan of another."""
    place = version.partnership.municipality
    evidence = filled_in(words.evidence.in_language(language), {"year": str(year)})
    reader = _Reader(version.rows, definition_of(version), place, municipality)
    return Example(
        source=f"{PREFIX}{version.id}",
        origin=Origin(place.name, version_id=version.id, municipality_code=place.code),
        needs=[reader.need(row, evidence) for row in reader.rows("needs")],
        groups=[reader.group(row) for row in reader.rows("groups")],
        lines=reader.lines(),
        goals={goal.key: goal for goal in reader.goals()},
        recommendations=[reader.recommendation(row) for row in reader.rows("recommendations")],
    )


def public_values(sheet: SheetDefinition, row: PlanRow) -> dict[str, Value]:
    """Public columns, without what is counted anew and without the partners of the other place."""
    left_out = WORKED_OUT[sheet.key] | OF_THEIRS | (APART if sheet.key == "needs" else frozenset())
    return {
        column.key: row.values[column.key]
        for column in sheet.columns
        if column.key in row.values and not column.private and column.key not in left_out
    }


def names_place(row: PlanRow, place: Municipality) -> bool:
    """A row that names the other municipality is hardly meant for this one."""
    stem = _stem_of(place.name)
    texts = (value for value in row.values.values() if isinstance(value, str))
    names = (word for text in texts for word in re.findall(r"\w+", text) if word[0].isupper())
    return any(fold(name).startswith(stem) for name in names)


@cache
def _stem_of(place: str) -> str:
    name = fold(max(re.findall(r"\w+", place) or [place], key=len))
    return name[: max(SHORTEST_STEM, len(name) - ENDING)]


class _Reader:
    def __init__(
        self, content: PlanContent, definition: TemplateDefinition, place: Municipality, here: Municipality
    ) -> None:
        self.content, self.definition, self.place, self.here = content, definition, place, here
        self.keys = {
            sheet: {row.row_uid: f"{sheet}-{number}" for number, row in enumerate(self.rows(sheet), start=1)}
            for sheet in WORKED_OUT
        }
        """Keys of offers by the ids of their rows: codes are the author's own and need not fit a form."""
        self.coded = {sheet: self._coded(sheet) for sheet in WORKED_OUT}

    def rows(self, sheet: str) -> Sequence[PlanRow]:
        return [row for row in self.content.rows(sheet) if row.values]

    def _coded(self, sheet: str) -> dict[str, str]:
        """Of two rows with one code the first is meant, as everywhere."""
        column = self.definition.sheet(sheet).code_column or ""
        return {
            str(row.values[column]): self._key(sheet, row)
            for row in reversed(self.rows(sheet))
            if column in row.values
        }

    def _key(self, sheet: str, row: PlanRow) -> str:
        return self.keys[sheet][row.row_uid]

    def _named(self, sheet: str, codes: Value | None) -> tuple[str, ...]:
        wanted = codes if isinstance(codes, list) else [str(codes)] if codes is not None else []
        return tuple(self.coded[sheet][code] for code in wanted if code in self.coded[sheet])

    def _ready(self, sheet_key: str, row: PlanRow) -> dict[str, Value]:
        return public_values(self.definition.sheet(sheet_key), row)

    def _suits(self, row: PlanRow) -> bool:
        return not names_place(row, self.place)

    def need(self, row: PlanRow, evidence: str) -> NeedOffer:
        measure, unit = (str(row.values.get(key, "")) for key in ("measure", "measure_unit"))
        ready = self._ready("needs", row)
        return NeedOffer(self._key("needs", row), ready, self._suits(row), evidence, measure, unit)

    def group(self, row: PlanRow) -> GroupOffer:
        known = number_or_none(row, "group_size")
        known_size = int(known) if known else None
        size = self._in_proportion(known_size)
        ready = self._ready("groups", row)
        return GroupOffer(self._key("groups", row), ready, self._suits(row), size, known_size)

    def _in_proportion(self, figure: int | None) -> int | None:
        if figure is None or not self.here.population or not self.place.population:
            return None
        return max(scaled(Decimal(figure), self.here.population, self.place.population), 1)

    def goals(self) -> Iterator[GoalOffer]:
        for row in self.rows("goals"):
            unit = fold(f"{row.values.get('unit', '')} {row.values.get('indicator', '')}")
            targets = {
                f"target_{year}": row.values[f"target_{year}"]
                for year in YEAR_SUFFIXES
                if f"target_{year}" in row.values
            }
            yield GoalOffer(
                self._key("goals", row),
                self._ready("goals", row),
                self._named("needs", row.values.get("need_codes")),
                ScaledTargets(targets, is_share=any(mark in unit for mark in SHARES)),
            )

    def lines(self) -> list[LineOffer]:
        """Ticked are those that some ticked need and group go with, so that the page begins in order."""
        needs = {goal.key: set(goal.needs) for goal in self.goals()}
        suits = {
            sheet: {self._key(sheet, row) for row in self.rows(sheet) if self._suits(row)}
            for sheet in ("needs", "groups")
        }
        found = []
        for row in self.rows("lines"):
            goal = next(iter(self._named("goals", row.values.get("goal_code"))), "")
            groups = self._named("groups", row.values.get("group_codes"))
            if not goal or not groups:
                continue
            fits = bool(needs.get(goal, set()) & suits["needs"] and suits["groups"] & set(groups))
            found.append(self._line(row, goal, groups, ticked=fits and self._suits(row)))
        return found

    def _line(self, row: PlanRow, goal: str, groups: tuple[str, ...], *, ticked: bool) -> LineOffer:
        trainings = [int(number_in(row, f"trainings_{year}")) for year in YEAR_SUFFIXES]
        hours = [number_in(row, f"hours_{year}") for year in YEAR_SUFFIXES]
        total = sum(trainings)
        return LineOffer(
            self._key("lines", row),
            self._ready("lines", row),
            ticked,
            goal=goal,
            groups=groups,
            trainings=(trainings[0], trainings[1], trainings[2]),
            hours=(hours[0], hours[1], hours[2]),
            hours_each=sum(hours, Decimal(0)) / total if total else Decimal(0),
            people_each=self._people_each(groups),
        )

    def _people_each(self, groups: tuple[str, ...]) -> int:
        """People of the groups for each training that these groups are invited to."""
        keys: Mapping[str, PlanRow] = {self._key("groups", row): row for row in self.rows("groups")}
        people = sum(
            (number_in(keys[key], f"persons_{year}") for key in groups for year in YEAR_SUFFIXES), Decimal(0)
        )
        trainings = sum(
            number_in(row, f"trainings_{year}")
            for row in self.rows("lines")
            if set(self._named("groups", row.values.get("group_codes"))) & set(groups)
            for year in YEAR_SUFFIXES
        )
        return int(people / trainings) if trainings else 0

    def recommendation(self, row: PlanRow) -> RecommendationOffer:
        key, ready = self._key("recommendations", row), self._ready("recommendations", row)
        return RecommendationOffer(
            key, ready, self._suits(row), self._named("goals", row.values.get("goal_codes"))
        )
