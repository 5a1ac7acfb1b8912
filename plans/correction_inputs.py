"""One cell of a plan as a field of a form, made from its column: what it shows, and what it offers."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.i18n import _
from core.i18n import language as language_in_force
from plans.columns import CHOICE_TYPES, NUMBER_TYPES, REFERENCE_TYPES, editable_text, expected, parse
from plans.corrections import Cell
from plans.definitions import (
    ColumnDefinition,
    ColumnType,
    Layout,
    PlanContent,
    TemplateDefinition,
    Value,
)
from plans.finding_texts import describe
from plans.findings import Finding, FindingCode, Severity
from plans.references import nearest_row, reference_targets
from plans.values.lists import shortened
from plans.values.readers import longest_text
from programme.code_lists import CodeLists

LONGEST_NAME = 80

Sent = Mapping[str, Sequence[str]]
"""Name of a field -> what was sent in it."""


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class CellInput:
    cell: Cell
    kind: Kind
    label: str
    help: str
    values: tuple[str, ...]
    """What it shows: one text, or the values that are chosen."""
    options: tuple[Option, ...] = ()
    longest: int | None = None
    is_suggested: bool = False
    """It shows what could stand there, not what does."""
    is_decimal: bool = False
    error: str = ""

    @property
    def name(self) -> str:
        return self.cell.name

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    def is_changed(self, sent: Sequence[str]) -> bool:
        """A list does not show what it does not offer: that this is not sent is nobody's doing."""
        offered = {option.value for option in self.options}
        shown = [value for value in self.values if value in offered] if offered else self.values
        return filled(sent) != filled(shown)


def filled(values: Iterable[str]) -> list[str]:
    return [value.strip().replace("\r\n", "\n") for value in values if value.strip()]


