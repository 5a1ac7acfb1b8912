"""Pasting rows: the order of the columns, and before anything is added what would be and what would not."""

from dataclasses import dataclass
from functools import cached_property

from core.i18n import language
from plans.columns import display
from plans.definitions import SheetDefinition
from plans.editing.around import Around
from plans.editing.pasting import Pasted, Preview, columns_in_order, previewed
from plans.findings import Finding
from plans.models import PlanVersion


@dataclass(frozen=True)
class PreviewCell:
    label: str
    text: str
    problem: str
    """Why it is left out."""


@dataclass(frozen=True)
class PreviewRow:
    number: int
    cells: tuple[PreviewCell, ...]
    said: tuple[str, ...]
    is_added: bool


class PastePage(Around):
    def __init__(self, version: PlanVersion, sheet: SheetDefinition, pasted: Pasted | None = None) -> None:
        super().__init__(version, sheet)
        self.pasted = pasted

    @property
    def labels(self) -> list[str]:
        return [self.label(key) for key in columns_in_order(self.sheet) if key]

    @cached_property
    def preview(self) -> Preview | None:
        if self.pasted is None:
            return None
        return previewed(self.version, self.sheet, self.pasted.texts(self.sheet), language=language())

    @property
    def text(self) -> str:
        """What must not be kept is not shown again either."""
        if self.pasted is None or self.preview is None:
            return ""
        heads = {column.key: self.label(column.key) for column in self.sheet.columns}
        return self.pasted.without(self._refused, heads=heads)

    @property
    def _refused(self) -> list[Finding]:
        return [one for one in self.preview.problems if one.typed is None] if self.preview else []

    @property
    def heads(self) -> list[str]:
        return [self.label(key) for key in self._keys]

    @property
    def _keys(self) -> list[str]:
        """In the order of the sheet, those in which something was pasted."""
        cells = self.pasted.texts(self.sheet) if self.pasted else {}
        used = {cell.column_key for cell in cells}
        return [column.key for column in self.sheet.columns if column.key in used]

    @cached_property
    def rows(self) -> list[PreviewRow]:  # type: ignore[override]  # here the rows that would be added
        preview = self.preview
        if preview is None or self.pasted is None:
            return []
        uids = dict.fromkeys(cell.row_uid for cell in self.pasted.texts(self.sheet))
        return [self._row(preview, uid, number) for number, uid in enumerate(uids, start=1)]

    def _row(self, preview: Preview, uid: str, number: int) -> PreviewRow:
        values = next((row.values for row in preview.rows(self.sheet.key) if row.row_uid == uid), {})
        problems = {one.column_key: self.sentence(one) for one in preview.problems if one.row_uid == uid}
        cells = tuple(
            PreviewCell(
                self.label(key),
                display(self.sheet.column(key), values.get(key), self.code_lists, self.language),
                problems.get(key, ""),
            )
            for key in self._keys
        )
        said = dict.fromkeys(
            f"{self.label(one.column_key)}: {self.sentence(one)}" if one.column_key else self.sentence(one)
            for one in preview.findings
            if one.row_uid == uid and one.blocks_submit
        )
        return PreviewRow(number, cells, tuple(said), is_added=uid in preview.uids)

    @property
    def count(self) -> int:
        return len(self.preview.uids) if self.preview else 0

    @property
    def left_out(self) -> int:
        return len(self.preview.problems) if self.preview else 0
