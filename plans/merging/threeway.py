"""Two contents that began as one: what only one side changed is taken, what both changed differently is a conflict.

Rows are joined by their ids, cells by their column keys. Nothing here knows which side is the plan and which the
workbook: merged the other way round, the same comes out, with the sides of every conflict exchanged.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans.content import plain_value
from plans.definitions import PlanContent, PlanRow, Value
from plans.merging.orders import merged_order


class Taken(StrEnum):
    """Whose of the two values stays."""

    OURS = "ours"
    """The plan's, as it is now."""
    THEIRS = "theirs"
    """The one that comes in."""


@dataclass(frozen=True)
class CellConflict:
    """Both sides changed one cell, to different values. None is an empty cell."""

    sheet_key: str
    row_uid: str
    column_key: str
    base: Value | None
    ours: Value | None
    theirs: Value | None

    @property
    def name(self) -> str:
        return f"{self.sheet_key}.{self.row_uid}.{self.column_key}"


@dataclass(frozen=True)
class RowConflict:
    """One side took a row out that the other side changed: exactly one of ``ours`` and ``theirs`` is None."""

    sheet_key: str
    row_uid: str
    base: PlanRow
    ours: PlanRow | None
    theirs: PlanRow | None

    @property
    def name(self) -> str:
        return f"{self.sheet_key}.{self.row_uid}"


@dataclass(frozen=True)
class OrderConflict:
    """Both sides put the rows of a sheet in another order, each its own. Lists of row ids."""

    sheet_key: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.sheet_key


Conflict = CellConflict | RowConflict | OrderConflict


@dataclass(frozen=True)
class Merge:
    content: PlanContent
    """With everything that is no conflict from both sides; where there is one, with what is ours."""
    cells: tuple[CellConflict, ...] = ()
    rows: tuple[RowConflict, ...] = ()
    orders: tuple[OrderConflict, ...] = ()

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return (*self.rows, *self.cells, *self.orders)

    @property
    def is_clean(self) -> bool:
        return not self.conflicts


Choices = Mapping[str, Taken]
"""By the name of a conflict."""


def merge(base: PlanContent, ours: PlanContent, theirs: PlanContent, choices: Choices | None = None) -> Merge:
    """``choices`` settles conflicts: what is chosen is in the content and no conflict any more."""
    work = _Merging(choices or {})
    keys = dict.fromkeys((*ours.sheets, *theirs.sheets, *base.sheets))
    sheets = {key: work.sheet(key, base.rows(key), ours.rows(key), theirs.rows(key)) for key in keys}
    content = PlanContent({key: rows for key, rows in sheets.items() if rows})
    return Merge(content, tuple(work.cells), tuple(work.rows), tuple(work.orders))


Rows = Mapping[str, PlanRow]


class _Merging:
    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.cells: list[CellConflict] = []
        self.rows: list[RowConflict] = []
        self.orders: list[OrderConflict] = []

    def sheet(
        self, key: str, base: Iterable[PlanRow], ours: Iterable[PlanRow], theirs: Iterable[PlanRow]
    ) -> tuple[PlanRow, ...]:
        was, here, there = _by_uid(base), _by_uid(ours), _by_uid(theirs)
        merged = dict(self._merged(key, was, here, there))
        order = self._order(key, list(was), list(here), list(there))
        return tuple(merged[uid] for uid in order if uid in merged)

    def _merged(self, key: str, was: Rows, here: Rows, there: Rows) -> Iterator[tuple[str, PlanRow]]:
        for uid in dict.fromkeys((*here, *there)):
            row = self._row(key, was.get(uid), here.get(uid), there.get(uid))
            if row is not None and row.values:
                yield uid, row

    def _row(
        self, key: str, base: PlanRow | None, ours: PlanRow | None, theirs: PlanRow | None
    ) -> PlanRow | None:
        if ours is not None and theirs is not None:
            return self._cells(key, base, ours, theirs)
        left = ours or theirs
        if base is None or left is None:
            return left  # added by one side, or gone on both
        if not same_row(base, left):
            conflict = RowConflict(key, base.row_uid, base, ours, theirs)
            chosen = self.choices.get(conflict.name)
            if chosen is None:
                self.rows.append(conflict)
            return theirs if chosen is Taken.THEIRS else ours
        return None  # taken out by one side, untouched by the other

    def _cells(self, key: str, base: PlanRow | None, ours: PlanRow, theirs: PlanRow) -> PlanRow:
        was = base.values if base else {}
        values: dict[str, Value] = {}
        for column in dict.fromkeys((*ours.values, *theirs.values)):
            value = self._cell(
                key, ours.row_uid, column, was.get(column), ours.values.get(column), theirs.values.get(column)
            )
            if value is not None:
                values[column] = value
        return PlanRow(ours.row_uid, values)

    def _cell(  # noqa: PLR0917 (a cell is named by three keys and has three values)
        self, key: str, uid: str, column: str, base: Value | None, ours: Value | None, theirs: Value | None
    ) -> Value | None:
        if same(ours, theirs) or same(theirs, base):
            return ours
        if same(ours, base):
            return theirs
        conflict = CellConflict(key, uid, column, base, ours, theirs)
        chosen = self.choices.get(conflict.name)
        if chosen is None:
            self.cells.append(conflict)
        return theirs if chosen is Taken.THEIRS else ours

    def _order(self, key: str, was: Sequence[str], here: Sequence[str], there: Sequence[str]) -> list[str]:
        order = merged_order(was, here, there)
        if order is not None:
            return order
        chosen = self.choices.get(key)
        if chosen is None:
            self.orders.append(OrderConflict(key, tuple(here), tuple(there)))
        first, second = (there, here) if chosen is Taken.THEIRS else (here, there)
        return merged_order(second, first, second) or list(first)  # as if only one side had moved anything


def _by_uid(rows: Iterable[PlanRow]) -> dict[str, PlanRow]:
    """An empty row is as good as none."""
    return {row.row_uid: row for row in rows if any(not same(value, None) for value in row.values.values())}


def same(one: Value | None, other: Value | None) -> bool:
    """However a program wrote the letters; an empty text and an empty list are empty cells."""
    return _plain(one) == _plain(other)


def _plain(value: Value | None) -> Value | None:
    return None if value is None or value in ("", []) else plain_value(value)


def same_row(one: PlanRow, other: PlanRow) -> bool:
    return all(same(one.values.get(key), other.values.get(key)) for key in {*one.values, *other.values})


def changed_columns(base: PlanRow | None, row: PlanRow) -> Collection[str]:
    """Keys of the cells in which a row differs from what it was."""
    was = base.values if base else {}
    return [key for key in dict.fromkeys((*was, *row.values)) if not same(was.get(key), row.values.get(key))]