class Inputs:
    """Makes the inputs of one page. ``sent`` and ``problems`` are those of a form that was not taken."""

    def __init__(
        self,
        content: PlanContent,
        definition: TemplateDefinition,
        *,
        code_lists: CodeLists,
        general: PlanContent | None = None,
        sent: Sent | None = None,
        problems: Mapping[Cell, Finding] | None = None,
    ) -> None:
        self._definition, self._code_lists = definition, code_lists
        self._language = language_in_force()
        self._content = content
        self._targets = reference_targets(content, definition, general)
        self._rows = {(key, row.row_uid): row.values for key, rows in content.sheets.items() for row in rows}
        self._sent, self._problems = sent or {}, problems or {}

    def of(
        self, cell: Cell, finding: Finding | None, *, told: bool = False, shown: Value | None = None
    ) -> CellInput | None:
        """With what the finding suggests or what was typed, else with what the plan has. None where there is nothing
        to choose from yet. ``told``: what is expected stands beside it already. ``shown``: what a row to add has there
        from the start."""
        if cell.named_in:
            return self._pointing(cell, *cell.named_in)
        column = self._definition.sheet(cell.sheet_key).column(cell.column_key)
        options = self._options(column, keep=_codes((self.row(cell) or {}).get(column.key, shown)))
        kind = self._kind(column, options)
        if kind is None:
            return None
        problem = self._problems.get(cell)
        return CellInput(
            cell,
            kind,
            label=self.label(cell),
            help=self._help(column) if kind is Kind.NUMBER and not told else "",
            values=self._values(cell, column, kind, finding, shown=shown),
            options=options,
            longest=longest_text(column) if kind in (Kind.TEXT, Kind.LONG_TEXT) else None,
            is_suggested=finding is not None and finding.suggestion is not None,
            is_decimal=column.type in (ColumnType.DECIMAL, ColumnType.MONEY),
            error=self._sentence(problem) if problem else "",
        )

    def _pointing(self, cell: Cell, sheet_key: str, column_key: str) -> CellInput | None:
        """The rows that could name this one, by code and text. The likeliest is suggested."""
        sheet = self._definition.sheet(sheet_key)
        rows = self._content.rows(sheet_key)
        options = tuple(
            Option(row.row_uid, self.row_name(Cell(sheet_key, row.row_uid, column_key))) for row in rows
        )
        own = self._definition.sheet(cell.sheet_key)
        text = str((self.row(cell) or {}).get(own.text_column or "", ""))
        likeliest = nearest_row(text, rows, sheet)
        return CellInput(
            cell,
            Kind.CHOICES,
            label=_("Goals that answer this need"),
            help="",
            values=tuple(self._sent.get(cell.name, [likeliest] if likeliest else [])),
            options=options,
            is_suggested=likeliest is not None,
        )

    def row_name(self, cell: Cell) -> str:
        """By its code and text; a row without them by its number."""
        sheet, values = self._definition.sheet(cell.sheet_key), self.row(cell)
        if sheet.layout is Layout.RECORD or values is None:
            return ""
        named = [str(values[key]) for key in (sheet.code_column, sheet.text_column) if key and key in values]
        uids = [row.row_uid for row in self._content.rows(sheet.key)]
        number = _("row %(number)s", number=uids.index(cell.row_uid) + 1)
        return shortened(" ".join(named), LONGEST_NAME) or number

    def label(self, cell: Cell) -> str:
        return (
            self._definition.sheet(cell.sheet_key).column(cell.column_key).label.in_language(self._language)
        )

    def row(self, cell: Cell) -> Mapping[str, Value] | None:
        return self._rows.get((cell.sheet_key, cell.row_uid))

    def _values(
        self,
        cell: Cell,
        column: ColumnDefinition,
        kind: Kind,
        finding: Finding | None,
        *,
        shown: Value | None,
    ) -> tuple[str, ...]:
        problem = self._problems.get(cell)
        if problem is not None and _is_refused(problem):
            return ()
        if cell.name in self._sent:
            return tuple(self._sent[cell.name])
        if finding is not None and _is_refused(finding):
            return ()
        text = (finding.suggestion or finding.typed) if finding else None
        current = (self.row(cell) or {}).get(column.key, shown)
        return self._of_text(column, kind, text) if text else self._of_value(column, kind, current)

    def _of_text(self, column: ColumnDefinition, kind: Kind, text: str) -> tuple[str, ...]:
        if kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER):
            return (text,)
        return _codes(parse(column, text, self._code_lists, self._language).value)

    def _of_value(self, column: ColumnDefinition, kind: Kind, value: Value | None) -> tuple[str, ...]:
        if kind in (Kind.CHOICE, Kind.CHOICES, Kind.DATE):
            return _codes(value)
        text = editable_text(column, value, self._code_lists, self._language)
        return (text,) if text else ()

    def _help(self, column: ColumnDefinition) -> str:
        return expected(column, self._code_lists, self._language)

    def _options(self, column: ColumnDefinition, *, keep: Container[str]) -> tuple[Option, ...]:
        """What is offered today, and what stands in this cell already."""
        if column.code_list is not None:
            listed = self._code_lists[column.code_list]
            offered = listed.offered(keep=keep)
            return tuple(Option(one.code, one.labels.in_language(self._language)) for one in offered)
        targets = self._targets.get(column.refers_to or "")
        if targets is None:
            return ()
        return tuple(
            Option(code, shortened(f"{code} {text}", LONGEST_NAME)) for code, text in targets.texts.items()
        )

    def _kind(self, column: ColumnDefinition, options: Sequence[Option]) -> Kind | None:
        if column.type in CHOICE_TYPES or column.refers_to in self._targets:
            if not options:
                return None if self._definition.find_sheet(column.refers_to or "") else Kind.TEXT
            is_one = column.type in (ColumnType.CHOICE, ColumnType.REFERENCE)
            return Kind.CHOICE if is_one else Kind.CHOICES
        if column.type in NUMBER_TYPES:
            return Kind.NUMBER
        if column.type is ColumnType.DATE:
            return Kind.DATE
        is_long = column.type in REFERENCE_TYPES | {ColumnType.LONG_TEXT}
        return Kind.LONG_TEXT if is_long else Kind.TEXT

    def _sentence(self, problem: Finding) -> str:
        said = describe(problem, self._definition, code_lists=self._code_lists)
        return f"{said.problem} {said.expected}".strip()


def _is_refused(finding: Finding) -> bool:
    """What must not be kept is not shown again either."""
    return finding.code is FindingCode.PERSONAL_DATA and finding.severity is Severity.ERROR


def _codes(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (str(value),)
