"""Where things lie in a plan workbook: the one agreement between writing it and reading it."""

from plans.definitions import ColumnDefinition, Layout, SheetDefinition, TemplateDefinition

META_SHEET = "Meta"
LISTS_SHEET = "Słowniki"
GUIDE_SHEET = "Instrukcja"
SERVICE_SHEETS = (GUIDE_SHEET, LISTS_SHEET, META_SHEET)

TITLE_ROW = 1
HELP_ROW = 2
LABEL_ROW = 3
KEY_ROW = 4
FIRST_ROW = 5
MAX_ROWS = 2000
LAST_ROW = FIRST_ROW + MAX_ROWS - 1

ROW_UID = "row_uid"
UID_COLUMN = 1

# A record sheet (and Meta) holds one record, a field in each row
LABEL_COLUMN = 1
KEY_COLUMN = 2
VALUE_COLUMN = 3
HELP_COLUMN = 4
RECORD_KEYS = ("label", "key", "value", "help")

EXAMPLE_MARKS = ("PRZYKŁAD", "EXAMPLE")
"""Stand where an example row has its ``row_uid``; such a row is not part of the plan."""


def columns_shown(sheet: SheetDefinition, *, short: bool) -> tuple[ColumnDefinition, ...]:
    """Columns in the order people see them: what is needed first, the rest to the right.

    The short workbook leaves the rest out, but keeps the codes that other rows refer to and what is filled in already.
    """
    needed = tuple(column for column in sheet.columns if _is_needed(sheet, column))
    if short:
        return needed
    return needed + tuple(column for column in sheet.columns if column not in needed)


def _is_needed(sheet: SheetDefinition, column: ColumnDefinition) -> bool:
    is_filled = column.prefilled and sheet.layout is Layout.RECORD
    is_required = column.required or column.required_when is not None
    return is_required or is_filled or column.key == sheet.code_column


def sheets_shown(definition: TemplateDefinition, *, short: bool) -> tuple[SheetDefinition, ...]:
    return tuple(sheet for sheet in definition.sheets if sheet.in_short or not short)
