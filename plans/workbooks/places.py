"""Where in the uploaded file a row and a column stand, so that every finding and difference can name its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class RecordPlaces:
    fields: Mapping[str, str] = field(default_factory=dict)
    """Column key -> cell: each field of a record has a row of its own."""

    def cell(self, _row_uid: str, column_key: str) -> str | None:
        return self.fields.get(column_key)


Places = TablePlaces | RecordPlaces
