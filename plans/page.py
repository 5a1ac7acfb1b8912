"""A plan as people read it: sections with rows and cells in words, remarks beside them, totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.i18n import _, language
from plans.columns import display
from plans.definitions import (
    ColumnDefinition,
    ColumnType,
    Layout,
    PlanContent,
    PlanRow,
    SheetDefinition,
    TemplateDefinition,
)
from plans.models import OPEN_COMMENTS, CommentState, PlanVersion, ReviewComment
from plans.queries import comments_of
from plans.templates import definition_of
from programme.code_lists import CodeList
from programme.queries import the_programme

NUMERIC = frozenset({ColumnType.WHOLE_NUMBER, ColumnType.DECIMAL, ColumnType.MONEY})
WIDE_FROM = 3
"""A sheet with so many figures in a row is read best as a table, any other as one card a row."""


@dataclass(frozen=True)
class CellView:
    column_key: str
    label: str
    text: str
    numeric: bool
    remarks: tuple[ReviewComment, ...] = ()


@dataclass(frozen=True)
class RowView:
    uid: str
    code: str | None
    title: str
    cells: tuple[CellView, ...]
    remarks: tuple[ReviewComment, ...]

    @property
    def fragment(self) -> str:
        return f"row-{self.uid}"

    @property
    def all_remarks(self) -> tuple[ReviewComment, ...]:
        return (*self.remarks, *(remark for cell in self.cells for remark in cell.remarks))


@dataclass(frozen=True)
class SectionView:
    key: str
    title: str
    help: str
    is_record: bool
    is_wide: bool
    columns: tuple[ColumnDefinition, ...]
    rows: tuple[RowView, ...]
    remarks: tuple[ReviewComment, ...]
    required: bool


@dataclass(frozen=True)
class Place:
    """Where a remark stands, in words and as the fields of a remark."""

    anchor: Mapping[str, str | None]
    words: str
    quote: str = ""
    fragment: str = ""


@dataclass(frozen=True)
class PlanPage:
    """``public`` leaves out every private column, here as in every public file."""

    definition: TemplateDefinition
    content: PlanContent
    code_lists: Mapping[str, CodeList]
    language: str
    comments: Sequence[ReviewComment] = field(default_factory=tuple)
    public: bool = False

    @cached_property
    def sections(self) -> list[SectionView]:
        """Sheets with something on them, and empty ones that a plan needs."""
        views = [self._section(sheet) for sheet in self.definition.content_sheets]
        return [view for view in views if view.rows or view.required or view.remarks]

    @property
    def plan_remarks(self) -> list[ReviewComment]:
        return [remark for remark in self.comments if remark.sheet is None]

    @property
    def open_remarks(self) -> list[ReviewComment]:
        return [remark for remark in self.comments if remark.state in OPEN_COMMENTS]

    @property
    def draft_remarks(self) -> list[ReviewComment]:
        return [remark for remark in self.comments if remark.state is CommentState.DRAFT]

    def _section(self, sheet: SheetDefinition) -> SectionView:
        rows = self.content.rows(sheet.key)
        columns = tuple(self._shown_columns(sheet, rows))
        figures = sum(column.type in NUMERIC for column in columns)
        return SectionView(
            key=sheet.key,
            title=sheet.title.in_language(self.language),
            help=sheet.help.in_language(self.language),
            is_record=sheet.layout is Layout.RECORD,
            is_wide=figures >= WIDE_FROM,
            columns=columns,
            rows=tuple(self._row(sheet, columns, row) for row in rows),
            remarks=self._remarks(sheet.key, None, None),
            required=sheet.min_rows > 0,
        )

    def _shown_columns(self, sheet: SheetDefinition, rows: Sequence[PlanRow]) -> Iterable[ColumnDefinition]:
        filled = {key for row in rows for key in row.values}
        remarked = {remark.column_key for remark in self.comments if remark.sheet == sheet.key}
        return (
            column
            for column in sheet.columns
            if column.key in filled | remarked and not (self.public and column.private)
        )

    def _row(self, sheet: SheetDefinition, columns: Sequence[ColumnDefinition], row: PlanRow) -> RowView:
        apart = {sheet.code_column, sheet.text_column} if sheet.layout is Layout.TABLE else set()
        cells = (self._cell(sheet, column, row) for column in columns)
        kept = tuple(
            cell for cell in cells if (cell.text or cell.remarks) or any(c.type in NUMERIC for c in columns)
        )
        return RowView(
            uid=row.row_uid,
            code=str(row.values[sheet.code_column])
            if sheet.code_column and sheet.code_column in row.values
            else None,
            title=self._title(sheet, row),
            cells=tuple(cell for cell in kept if cell.column_key not in apart or cell.remarks),
            remarks=self._remarks(sheet.key, row.row_uid, None),
        )

    def _title(self, sheet: SheetDefinition, row: PlanRow) -> str:
        if sheet.text_column and sheet.text_column in row.values:
            return self._words(sheet.column(sheet.text_column), row)
        return ""

    def _cell(self, sheet: SheetDefinition, column: ColumnDefinition, row: PlanRow) -> CellView:
        return CellView(
            column_key=column.key,
            label=column.label.in_language(self.language),
            text=self._words(column, row),
            numeric=column.type in NUMERIC,
            remarks=self._remarks(sheet.key, row.row_uid, column.key),
        )

    def _words(self, column: ColumnDefinition, row: PlanRow) -> str:
        value = row.values.get(column.key)
        if value is None or (self.public and column.private):
            return ""
        return display(column, value, code_lists=self.code_lists, language=self.language)

    def _remarks(self, sheet: str, row_uid: str | None, column_key: str | None) -> tuple[ReviewComment, ...]:
        return self._remarks_by_place.get((sheet, row_uid, column_key), ())

    @cached_property
    def _remarks_by_place(self) -> dict[tuple[str | None, str | None, str | None], tuple[ReviewComment, ...]]:
        places: dict[tuple[str | None, str | None, str | None], tuple[ReviewComment, ...]] = {}
        for remark in self.comments:
            place = (remark.sheet, remark.row_uid, remark.column_key)
            places[place] = (*places.get(place, ()), remark)
        return places

    def place(self, named: Mapping[str, Any]) -> Place:
        """The place an address names by ``sheet``, ``row`` and ``column``; what is not there means the next larger."""
        section = next((one for one in self.sections if one.key == named.get("sheet")), None)
        if section is None:
            return Place({}, _("the whole plan"))
        row = next((one for one in section.rows if one.uid == named.get("row")), None)
        if row is None:
            return Place({"sheet": section.key}, section.title, fragment=f"section-{section.key}")
        column = next((one for one in section.columns if one.key == named.get("column")), None)
        anchor = {"sheet": section.key, "row_uid": row.uid, "column_key": column.key if column else None}
        named_row = " ".join(part for part in (row.code, row.title) if part)
        label = column.label.in_language(self.language) if column else None
        words = ": ".join(part for part in (section.title, label) if part)
        cell = next((one for one in row.cells if column and one.column_key == column.key), None)
        return Place(anchor, words, quote=cell.text if cell else named_row, fragment=row.fragment)


def plan_page(
    version: PlanVersion, *, comments: Sequence[ReviewComment] = (), public: bool = False
) -> PlanPage:
    return PlanPage(
        definition=definition_of(version.plan),
        content=version.rows,
        code_lists=the_programme().code_lists,
        language=language(),
        comments=comments,
        public=public,
    )


def review_page(version: PlanVersion) -> PlanPage:
    """With every remark on it, to find the place a new one belongs to."""
    return plan_page(version, comments=comments_of(version))


def visible_comments(version: PlanVersion, person_id: int) -> list[ReviewComment]:
    """Remarks not sent yet are seen by nobody but their author."""
    return [
        comment
        for comment in comments_of(version)
        if comment.state is not CommentState.DRAFT or comment.author_id == person_id
    ]
