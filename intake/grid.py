"""A workbook as rows of cells: where its headings stand, and how it is kept while somebody names its columns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any

from core.personal_data import PersonalKind, personal_kinds
from core.workbooks.raw import CellError, CellValue, RawSheet, RawWorkbook
from core.workbooks.typed import as_text
from intake.columns import folded

HEADER_ROWS = 20
"""Headings are looked for this far down: titles and logos stand above them."""
MOST_COLUMNS = 120
SAMPLES = 3

_ELEVEN = re.compile(r"\d(?:\D{0,4}\d){10}")

Cell = CellValue | CellError | PersonalKind
"""What stands in a cell; only its kind where it is a PESEL number, which is never kept."""


@dataclass(frozen=True, slots=True)
class GridRow:
    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True)
class GridSheet:
    name: str
    rows: Sequence[GridRow]

    def row(self, number: int) -> GridRow | None:
        return next((row for row in self.rows if row.number == number), None)

    def below(self, number: int) -> list[GridRow]:
        return [row for row in self.rows if row.number > number]


def sheets_of(workbook: RawWorkbook) -> list[GridSheet]:
    """The visible sheets that hold anything, without PESEL numbers."""
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden and sheet.rows]
    return [GridSheet(sheet.name, _rows(sheet)) for sheet in visible or workbook.sheets if sheet.rows]


def _rows(sheet: RawSheet) -> list[GridRow]:
    return [GridRow(row.number, _cells(row.cells)) for row in sheet.rows]


def _cells(cells: Mapping[int, CellValue | CellError]) -> Mapping[int, Cell]:
    for value in cells.values():
        if _may_be_pesel(value):
            break
    else:
        return cells
    return {column: PersonalKind.PESEL if _is_pesel(value) else value for column, value in cells.items()}


def _may_be_pesel(value: CellValue | CellError) -> bool:
    """Cheap: most cells hold no eleven digits."""
    if type(value) is str:
        return len(value) > 10 and _ELEVEN.search(value) is not None
    return isinstance(value, Decimal) and len(value.as_tuple().digits) == 11


def _is_pesel(value: CellValue | CellError) -> bool:
    if isinstance(value, CellError) or not _may_be_pesel(value):
        return False
    return PersonalKind.PESEL in personal_kinds(as_text(value))


# --- Headings --------------------------------------------------------------------------------------------


def header_row(sheet: GridSheet, known: Mapping[str, str]) -> int:
    """The row that names most columns; where none does, the first with as many texts as any row has."""
    best, most = 0, 0
    for row in sheet.rows:
        if row.number > HEADER_ROWS:
            break
        named = len({known.get(folded(text)) for text in _texts(row)} - {None})
        if named > most:
            best, most = row.number, named
    return best if most >= 2 else _widest(sheet)


def _widest(sheet: GridSheet) -> int:
    above = [row for row in sheet.rows if row.number <= HEADER_ROWS]
    widest = max((len(list(_texts(row))) for row in above), default=0)
    return next((row.number for row in above if len(list(_texts(row))) == widest), 1)


def _texts(row: GridRow) -> Iterable[str]:
    return (value for value in row.cells.values() if type(value) is str)


def headings(sheet: GridSheet, number: int) -> dict[int, str]:
    """Column -> heading; a column with values and no heading is called by its letter only."""
    header = sheet.row(number)
    found = {
        column: " ".join(as_text(value).split())[:120]
        for column, value in (header.cells if header else {}).items()
        if not isinstance(value, CellError | PersonalKind)
    }
    for row in sheet.below(number)[:200]:
        for column in row.cells:
            found.setdefault(column, "")
    return dict(sorted(found.items())[:MOST_COLUMNS])


def signature(found: Mapping[int, str]) -> str:
    """The same for the same headings in the same places."""
    told = "|".join(f"{column}:{folded(text)}" for column, text in found.items() if text)
    return sha256(told.encode()).hexdigest()


def heading_signature(text: str) -> str:
    """A heading is kept like this: whoever takes a row of people for the headings leaves nobody's name behind."""
    return sha256(folded(text).encode()).hexdigest()[:20]


def samples(sheet: GridSheet, number: int, column: int) -> list[str]:
    """The first few values below a heading, never of a refused cell."""
    shown: list[str] = []
    for row in sheet.below(number):
        value = row.cells.get(column)
        if value is not None and not isinstance(value, CellError | PersonalKind):
            text = as_text(value)
            if text and text not in shown:
                shown.append(text if len(text) <= 40 else f"{text[:39]}…")
        if len(shown) == SAMPLES:
            break
    return shown


# --- Kept as JSON ----------------------------------------------------------------------------------------


def as_data(value: Cell | None) -> Any:
    """Texts and whole numbers as they are, everything else with a letter that says what it is."""
    if value is None or type(value) is str or isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else {"n": str(value)}
    if isinstance(value, PersonalKind):
        return {"p": value.value}
    if isinstance(value, CellError):
        return {"e": value.code}
    if isinstance(value, datetime):
        return {"m": value.isoformat()}
    return {"t" if isinstance(value, time) else "d": value.isoformat()}  # type: ignore[union-attr]  # a day or a time


_READ: dict[str, Any] = {
    "n": Decimal, "p": PersonalKind, "e": CellError, "m": datetime.fromisoformat, "t": time.fromisoformat,
    "d": date.fromisoformat,
}  # fmt: skip


def of_data(data: Any) -> Cell | None:
    if data is None or isinstance(data, str | bool):
        return data
    if isinstance(data, int):
        return Decimal(data)
    ((kind, text),) = data.items()
    value: Cell = _READ[kind](text)
    return value


def sheets_as_data(sheets: Iterable[GridSheet]) -> list[Any]:
    return [
        [
            sheet.name,
            [
                [row.number, [[column, as_data(value)] for column, value in row.cells.items()]]
                for row in sheet.rows
            ],
        ]
        for sheet in sheets
    ]


def sheets_of_data(data: Iterable[Any]) -> list[GridSheet]:
    found = []
    for name, rows in data:
        read = []
        for number, cells in rows:
            values = {column: value for column, one in cells if (value := of_data(one)) is not None}
            read.append(GridRow(number, values))
        found.append(GridSheet(name, read))
    return found
