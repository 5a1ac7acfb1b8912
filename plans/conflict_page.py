"""What a workbook and the plan changed differently, as people choose: row by row, each with all three values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.i18n import _, language
from plans.columns import display
from plans.comparing.row_names import RowNames
from plans.definitions import PlanContent, PlanRow, SheetDefinition, TemplateDefinition, Value
from plans.merging.threeway import CellConflict, Merge, OrderConflict, RowConflict
from programme.queries import the_programme


@dataclass(frozen=True)
class Choice:
    """One thing to choose. ``ours`` is what the plan has, ``theirs`` what the workbook says."""

    name: str
    label: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class RowOfChoices:
    """``name`` begins the names of its choices, so that all of them can be settled at once."""

    name: str
    sheet: str
    code: str | None
    title: str
    choices: tuple[Choice, ...]


def conflicts_in_words(
    merge: Merge, base: PlanContent, theirs: PlanContent, definition: TemplateDefinition
) -> list[RowOfChoices]:
    """In the order of the workbook."""
    return list(_Words(merge, base, theirs, definition).rows())


class _Words:
    def __init__(
        self, merge: Merge, base: PlanContent, theirs: PlanContent, definition: TemplateDefinition
    ) -> None:
        self.merge, self.definition = merge, definition
        self.language, self.code_lists = language(), the_programme().code_lists
        self.names = RowNames(self.language)
        self.known: Mapping[tuple[str, str], PlanRow] = {
            (key, row.row_uid): row
            for content in (theirs, base, merge.content)
            for key, rows in content.sheets.items()
            for row in rows
        }

    def rows(self) -> Iterator[RowOfChoices]:
        for sheet in self.definition.content_sheets:
            yield from (self._order(sheet, one) for one in self.merge.orders if one.sheet_key == sheet.key)
            yield from (self._whole(sheet, one) for one in self.merge.rows if one.sheet_key == sheet.key)
            cells: dict[str, list[CellConflict]] = {}
            for cell in self.merge.cells:
                if cell.sheet_key == sheet.key:
                    cells.setdefault(cell.row_uid, []).append(cell)
            for row_uid, conflicts in cells.items():
                yield self._cells(sheet, self.known[sheet.key, row_uid], conflicts)

    def _cells(self, sheet: SheetDefinition, row: PlanRow, conflicts: Iterable[CellConflict]) -> RowOfChoices:
        return self._row(sheet, row, tuple(self._cell(sheet, one) for one in conflicts))

    def _cell(self, sheet: SheetDefinition, cell: CellConflict) -> Choice:
        column = sheet.column(cell.column_key)
        base, ours, theirs = (
            self._text(sheet, cell.column_key, value) for value in (cell.base, cell.ours, cell.theirs)
        )
        return Choice(cell.name, column.label.in_language(self.language), base, ours, theirs)

    def _whole(self, sheet: SheetDefinition, row: RowConflict) -> RowOfChoices:
        sides = (_("Row removed") if side is None else _("Row changed") for side in (row.ours, row.theirs))
        ours, theirs = sides
        words = self._changed(sheet, row)
        choice = Choice(row.name, _("The whole row"), "", *(
            f"{said}: {words}" if side is not None and words else said
            for said, side in ((ours, row.ours), (theirs, row.theirs))
        ))  # fmt: skip
        return self._row(sheet, row.ours or row.theirs or row.base, (choice,))

    def _changed(self, sheet: SheetDefinition, row: RowConflict) -> str:
        """What the side that kept the row made of it."""
        left = row.ours or row.theirs or row.base
        columns = (one for one in sheet.columns if left.values.get(one.key) != row.base.values.get(one.key))
        return "; ".join(
            f"{one.label.in_language(self.language)} – {self._said(sheet, one.key, left)}" for one in columns
        )

    def _said(self, sheet: SheetDefinition, column_key: str, row: PlanRow) -> str:
        return self._text(sheet, column_key, row.values.get(column_key)) or _("emptied")

    def _order(self, sheet: SheetDefinition, order: OrderConflict) -> RowOfChoices:
        ours, theirs = (
            ", ".join(
                self.names.code_or_title(sheet, self.known[sheet.key, uid], self.code_lists)
                for uid in uids
                if (sheet.key, uid) in self.known
            )
            for uids in (order.ours, order.theirs)
        )
        choice = Choice(order.name, _("Order of the rows"), "", ours, theirs)
        title = sheet.title.in_language(self.language)
        return RowOfChoices(order.name, title, None, _("The rows stand in another order."), (choice,))

    def _row(self, sheet: SheetDefinition, row: PlanRow, choices: tuple[Choice, ...]) -> RowOfChoices:
        code, title = self.names.of(sheet, row, self.code_lists)
        where = sheet.title.in_language(self.language)
        return RowOfChoices(f"{sheet.key}.{row.row_uid}", where, code, title, choices)

    def _text(self, sheet: SheetDefinition, column_key: str, value: Value | None) -> str:
        if value is None:
            return ""
        return display(sheet.column(column_key), value, code_lists=self.code_lists, language=self.language)
