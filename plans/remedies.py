"""What would put a finding right: cells to type into, a row to add, or a decision to take with one button."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from core.i18n import LazyString, _l
from plans.corrections import NAMED_IN, Cell, RowOf
from plans.definitions import Layout, PlanContent, SheetDefinition, TemplateDefinition, Value
from plans.findings import Finding, Severity
from plans.references import own_code
from plans.totals import CANCELLED, YEAR_SUFFIXES
from plans.workbooks.order import NEW_ROW

ROW_WANTED = frozenset({"rows_missing", "rows_missing_soon", "no_recommendation"})
"""A row is what is missing."""
ROW_MAY_HELP = frozenset({"rows_after_gap", "far_from_general_trainings"})

ALSO_ABOUT: Mapping[str, tuple[str, ...]] = {
    "dates_reversed": ("date_from",),
    "quarter_of_another_date": ("date_from",),
    "years_not_consecutive": ("year_from",),
    "target_below_baseline": ("baseline",),
    "more_persons_than_group": ("group_size",),
    "line_without_trainings": tuple(f"trainings_{suffix}" for suffix in YEAR_SUFFIXES),
}
"""Reason -> the other columns of the row: one of them may be the wrong one."""
NAMED_BESIDES = {"required_one_of": "other", "part_above_total": "total_column"}
"""Reason -> the param that names the other column."""
OF_THE_SAME_YEAR = {"trainings_without_hours": "trainings", "hours_without_trainings": "hours"}
DOWN_THE_COLUMN = {
    "far_from_general_hours": "hours_planned",
    "far_from_general_persons": "participants_planned",
}
"""Reason -> the column whose sum is far from what is wanted: any of its cells may be the wrong one."""
NOT_POINTED_AT = {"need_without_goal": ("goals", "need_codes")}
"""Reason -> where the row should be named and is not."""

ROW_TOO_MANY = frozenset({"duplicate_row", "row_repeated"})
"""The row says what another one says, so it can be taken out and nothing is lost."""

SETTLED_BY: Mapping[str, LazyString] = {
    "duplicate_row": _l("Keep both rows"),
    "older_template": _l("I have looked through them"),
    "column_gone": _l("It does not matter any more"),
    "value_gone": _l("It does not matter any more"),
    "value_unfit": _l("It does not matter any more"),
    "no_header": _l("Leave this sheet as the plan has it"),
    "too_many_rows": _l("Go on without the other rows"),
    "rows_after_gap": _l("Go on without these rows"),
    "repeated_column": _l("The first one counts"),
}
"""Reason -> what a person says to it. Only of the file itself: what the plan says is found again as long as it does."""
GO_ON = _l("Go on without it")
REMOVE = _l("Remove this row")
EMPTY = _l("Leave this field empty")


class ActKind(StrEnum):
    REMOVE = "remove"
    EMPTY = "empty"
    SETTLE = "settle"


@dataclass(frozen=True)
class Act:
    """What one button does about a finding."""

    kind: ActKind
    finding: Finding

    @property
    def key(self) -> str:
        """What the button sends."""
        cell = Cell.of(self.finding)
        if self.kind is ActKind.EMPTY and cell:
            return f"{self.kind}:{cell.name}"
        if self.kind is ActKind.REMOVE and self.row:
            return f"{self.kind}:{self.row[0]}.{self.row[1]}"
        one = self.finding
        said = repr((one.reason, one.sheet_key, one.cell, one.row_uid, sorted(one.params.items())))
        return f"{self.kind}:{sha256(said.encode()).hexdigest()[:12]}"

    @property
    def label(self) -> LazyString:
        if self.kind is ActKind.SETTLE:
            return SETTLED_BY.get(self.finding.reason, GO_ON)
        return REMOVE if self.kind is ActKind.REMOVE else EMPTY

    @property
    def row(self) -> RowOf | None:
        one = self.finding
        return (one.sheet_key, one.row_uid) if one.sheet_key and one.row_uid else None


@dataclass(frozen=True)
class RowToAdd:
    cells: tuple[Cell, ...]
    shown: Mapping[str, Value] = field(default_factory=dict)
    """Column key -> what stands there already."""

    @property
    def key(self) -> str:
        return f"{self.cells[0].sheet_key}.{self.cells[0].row_uid}"


@dataclass(frozen=True)
class Remedy:
    cells: tuple[Cell, ...] = ()
    """The one it is told at first."""
    row_to_add: RowToAdd | None = None
    acts: tuple[Act, ...] = ()


NOTHING = Remedy()


def remedy_for(finding: Finding, definition: TemplateDefinition, content: PlanContent) -> Remedy:
    """``NOTHING`` only where nothing is wrong, or where the page itself says how to go on."""
    if finding.severity is Severity.INFO:
        return NOTHING
    acts = tuple(_acts(finding, definition))
    sheet = definition.find_sheet(finding.sheet_key or "")
    if sheet is None or sheet not in definition.content_sheets:
        return Remedy(acts=acts)
    if finding.reason in NOT_POINTED_AT:
        return _to_be_pointed_at(finding, definition, content)
    if finding.reason in ROW_WANTED | ROW_MAY_HELP:
        return Remedy(row_to_add=new_row(sheet), acts=acts)
    if finding.reason in DOWN_THE_COLUMN:
        return Remedy(_down_the_column(sheet, DOWN_THE_COLUMN[finding.reason], content))
    cell = Cell.of(finding)
    if cell is None or not sheet.has_column(cell.column_key):
        return Remedy(acts=acts)
    nothing_there = _sheet_to_fill(cell, sheet, definition, content)
    if nothing_there is not None:
        return Remedy(row_to_add=nothing_there, acts=(*acts, *_may_be_empty(finding, sheet)))
    further = (key for key in _further_columns(finding) if sheet.has_column(key) and key != cell.column_key)
    return Remedy((cell, *(replace(cell, column_key=key) for key in further)), acts=acts)


def _acts(finding: Finding, definition: TemplateDefinition) -> Iterable[Act]:
    if finding.reason in ROW_TOO_MANY:
        yield Act(ActKind.REMOVE, finding)
    sheet = definition.find_sheet(finding.sheet_key or "")
    is_no_content = sheet is not None and sheet not in definition.content_sheets
    if finding.reason in SETTLED_BY or is_no_content:
        yield Act(ActKind.SETTLE, finding)


def _may_be_empty(finding: Finding, sheet: SheetDefinition) -> Iterable[Act]:
    if finding.reason == "nothing_to_refer_to" and not sheet.column(finding.column_key or "").is_core:
        yield Act(ActKind.EMPTY, finding)


def _further_columns(finding: Finding) -> Iterable[str]:
    yield from ALSO_ABOUT.get(finding.reason, ())
    if finding.reason in NAMED_BESIDES:
        yield finding.params.get(NAMED_BESIDES[finding.reason], "")
    if finding.reason in OF_THE_SAME_YEAR:
        _what, _, suffix = (finding.column_key or "").rpartition("_")
        yield f"{OF_THE_SAME_YEAR[finding.reason]}_{suffix}"


def _down_the_column(sheet: SheetDefinition, key: str, content: PlanContent) -> tuple[Cell, ...]:
    rows = (row for row in content.rows(sheet.key) if row.values.get("status") != CANCELLED)
    return tuple(Cell(sheet.key, row.row_uid, key) for row in rows)


# --- Rows to add ---------------------------------------------------------------------------------------


def new_row(
    sheet: SheetDefinition, *, called: str = "", shown: Mapping[str, Value] | None = None
) -> RowToAdd:
    """With what a row of the sheet needs, and what is known of it."""
    shown = shown or {}
    keys = [
        column.key
        for column in sheet.columns
        if column.required or column.required_unless or column.key in shown
    ]
    return RowToAdd(tuple(Cell(sheet.key, f"{NEW_ROW}{called}", key) for key in keys), shown)


def _to_be_pointed_at(finding: Finding, definition: TemplateDefinition, content: PlanContent) -> Remedy:
    """The rows that could name this one, to choose from; or a new one that does."""
    sheet_key, column_key = NOT_POINTED_AT[finding.reason]
    cell, pointing = Cell.of(finding), definition.find_sheet(sheet_key)
    if cell is None or pointing is None:
        return NOTHING
    own = definition.sheet(cell.sheet_key)
    code = next(
        (
            row.values.get(own.code_column or "")
            for row in content.rows(own.key)
            if row.row_uid == cell.row_uid
        ),
        None,
    )
    row = new_row(pointing, called=cell.row_uid, shown={column_key: [str(code)]} if code else {})
    return Remedy((replace(cell, column_key=f"{NAMED_IN}{sheet_key}.{column_key}"),), row)


def _sheet_to_fill(
    cell: Cell, sheet: SheetDefinition, definition: TemplateDefinition, content: PlanContent
) -> RowToAdd | None:
    """A reference into an empty sheet: there is nothing to choose from before that sheet has a row.

    The row gets the code or the text that points at it. Whoever points at the same, points at the same row.
    """
    target = definition.find_sheet(sheet.column(cell.column_key).refers_to or "")
    if target is None or target.layout is not Layout.TABLE or content.rows(target.key):
        return None
    written = next(
        (row.values.get(cell.column_key) for row in content.rows(sheet.key) if row.row_uid == cell.row_uid),
        None,
    )
    if written is None:
        return new_row(target)
    text = written[0] if isinstance(written, list) else str(written)
    code = own_code(text, target.code_prefix or "")
    key = (target.code_column if code else target.text_column) or ""
    shown = {key: code or text} if target.has_column(key) else {}
    return new_row(target, called=sha256(text.encode()).hexdigest()[:8], shown=shown)
