"""F16: rows that say the same, and rows that go by the same code."""

from collections.abc import Iterator

from plans.checks.subject import Place, Subject
from plans.findings import Finding, FindingCode, Severity


def check(subject: Subject) -> Iterator[Finding]:
    for sheet in subject.definition.content_sheets:
        seen: dict[object, Place] = {}
        codes: dict[str, Place] = {}
        for place in subject.places(sheet.key):
            first = seen.setdefault(_said(place), place)
            if first is not place:
                yield _repeated(place, "row_repeated", first)
            code = str(place.row.values.get(sheet.code_column or "", ""))
            owner = codes.setdefault(code.casefold(), place) if code else place
            if owner is not place:
                yield _repeated(place, "code_repeated", owner, row_code=code)


def _said(place: Place) -> object:
    """Everything but the row's own code; a row with nothing but its code is like no other."""
    code_column = place.sheet.code_column
    said = frozenset(
        (key, tuple(value) if isinstance(value, list) else value)
        for key, value in place.row.values.items()
        if key != code_column
    )
    return said or place.row.row_uid


def _repeated(place: Place, reason: str, first: Place, **params: str) -> Finding:
    key = place.sheet.code_column if reason == "code_repeated" else place.sheet.text_column
    column = place.sheet.column(key) if key else None
    return place.finding(
        FindingCode.DUPLICATE, Severity.WARNING, reason, column, first=str(first.number), **params
    )
