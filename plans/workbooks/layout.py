"""Where things lie in a plan workbook: the one agreement between writing it and reading it."""

from collections.abc import Sequence

from plans.definitions import ColumnDefinition, Layout, PlanRow, SheetDefinition, TemplateDefinition

META_SHEET = "Meta"
LISTS_SHEET = "Słowniki"
GUIDE_SHEET = "Instrukcja"
MARKS_SHEET = "Do poprawy"
SERVICE_SHEETS = (GUIDE_SHEET, LISTS_SHEET, META_SHEET, MARKS_SHEET)

TITLE_ROW = 1
HELP_ROW = 2
LABEL_ROW = 3
KEY_ROW = 4
FIRST_ROW = 5
MAX_ROWS = 2000
LAST_ROW = FIRST_ROW + MAX_ROWS - 1

ROW_UID = "row_uid"
UID_LABEL = "ID"
"""The same in every language, so that the column is known even where its key is gone."""
UID_COLUMN = 1

# A record sheet (and Meta) holds one record, a field in each row
LABEL_COLUMN = 1
KEY_COLUMN = 2
VALUE_COLUMN = 3
HELP_COLUMN = 4
RECORD_KEYS = ("label", "key", "value", "help")

ANSWER_COLUMNS = ("answer_kind", "answer")
"""Of a sheet of remarks, what is read back."""

PUBLIC = "public"
"""Stands on Meta as the audience of a file whose private columns are empty."""

EXAMPLE_MARKS = {"pl": "PRZYKŁAD", "en": "EXAMPLE"}
"""Stand where an example row has its ``row_uid``; such a row is not part of the plan."""


def columns_shown(
    sheet: SheetDefinition, rows: Sequence[PlanRow] = (), *, short: bool
) -> tuple[ColumnDefinition, ...]:
    """Columns in the order people see them: first what is needed, then what is in use, the rest to the right.

    The short workbook leaves out what nobody needs, but keeps the codes that other rows refer to.
    """
    needed = [column for column in sheet.columns if is_needed(sheet, column)]
    if short:
        return tuple(needed)
    further = [column for column in sheet.columns if column not in needed]
    return tuple(needed + sorted(further, key=lambda column: not is_in_use(sheet, column, rows)))


def is_needed(sheet: SheetDefinition, column: ColumnDefinition) -> bool:
    is_filled = column.prefilled and sheet.layout is Layout.RECORD
    return column.is_core or is_filled or column.key == sheet.code_column


def is_in_use(sheet: SheetDefinition, column: ColumnDefinition, rows: Sequence[PlanRow]) -> bool:
    return is_needed(sheet, column) or any(column.key in row.values for row in rows)


def sheets_shown(
    definition: TemplateDefinition, *, short: bool, remarks: bool
) -> tuple[SheetDefinition, ...]:
    """The sheet of remarks is there whenever there are remarks, and only then."""
    return tuple(
        sheet
        for sheet in definition.sheets
        if (remarks if sheet.layout is Layout.REMARKS else sheet.in_short or not short)
    )


def label_shown(column: ColumnDefinition, language: str) -> str:
    """A star where somebody always has to fill it in, one in brackets where that depends on the row."""
    label = column.label.in_language(language)
    if column.required:
        return f"{label} *"
    return f"{label} (*)" if column.is_core else label
