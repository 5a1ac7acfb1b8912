"""What a plan adds up to: by year in the general part, planned against actual in an annual plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from core.formatting import number as number_text
from core.i18n import _
from plans.definitions import PlanContent, PlanKind, PlanRow, TemplateDefinition, Value

YEAR_SUFFIXES = ("y1", "y2", "y3")
GROUPED_BY = ("quarter", "group_code", "digcomp_area", "life_area", "responsible_org_code")
"""Columns of the annual plan that its totals are broken down by, on the page and in the workbook."""

SUMMED = (
    *("participants_planned", "participants_actual", "hours_planned", "hours_actual"),
    *("cost_planned", "cost_actual"),
)
"""Columns that are added up over the trainings that are not cancelled, on the page and in the workbook."""
SENSITIVE = ("women_actual", "seniors_actual", "disability_actual")
"""Added up as well, and never shown outside the partnership where they are small."""
TIMES = "groups_planned"
"""How often one training is held; an empty cell means once."""

CANCELLED, DONE = "cancelled", "done"


@dataclass(frozen=True)
class Total:
    """One figure for people, with what it is made of."""

    label: str
    value: int | Decimal
    note: str = ""


@dataclass(frozen=True)
class YearFigures:
    year: int | None
    """None where the plan does not say (yet) with which year it begins."""
    trainings: Decimal
    hours: Decimal
    persons: Decimal


@dataclass(frozen=True)
class Figures:
    """Planned and actual figures of some trainings; cancelled ones count for nothing."""

    trainings: Decimal = Decimal(0)
    trainings_done: Decimal = Decimal(0)
    participants_planned: Decimal = Decimal(0)
    participants_actual: Decimal = Decimal(0)
    hours_planned: Decimal = Decimal(0)
    hours_actual: Decimal = Decimal(0)
    cost_planned: Decimal = Decimal(0)
    cost_actual: Decimal = Decimal(0)
    women_actual: Decimal = Decimal(0)
    seniors_actual: Decimal = Decimal(0)
    disability_actual: Decimal = Decimal(0)


@dataclass(frozen=True)
class Comparison:
    """One measure of a year beside what the general plan says about it."""

    measure: str
    planned: Decimal
    general: Decimal
    actual: Decimal

    @property
    def percent_apart(self) -> Decimal | None:
        """In percent of what the general plan says; None where it says nothing."""
        return abs(self.planned - self.general) * 100 / self.general if self.general else None


@dataclass(frozen=True)
class AnnualFigures:
    all: Figures = field(default_factory=Figures)
    by: Mapping[str, Mapping[str, Figures]] = field(default_factory=dict)
    """Column key -> stored code -> figures; rows where the column is empty go under ``""``."""


def number_in(row: PlanRow, key: str) -> Decimal:
    """The number in a cell; nothing counts as zero."""
    return number_or_none(row, key) or Decimal(0)


def number_or_none(row: PlanRow, key: str) -> Decimal | None:
    return number_of(row.values.get(key))


def number_of(value: Value | None) -> Decimal | None:
    """What a cell holds, if it is a number."""
    if not isinstance(value, str | int):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def general_figures(content: PlanContent) -> tuple[YearFigures, ...]:
    """Trainings and hours by the lines, people by the target groups; a person may come in more than one year."""
    first = next((number_or_none(row, "year_from") for row in content.rows("metadata")), None)
    lines, groups = content.rows("lines"), content.rows("groups")
    return tuple(
        YearFigures(
            year=int(first) + position if first is not None else None,
            trainings=_sum(lines, f"trainings_{suffix}"),
            hours=_sum(lines, f"hours_{suffix}"),
            persons=_sum(groups, f"persons_{suffix}"),
        )
        for position, suffix in enumerate(YEAR_SUFFIXES)
    )


def annual_figures(content: PlanContent) -> AnnualFigures:
    rows = [row for row in content.rows("trainings") if row.values.get("status") != CANCELLED]
    return AnnualFigures(_figures(rows), {key: _grouped(rows, key) for key in GROUPED_BY})


def compared_with_general(content: PlanContent, general: PlanContent, *, year: int) -> tuple[Comparison, ...]:
    """Trainings, hours and people of a year; none where the general plan does not speak of it, or nothing is planned."""
    promised = next((one for one in general_figures(general) if one.year == year), None)
    if promised is None or not content.rows("trainings"):
        return ()
    found = annual_figures(content).all
    return (
        Comparison("trainings", found.trainings, promised.trainings, found.trainings_done),
        Comparison("hours", found.hours_planned, promised.hours, found.hours_actual),
        Comparison("persons", found.participants_planned, promised.persons, found.participants_actual),
    )


def _grouped(rows: Iterable[PlanRow], key: str) -> dict[str, Figures]:
    groups: dict[str, list[PlanRow]] = {}
    for row in rows:
        groups.setdefault(str(row.values.get(key, "")), []).append(row)
    return {code: _figures(members) for code, members in groups.items()}


def _figures(rows: list[PlanRow]) -> Figures:
    return Figures(
        trainings=sum(map(_times_held, rows), Decimal(0)),
        trainings_done=sum(
            (_times_held(row) for row in rows if row.values.get("status") == DONE), Decimal(0)
        ),
        **{key: _sum(rows, key) for key in (*SUMMED, *SENSITIVE)},
    )


def _times_held(row: PlanRow) -> Decimal:
    """A training for two groups is held twice; an empty cell means one group."""
    return number_or_none(row, TIMES) or Decimal(1)


def _sum(rows: Iterable[PlanRow], key: str) -> Decimal:
    return sum((number_in(row, key) for row in rows), Decimal(0))


# --- In words ------------------------------------------------------------------------------------------


def totals(content: PlanContent, definition: TemplateDefinition) -> list[Total]:
    """The figures people look for first; none while there is nothing to add up."""
    if definition.kind is PlanKind.GENERAL:
        return _general_totals(general_figures(content)) if content.rows("lines") else []
    return _annual_totals(annual_figures(content).all) if content.rows("trainings") else []


def _general_totals(years: tuple[YearFigures, ...]) -> list[Total]:
    found = [
        (_("Trainings"), [figures.trainings for figures in years]),
        (_("Hours"), [figures.hours for figures in years]),
        (_("People"), [figures.persons for figures in years]),
    ]
    return [
        Total(label, _tidy(sum(parts, Decimal(0))), _by_year(years, parts))
        for label, parts in found
        if any(parts)
    ]


def _by_year(years: tuple[YearFigures, ...], parts: list[Decimal]) -> str:
    names = [
        figures.year or _("year %(number)s", number=position)
        for position, figures in enumerate(years, start=1)
    ]
    return " · ".join(f"{name}: {number_text(_tidy(part))}" for name, part in zip(names, parts, strict=True))


def _annual_totals(figures: Figures) -> list[Total]:
    found = [
        (_("Trainings"), figures.trainings, figures.trainings_done),
        (_("Participants"), figures.participants_planned, figures.participants_actual),
        (_("Hours"), figures.hours_planned, figures.hours_actual),
    ]
    return [
        Total(label, _tidy(planned), _("done so far: %(actual)s", actual=number_text(_tidy(actual))))
        for label, planned, actual in found
    ]


def _tidy(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number.normalize()
