"""F11: parts above their total. F13: a year far from what the general plan says about it."""

from collections.abc import Iterator
from decimal import Decimal

from plans.checks.subject import Subject
from plans.definitions import PlanKind
from plans.findings import Finding, FindingCode, Severity
from plans.totals import annual_figures, general_figures, number_or_none
from plans.values.numbers import plain_number

PARTS = {"trainings": {"participants_actual": ("women_actual", "seniors_actual", "disability_actual")}}
"""Sheet key -> column of a total -> columns that count some of it, each on its own."""


def check(subject: Subject) -> Iterator[Finding]:
    for sheet_key, totals in PARTS.items():
        for total, parts in totals.items():
            yield from _parts_above_total(subject, sheet_key, total, parts)
    yield from _far_from_general(subject)


def _parts_above_total(
    subject: Subject, sheet_key: str, total: str, parts: tuple[str, ...]
) -> Iterator[Finding]:
    for place in subject.places(sheet_key):
        whole = number_or_none(place.row, total)
        for key in parts:
            part = number_or_none(place.row, key)
            if whole is not None and part is not None and part > whole:
                yield place.finding(
                    FindingCode.SUM,
                    Severity.ERROR,
                    "part_above_total",
                    place.sheet.column(key),
                    part=plain_number(part),
                    total=plain_number(whole),
                    total_column=total,
                )


def _far_from_general(subject: Subject) -> Iterator[Finding]:
    """Trainings, hours and people of the year, if the general plan says something about that year."""
    if subject.definition.kind is not PlanKind.ANNUAL or subject.general is None or not subject.period:
        return
    promised = next(
        (year for year in general_figures(subject.general) if year.year == subject.period[0]), None
    )
    if promised is None or not subject.content.rows("trainings"):
        return
    planned = annual_figures(subject.content).all
    for reason, found, wanted in (
        ("far_from_general_trainings", planned.trainings, promised.trainings),
        ("far_from_general_hours", planned.hours_planned, promised.hours),
        ("far_from_general_persons", planned.participants_planned, promised.persons),
    ):
        percent = _distance(found, wanted)
        if percent is not None and percent > subject.settings.far_from_general_percent:
            params = {
                "planned": plain_number(found),
                "general": plain_number(wanted),
                "percent": str(round(percent)),
                "year": str(promised.year),
            }
            yield Finding(
                FindingCode.FAR_FROM_GENERAL, Severity.WARNING, reason, sheet_key="trainings", params=params
            )


def _distance(found: Decimal, wanted: Decimal) -> Decimal | None:
    """In percent of what the general plan says; None where it says nothing."""
    return abs(found - wanted) * 100 / wanted if wanted else None
