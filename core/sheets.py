"""A register's sheet, described once: the blank template, the export and the import cannot drift apart."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Generic, TypeVar

from core.csv_files import csv_file
from core.i18n import LANGUAGES, LazyString, _, _l, in_language
from core.text import fold
from core.workbooks.export import Part, write_export
from core.workbooks.headings import MAX_ROWS, Heading
from core.workbooks.kinds import Kind, Shown, Unfit, as_it_is
from core.workbooks.limits import MEGABYTE, Limits
from core.workbooks.raw import CellError, CellValue, RawRow, RawSheet, RawWorkbook, cell_name
from core.workbooks.reader import read_workbook

Row = TypeVar("Row")

LIMITS = Limits(file_bytes=10 * MEGABYTE, rows=MAX_ROWS)
LIST = _l("List")
HEADER_ROWS = 10
"""The header is looked for this far down, in case somebody put a title above it."""


@dataclass(frozen=True)
class Column:
    label: str | LazyString
    kind: Kind[Any]
    help: str | LazyString = ""
    required: bool = True
    """A row without it is refused; an empty cell of any other column reads as None."""
    value: Callable[[Any], Any] | None = None
    """Where an export takes the value from, if not from the attribute of the column's name."""


@dataclass(frozen=True)
class Problem:
    """One cell to correct, and what belongs there."""

    cell: str
    message: str


@dataclass
class Reading(Generic[Row]):
    rows: list[Row] = field(default_factory=list)
    """The rows without a problem."""
    problems: list[Problem] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """Where in the file each of the rows stands, for what only a service can find wrong with it."""
    ignored: list[str] = field(default_factory=list)
    """Headings of columns that are not read."""


class Sheet(Generic[Row]):
    def __init__(
        self, row: Callable[..., Row], columns: Mapping[str, Column], *, name: str | LazyString = LIST
    ) -> None:
        self._row, self._columns, self._name = row, dict(columns), name
        self._values = _taker(self._columns)

    @property
    def keys(self) -> list[str]:
        """Of its columns, in their order."""
        return list(self._columns)

    # --- Writing -------------------------------------------------------------------------------------

    def blank(self) -> bytes:
        """An empty workbook to fill in, in the language in force."""
        from core.workbooks.register import write_blank  # openpyxl is large, and most pages never need it

        return write_blank(str(self._name), self._headings())

    def workbook(self, rows: Iterable[Any]) -> bytes:
        return write_export(str(self._name), self._headings(), self._shown(rows))

    def part(self, rows: Iterable[Any]) -> Part:
        """For a workbook of several sheets, see ``write_sheets``."""
        return str(self._name), self._headings(), self._shown(rows)

    def csv(self, rows: Iterable[Any]) -> Iterator[bytes]:
        return csv_file([heading.label for heading in self._headings()], self._shown(rows))

    def _headings(self) -> list[Heading]:
        return [
            Heading(str(column.label), str(column.help), column.kind, column.required)
            for column in self._columns.values()
        ]

    def _shown(self, rows: Iterable[Any]) -> Iterator[Sequence[Shown]]:
        writers = [column.kind.writer() for column in self._columns.values()]
        shows = [(place, writer) for place, writer in enumerate(writers) if writer is not as_it_is]
        for row in rows:
            values = list(self._values(row))
            for place, show in shows:
                if values[place] is not None:
                    values[place] = show(values[place])
            yield values

    # --- Reading -------------------------------------------------------------------------------------

    def read(self, data: bytes) -> Reading[Row]:
        """Every row and every problem of the workbook; raises ``UnreadableWorkbook`` if it is none."""
        workbook = read_workbook(data, limits=LIMITS)
        reading: Reading[Row] = Reading()
        sheet, header, positions = self._find_header(workbook)
        if sheet is None or header is None:
            reading.problems.append(
                Problem("A1", _("The row of headings is missing. Take it from the template."))
            )
            return reading
        self._check_header(header, positions, reading)
        readers = {key: column.kind.reader() for key, column in self._columns.items() if key in positions}
        for row in sheet.rows:
            if row.number > header.number:
                self._read_row(row, positions, readers, reading)
        return reading

    def _find_header(self, workbook: RawWorkbook) -> tuple[RawSheet | None, RawRow | None, dict[str, int]]:
        """The row that names most columns, on whichever sheet it stands."""
        names = self._names()
        best: tuple[RawSheet | None, RawRow | None, dict[str, int]] = (None, None, {})
        for sheet in workbook.sheets:
            for row in sheet.rows:
                if row.number > HEADER_ROWS:
                    break
                positions = _positions(row, names)
                if len(positions) > len(best[2]):
                    best = (sheet, row, positions)
        return best

    def _names(self) -> dict[str, str]:
        """Heading -> column, in any language; the column's key counts too."""
        names = {fold(key): key for key in self._columns}
        for language in LANGUAGES:
            with in_language(language):
                names |= {_heading(str(column.label)): key for key, column in self._columns.items()}
        return names

    def _check_header(self, header: RawRow, positions: Mapping[str, int], reading: Reading[Row]) -> None:
        for key, column in self._columns.items():
            if column.required and key not in positions:
                message = _("The column “%(column)s” is missing", column=column.label)
                reading.problems.append(Problem(cell_name(1, header.number), message))
        taken = set(positions.values())
        reading.ignored = [str(value) for column, value in header.cells.items() if column not in taken]

    def _read_row(
        self,
        row: RawRow,
        positions: Mapping[str, int],
        readers: Mapping[str, Callable[[CellValue], Any]],
        reading: Reading[Row],
    ) -> None:
        if not any(position in row.cells for position in positions.values()):
            return
        values: dict[str, Any] = dict.fromkeys(self._columns)
        faults = []
        for key, read in readers.items():
            try:
                values[key] = _value(self._columns[key], read, row.value(positions[key]))
            except Unfit:
                cell = cell_name(positions[key], row.number)
                faults.append(Problem(cell, self._columns[key].kind.expected()))
        reading.problems += faults
        if not faults and not any(
            column.required and values[key] is None for key, column in self._columns.items()
        ):
            reading.rows.append(self._row(**values))
            reading.numbers.append(row.number)


def _taker(columns: Mapping[str, Column]) -> Callable[[Any], Iterable[Any]]:
    """What takes the values out of a row; all at once where each has the name of its column."""
    if len(columns) > 1 and not any(column.value for column in columns.values()):
        return attrgetter(*columns)
    takers = [column.value or attrgetter(key) for key, column in columns.items()]
    return lambda row: [take(row) for take in takers]


def _value(column: Column, read: Callable[[CellValue], Any], value: CellValue | CellError | None) -> Any:
    if isinstance(value, CellError):
        raise Unfit
    if value is None:
        if column.required:
            raise Unfit
        return None
    return read(value)


def _positions(row: RawRow, names: Mapping[str, str]) -> dict[str, int]:
    """Where each column stands; of two with the same heading the first counts."""
    positions: dict[str, int] = {}
    for column, value in row.cells.items():
        key = names.get(_heading(value)) if isinstance(value, str) else None
        if key is not None:
            positions.setdefault(key, column)
    return positions


def _heading(text: str) -> str:
    return fold(text.strip().rstrip("*"))
