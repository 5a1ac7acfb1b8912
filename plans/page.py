"""A plan as people read it: sections with rows and cells in words, remarks beside them, totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.i18n import _, language
from core.labels import Tone
from plans.columns import display
from plans.definitions import (
    ColumnDefinition,
    Layout,
    PlanContent,
    PlanRow,
    SheetDefinition,
    TemplateDefinition,
)
from plans.downloads import references_to
from plans.models import OPEN_COMMENTS, CommentState, PlanVersion, ReviewComment
from plans.page_figures import Strip, measures_of, strip_of, totals_of
from plans.page_parts import CellView, Place, Reference, RemarkView, RowGroup, RowView, SectionView, Tag
from plans.prefill import METADATA, PARTNERS
from plans.queries import comments_of, covering_plan
from plans.templates import definition_of
from programme.code_lists import CodeList
from programme.queries import the_programme

STATUS, QUARTER = "status", "quarter"
STATUS_TONES = {
    "confirmed": Tone.INFO, "running": Tone.INFO, "done": Tone.SUCCESS, "moved": Tone.WARNING, "cancelled": Tone.DANGER,
}  # fmt: skip

UNITS = {"measure_value": "measure_unit"}
"""Columns whose value is read together with its unit."""
LONG_LIST, MANY_FACTS, SHOWN_AT_ONCE = 12, 10, 4
"""In a longer list, or of a row with more facts, only so many are shown at once; the others unfold."""

References = Mapping[str, Mapping[str, str]]
"""Sheet key -> code -> the words of the row."""


@dataclass(frozen=True)
class PlanPage:
    """``public`` leaves out every private column, here as in every public file."""

    definition: TemplateDefinition
    content: PlanContent
    code_lists: Mapping[str, CodeList]
    language: str
    first_year: int
    general: References = field(default_factory=dict)
    """What an annual plan's rows refer to in the general plan."""
    comments: Sequence[ReviewComment] = field(default_factory=tuple)
    public: bool = False

    @cached_property
    def sections(self) -> list[SectionView]:
        """Sheets with something on them, and empty ones that a plan needs."""
        views = [_Sheet(self, sheet).view() for sheet in self.definition.content_sheets]
        return [view for view in views if view.rows or view.required or view.remarks]

    @cached_property
    def remarks(self) -> list[RemarkView]:
        """Every remark once, in the order of the page: those on the whole plan first."""
        placed = []
        for section in self.sections:
            placed += [RemarkView(one.comment, one.about, section.title) for one in section.remarks]
            for row in section.rows:
                place = f"{section.title}, {row.code or row.title}"
                placed += [RemarkView(one.comment, one.about, place) for one in row.remarks]
        return [*self.plan_remarks, *placed]

    @cached_property
    def plan_remarks(self) -> list[RemarkView]:
        return [RemarkView(comment) for comment in self.comments if comment.sheet is None]

    @property
    def is_fresh(self) -> bool:
        """Nothing but what was filled in when the plan was started."""
        return set(self.content.sheets) <= {METADATA, PARTNERS}

    @property
    def open_remarks(self) -> list[ReviewComment]:
        return [remark for remark in self.comments if remark.state in OPEN_COMMENTS]

    @property
    def draft_remarks(self) -> list[ReviewComment]:
        return [remark for remark in self.comments if remark.state is CommentState.DRAFT]

    @cached_property
    def row_names(self) -> dict[str, dict[str, Reference]]:
        """What a reference may name, by sheet and code: rows of this plan, or of the general plan it belongs to."""
        names = {
            sheet: {code: Reference(code, words, "") for code, words in codes.items()}
            for sheet, codes in self.general.items()
        }
        for sheet in self.definition.content_sheets:
            if sheet.code_column:
                names[sheet.key] = {
                    str(row.values[sheet.code_column]): Reference(
                        str(row.values[sheet.code_column]),
                        self._row_words(sheet, row),
                        f"row-{row.row_uid}",
                    )
                    for row in self.content.rows(sheet.key)
                    if sheet.code_column in row.values
                }
        return names

    def _row_words(self, sheet: SheetDefinition, row: PlanRow) -> str:
        return self.words(sheet.column(sheet.text_column), row) if sheet.text_column else ""

    def place(self, named: Mapping[str, Any]) -> Place:
        """The place an address names by ``sheet``, ``row`` and ``column``; what is not there means the next larger."""
        section = next((one for one in self.sections if one.key == named.get("sheet")), None)
        if section is None:
            return Place(_("the whole plan"))
        row = next((one for one in section.rows if one.uid == named.get("row")), None)
        if row is None:
            return Place(section.title, section.key, fragment=section.fragment)
        cells = tuple((key, f"{label}: {text}") for key, label, text in self._cells_of(section, row.uid))
        column = next((one for one in section.columns if one.key == named.get("column")), None)
        key = column.key if column else None
        return Place(
            section.title, section.key, row.uid, key, quote=row.name, fragment=row.fragment, cells=cells
        )

    def _cells_of(self, section: SectionView, row_uid: str) -> Iterable[tuple[str, str, str]]:
        row = next(one for one in self.content.rows(section.key) if one.row_uid == row_uid)
        for column in section.columns:
            yield column.key, column.label.in_language(self.language), self.words(column, row) or _("empty")

    def words(self, column: ColumnDefinition, row: PlanRow) -> str:
        value = row.values.get(column.key)
        if value is None or (self.public and column.private):
            return ""
        return display(column, value, code_lists=self.code_lists, language=self.language)


