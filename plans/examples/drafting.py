"""From ticks and figures to the whole content of a plan: goals follow from lines, references from what was ticked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP

from plans.definitions import PlanContent, PlanRow, TemplateDefinition, Value
from plans.examples.model import Chosen, Example, GoalOffer, LineOffer, Offer, Years
from plans.prefill import METADATA, PARTNERS, filled, new_row_uid
from plans.totals import YEAR_SUFFIXES


@dataclass(frozen=True)
class Known:
    """What the system knows and no example can."""

    content: PlanContent
    """The sheets about the plan itself and its partners."""
    lead_code: str
    """The partner who leads the trainings: the leader's own organisation."""
    year: int
    definition: TemplateDefinition


def drafted(example: Example, chosen: Chosen, known: Known, *, summary: str) -> PlanContent:
    """Every row of the draft, with codes given and every reference leading to a row that was ticked."""
    return _Draft(example, chosen, known).content(summary)


class _Draft:
    def __init__(self, example: Example, chosen: Chosen, known: Known) -> None:
        self.example, self.chosen, self.known = example, chosen, known
        self.needs = [one for one in example.needs if one.key in chosen.needs]
        self.groups = [one for one in example.groups if one.key in chosen.groups]
        self.lines = [one for one in example.lines if one.key in chosen.lines]
        wanted = {line.goal for line in self.lines}
        self.goals = [goal for key, goal in example.goals.items() if key in wanted]
        self.recommendations = [one for one in example.recommendations if one.key in chosen.recommendations]
        self.codes = {
            sheet: self._codes(sheet, offers)
            for sheet, offers in (
                ("needs", self.needs), ("groups", self.groups), ("goals", self.goals), ("lines", self.lines),
                ("recommendations", self.recommendations),
            )
        }  # fmt: skip

    def _codes(self, sheet: str, offers: Sequence[Offer | GoalOffer]) -> dict[str, str]:
        prefix = self.known.definition.sheet(sheet).code_prefix
        return {offer.key: f"{prefix}{number}" for number, offer in enumerate(offers, start=1)}

    def content(self, summary: str) -> PlanContent:
        [about] = self.known.content.rows(METADATA)
        sheets: dict[str, tuple[PlanRow, ...]] = {
            METADATA: (PlanRow(about.row_uid, {**about.values, "summary": summary}),),
            PARTNERS: self.known.content.rows(PARTNERS),
        }
        for sheet, rows in (
            ("needs", self._needs()), ("groups", self._groups()), ("goals", self._goals()),
            ("lines", self._lines()), ("recommendations", self._recommendations()),
        ):  # fmt: skip
            sheets[sheet] = tuple(self._row(sheet, values) for values in rows)
        return PlanContent(sheets)

    def _row(self, sheet_key: str, values: Mapping[str, Value | None]) -> PlanRow:
        """Columns of an older plan that this template no longer has are left behind."""
        sheet = self.known.definition.sheet(sheet_key)
        return PlanRow(
            new_row_uid(), {key: value for key, value in filled(values).items() if sheet.has_column(key)}
        )

    def _coded(self, sheet: str, keys: Sequence[str]) -> list[str]:
        """In the order of the rows, as references always stand."""
        return [code for key, code in self.codes[sheet].items() if key in keys]

    def _needs(self) -> Iterator[Mapping[str, Value | None]]:
        for need in self.needs:
            choice = self.chosen.needs[need.key]
            counted: dict[str, Value | None] = {}
            if choice.figure is not None:
                counted = {
                    "measure": need.measure, "measure_unit": need.measure_unit, "measure_value": choice.figure,
                    "evidence_year": self.known.year,
                }  # fmt: skip
            yield {
                **need.values, **counted, "need_code": self.codes["needs"][need.key], "evidence": choice.evidence,
            }  # fmt: skip

    def _groups(self) -> Iterator[Mapping[str, Value | None]]:
        for group in self.groups:
            size = self.chosen.groups[group.key]
            people = self._people_of(group.key)
            yield {
                **group.values,
                "group_code": self.codes["groups"][group.key],
                "group_size": size,
                **{f"persons_{year}": min(count, size) or None for year, count in self._by_year(people)},
            }

    def _people_of(self, group: str) -> Years:
        """Places in the trainings a group is invited to, shared fairly with the other groups invited."""
        first, second, third = (
            sum(self._places(line)[year] // len(self._groups_of(line)) for line in self._lines_for(group))
            for year in range(3)
        )
        return first, second, third

    def _lines_for(self, group: str) -> list[LineOffer]:
        return [line for line in self.lines if group in line.groups]

    def _groups_of(self, line: LineOffer) -> list[str]:
        return [key for key in line.groups if key in self.chosen.groups]

    def _places(self, line: LineOffer) -> Years:
        first, second, third = self.chosen.lines[line.key]
        return first * line.people_each, second * line.people_each, third * line.people_each

    def _goals(self) -> Iterator[Mapping[str, Value | None]]:
        for goal in self.goals:
            lines = [line for line in self.lines if line.goal == goal.key]
            people = [self._places(line) for line in lines]
            first, second, third = (sum(years[year] for years in people) for year in range(3))
            named = {key for line in lines for key in self._groups_of(line)}
            offers = [group for group in self.groups if group.key in named]
            targets = goal.targets.values(
                (first, second, third),
                size=sum(self.chosen.groups[group.key] for group in offers),
                known_size=sum(group.known_size or 0 for group in offers),
            )
            yield {
                **goal.values,
                **targets,
                "goal_code": self.codes["goals"][goal.key],
                "need_codes": self._coded("needs", goal.needs),
                "owner_org_code": self.known.lead_code,
            }

    def _lines(self) -> Iterator[Mapping[str, Value | None]]:
        for line in self.lines:
            trainings = self.chosen.lines[line.key]
            yield {
                **line.values,
                "line_code": self.codes["lines"][line.key],
                "goal_code": self.codes["goals"][line.goal],
                "group_codes": self._coded("groups", line.groups),
                "lead_org_code": self.known.lead_code,
                **{f"trainings_{year}": count for year, count in self._by_year(trainings)},
                **dict(
                    zip((f"hours_{year}" for year in YEAR_SUFFIXES), hours_of(line, trainings), strict=True)
                ),
            }

    def _recommendations(self) -> Iterator[Mapping[str, Value | None]]:
        for one in self.recommendations:
            code, goals = self.codes["recommendations"][one.key], self._coded("goals", one.goals)
            yield {**one.values, "rec_code": code, "goal_codes": goals}

    @staticmethod
    def _by_year(figures: Years) -> Iterator[tuple[str, int]]:
        return zip(YEAR_SUFFIXES, figures, strict=True)


def hours_of(line: LineOffer, trainings: Years) -> list[str]:
    """The hours as they were where nobody changed the trainings, else so many for each, rounded to whole hours."""
    if trainings == line.trainings:
        return [format(hours.normalize(), "f") for hours in line.hours]
    return [str((count * line.hours_each).to_integral_value(ROUND_HALF_UP)) for count in trainings]
