"""Finding one's way in a sheet that people have moved about: by keys, else by labels in any language."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.text import fold
from core.workbooks.raw import CellError, CellValue, RawRow, RawSheet, RawWorkbook
from plans.definitions import ColumnDefinition, Layout, SheetDefinition
from plans.workbooks.layout import ROW_UID, UID_LABEL

LONGEST_LABEL = 200
HEADER_ROWS = 10
"""The header is looked for this far down, in case somebody put rows above it."""
ENOUGH = 2
"""A single word may stand anywhere; two keys of one sheet in a row (or column) are its header."""

KEYS_OF_A_SHEET = 3
"""So many keys tell which sheet a renamed tab is."""
MOST_WORDS = 0.6

NameOf = Callable[[CellValue | CellError | None], str | None]

_STAR = re.compile(r"\s*\(?\*\)?\s*$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Header:
    columns: Mapping[str, int]
    """Column key (and ``row_uid``) -> column number."""
    last_row: int
    headings: Mapping[int, str]
    """Column number -> what people see above it."""
    repeated: tuple[int, ...] = ()
    """Columns that bear a key another one has already."""


class Names:
    """The keys of a sheet's columns, and the labels that mean them."""

    def __init__(self, keys: Iterable[str], labels: Mapping[str, str]) -> None:
        self._keys = {_key(key): key for key in keys}
        self._labels = labels

    def key(self, value: CellValue | CellError | None) -> str | None:
        return self._keys.get(_key(value)) if isinstance(value, str) else None

    def labelled(self, value: CellValue | CellError | None) -> str | None:
        return self._labels.get(normal_label(value)) if isinstance(value, str) else None


def names_of(columns: Iterable[ColumnDefinition]) -> Names:
    columns = tuple(columns)
    labels = {normal_label(UID_LABEL): ROW_UID}
    for column in columns:
        for text in column.label.texts.values():
            labels.setdefault(normal_label(text), column.key)
    return Names([ROW_UID, *(column.key for column in columns)], labels)


def normal_label(text: str) -> str:
    """Labels are the same in every upload, so they are kept; a long text is none."""
    return _kept_label(text) if len(text) <= LONGEST_LABEL else _normal(text)


def _normal(text: str) -> str:
    return _SPACES.sub(" ", fold(_STAR.sub("", text)))


_kept_label = lru_cache(maxsize=2048)(_normal)


def _key(text: object) -> str:
    return str(text).strip().casefold()


def find_header(sheet: RawSheet, definition: SheetDefinition) -> Header | None:
    """By the row of keys, else by the row of labels; None where there is neither."""
    names = names_of(definition.columns)
    rows = [row for row in sheet.rows if row.number <= HEADER_ROWS]
    keys = _best(rows, names.key, enough=ENOUGH)
    if keys and len(_named(keys, names.labelled)) > len(_named(keys, names.key)):
        keys = None  # a row of labels, some of which happen to be spelt like keys
    above = [row for row in rows if keys is None or row.number < keys.number]
    labels = _best(above, names.labelled, enough=1 if keys else ENOUGH)
    found: list[tuple[int, str]] = []
    if keys:
        found += _named(keys, names.key)
    if labels:
        found += [
            (column, key) for column, key in _named(labels, names.labelled) if column not in dict(found)
        ]
    if not found:
        return None
    columns: dict[str, int] = {}
    for column, key in found:
        columns.setdefault(key, column)
    header_rows = [row for row in (keys, labels) if row]
    return Header(
        columns,
        last_row=max(row.number for row in header_rows),
        headings=_headings(header_rows),
        repeated=tuple(column for column, key in found if columns[key] != column),
    )


def _best(rows: Iterable[RawRow], name_of: NameOf, *, enough: int) -> RawRow | None:
    """The row that names most columns, if it names enough of them; the first of equals."""
    counted = [(len({key for _column, key in _named(row, name_of)}), row) for row in rows]
    count, best = max(counted, key=lambda pair: pair[0], default=(0, None))
    return best if count >= enough else None


def _named(row: RawRow, name_of: NameOf) -> list[tuple[int, str]]:
    return [(column, key) for column, value in row.cells.items() if (key := name_of(value)) is not None]


def _headings(rows: Iterable[RawRow]) -> dict[int, str]:
    """What people read above a column: its label rather than its key."""
    return {
        column: value.strip() for row in rows for column, value in row.cells.items() if isinstance(value, str)
    }


def _resemblance(sheet: RawSheet, definition: SheetDefinition) -> int:
    """How many of the definition's keys the sheet has, if most of the words where its keys stand are such."""
    names = names_of(definition.columns)
    lines = _columns(sheet) if definition.layout is Layout.RECORD else _first_rows(sheet)
    best = max(lines, key=lambda words: len(_known(words, names)), default=[])
    known = _known(best, names)
    is_alike = len(known) >= MOST_WORDS * len(best) and len(known) >= min(
        KEYS_OF_A_SHEET, len(definition.columns)
    )
    return len(known) if is_alike else 0


def _known(words: Iterable[str], names: Names) -> set[str]:
    return {key for word in words if (key := names.key(word)) is not None}


def _first_rows(sheet: RawSheet) -> list[list[str]]:
    rows = (row for row in sheet.rows if row.number <= HEADER_ROWS)
    return [[value for value in row.cells.values() if isinstance(value, str)] for row in rows]


def _columns(sheet: RawSheet) -> list[list[str]]:
    columns: dict[int, list[str]] = {}
    for row in sheet.rows:
        for column, value in row.cells.items():
            if isinstance(value, str):
                columns.setdefault(column, []).append(value)
    return list(columns.values())


def find_sheets(workbook: RawWorkbook, definitions: Iterable[SheetDefinition]) -> dict[str, RawSheet]:
    """Sheet key -> sheet, by the tab's name; a renamed tab by the keys on it."""
    wanted = tuple(definitions)
    found = {sheet.key: raw for sheet in wanted if (raw := workbook.sheet(sheet.name)) is not None}
    taken = {id(raw) for raw in found.values()}
    for sheet in wanted:
        if sheet.key in found or not sheet.columns:
            continue
        free = [raw for raw in workbook.sheets if id(raw) not in taken]
        alike, best = max(
            ((_resemblance(raw, sheet), raw) for raw in free), key=lambda pair: pair[0], default=(0, None)
        )
        if alike and best is not None:
            found[sheet.key] = best
            taken.add(id(best))
    return found
