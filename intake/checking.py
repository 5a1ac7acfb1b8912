"""From cells to values: what may be kept is kept, what cannot be read is told, nothing is guessed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from core.personal_data import (
    SHORTEST_NAME_LIST,
    PersonalKind,
    is_full_name,
    is_private_mailbox,
    personal_kinds,
)
from core.workbooks.kinds import Unfit, WholeNumber
from core.workbooks.raw import CellError, cell_name, column_letters
from core.workbooks.typed import as_text
from intake.cells import Length
from intake.columns import NOTHING_PERSONAL, PLACE_KEYS, Column, folded, headings_of
from intake.findings import MOST_KEPT, Finding, Severity
from intake.grid import Cell, GridRow, GridSheet, as_data, header_row, headings, of_data
from intake.naming import Naming, typed_columns

TOTALS = (
    "razem", "suma ", "suma:", "ogółem", "łącznie", "łączna liczba", "łączna ilość", "łączna suma", "łączny czas",
    "podsumowanie", "total", "w sumie", "σ",
)  # fmt: skip
"""How the label of such a row begins; the sign for a sum is a small letter once its case is folded. Łączna alone is
a municipality."""
LONGEST_TOLD = 60
_MAY_BE_PERSONAL = re.compile(r"[@＠]|at[)\]]|\d(?:\D{0,4}\d){6}")
"""Cheap: most short texts hold no address and no long number. Longer ones may be a list of people."""
SHORTEST_PERSONAL = 6
"""No address, number or name is shorter."""


@dataclass
class Taken:
    """What a sheet gives: rows of cells that may be kept, and what was left out."""

    rows: list[Any]
    findings: list[Finding]
    is_spotless: bool
    """Nowhere on the sheet is personal data where none belongs: the file itself may be kept."""


def take(sheet: GridSheet, naming: Naming, columns: Sequence[Column]) -> Taken:
    """The cells of the named columns, row by row."""
    known = {column.key: column for column in columns}
    named = [(number, known[key]) for number, key in naming.columns.items()]
    taken = Taken([], [], is_spotless=True)
    head = {text for text in headings(sheet, naming.header).values() if text}
    numbers = set(naming.columns)
    is_total = totals_of(named)
    for row in sheet.rows:
        if row.number <= naming.header:
            continue
        if not numbers.isdisjoint(row.cells):
            if is_total(row.cells):
                taken.findings.append(
                    Finding("total_row", Severity.INFO, cell=cell_name(min(row.cells), row.number))
                )
                continue
            if _is_head_again(row.cells, head):
                continue
            _take_row(row.number, row.cells, named, taken)
        if taken.is_spotless and len(row.cells) > len(named):
            taken.is_spotless = not any(
                _refused(value, None) for number, value in row.cells.items() if number not in numbers
            )
    if not taken.rows:
        taken.findings.append(Finding("no_rows"))
    return taken


def _take_row(
    number: int, cells: Mapping[int, Cell], named: Sequence[tuple[int, Column]], taken: Taken
) -> None:
    kept: list[Any] = []
    for at, column in named:
        value = cells.get(at)
        if value is None:
            kept.append(None)
            continue
        reason = _refused(value, column)
        if reason is not None:
            taken.findings.append(Finding(reason, column=column.key, cell=cell_name(at, number)))
            taken.is_spotless = False
            kept.append(None)
            continue
        if type(value) is str:
            kept.append(value)
            if column.office_only and "@" in value and is_private_mailbox(value):
                cell = cell_name(at, number)
                taken.findings.append(Finding("private_mailbox", Severity.WARNING, column.key, cell))
        else:
            kept.append(as_data(value))
    taken.rows.append([number, kept])


def _refused(value: Cell | None, column: Column | None) -> str | None:
    """Why the text of a cell must not be kept, if so; of a column that is not read anything personal counts."""
    if type(value) is not str:
        return value.value if isinstance(value, PersonalKind) else None
    if len(value) < SHORTEST_PERSONAL:
        return None
    kind = _personal(value, column.allows if column else NOTHING_PERSONAL)
    if kind is not None:
        return kind.value
    return "full_name" if column is not None and column.office_only and is_full_name(value) else None


def _personal(text: str, allowed: frozenset[PersonalKind]) -> PersonalKind | None:
    if len(text) < SHORTEST_NAME_LIST and not _MAY_BE_PERSONAL.search(text):
        return None
    return next(iter(personal_kinds(text, but=allowed)), None)


def thinned(sheets: Sequence[GridSheet], columns: Sequence[Column]) -> list[GridSheet]:
    """What is kept for naming the columns once more: nothing personal that no column of these records may hold."""
    allowed = frozenset(kind for column in columns for kind in column.allows)

    def kept(value: Cell) -> Cell:
        text = value if type(value) is str and len(value) >= SHORTEST_PERSONAL else ""
        return (_personal(text, allowed) if text else None) or value

    return [
        GridSheet(
            sheet.name,
            [
                GridRow(row.number, {number: kept(value) for number, value in row.cells.items()})
                for row in sheet.rows
            ],
        )
        for sheet in sheets
    ]


def totals_of(named: Sequence[tuple[int, Column]]) -> Callable[[Mapping[int, Cell]], bool]:
    """By its label, where it lacks what every record has; without one, where it says only how many."""
    required = {at for at, column in named if column.required}
    places = {at for at, column in named if column.key in PLACE_KEYS}
    counts = {at for at, column in named if isinstance(column.kind, WholeNumber | Length)}
    words = {at for at, _column in named} - counts

    def is_total(cells: Mapping[int, Cell]) -> bool:
        if places and counts and words.isdisjoint(cells):
            return True
        at = next((at for at, value in cells.items() if type(value) is str), None)
        if at is None or not _is_label(str(cells[at])):
            return False
        return not required <= cells.keys() or (bool(places) and (places - {at}).isdisjoint(cells))

    return is_total


def _is_label(text: str) -> bool:
    return len(text) < 40 and f"{text[:15].strip().casefold()} ".startswith(TOTALS)


def _is_head_again(cells: Mapping[int, Cell], head: set[str]) -> bool:
    """Printed lists repeat their headings on each page."""
    return len(cells) > 1 and all(type(value) is str and value in head for value in cells.values())


# --- Reading ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class ReadRow:
    """One row with typed values; None where a cell is empty or was left out."""

    number: int
    values: dict[str, Any]
    letters: Mapping[str, str]
    told: Set[str] = frozenset()
    """Keys of cells that could not be read."""

    def get(self, key: str) -> str:
        """The cell of a column, ``D7``; of the row where the file has no such column."""
        letter = self.letters.get(key) or next(iter(self.letters.values()), "A")
        return f"{letter}{self.number}"


@dataclass
class Checked:
    rows: list[ReadRow]
    findings: list[Finding]
    partial: list[ReadRow] = field(default_factory=list)
    """Rows that lack something and are left out; what else is wrong with them is told in the same round."""


Progress = Callable[[int], None]


def check(kept: Iterable[Any], naming: Naming, columns: Sequence[Column]) -> Checked:
    """Every row that has what a row needs. A cell that cannot be read is left out and told."""
    typed = typed_columns(columns, naming)
    readers = {key: typed[key].kind.reader() for key in naming.keys}
    defaults, findings = _defaults(naming, typed, readers)
    checked = Checked([], findings)
    letters = naming.letters()
    empty: dict[str, Any] = dict.fromkeys(typed) | defaults
    required = [column for column in columns if column.required and column.is_told]
    missing = [column for column in required if column.key not in naming.keys]
    checked.findings += [
        Finding("missing_column", column=column.key, params={"column": str(column.label)})
        for column in missing
    ]
    if missing:
        return checked
    named = [(key, typed[key], readers[key]) for key in naming.columns.values()]
    needed = [column.key for column in required]
    unfit = {finding.column for finding in findings if finding.column}
    for number, cells in kept:
        row = ReadRow(number, dict(empty), letters)
        told = _read_cells(row, cells, named, checked) | unfit
        lacking = [key for key in needed if row.values[key] is None]
        for key in lacking:
            if key not in told:
                _tell(checked, Finding("required", column=key, cell=row.get(key)))
        row.told = told
        (checked.partial if lacking else checked.rows).append(row)
    return checked


def _read_cells(
    row: ReadRow,
    cells: Sequence[Any],
    named: Sequence[tuple[str, Column, Callable[[Any], Any]]],
    checked: Checked,
) -> set[str]:
    """The keys of what could not be read and was told."""
    told: set[str] = set()
    for (key, column, read), data in zip(named, cells, strict=True):
        if data is None or data == "":
            continue
        value = data if type(data) is str else of_data(data)
        if isinstance(value, CellError):
            _tell(checked, Finding("cell_error", column=key, cell=row.get(key)))
            told.add(key)
            continue
        try:
            row.values[key] = read(value)
        except Unfit:
            _tell(checked, _unfit(column, value, row.get(key)))
            told.add(key)
    return told


def _tell(checked: Checked, finding: Finding) -> None:
    if len(checked.findings) < MOST_KEPT:
        checked.findings.append(finding)


def _unfit(column: Column, value: Any, cell: str | None) -> Finding:
    text = as_text(value)
    told = text if len(text) <= LONGEST_TOLD else f"{text[: LONGEST_TOLD - 1]}…"
    nearest = getattr(column.kind, "nearest", None)
    if nearest is not None:
        return Finding(
            "not_in_list", column=column.key, cell=cell, params={"found": told}, suggestion=nearest(text)
        )
    return Finding("unreadable", column=column.key, cell=cell, params={"found": told})


def _defaults(
    naming: Naming, typed: Mapping[str, Column], readers: Mapping[str, Callable[[Any], Any]]
) -> tuple[dict[str, Any], list[Finding]]:
    values: dict[str, Any] = {}
    findings = []
    for key, text in naming.defaults.items():
        try:
            values[key] = readers[key](text)
        except Unfit:
            findings.append(_unfit(typed[key], text, None))
    return values, findings


def not_read(sheets: Sequence[GridSheet], naming: Naming, columns: Sequence[Column]) -> list[Finding]:
    """Columns nobody named and further sheets of such records: told, so that nothing is lost silently."""
    sheet = next(one for one in sheets if one.name == naming.sheet)
    found = headings(sheet, naming.header)
    left = [text or column_letters(at) for at, text in found.items() if at not in naming.columns]
    others = [one.name for one in sheets if one is not sheet and _is_alike(one, found, columns)]
    told = {"not_read": left, "sheets_not_read": others}
    return [
        Finding(reason, Severity.INFO, params={"found": _listed(names)})
        for reason, names in told.items()
        if names
    ]


def _is_alike(sheet: GridSheet, found: Mapping[int, str], columns: Sequence[Column]) -> bool:
    """A sheet for each year: with the same headings, or with what such records need."""
    known = headings_of(columns)
    other = {folded(text) for text in headings(sheet, header_row(sheet, known)).values() if text}
    required = {one.key for one in columns if one.required}
    needed = bool(required) and required <= {known.get(text) for text in other}
    return needed or other == {folded(text) for text in found.values() if text}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
