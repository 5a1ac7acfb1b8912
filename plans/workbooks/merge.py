"""What the plan would be if an upload were applied. Nothing is changed here."""

from collections.abc import Mapping

from plans.definitions import Layout, PlanContent, PlanRow, SheetDefinition, Value
from plans.workbooks.result import PlanReading


def merge_reading(current: PlanContent, reading: PlanReading) -> PlanContent:
    """The plan with what the workbook says: rows in the workbook's order, rows it no longer has left out.

    Of what the workbook does not show (sheets, columns) and of cells that could not be taken over, the plan keeps what
    it has.
    """
    sheets = dict(current.sheets)
    for sheet in reading.definition.content_sheets:
        if reading.columns.get(sheet.key):
            merge = _merged_record if sheet.layout is Layout.RECORD else _merged_table
            sheets[sheet.key] = merge(sheet, current.rows(sheet.key), reading)
    return PlanContent({key: rows for key, rows in sheets.items() if rows})


def _merged_record(
    sheet: SheetDefinition, current: tuple[PlanRow, ...], reading: PlanReading
) -> tuple[PlanRow, ...]:
    """There is one record, whatever it is called."""
    before = current[0] if current else PlanRow(sheet.key, {})
    after = reading.content.rows(sheet.key)[0]
    values = _merged_values(before.values, after, sheet.key, reading)
    return (PlanRow(before.row_uid, values),) if values else ()


def _merged_table(
    sheet: SheetDefinition, current: tuple[PlanRow, ...], reading: PlanReading
) -> tuple[PlanRow, ...]:
    known = {row.row_uid: row for row in current}
    merged = []
    for row in reading.content.rows(sheet.key):
        before = known.get(row.row_uid)
        if (sheet.key, row.row_uid) in reading.emptied and _was_emptied(sheet, before, reading):
            continue
        values = _merged_values(before.values if before else {}, row, sheet.key, reading)
        merged.append(PlanRow(row.row_uid, values))
    return tuple(merged)


def _was_emptied(sheet: SheetDefinition, before: PlanRow | None, reading: PlanReading) -> bool:
    """A row with nothing in it was emptied to remove it, unless all it ever had stands in columns not shown."""
    if before is None:
        return True
    return any(key in reading.columns[sheet.key] and key != sheet.code_column for key in before.values)


def _merged_values(
    before: Mapping[str, Value], row: PlanRow, sheet_key: str, reading: PlanReading
) -> dict[str, Value]:
    shown = reading.columns[sheet_key]
    kept = {
        key: value
        for key, value in before.items()
        if key not in shown or (sheet_key, row.row_uid, key) in reading.not_taken
    }
    return {**kept, **row.values}
