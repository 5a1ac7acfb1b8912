"""Several values of one list in one cell: whichever way they were ticked, they stand as in the list."""

from dataclasses import replace

from plans.definitions import ColumnType, PlanContent, PlanRow, SheetDefinition, TemplateDefinition, Value
from programme.code_lists import CodeLists


def in_list_order(content: PlanContent, definition: TemplateDefinition, code_lists: CodeLists) -> PlanContent:
    """The same content as a workbook would bring it back, so that nothing seems to have changed."""
    sheets = dict(content.sheets)
    for sheet in definition.content_sheets:
        columns = _lists_of(sheet)
        if columns and content.rows(sheet.key):
            sheets[sheet.key] = tuple(_ordered(row, columns, code_lists) for row in content.rows(sheet.key))
    return PlanContent(sheets)


def _lists_of(sheet: SheetDefinition) -> dict[str, str]:
    """Column key -> code list."""
    return {
        column.key: column.code_list
        for column in sheet.columns
        if column.type is ColumnType.CHOICES and column.code_list
    }


def _ordered(row: PlanRow, columns: dict[str, str], code_lists: CodeLists) -> PlanRow:
    changed: dict[str, Value] = {}
    for key, name in columns.items():
        value = row.values.get(key)
        if isinstance(value, list) and len(value) > 1:
            ordered = sorted(value, key=code_lists[name].position)
            if ordered != value:
                changed[key] = ordered
    return replace(row, values={**row.values, **changed}) if changed else row
