"""Rows of a sheet: finding one, putting one in its place, moving one about."""

from collections.abc import Collection, Mapping, Sequence

from plans.corrections import Cell
from plans.definitions import PlanContent, PlanRow, SheetDefinition, Value


def row_in(content: PlanContent | None, sheet_key: str, row_uid: str) -> PlanRow | None:
    rows = content.rows(sheet_key) if content else ()
    return next((row for row in rows if row.row_uid == row_uid), None)


def with_rows(content: PlanContent, sheet_key: str, rows: Sequence[PlanRow]) -> PlanContent:
    sheets = {**content.sheets, sheet_key: tuple(rows)}
    return PlanContent({key: found for key, found in sheets.items() if found})


def with_row(
    content: PlanContent, sheet_key: str, row: PlanRow, *, behind: Collection[str] | None = None
) -> PlanContent:
    """A row that is there is replaced. ``behind``: rows that a new one stands behind; None: it comes last."""
    rows = list(content.rows(sheet_key))
    places = [number for number, one in enumerate(rows) if one.row_uid == row.row_uid]
    if places:
        rows[places[0]] = row
        return with_rows(content, sheet_key, rows)
    before = [number for number, one in enumerate(rows) if behind is None or one.row_uid in behind]
    rows.insert(before[-1] + 1 if before else 0, row)
    return with_rows(content, sheet_key, rows)


def moved(rows: Sequence[PlanRow], row_uid: str, *, by: int) -> list[PlanRow]:
    """One place up (``by=-1``) or down; the first stays the first and the last the last."""
    order = list(rows)
    at = next((number for number, row in enumerate(order) if row.row_uid == row_uid), None)
    if at is not None and 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    return order


def typed_over(row: PlanRow, values: Mapping[Cell, Value | None]) -> PlanRow:
    written = {**row.values, **{cell.column_key: value for cell, value in values.items()}}
    return PlanRow(row.row_uid, {key: value for key, value in written.items() if value not in (None, "", [])})


def is_empty(row: PlanRow, sheet: SheetDefinition) -> bool:
    """A code alone, which the system gives, makes no row."""
    return not row.values.keys() - {sheet.code_column}
