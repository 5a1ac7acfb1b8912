"""Fields that stand below each other, a label, a key and a value in each row: a record sheet, or Meta."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.workbooks.raw import CellError, CellValue, RawRow, RawSheet
from plans.workbooks.headers import ENOUGH, HEADER_ROWS, NameOf, Names
from plans.workbooks.layout import RECORD_KEYS

VALUE_KEY = RECORD_KEYS[2]


@dataclass(frozen=True)
class Field:
    key: str
    row: int
    column: int
    value: CellValue | CellError | None


def read_fields(sheet: RawSheet, names: Names) -> tuple[Field, ...]:
    """Every field the sheet has, filled or not. A field given twice counts where it stands first."""
    naming = [
        (column, name_of)
        for name_of in (names.key, names.labelled)
        if (column := _naming_column(sheet.rows, name_of)) is not None
    ]
    if not naming:
        return ()
    value_column = _headed_value(sheet.rows) or naming[0][0] + 1
    fields: dict[str, Field] = {}
    for row in sheet.rows:
        key = next(
            (key for column, name_of in naming if (key := name_of(row.value(column))) is not None), None
        )
        if key is not None and key not in fields:
            fields[key] = Field(key, row.number, value_column, row.value(value_column))
    return tuple(fields.values())


def _naming_column(rows: Iterable[RawRow], name_of: NameOf) -> int | None:
    """The column that names most fields."""
    named: dict[int, set[str]] = {}
    for row in rows:
        for column, value in row.cells.items():
            if (key := name_of(value)) is not None:
                named.setdefault(column, set()).add(key)
    count, column = max(((len(keys), column) for column, keys in named.items()), default=(0, 0))
    return column if count >= ENOUGH else None


def _headed_value(rows: Iterable[RawRow]) -> int | None:
    """The column headed ``key`` has one headed ``value`` beside it, wherever both were moved."""
    for row in rows:
        if row.number > HEADER_ROWS:
            break
        heads = {
            value.strip().casefold(): column for column, value in row.cells.items() if isinstance(value, str)
        }
        if RECORD_KEYS[1] in heads and VALUE_KEY in heads:
            return heads[VALUE_KEY]
    return None
