"""What a row of a plan is called when it is spoken of."""

from plans.columns import display
from plans.definitions import PlanRow, SheetDefinition
from programme.code_lists import CodeLists


class RowNames:
    def __init__(self, language: str) -> None:
        self.language = language

    def of(self, sheet: SheetDefinition, row: PlanRow, code_lists: CodeLists) -> tuple[str | None, str]:
        """By its code and text; a row of a sheet without such columns by the first thing it says."""
        code = row.values.get(sheet.code_column or "")
        filled = (column.key for column in sheet.columns if column.key in row.values)
        key = sheet.text_column or next(filled, None)
        value = row.values.get(key) if key else None
        if key is None or value is None:
            return str(code) if code else None, ""
        said = display(sheet.column(key), value, code_lists=code_lists, language=self.language)
        return str(code) if code else None, said

    def code_or_title(self, sheet: SheetDefinition, row: PlanRow, code_lists: CodeLists) -> str:
        code, title = self.of(sheet, row, code_lists)
        return code or title
