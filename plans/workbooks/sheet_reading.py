"""What reading one sheet of a plan workbook brings, and how each of its cells is read."""

import re
import secrets
from dataclasses import dataclass, field, replace

from core.personal_data import personal_kinds
from core.workbooks.raw import CellError, CellValue
from plans.columns import parse, repeatable
from plans.definitions import ColumnDefinition, PlanRow, SheetDefinition, Value
from plans.findings import Finding, FindingCode, Severity
from plans.values.lists import shortened
from plans.values.text import clean_lines
from plans.workbooks.places import Places, TablePlaces
from programme.code_lists import CodeLists


@dataclass(frozen=True)
class Limits:
    rows: int = 2000
    blank_rows: int = 100
    """After so many empty rows a table is over."""


@dataclass(frozen=True)
class Context:
    code_lists: CodeLists
    language: str
    for_everybody: bool
    """A public file: its private columns are empty on purpose, which says nothing about the plan."""
    limits: Limits = field(default_factory=Limits)
    own_texts: frozenset[str] = frozenset()
    """On the sheet of remarks what the workbook brought along, without line breaks: that was judged where it was typed."""

    def is_own(self, text: str) -> bool:
        return " ".join(text.split()) in self.own_texts

    def counts(self, column: ColumnDefinition) -> bool:
        return not (column.private and self.for_everybody)


@dataclass(frozen=True)
class Answer:
    """What an author answered to a remark in the workbook."""

    comment_uid: str
    answer_kind: str | None
    answer: str
    cell: str = field(default="", compare=False)
    """Where its remark is named in the file."""


@dataclass
class SheetReading:
    columns: frozenset[str] = frozenset()
    rows: list[PlanRow] = field(default_factory=list)
    emptied: set[str] = field(default_factory=set)
    not_taken: set[tuple[str, str]] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    places: Places = field(default_factory=TablePlaces)
    answers: list[Answer] = field(default_factory=list)


GIVEN_ID = re.compile(r"[0-9a-f]{12}")


def new_row_uid() -> str:
    return secrets.token_hex(6)


def no_header(sheet: SheetDefinition) -> Finding:
    return Finding(FindingCode.UNREADABLE, Severity.ERROR, "no_header", sheet_key=sheet.key)


class CellReader:
    """Turns cells into values; what cannot be taken over becomes a finding and is remembered."""

    def __init__(self, sheet: SheetDefinition, context: Context, reading: SheetReading) -> None:
        self._sheet, self._context, self._reading = sheet, context, reading

    def read(
        self, column: ColumnDefinition, raw: CellValue | CellError | None, *, row_uid: str, cell: str
    ) -> Value | None:
        if isinstance(raw, str) and not column.code_list and self._context.is_own(raw):
            return clean_lines(raw)
        parsed = parse(column, raw, self._context.code_lists, self._context.language)
        if parsed.problem and raw is not None:
            finding = parsed.problem.finding(column, sheet_key=self._sheet.key, row_uid=row_uid, cell=cell)
            typed = repeatable(column, raw, parsed.problem, self._context.language)
            self._reading.findings.append(replace(finding, typed=typed))
            self._reading.not_taken.add((row_uid, column.key))
        return parsed.value

    def refused_in(self, row_uid: str) -> bool:
        return any(uid == row_uid for uid, _column in self._reading.not_taken)


def shareable(text: str) -> str:
    """A name somebody gave a sheet or a column, to be repeated to them; nothing if it holds personal data."""
    name = shortened(text)
    return "" if any(True for _ in personal_kinds(text)) else name
