"""Where in the uploaded file a row and a column stand, so that every finding and difference can name its cell."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from core.workbooks.raw import cell_name


@dataclass(frozen=True)
class TablePlaces:
    rows: Mapping[str, int] = field(default_factory=dict)
    """row_uid -> row number."""
    columns: Mapping[str, int] = field(default_factory=dict)
    """Column key -> column number."""

    def cell(self, row_uid: str, column_key: str) -> str | None:
        row, column = self.rows.get(row_uid), self.columns.get(column_key)
        return cell_name(column, row) if row and column else None

    def unread(self, row: int, columns: Set[int]) -> Set[int]:
        """Of these columns of a row, those that were not read; all where the row is not the plan's."""
        return columns - self._columns if row in self._rows else columns

    @cached_property
    def _columns(self) -> frozenset[int]:
        return frozenset(self.columns.values())

    @cached_property
    def _rows(self) -> frozenset[int]:
        return frozenset(self.rows.values())


@dataclass(frozen=True)
class RecordPlaces:
    fields: Mapping[str, str] = field(default_factory=dict)
    """Column key -> cell: each field of a record has a row of its own."""

    def cell(self, _row_uid: str, column_key: str) -> str | None:
        return self.fields.get(column_key)

    def unread(self, row: int, columns: Set[int]) -> Set[int]:
        return {column for column in columns if cell_name(column, row) not in self._cells}

    @cached_property
    def _cells(self) -> frozenset[str]:
        return frozenset(self.fields.values())


Places = TablePlaces | RecordPlaces
