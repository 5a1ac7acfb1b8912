"""The workbook while it is written: what every sheet of it needs to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook

from plans.definitions import ColumnDefinition, PlanRow, SheetDefinition, TemplateDefinition, Value
from plans.workbooks.layout import FIRST_ROW
from plans.workbooks.order import Filling, WorkbookIdentity, answer_marks
from plans.workbooks.page import Page
from programme.code_lists import CodeLists


@dataclass
class Book:
    workbook: Workbook
    definition: TemplateDefinition
    identity: WorkbookIdentity
    filling: Filling
    code_lists: CodeLists
    sheets: tuple[SheetDefinition, ...]
    """The sheets of the plan that this workbook shows."""
    short: bool
    public: bool
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    """(sheet key, row_uid) -> row number; on a record sheet (sheet key, column key)."""
    positions: dict[tuple[str, str], int] = field(default_factory=dict)
    """(sheet key, column key) -> column number."""
    known_values: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    """Name of a sheet -> cell -> what its formula comes to."""

    @property
    def language(self) -> str:
        return self.identity.language

    @property
    def title(self) -> str:
        return self.definition.title.in_language(self.language)

    @property
    def answered(self) -> Mapping[str, str]:
        """What was answered to the remarks when this workbook began, so that later answers are told from these."""
        filling = self.filling
        return answer_marks(filling.remarks) if filling.answered is None else filling.answered

    @property
    def has_examples(self) -> bool:
        return self.short and not self.public

    @property
    def first_row(self) -> int:
        """Where a table's own rows begin, below its example."""
        return FIRST_ROW + self.has_examples

    def page(self, name: str, widths: Sequence[float]) -> Page:
        return Page(self.workbook[name], widths)

    def open(self, sheet: SheetDefinition, widths: Sequence[float], *, tab: str) -> Page:
        page = self.page(sheet.name, widths)
        page.head(sheet.title.in_language(self.language), sheet.help.in_language(self.language), tab=tab)
        return page

    def rows(self, sheet: SheetDefinition) -> tuple[PlanRow, ...]:
        return self.filling.content.rows(sheet.key)

    def value(self, column: ColumnDefinition, values: Mapping[str, Value]) -> Value | None:
        """What the cell shows; nothing where the file is for everybody and the column is not."""
        return None if column.private and self.public else values.get(column.key)

    def shows(self, sheet_key: str) -> bool:
        return any(sheet.key == sheet_key for sheet in self.sheets)

    def labels(self, list_key: str) -> tuple[str, ...]:
        return self.code_lists[list_key].labels(self.language)

    def label(self, list_key: str, code: str) -> str:
        return self.code_lists[list_key].label(code, self.language)

    def texts_of(self, sheet_key: str) -> dict[str, str]:
        """Code -> text of the rows a column may refer to, wherever these rows stand."""
        given = self.filling.references.get(sheet_key)
        if given is not None:
            return dict(given)
        sheet = self.definition.find_sheet(sheet_key)
        if sheet is None or not sheet.code_column:
            return {}
        code, text = sheet.code_column, sheet.text_column or ""
        return {
            str(row.values[code]): str(row.values.get(text, ""))
            for row in self.rows(sheet)
            if code in row.values
        }
