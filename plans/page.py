"""A plan as people read it: sections with rows and cells in words, remarks beside them, totals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core import clock
from core.i18n import _, language
from plans.columns import display
from plans.content import Difference
from plans.definitions import (
    ColumnDefinition,
    PlanContent,
    PlanRow,
    SheetDefinition,
    TemplateDefinition,
    Value,
)
from plans.downloads import references_to
from plans.models import OPEN_COMMENTS, UNSETTLED, CommentState, PlanVersion, ReviewComment
from plans.page_parts import Place, Reference, RemarkView, SectionView
from plans.page_sections import SheetOnPage
from plans.prefill import METADATA, PARTNERS
from plans.queries import comments_of, covering_plan
from plans.row_queries import values_of_rows
from plans.templates import definition_of
from programme.code_lists import CodeList
from programme.queries import the_programme

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
    changed: Difference | None = None
    """What is new since the version before, for whoever reads the plan again."""
    narrowed: bool = False
    """Everything but that, and remarks that are not settled, lies folded."""

    @cached_property
    def sections(self) -> list[SectionView]:
        """Sheets with something on them, and empty ones that a plan needs."""
        views = [SheetOnPage(self, sheet).view() for sheet in self.definition.content_sheets]
        return [view for view in views if view.rows or view.required or view.remarks]

    @cached_property
    def remarks(self) -> list[RemarkView]:
        """Every remark once, in the order of the page: those on the whole plan first."""
        if not self.comments:
            return []
        placed = []
        for section in self.sections:
            placed += [RemarkView(one.comment, one.about, section.title) for one in section.remarks]
            for row in section.rows:
                place = ", ".join(filter(None, (section.title, row.code or row.title)))
                placed += [RemarkView(one.comment, one.about, place) for one in row.all_remarks]
        return [*self.plan_remarks, *placed]

    @cached_property
    def waiting_remarks(self) -> list[RemarkView]:
        """What the last round left to be settled, in the order of the page: open ones and answered ones."""
        return [one for one in self.remarks if one.comment.state in UNSETTLED]

    @property
    def listed_remarks(self) -> list[RemarkView]:
        """As a list of them begins: open ones first, then answered ones, what is not sent yet, settled ones last."""
        order = {CommentState.ANSWERED: 1, CommentState.DRAFT: 2, CommentState.RESOLVED: 3}
        return sorted(self.remarks, key=lambda one: order.get(one.comment.state, 0))

    @cached_property
    def before(self) -> dict[tuple[str, str], dict[str, Value | None]]:
        """What stood in the cells that were changed: sheet and row -> column -> value."""
        found: dict[tuple[str, str], dict[str, Value | None]] = {}
        for one in self.changed.changed if self.changed else ():
            found.setdefault((one.sheet_key, one.row_uid), {})[one.column_key] = one.before
        return found

    @cached_property
    def added(self) -> frozenset[tuple[str, str]]:
        return frozenset((one.sheet_key, one.row_uid) for one in (self.changed.added if self.changed else ()))

    def changed_columns(self, sheet_key: str) -> set[str]:
        return {key for (sheet, _row), keys in self.before.items() if sheet == sheet_key for key in keys}

    @property
    def changes_count(self) -> int:
        """Places on the page that a second reading stops at: a changed cell each, and each new row once."""
        return sum(row.changes_count for section in self.sections for row in section.rows)

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
                names[sheet.key] = {one.code: one for one in self._names_of(sheet, sheet.code_column)}
        return names

    def _names_of(self, sheet: SheetDefinition, code_column: str) -> Iterable[Reference]:
        named_by = sheet.column(sheet.text_column) if sheet.text_column else None
        for row in self.content.rows(sheet.key):
            if code_column in row.values:
                words = self.words(named_by, row) if named_by else ""
                yield Reference(str(row.values[code_column]), words, f"row-{row.row_uid}")

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
        return "" if self.public and column.private else self.value_in_words(column, value)

    def value_in_words(self, column: ColumnDefinition, value: Value | None) -> str:
        if value is None:
            return ""
        return display(column, value, code_lists=self.code_lists, language=self.language)


def plan_page(
    version: PlanVersion,
    *,
    comments: Sequence[ReviewComment] = (),
    general: PlanVersion | None = None,
    changed: Difference | None = None,
    narrowed: bool = False,
    public: bool = False,
) -> PlanPage:
    """``general`` is the plan that an annual one refers to."""
    return PlanPage(
        definition=definition_of(version),
        content=version.rows,
        code_lists=the_programme().code_lists,
        language=language(),
        first_year=version.plan.year_from,
        general=references_to(general),
        comments=comments,
        public=public,
        changed=changed,
        narrowed=narrowed,
    )


def review_page(version: PlanVersion) -> PlanPage:
    """With every remark on it, to find the place a new one belongs to."""
    return plan_page(version, comments=comments_of(version), general=covering_plan(version.plan))


def visible_comments(version: PlanVersion, person_id: int) -> list[ReviewComment]:
    """Remarks not sent yet are seen by nobody but their author, and by whom the review went over to."""
    today = clock.today()
    return [comment for comment in comments_of(version) if comment.is_open_to(person_id, today)]


def place_of(remark: ReviewComment, version: PlanVersion) -> str:
    """Where a remark stands, for those who read it away from the page: ``Needs, N1, Source``."""
    rows = version.rows.rows(remark.sheet) if remark.sheet else ()
    row = next((row for row in rows if row.row_uid == remark.row_uid), None)
    return place_in(definition_of(version), remark, row.values if row else {})


def places_of(version: PlanVersion, remarks: Iterable[ReviewComment]) -> Callable[[ReviewComment], str]:
    """The same for several: of a long plan only the rows that they are about are read."""
    values = values_of_rows(version, {remark.row_uid for remark in remarks if remark.row_uid})
    definition = definition_of(version)
    return lambda remark: place_in(definition, remark, values.get((remark.sheet, remark.row_uid), {}))


def place_in(definition: TemplateDefinition, remark: ReviewComment, values: Mapping[str, Any]) -> str:
    """The same without the version; ``values``: of the row, empty where it is no longer there."""
    if remark.sheet is None:
        return _("The whole plan")
    sheet = definition.sheet(remark.sheet)
    code = values.get(sheet.code_column or "")
    column = sheet.column(remark.column_key).label.in_language(language()) if remark.column_key else None
    return ", ".join(str(part) for part in (sheet.title.in_language(language()), code, column) if part)
