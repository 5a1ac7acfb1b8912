"""A content of one template version in the next: what stays, goes by another name, is new, or has no place any more."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from plans.columns import display, parse
from plans.definitions import ColumnDefinition, PlanContent, PlanRow, TemplateDefinition, Value
from plans.findings import Finding, FindingCode, Severity
from programme.code_lists import CodeLists

Column = tuple[str, str]
"""(sheet key, column key)"""

LANGUAGES = ("pl", "en")
LOST = frozenset({"value_gone", "value_unfit"})
"""Reasons of cells whose value has no place any more."""


@dataclass(frozen=True)
class Carried:
    content: PlanContent
    findings: tuple[Finding, ...]
    """Of single cells: a value that another stands for now, or that has no place any more."""
    lost: frozenset[tuple[str, str, str]]
    """(sheet key, row_uid, column key), by its new name, of cells whose value has no place any more."""


@dataclass(frozen=True)
class Step:
    """From one version to the next."""

    old: TemplateDefinition
    new: TemplateDefinition

    @cached_property
    def columns(self) -> dict[Column, ColumnDefinition]:
        return _columns(self.new)

    @cached_property
    def old_columns(self) -> dict[Column, ColumnDefinition]:
        return _columns(self.old)

    @cached_property
    def renamed(self) -> dict[Column, Column]:
        names = {_named(old): _named(new) for old, new in self.new.renamed_keys.items()}
        return {old: new for old, new in names.items() if new in self.columns}

    def goes_to(self, old: Column) -> Column | None:
        """None where the new version has no such column."""
        target = self.renamed.get(old, old)
        return target if target in self.columns else None

    @property
    def added(self) -> list[Column]:
        """Columns that were not there in any way."""
        before = {self.renamed.get(old, old) for old in self.old_columns}
        return [one for one in self.columns if one not in before]

    @property
    def gone(self) -> list[Column]:
        return [one for one in self.old_columns if self.goes_to(one) is None]

    def called(self, column: Column) -> dict[str, str]:
        """As findings name it in each language; the new name where it has one, else the old."""
        definition = self.new if column in self.columns else self.old
        known = self.columns.get(column) or self.old_columns.get(column)
        if known is None:
            return {"column": ".".join(column)}
        sheet = definition.sheet(column[0]).name
        words = {f"column_{one}": f"{sheet}, {known.label.in_language(one)}" for one in LANGUAGES}
        return {"column": ".".join(column), **words}

    def was_called(self, column: Column) -> dict[str, str]:
        known = self.old_columns[column]
        words = {f"before_{one}": known.label.in_language(one) for one in LANGUAGES}
        return {"before": ".".join(column), **words}


def _columns(definition: TemplateDefinition) -> dict[Column, ColumnDefinition]:
    return {(sheet.key, one.key): one for sheet in definition.content_sheets for one in sheet.columns}


def _named(text: str) -> Column:
    sheet, _dot, column = text.partition(".")
    return sheet, column


def carry(
    content: PlanContent, old: TemplateDefinition, new: TemplateDefinition, lists: CodeLists
) -> Carried:
    """One version up. Of what changed in a column itself, its list or its kind, every cell is read anew."""
    step = Step(old, new)
    findings: list[Finding] = []
    sheets: dict[str, dict[str, dict[str, Value]]] = {}
    for sheet, rows in content.sheets.items():
        for row in rows:
            for target in _sheets_of(sheet, step):
                sheets.setdefault(target, {}).setdefault(row.row_uid, {})
            for key, value in row.values.items():
                to = step.goes_to((sheet, key))
                if to is None:
                    continue
                kept = _Cell(step, lists, (sheet, key), to, row.row_uid).carried(value, findings)
                if kept is not None:
                    sheets[to[0]][row.row_uid][to[1]] = kept
    rows_by_sheet = {
        sheet: tuple(PlanRow(uid, values) for uid, values in rows.items()) for sheet, rows in sheets.items()
    }
    lost = frozenset(
        (one.sheet_key or "", one.row_uid or "", one.column_key or "")
        for one in findings
        if one.reason in LOST
    )
    return Carried(PlanContent(rows_by_sheet), tuple(findings), lost)


def _sheets_of(sheet: str, step: Step) -> Iterable[str]:
    """Where the rows of a sheet are found again; a sheet that is no more leaves none."""
    found = (step.goes_to(column) for column in step.old_columns if column[0] == sheet)
    return dict.fromkeys(to[0] for to in found if to is not None)


@dataclass(frozen=True)
class _Cell:
    step: Step
    lists: CodeLists
    was: Column
    at: Column
    row_uid: str

    def carried(self, value: Value, findings: list[Finding]) -> Value | None:
        old, new = self.step.old_columns[self.was], self.step.columns[self.at]
        if (old.type, old.code_list) == (new.type, new.code_list):
            return value
        if old.type is new.type:
            return self._codes(old, new, value, findings)
        read = parse(new, display(old, value, self._lists), self._lists)
        if read.problem is not None or read.value is None:
            findings.append(self._finding("value_unfit", Severity.WARNING, {}))
            return None
        return read.value

    def _codes(
        self, old: ColumnDefinition, new: ColumnDefinition, value: Value, findings: list[Finding]
    ) -> Value | None:
        replaced = self.step.new.replaced_codes.get(new.code_list or "", {})
        known = self._lists[new.code_list or ""].codes
        kept: list[str] = []
        for code in value if isinstance(value, list) else [str(value)]:
            now = code if code in known else replaced.get(code)
            if now not in known or now is None:
                findings.append(self._finding("value_gone", Severity.WARNING, self._said(old, code, "was")))
                continue
            if now != code:
                words = {**self._said(old, code, "was"), **self._said(new, now, "after")}
                findings.append(self._finding("value_replaced", Severity.INFO, words))
            kept.append(now)
        if isinstance(value, list):
            return list(dict.fromkeys(kept)) or None
        return kept[0] if kept else None

    @cached_property
    def _lists(self) -> CodeLists:
        return {**self.lists, **self.step.old.code_lists, **self.step.new.code_lists}

    def _said(self, column: ColumnDefinition, code: str, name: str) -> dict[str, str]:
        """A value of a list, as each language calls it."""
        listed = self._lists[column.code_list or ""]
        return {name: code, **{f"{name}_{spoken}": listed.label(code, spoken) for spoken in LANGUAGES}}

    def _finding(self, reason: str, severity: Severity, params: Mapping[str, str]) -> Finding:
        return Finding(
            FindingCode.OLD_TEMPLATE,
            severity,
            reason,
            sheet_key=self.at[0],
            row_uid=self.row_uid,
            column_key=self.at[1],
            params=params,
        )


def moves(step: Step, shown: Iterable[Column]) -> Iterator[Finding]:
    """What a person whose file or plan has these columns should know of the step, each thing once."""
    present = list(shown)
    for column in present:
        if step.goes_to(column) is None:
            yield _told("column_gone", Severity.WARNING, step.called(column))
    for old, new in step.renamed.items():
        if old in present:
            yield _told("column_renamed", Severity.INFO, {**step.was_called(old), **step.called(new)})
    for column in step.added:
        yield _told("column_new", Severity.INFO, step.called(column))


def _told(reason: str, severity: Severity, params: Mapping[str, str]) -> Finding:
    return Finding(FindingCode.OLD_TEMPLATE, severity, reason, params=params)