class _Sheet:
    """One sheet of a page on its way to being a section."""

    def __init__(self, page: PlanPage, sheet: SheetDefinition) -> None:
        self.page, self.sheet = page, sheet
        self.rows = page.content.rows(sheet.key)
        self.is_record = sheet.layout is Layout.RECORD
        self.comments = [one for one in page.comments if one.sheet == sheet.key]
        self.columns = tuple(self._shown_columns())
        self.strip = Strip() if self.is_record else self._strip()

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
            required=self.sheet.min_rows > 0,
        )

    def _shown_columns(self) -> Iterable[ColumnDefinition]:
        filled = {key for row in self.rows for key in row.values}
        remarked = {one.column_key for one in self.comments}
        return (
            column
            for column in self.sheet.columns
            if column.key in filled | remarked and not (self.page.public and column.private)
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
        heading = self._heading()
        apart = {self.sheet.code_column, heading.key if heading else None, *self.strip.keys}
        apart |= {STATUS, QUARTER} if QUARTER in row.values else {STATUS}
        apart |= set(UNITS.values())
        shown = self.columns if self.is_record else [one for one in self.columns if one.key not in apart]
        cells = tuple(self._cell(column, row) for column in shown if column.key in row.values)
        folds = not self.is_record and (len(self.rows) > LONG_LIST or len(cells) > MANY_FACTS)
        at_once = SHOWN_AT_ONCE if folds else len(cells)
        return RowView(
            uid=row.row_uid,
            code=str(code) if code else None,
            title=self.page.words(heading, row) if heading else "",
            tag=self._tag(row),
            cells=cells[:at_once],
            more=cells[at_once:],
            measures=measures_of(row, self.strip, language=self.page.language),
            remarks=tuple(self._remark(one) for one in self.comments if one.row_uid == row.row_uid),
        )

    def _heading(self) -> ColumnDefinition | None:
        """What people recognise a row by: the sheet's text, or simply its first column."""
        if self.is_record:
            return None
        named = (one for one in self.columns if one.key == self.sheet.text_column)
        return next(named, self.columns[0] if self.columns and not self.sheet.text_column else None)

    def _tag(self, row: PlanRow) -> Tag | None:
        column = next((one for one in self.columns if one.key == STATUS), None)
        if column is None or STATUS not in row.values:
            return None
        return Tag(self.page.words(column, row), STATUS_TONES.get(str(row.values[STATUS]), Tone.NEUTRAL))

    def _cell(self, column: ColumnDefinition, row: PlanRow) -> CellView:
        label = column.label.in_language(self.page.language)
        words = self.page.words(column, row)
        if UNITS.get(column.key) in row.values:
            words = f"{words} {self.page.words(self.sheet.column(UNITS[column.key]), row)}"
        return CellView(column.key, label, words, self._references(column, row))

    def _references(self, column: ColumnDefinition, row: PlanRow) -> tuple[Reference, ...]:
        if column.refers_to is None:
            return ()
        value = row.values[column.key]
        names = self.page.row_names.get(column.refers_to, {})
        codes = value if isinstance(value, list) else [str(value)]
        return tuple(names.get(code, Reference(code, "", "")) for code in codes)

    def _remark(self, comment: ReviewComment) -> RemarkView:
        column = next((one for one in self.columns if one.key == comment.column_key), None)
        row = next((one for one in self.rows if one.row_uid == comment.row_uid), None)
        if column is None:
            gone = comment.row_uid is not None and row is None
            return RemarkView(comment, _("a row that is no longer here") if gone else "")
        label = column.label.in_language(self.page.language)
        found = self.page.words(column, row) if row else _("a row that is no longer here")
        return RemarkView(comment, ": ".join((label, found or _("empty"))))


def plan_page(
    version: PlanVersion,
    *,
    comments: Sequence[ReviewComment] = (),
    general: PlanVersion | None = None,
    public: bool = False,
) -> PlanPage:
    """``general`` is the plan that an annual one refers to."""
    return PlanPage(
        definition=definition_of(version.plan),
        content=version.rows,
        code_lists=the_programme().code_lists,
        language=language(),
        first_year=version.plan.year_from,
        general=references_to(general),
        comments=comments,
        public=public,
    )


def review_page(version: PlanVersion) -> PlanPage:
    """With every remark on it, to find the place a new one belongs to."""
    return plan_page(version, comments=comments_of(version), general=covering_plan(version.plan))


def visible_comments(version: PlanVersion, person_id: int) -> list[ReviewComment]:
    """Remarks not sent yet are seen by nobody but their author."""
    return [
        comment
        for comment in comments_of(version)
        if comment.state is not CommentState.DRAFT or comment.author_id == person_id
    ]


def place_of(remark: ReviewComment, version: PlanVersion) -> str:
    """Where a remark stands, for those who read it away from the page: ``Needs, N1, Source``."""
    if remark.sheet is None:
        return _("The whole plan")
    sheet = definition_of(version.plan).sheet(remark.sheet)
    row = next((row for row in version.rows.rows(sheet.key) if row.row_uid == remark.row_uid), None)
    code = row.values.get(sheet.code_column or "") if row else None
    column = sheet.column(remark.column_key).label.in_language(language()) if remark.column_key else None
    return ", ".join(str(part) for part in (sheet.title.in_language(language()), code, column) if part)
