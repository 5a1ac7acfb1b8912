"""A workbook made from an older template, as if it had been made from the one in force."""

from collections.abc import Mapping
from dataclasses import replace

from plans.carrying import Column, Step, carry, moves
from plans.definitions import TemplateDefinition
from plans.findings import Finding
from plans.workbooks.identity import Definitions
from plans.workbooks.places import Places, RecordPlaces, TablePlaces
from plans.workbooks.result import PlanReading
from programme.code_lists import CodeLists


def upgrade_reading(
    reading: PlanReading, definition_for: Definitions, *, to_version: int, code_lists: CodeLists
) -> PlanReading:
    """Columns go by their new names, one version after the other; what has no place any more is listed."""
    for version in range(reading.definition.version + 1, to_version + 1):
        definition = definition_for(reading.definition.code, version)
        if definition is not None:
            reading = _one_version_up(reading, definition, code_lists)
    return reading


def _one_version_up(
    reading: PlanReading, definition: TemplateDefinition, code_lists: CodeLists
) -> PlanReading:
    step = Step(reading.definition, definition)
    read = [(sheet, column) for sheet, columns in reading.columns.items() for column in sorted(columns)]
    moved = {old: new for old in read if (new := step.goes_to(old)) is not None}
    gone = tuple(f"{sheet}.{column}" for sheet, column in read if (sheet, column) not in moved)
    carried = carry(reading.content, reading.definition, definition, code_lists)
    cells = frozenset(
        (moved[sheet, column][0], uid, moved[sheet, column][1])
        for sheet, uid, column in reading.not_taken
        if (sheet, column) in moved
    )
    up = replace(
        reading,
        definition=definition,
        content=carried.content,
        columns=_columns(moved),
        emptied=frozenset((sheet, uid) for old, uid in reading.emptied for sheet in _sheets_of(old, moved)),
        not_taken=cells | carried.lost,
        places=_places(reading.places, moved),
        ignored=(*reading.ignored, *gone),
    )
    before = (_renamed(finding, moved) for finding in reading.findings)
    told = (*moves(step, read), *up.located(carried.findings))
    return replace(up, findings=(*before, *told))


def _sheets_of(old: str, moved: Mapping[Column, Column]) -> set[str]:
    return {new_sheet for (sheet, _key), (new_sheet, _new) in moved.items() if sheet == old}


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
