"""F11: parts above their total. F13: a year far from what the general plan says about it."""

from collections.abc import Iterator

from plans.checks.subject import Subject
from plans.definitions import PlanKind
from plans.findings import Finding, FindingCode, Severity
from plans.totals import compared_with_general, number_or_none
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
    year = subject.period[0]
    for one in compared_with_general(subject.content, subject.general, year=year):
        percent = one.percent_apart
        if percent is not None and percent > subject.settings.far_from_general_percent:
            params = {
                "planned": plain_number(one.planned),
                "general": plain_number(one.general),
                "percent": str(round(percent)),
                "year": str(year),
            }
            yield Finding(
                FindingCode.FAR_FROM_GENERAL,
                Severity.WARNING,
                f"far_from_general_{one.measure}",
                sheet_key="trainings",
                params=params,
            )
