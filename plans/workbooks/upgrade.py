"""A workbook made from an older template, as if it had been made from the one in force."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from plans.definitions import PlanContent, PlanRow, TemplateDefinition, Value
from plans.findings import Finding, FindingCode, Severity
from plans.workbooks.identity import Definitions
from plans.workbooks.places import Places, RecordPlaces, TablePlaces
from plans.workbooks.result import PlanReading

Column = tuple[str, str]
"""(sheet key, column key)"""


def upgrade_reading(reading: PlanReading, definition_for: Definitions, *, to_version: int) -> PlanReading:
    """Columns go by their new names, one version after the other; those that are no more are listed."""
    for version in range(reading.definition.version + 1, to_version + 1):
        definition = definition_for(reading.definition.code, version)
        if definition is not None:
            reading = _one_version_up(reading, definition)
    return reading


def _one_version_up(reading: PlanReading, definition: TemplateDefinition) -> PlanReading:
    here = {(sheet.key, column.key) for sheet in definition.sheets for column in sheet.columns}
    renamed = {_column(old): _column(new) for old, new in definition.renamed_keys.items()}
    read = [(sheet, column) for sheet, columns in reading.columns.items() for column in sorted(columns)]
    moved = {old: renamed.get(old, old) for old in read if renamed.get(old, old) in here}
    gone = tuple(f"{sheet}.{column}" for sheet, column in read if (sheet, column) not in moved)
    return replace(
        reading,
        definition=definition,
        content=_content(reading.content, moved),
        columns=_columns(moved),
        emptied=frozenset((sheet, uid) for old, uid in reading.emptied for sheet in _sheets_of(old, moved)),
        not_taken=frozenset(
            (moved[sheet, column][0], uid, moved[sheet, column][1])
            for sheet, uid, column in reading.not_taken
            if (sheet, column) in moved
        ),
        places=_places(reading.places, moved),
        findings=(*(_renamed(finding, moved) for finding in reading.findings), *_gone(gone)),
        ignored=(*reading.ignored, *gone),
    )


def _column(text: str) -> Column:
    sheet, _dot, column = text.partition(".")
    return sheet, column


def _sheets_of(old: str, moved: Mapping[Column, Column]) -> set[str]:
    return {new_sheet for (sheet, _key), (new_sheet, _new) in moved.items() if sheet == old}


def _content(content: PlanContent, moved: Mapping[Column, Column]) -> PlanContent:
    sheets: dict[str, dict[str, dict[str, Value]]] = {}
    for sheet, rows in content.sheets.items():
        for row in rows:
            for target in _sheets_of(sheet, moved):
                sheets.setdefault(target, {}).setdefault(row.row_uid, {})
            for key, value in row.values.items():
                if (sheet, key) in moved:
                    target, new_key = moved[sheet, key]
                    sheets[target][row.row_uid][new_key] = value
    return PlanContent(
        {sheet: tuple(PlanRow(uid, values) for uid, values in rows.items()) for sheet, rows in sheets.items()}
    )


def _columns(moved: Mapping[Column, Column]) -> dict[str, frozenset[str]]:
    sheets: dict[str, set[str]] = {}
    for sheet, column in moved.values():
        sheets.setdefault(sheet, set()).add(column)
    return {sheet: frozenset(columns) for sheet, columns in sheets.items()}


def _places(places: Mapping[str, Places], moved: Mapping[Column, Column]) -> dict[str, Places]:
    found: dict[str, Places] = {}
    for sheet, place in places.items():
        for target in _sheets_of(sheet, moved):
            keys = {old: new for (of, old), (to, new) in moved.items() if of == sheet and to == target}
            if isinstance(place, RecordPlaces):
                found[target] = RecordPlaces({new: place.fields[old] for old, new in keys.items()})
            else:
                found[target] = TablePlaces(
                    place.rows, {new: place.columns[old] for old, new in keys.items()}
                )
    return found


def _renamed(finding: Finding, moved: Mapping[Column, Column]) -> Finding:
    target = moved.get((finding.sheet_key or "", finding.column_key or ""))
    return replace(finding, sheet_key=target[0], column_key=target[1]) if target else finding


def _gone(columns: tuple[str, ...]) -> Iterator[Finding]:
    for column in columns:
        yield Finding(FindingCode.OLD_TEMPLATE, Severity.WARNING, "column_gone", params={"column": column})
