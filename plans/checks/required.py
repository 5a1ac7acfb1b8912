"""F05: what has to be there and is not. F10: a general plan without a recommendation."""

from collections.abc import Iterator

from plans.checks.subject import Place, Subject
from plans.definitions import Layout, PlanRow, SheetDefinition
from plans.findings import Finding, FindingCode, Severity
from plans.references import is_required
from plans.values.text import day_text

RECOMMENDATIONS = "recommendations"


def check(subject: Subject) -> Iterator[Finding]:
    for sheet in subject.definition.content_sheets:
        places = list(subject.places(sheet.key))
        if sheet.layout is Layout.RECORD and not places:
            places = [Place(sheet, PlanRow(sheet.key, {}), 1)]
        if len(places) < sheet.min_rows:
            yield _too_few_rows(subject, sheet)
        for place in places:
            yield from _empty_cells(subject, place)


def _too_few_rows(subject: Subject, sheet: SheetDefinition) -> Finding:
    if sheet.key == RECOMMENDATIONS:
        return Finding(
            FindingCode.NO_RECOMMENDATION, subject.unless_draft, "no_recommendation", sheet_key=sheet.key
        )
    params = {"rows": str(sheet.min_rows)}
    day = subject.warned_of.get((sheet.key, None))
    if day is not None:
        params["from_day"] = day_text(day)
        return Finding(
            FindingCode.REQUIRED, Severity.WARNING, "rows_missing_soon", sheet_key=sheet.key, params=params
        )
    return Finding(FindingCode.REQUIRED, Severity.ERROR, "rows_missing", sheet_key=sheet.key, params=params)


def _empty_cells(subject: Subject, place: Place) -> Iterator[Finding]:
    for column in place.sheet.columns:
        if column.key in place.row.values or not is_required(column, place.row):
            continue
        day = subject.warned_of.get((place.sheet.key, column.key))
        if day is not None:
            yield place.finding(
                FindingCode.REQUIRED, Severity.WARNING, "required_soon", column, from_day=day_text(day)
            )
        elif column.required_unless is not None:
            other = place.sheet.column(column.required_unless).key
            yield place.finding(FindingCode.REQUIRED, Severity.ERROR, "required_one_of", column, other=other)
        elif column.required_when is not None:
            yield place.finding(FindingCode.REQUIRED, Severity.ERROR, "required_here", column)
        else:
            yield place.finding(FindingCode.REQUIRED, Severity.ERROR, "required", column)
