"""A workbook whose rows lost their ids, read as if it had kept them: a row is known by what it says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from plans.content import plain_value
from plans.definitions import Layout, PlanContent, PlanRow, SheetDefinition
from plans.workbooks.places import Places, TablePlaces
from plans.workbooks.result import PlanReading

RowOf = tuple[str, str]
"""(sheet key, row_uid)"""

MOST_COMPARED = 200
"""Of one sheet, one by one: with more rows that nothing tells apart, guessing would only mislead."""
ALIKE = 0.5
"""Two rows that have more than this share of their cells in common are one row with a change."""

NameOf = Callable[[PlanRow], str | None]
"""What a row can be known by; None where it has no such name."""


def with_known_rows(reading: PlanReading, merged: PlanContent, current: PlanContent) -> PlanReading:
    """``merged``: the plan as this workbook would make it, with codes and references as in ``current``."""
    uids: dict[RowOf, str] = {}
    for sheet in reading.definition.content_sheets:
        if sheet.layout is Layout.TABLE and reading.columns.get(sheet.key):
            written = {row.row_uid for row in reading.content.rows(sheet.key)}
            strange, lost = _apart(sheet, merged, current, written)
            for old, new in _matches(sheet, reading, strange, lost):
                uids[sheet.key, old] = new
    return _renamed(reading, uids) if uids else reading


def has_strange_rows(reading: PlanReading, current: PlanContent) -> bool:
    return any(
        row.row_uid not in {known.row_uid for known in current.rows(sheet.key)}
        for sheet in reading.definition.content_sheets
        if sheet.layout is Layout.TABLE
        for row in reading.content.rows(sheet.key)
    )


def _apart(
    sheet: SheetDefinition, merged: PlanContent, current: PlanContent, written: set[str]
) -> tuple[list[PlanRow], list[PlanRow]]:
    """Rows that the plan does not know, and rows of the plan that the workbook does not name."""
    known = {row.row_uid for row in current.rows(sheet.key)}
    strange = [row for row in merged.rows(sheet.key) if row.row_uid not in known]
    return strange, [row for row in current.rows(sheet.key) if row.row_uid not in written]


def _matches(
    sheet: SheetDefinition, reading: PlanReading, strange: list[PlanRow], lost: list[PlanRow]
) -> Iterator[tuple[str, str]]:
    """First what says the same, then what goes by the same code, then what has most in common."""
    code = sheet.code_column or ""
    private = {column.key for column in sheet.columns if column.private}
    shown = sorted(reading.columns[sheet.key] - private - {code})
    written = {row.row_uid for row in reading.content.rows(sheet.key) if code in row.values}
    known_by: tuple[tuple[NameOf, NameOf], ...] = (
        (lambda row: _said(row, [*shown, code]), lambda row: _said(row, [*shown, code])),
        (lambda row: _said(row, shown), lambda row: _said(row, shown)),
        (lambda row: _code(row, code) if row.row_uid in written else None, lambda row: _code(row, code)),
    )
    for name_here, name_there in known_by:
        yield from _paired(strange, lost, name_here, name_there)
    if len(strange) <= MOST_COMPARED and len(lost) <= MOST_COMPARED:
        yield from _most_alike(strange, lost, shown)


def _paired(
    strange: list[PlanRow], lost: list[PlanRow], name_here: NameOf, name_there: NameOf
) -> Iterator[tuple[str, str]]:
    """Rows of both that go by the same name, in their order; each is gone from both lists then."""
    by_name: dict[str | None, list[PlanRow]] = {}
    for row in lost:
        by_name.setdefault(name_there(row), []).append(row)
    for row in list(strange):
        name = name_here(row)
        if name is not None and by_name.get(name):
            found = by_name[name].pop(0)
            strange.remove(row)
            lost.remove(found)
            yield row.row_uid, found.row_uid


def _most_alike(
    strange: Iterable[PlanRow], lost: list[PlanRow], keys: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for row in strange:
        shares = [_share(row, other, keys) for other in lost]
        if max(shares, default=0) > ALIKE:
            yield row.row_uid, lost.pop(shares.index(max(shares))).row_uid


def _said(row: PlanRow, keys: Iterable[str]) -> str | None:
    values = [plain_value(row.values[key]) if key in row.values else None for key in keys]
    return repr(values) if any(value is not None for value in values) else None


def _code(row: PlanRow, column: str) -> str | None:
    return str(row.values[column]).casefold() if column in row.values else None


def _share(one: PlanRow, other: PlanRow, keys: Iterable[str]) -> float:
    """Of the cells that either has filled, how many are equal."""
    filled = [key for key in keys if key in one.values or key in other.values]
    equal = sum(_said(one, [key]) == _said(other, [key]) for key in filled)
    return equal / len(filled) if filled else 0


# --- The same reading with other ids -------------------------------------------------------------------


def _renamed(reading: PlanReading, uids: Mapping[RowOf, str]) -> PlanReading:
    def uid(sheet_key: str, row_uid: str) -> str:
        return uids.get((sheet_key, row_uid), row_uid)

    def moved(key: str, places: Places) -> Places:
        if not isinstance(places, TablePlaces):
            return places
        return replace(places, rows={uid(key, at): number for at, number in places.rows.items()})

    return replace(
        reading,
        content=PlanContent(
            {
                key: tuple(PlanRow(uid(key, row.row_uid), row.values) for row in rows)
                for key, rows in reading.content.sheets.items()
            }
        ),
        emptied=frozenset((key, uid(key, at)) for key, at in reading.emptied),
        not_taken=frozenset((key, uid(key, at), column) for key, at, column in reading.not_taken),
        places={key: moved(key, places) for key, places in reading.places.items()},
        findings=tuple(
            replace(one, row_uid=uid(one.sheet_key or "", one.row_uid)) if one.row_uid else one
            for one in reading.findings
        ),
    )
