"""A difference as people read it: sheet by sheet, row by row, cell by cell and word by word."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import _, language
from core.labels import Tone
from plans.columns import display
from plans.comparing.row_names import RowNames
from plans.comparing.word_difference import Piece, after_of, before_of, word_difference
from plans.content import Difference
from plans.corrections import Cell
from plans.definitions import PlanContent, PlanRow, SheetDefinition, TemplateDefinition, Value
from programme.queries import the_programme


@dataclass(frozen=True)
class ChangedCell:
    label: str
    before: str
    after: str
    key: str = ""
    """What is sent to take it over."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Both in one: what stayed, what went, what came."""
        return word_difference(self.before, self.after)

    @property
    def old_pieces(self) -> tuple[Piece, ...]:
        return before_of(self.pieces)

    @property
    def new_pieces(self) -> tuple[Piece, ...]:
        return after_of(self.pieces)


@dataclass(frozen=True)
class ChangedRow:
    label: str
    tone: Tone
    code: str | None
    title: str
    cells: tuple[ChangedCell, ...]
    key: str = ""
    """Of a whole row that is new or goes."""


@dataclass(frozen=True)
class ChangedSheet:
    title: str
    rows: tuple[ChangedRow, ...]


@dataclass(frozen=True)
class Change:
    difference: Difference
    sheets: tuple[ChangedSheet, ...]

    @property
    def is_empty(self) -> bool:
        return not self.sheets


def change_in_words(
    difference: Difference, definition: TemplateDefinition, before: PlanContent, *, in_full: bool = False
) -> Change:
    """Sheet by sheet, row by row: what is new, what differs and how, what goes.

    ``in_full``: with every cell of rows that are new or go.
    """
    words = _Words(definition, before, in_full=in_full)
    sheets = (words.sheet(sheet, difference) for sheet in definition.content_sheets)
    return Change(difference, tuple(sheet for sheet in sheets if sheet.rows))


class _Words:
    def __init__(self, definition: TemplateDefinition, before: PlanContent, *, in_full: bool) -> None:
        self.in_full = in_full
        self.definition = definition
        self.before = before
        self.language = language()
        self.code_lists = the_programme().code_lists
        self.names = RowNames(self.language)

    def sheet(self, sheet: SheetDefinition, difference: Difference) -> ChangedSheet:
        added = (
            self._whole(sheet, one.row, _("New"), Tone.SUCCESS)
            for one in difference.added
            if one.sheet_key == sheet.key
        )
        removed = (
            self._whole(sheet, one.row, _("Removed"), Tone.DANGER)
            for one in difference.removed
            if one.sheet_key == sheet.key
        )
        order = (_reordered(),) if sheet.key in difference.reordered else ()
        rows = (*self._changed(sheet, difference), *added, *removed, *order)
        return ChangedSheet(sheet.title.in_language(self.language), rows)

    def _changed(self, sheet: SheetDefinition, difference: Difference) -> Iterable[ChangedRow]:
        cells: dict[str, list[ChangedCell]] = {}
        for change in difference.changed:
            if change.sheet_key == sheet.key:
                column = sheet.column(change.column_key)
                label = column.label.in_language(self.language)
                before, after = (
                    self._text(sheet, column.key, change.before),
                    self._text(sheet, column.key, change.after),
                )
                key = Cell(sheet.key, change.row_uid, column.key).name
                cells.setdefault(change.row_uid, []).append(ChangedCell(label, before, after, key))
        rows = {row.row_uid: row for row in self.before.rows(sheet.key)}
        for row_uid, changed in cells.items():
            code, title = self._name(sheet, rows[row_uid])
            yield ChangedRow(_("Changes"), Tone.INFO, code, title, tuple(changed))

    def _whole(self, sheet: SheetDefinition, row: PlanRow, label: str, tone: Tone) -> ChangedRow:
        code, title = self._name(sheet, row)
        cells = self._all_cells(sheet, row, is_new=tone is Tone.SUCCESS) if self.in_full else ()
        return ChangedRow(label, tone, code, title, cells, f"{sheet.key}.{row.row_uid}")

    def _all_cells(self, sheet: SheetDefinition, row: PlanRow, *, is_new: bool) -> tuple[ChangedCell, ...]:
        return tuple(
            ChangedCell(
                column.label.in_language(self.language),
                "" if is_new else said,
                said if is_new else "",
            )
            for column in sheet.columns
            if (said := self._text(sheet, column.key, row.values.get(column.key)))
            and column.key not in {sheet.code_column, sheet.text_column}
        )

    def _name(self, sheet: SheetDefinition, row: PlanRow) -> tuple[str | None, str]:
        return self.names.of(sheet, row, self.code_lists)

    def _text(self, sheet: SheetDefinition, column_key: str, value: Value | None) -> str:
        if value is None:
            return ""
        return display(sheet.column(column_key), value, code_lists=self.code_lists, language=self.language)


def _reordered() -> ChangedRow:
    return ChangedRow(_("Order"), Tone.NEUTRAL, None, _("The rows stand in another order."), ())
