"""One sheet of a plan on its way to being a section: rows, cells, figures, and each remark at the cell it is about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from core.i18n import _
from core.labels import Tone
from plans.definitions import ColumnDefinition, Layout, PlanContent, PlanRow, SheetDefinition, Value
from plans.models import CommentState, ReviewComment
from plans.page_figures import Strip, measures_of, strip_of, totals_of
from plans.page_parts import CellView, Reference, RemarkView, RowGroup, RowView, SectionView, Tag, Was
from programme.code_lists import CodeList

STATUS, QUARTER = "status", "quarter"
STATUS_TONES = {
    "confirmed": Tone.INFO, "running": Tone.INFO, "done": Tone.SUCCESS, "moved": Tone.WARNING, "cancelled": Tone.DANGER,
}  # fmt: skip

UNITS = {"measure_value": "measure_unit"}
"""Columns whose value is read together with its unit."""
LONG_LIST, MANY_FACTS, SHOWN_AT_ONCE = 12, 10, 4
"""In a longer list, or of a row with more facts, only so many are shown at once; the others unfold."""


class PageAround(Protocol):
    """What a sheet asks of the page it stands on."""

    @property
    def content(self) -> PlanContent: ...
    @property
    def comments(self) -> Sequence[ReviewComment]: ...
    @property
    def code_lists(self) -> Mapping[str, CodeList]: ...
    @property
    def language(self) -> str: ...
    @property
    def first_year(self) -> int: ...
    @property
    def public(self) -> bool: ...
    @property
    def row_names(self) -> Mapping[str, Mapping[str, Reference]]: ...
    @property
    def before(self) -> Mapping[tuple[str, str], Mapping[str, Value | None]]: ...
    @property
    def added(self) -> frozenset[tuple[str, str]]: ...
    @property
    def narrowed(self) -> bool: ...
    def changed_columns(self, sheet_key: str) -> set[str]: ...
    def words(self, column: ColumnDefinition, row: PlanRow) -> str: ...
    def value_in_words(self, column: ColumnDefinition, value: Value | None) -> str: ...


def _waits(comment: ReviewComment) -> bool:
    return comment.state is not CommentState.RESOLVED


class SheetOnPage:
    def __init__(self, page: PageAround, sheet: SheetDefinition) -> None:
        self.page, self.sheet = page, sheet
        self.rows = page.content.rows(sheet.key)
        self.is_record = sheet.layout is Layout.RECORD
        self.comments = [one for one in page.comments if one.sheet == sheet.key]
        self.columns = tuple(self._shown_columns())
        self.labels = {one.key: one.label.in_language(page.language) for one in self.columns}
        self.strip = Strip() if self.is_record else self._strip()
        self.heading = self._heading()
        self.in_cells = self._columns_of_cells()

    def _strip(self) -> Strip:
        return strip_of(self.columns, first_year=self.page.first_year, language=self.page.language)

    def view(self) -> SectionView:
        known = {row.row_uid for row in self.rows}
        return SectionView(
            key=self.sheet.key,
            title=self.sheet.title.in_language(self.page.language),
            help=self.sheet.help.in_language(self.page.language),
            is_record=self.is_record,
            columns=self.columns,
            heads=self.strip.heads,
            groups=tuple(self._groups()),
            remarks=tuple(self._remark(one) for one in self.comments if one.row_uid not in known),
            remarks_count=len(self.comments),
            required=self.sheet.min_rows > 0,
        )

    def _shown_columns(self) -> Iterable[ColumnDefinition]:
        filled = {key for row in self.rows for key in row.values}
        noted = {one.column_key for one in self.comments} | self.page.changed_columns(self.sheet.key)
        shown = filled | noted
        return (
            column
            for column in self.sheet.columns
            if column.key in shown and not (self.page.public and column.private)
        )

    def _groups(self) -> Iterable[RowGroup]:
        """Trainings stand by quarter; those without one come last."""
        if not self.rows:
            return
        quarter = next((column for column in self.columns if column.key == QUARTER), None)
        if quarter is None:
            yield self._group("", self.rows)
            return
        by_quarter: dict[str, list[PlanRow]] = {}
        for row in self.rows:
            by_quarter.setdefault(str(row.values.get(QUARTER, "")), []).append(row)
        for value in sorted(by_quarter, key=lambda one: (not one, one)):
            rows = by_quarter[value]
            title = (
                _("Quarter %(number)s", number=self.page.words(quarter, rows[0]).removeprefix("Q"))
                if value
                else _("No quarter yet")
            )
            yield self._group(title, rows)

    def _group(self, title: str, rows: Sequence[PlanRow]) -> RowGroup:
        totals = totals_of(rows, self.strip, language=self.page.language)
        return RowGroup(title, tuple(self._row(row) for row in rows), totals)

    def _row(self, row: PlanRow) -> RowView:
        code = row.values.get(self.sheet.code_column or "")
        comments = [one for one in self.comments if one.row_uid == row.row_uid]
        before = self.page.before.get((self.sheet.key, row.row_uid), {})
        cells = self._cells(row, comments, before)
        is_new = (self.sheet.key, row.row_uid) in self.page.added
        waits = is_new or bool(before) or any(map(_waits, comments))
        is_known = self.page.narrowed and not is_new and (waits or self.is_record)
        shown, folded = self._only_noted(cells) if is_known else self._fold(cells)
        beside = self._beside(row, cells, comments, before) if comments or before else {}
        return RowView(
            uid=row.row_uid,
            code=str(code) if code else None,
            title=self.page.words(self.heading, row) if self.heading else "",
            tag=self._tag(row),
            cells=shown,
            more=folded,
            measures=measures_of(row, self.strip, language=self.page.language),
            is_new=is_new,
            is_folded=self.page.narrowed and not waits,
            **beside,
        )

    def _beside(
        self,
        row: PlanRow,
        cells: Sequence[CellView],
        comments: Sequence[ReviewComment],
        before: Mapping[str, Value | None],
    ) -> dict[str, Any]:
        """Remarks and changes that do not stand in a cell; most rows have none."""
        with_cell = {cell.column_key for cell in cells}
        figures = [one for one in comments if one.column_key in self.strip.keys]
        apart = with_cell | {one.column_key for one in figures}
        return {
            "remarks": tuple(self._remark(one) for one in comments if one.column_key not in apart),
            "figure_remarks": tuple(self._remark(one) for one in figures),
            "was": tuple(self._was(key, row) for key in before if key not in with_cell),
        }

    def _cells(
        self, row: PlanRow, comments: Sequence[ReviewComment], before: Mapping[str, Value | None]
    ) -> list[CellView]:
        """A filled quarter is the title of the row's group."""
        if not comments and not before:
            return [
                self._cell(one, row) for one in self.in_cells if one.key in row.values and one.key != QUARTER
            ]
        noted = {one.column_key for one in comments} | before.keys()
        shown = (row.values.keys() - {QUARTER}) | (noted - row.values.keys())
        return [
            self._noted_cell(one, row, comments, before) if one.key in noted else self._cell(one, row)
            for one in self.in_cells
            if one.key in shown
        ]

    def _fold(self, cells: Sequence[CellView]) -> tuple[tuple[CellView, ...], tuple[CellView, ...]]:
        """What is shown at once, and what unfolds; never anything that is noted beside its cell."""
        folds = not self.is_record and (len(self.rows) > LONG_LIST or len(cells) > MANY_FACTS)
        if not folds:
            return tuple(cells), ()
        noted, late = self._only_noted(cells[SHOWN_AT_ONCE:])
        return (*cells[:SHOWN_AT_ONCE], *noted), late

    @staticmethod
    def _only_noted(cells: Sequence[CellView]) -> tuple[tuple[CellView, ...], tuple[CellView, ...]]:
        """Of a row read again what was changed or remarked on; the rest unfolds."""
        return tuple(one for one in cells if one.is_noted), tuple(one for one in cells if not one.is_noted)

    def _columns_of_cells(self) -> list[ColumnDefinition]:
        """The others stand in the row's title, in its tag or among its figures."""
        if self.is_record:
            return list(self.columns)
        apart = {self.sheet.code_column, STATUS, *UNITS.values(), *self.strip.keys}
        if self.heading:
            apart.add(self.heading.key)
        return [one for one in self.columns if one.key not in apart]

    def _heading(self) -> ColumnDefinition | None:
        """What people recognise a row by: the sheet's text, or simply its first column."""
        if self.is_record:
            return None
        named = (one for one in self.columns if one.key == self.sheet.text_column)
        return next(named, self.columns[0] if self.columns and not self.sheet.text_column else None)

    def _tag(self, row: PlanRow) -> Tag | None:
        if STATUS not in row.values:
            return None
        column = next((one for one in self.columns if one.key == STATUS), None)
        if column is None:
            return None
        return Tag(self.page.words(column, row), STATUS_TONES.get(str(row.values[STATUS]), Tone.NEUTRAL))

    def _cell(self, column: ColumnDefinition, row: PlanRow) -> CellView:
        key = column.key
        words = self._words(column, row.values.get(key))
        if key in UNITS and UNITS[key] in row.values:
            words = f"{words} {self.page.words(self.sheet.column(UNITS[key]), row)}"
        references = self._references(column, row) if column.refers_to else ()
        return CellView(key, self.labels[key], words, references)

    def _words(self, column: ColumnDefinition, value: Value | None) -> str:
        """As ``page.value_in_words``; most cells hold a text, or one code of a list, and need no more than a look."""
        if type(value) is str:
            if column.is_plain_text:
                return value
            if column.code_list is not None:
                return self.page.code_lists[column.code_list].words(self.page.language).get(value, value)
        return self.page.value_in_words(column, value)

    def _noted_cell(
        self,
        column: ColumnDefinition,
        row: PlanRow,
        comments: Sequence[ReviewComment],
        before: Mapping[str, Value | None],
    ) -> CellView:
        return self._cell(column, row)._replace(
            remarks=tuple(RemarkView(one) for one in comments if one.column_key == column.key),
            before=self._was(column.key, row).text if column.key in before else None,
        )

    def _was(self, column_key: str, row: PlanRow) -> Was:
        column = self.sheet.column(column_key)
        value = self.page.before[self.sheet.key, row.row_uid][column_key]
        return Was(column.label.in_language(self.page.language), self.page.value_in_words(column, value))

    def _references(self, column: ColumnDefinition, row: PlanRow) -> tuple[Reference, ...]:
        if column.key not in row.values:
            return ()
        value = row.values[column.key]
        names = self.page.row_names.get(column.refers_to or "", {})
        codes = value if isinstance(value, list) else [str(value)]
        return tuple(names.get(code, Reference(code, "", "")) for code in codes)

    def _remark(self, comment: ReviewComment) -> RemarkView:
        column = next((one for one in self.columns if one.key == comment.column_key), None)
        row = next((one for one in self.rows if one.row_uid == comment.row_uid), None)
        if column is None:
            gone = comment.row_uid is not None and row is None
            return RemarkView(comment, _("a row that is no longer here") if gone else "")
        label = self.labels[column.key]
        found = self.page.words(column, row) if row else _("a row that is no longer here")
        return RemarkView(comment, ": ".join((label, found or _("empty"))))
