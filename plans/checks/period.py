"""F09: years that do not follow one another, and dates outside the year of an annual plan."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from plans.checks.subject import Place, Subject
from plans.definitions import ColumnDefinition, ColumnType, PlanKind
from plans.findings import Finding, FindingCode, Severity
from plans.values.text import day_text

ORDERED_DATES = {"trainings": ("date_from", "date_to")}
"""Sheet key -> columns whose dates follow one another."""


def check(subject: Subject) -> Iterator[Finding]:
    for place in subject.places("metadata"):
        if subject.definition.kind is PlanKind.GENERAL:
            yield from _years(subject, place)
        else:
            yield from _year(subject, place)
    if subject.definition.kind is PlanKind.ANNUAL:
        yield from _dates_outside(subject)
    for sheet_key, columns in ORDERED_DATES.items():
        for place in subject.places(sheet_key):
            yield from _dates_reversed(place, columns)


def _years(subject: Subject, place: Place) -> Iterator[Finding]:
    first, last = place.row.values.get("year_from"), place.row.values.get("year_to")
    if not isinstance(first, int) or not isinstance(last, int):
        return
    years = len(subject.period) or subject.settings.plan_years
    if last - first + 1 != years:
        expected = str(first + years - 1)
        yield _out_of_period(place, "years_not_consecutive", "year_to", suggestion=expected, years=str(years))
    elif subject.period and first != subject.period[0]:
        params = {"year_from": str(subject.period[0]), "year_to": str(subject.period[-1])}
        yield _out_of_period(
            place, "years_of_another_plan", "year_from", suggestion=params["year_from"], **params
        )


def _year(subject: Subject, place: Place) -> Iterator[Finding]:
    year = place.row.values.get("plan_year")
    if isinstance(year, int) and subject.period and year not in subject.period:
        wanted = str(subject.period[0])
        yield _out_of_period(place, "year_of_another_plan", "plan_year", suggestion=wanted, year=wanted)


def _out_of_period(
    place: Place, reason: str, column: str, *, suggestion: str | None = None, **params: str
) -> Finding:
    return place.finding(
        FindingCode.OUT_OF_PERIOD,
        Severity.ERROR,
        reason,
        place.sheet.column(column),
        suggestion=suggestion,
        **params,
    )


def _dates_outside(subject: Subject) -> Iterator[Finding]:
    if not subject.period:
        return
    for place in subject.all_places():
        for column in place.sheet.columns:
            day = _day(place, column) if column.type is ColumnType.DATE else None
            if day is not None and day.year not in subject.period:
                year = str(subject.period[0])
                yield _out_of_period(place, "date_outside", column.key, found=day_text(day), year=year)


def _dates_reversed(place: Place, columns: tuple[str, ...]) -> Iterator[Finding]:
    dated = [(key, _day(place, place.sheet.column(key))) for key in columns if place.sheet.has_column(key)]
    for (_first, earlier), (key, later) in pairwise(dated):
        if earlier is not None and later is not None and later < earlier:
            yield _out_of_period(place, "dates_reversed", key, first=day_text(earlier), found=day_text(later))


def _day(place: Place, column: ColumnDefinition) -> date | None:
    value = place.row.values.get(column.key)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
