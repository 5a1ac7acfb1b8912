"""Reads a sheet with one record."""

from core.workbooks.raw import RawSheet, cell_name
from plans.definitions import PlanRow, SheetDefinition, Value
from plans.workbooks.fields import read_fields
from plans.workbooks.headers import names_of
from plans.workbooks.identity import TERRITORIAL_CODE, whole_code
from plans.workbooks.places import RecordPlaces
from plans.workbooks.sheet_reading import CellReader, Context, SheetReading, no_header


def read_record(raw: RawSheet, sheet: SheetDefinition, context: Context) -> SheetReading:
    """The one record of the sheet; its row goes by the sheet's own key."""
    reading = SheetReading()
    cells = CellReader(sheet, context, reading)
    columns = {column.key: column for column in sheet.columns if context.counts(column)}
    fields = [found for found in read_fields(raw, names_of(sheet.columns)) if found.key in columns]
    if not fields:
        return SheetReading(findings=[no_header(sheet)])
    places = {found.key: cell_name(found.column, found.row) for found in fields}
    values: dict[str, Value] = {}
    for found in fields:
        typed = whole_code(found.value) if found.key == TERRITORIAL_CODE else found.value
        value = cells.read(columns[found.key], typed, row_uid=sheet.key, cell=places[found.key])
        if value is not None:
            values[found.key] = value
    reading.rows = [PlanRow(sheet.key, values)]
    reading.columns = frozenset(places)
    reading.places = RecordPlaces(places)
    return reading
