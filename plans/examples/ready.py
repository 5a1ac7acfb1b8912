"""Ready texts as offers: in one language, with sizes guessed from the number of residents."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from municipalities.models import Municipality
from plans.definitions import Value
from plans.examples.files import EVIDENCE, ReadyExample
from plans.examples.model import (
    Example,
    GoalOffer,
    GroupOffer,
    LineOffer,
    NeedOffer,
    Origin,
    RecommendationOffer,
    SharePeopleReach,
)
from plans.examples.ties import ReadyRow
from plans.examples.words import filled_in
from programme.labels import Labels

APART = frozenset({EVIDENCE, "measure", "measure_unit"})
"""Columns of a need that stand beside the tick, as the partnership says something of its own there."""


def ready_offers(example: ReadyExample, municipality: Municipality, *, year: int, language: str) -> Example:
    def offers(kind: str, make: Callable[[ReadyRow, dict[str, Any]], Any]) -> list[Any]:
        return [make(row, _in_language(row, language)) for row in example.rows[kind]]

    def need(row: ReadyRow, cells: dict[str, Any]) -> NeedOffer:
        ready = {key: value for key, value in cells.items() if key not in APART}
        evidence = filled_in(cells[EVIDENCE], {"year": str(year)})
        measure, unit = cells.get("measure", ""), cells.get("measure_unit", "")
        return NeedOffer(row.key, ready, row.ticked, evidence, measure, unit)

    def group(row: ReadyRow, cells: dict[str, Any]) -> GroupOffer:
        return GroupOffer(
            row.key, cells, row.ticked, size=_guess(municipality.population, row.ties["per_hundred"])
        )

    goals = offers("goals", _goal)
    return Example(
        source=example.key,
        origin=Origin(example.title.in_language(language), example_key=example.key),
        needs=offers("needs", need),
        groups=offers("groups", group),
        lines=offers("lines", _line),
        goals={goal.key: goal for goal in goals},
        recommendations=offers("recommendations", _recommendation),
    )


def _in_language(row: ReadyRow, language: str) -> dict[str, Value]:
    return {
        key: cell.in_language(language) if isinstance(cell, Labels) else cell
        for key, cell in row.cells.items()
    }


def _guess(population: int | None, per_hundred: int) -> int | None:
    """Rounded to tens: it is a guess, and shall look like one."""
    if population is None:
        return None
    return max(round(population * per_hundred / 1000) * 10, 1)


def _goal(row: ReadyRow, cells: dict[str, Any]) -> GoalOffer:
    return GoalOffer(row.key, cells, row.tied_to("needs"), SharePeopleReach(row.ties["reached"]))


def _line(row: ReadyRow, cells: dict[str, Any]) -> LineOffer:
    each = Decimal(row.ties["hours_each"])
    first, second, third = row.ties["trainings"]
    return LineOffer(
        row.key,
        cells,
        row.ticked,
        goal=row.ties["goal"][0],
        groups=row.tied_to("groups"),
        trainings=(first, second, third),
        hours=(first * each, second * each, third * each),
        hours_each=each,
        people_each=row.ties["people_each"],
    )


def _recommendation(row: ReadyRow, cells: dict[str, Any]) -> RecommendationOffer:
    return RecommendationOffer(row.key, cells, row.ticked, row.tied_to("goals"))
