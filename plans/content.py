"""What a plan says, apart from how it is stored: its canonical form, its hash, its totals, how two of them differ."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from plans.definitions import (
    ColumnDefinition,
    PlanContent,
    PlanRow,
    SheetDefinition,
    TemplateDefinition,
    Value,
)
from plans.totals import Total, totals

__all__ = [
    "CellChange",
    "Difference",
    "RowChange",
    "Total",
    "canonical_form",
    "content_hash",
    "difference",
    "fingerprint",
    "plain_value",
    "totals",
]


# --- One form, one hash --------------------------------------------------------------------------------


def canonical_form(content: PlanContent, definition: TemplateDefinition) -> str:
    """The same content always gives the same text, whatever way it came in.

    Left out are private columns (names, e-mails), which never leave the partnership, and ids of rows, which say
    nothing to a reader: a workbook that lost them still holds the same plan. The order of rows counts.
    """
    sheets: dict[str, list[dict[str, Any]]] = {}
    for sheet in definition.content_sheets:
        public = {column.key for column in sheet.columns if not column.private}
        rows = [
            _plain({key: row.values[key] for key in public & row.values.keys()})
            for row in content.rows(sheet.key)
        ]
        if filled := [row for row in rows if row]:
            sheets[sheet.key] = filled
    return _as_json({"template": definition.code, "sheets": sheets})


def content_hash(content: PlanContent, definition: TemplateDefinition) -> str:
    return sha256(canonical_form(content, definition).encode()).hexdigest()


def fingerprint(content: PlanContent) -> str:
    """Of everything, private columns and ids included: tells whether anybody changed anything since."""
    sheets = {
        key: [[row.row_uid, _plain(row.values)] for row in rows]
        for key, rows in content.sheets.items()
        if rows
    }
    return sha256(_as_json(sheets).encode()).hexdigest()


def _plain(values: Mapping[str, Value]) -> dict[str, Any]:
    return {key: plain_value(value) for key, value in values.items() if value not in ("", [])}


def plain_value(value: Value) -> Value:
    """As it is compared: letters composed, however a program wrote them."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return [unicodedata.normalize("NFC", part) for part in value] if isinstance(value, list) else value


def _as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- How two contents differ ---------------------------------------------------------------------------


@dataclass(frozen=True)
class RowChange:
    sheet_key: str
    row: PlanRow

    @property
    def row_uid(self) -> str:
        return self.row.row_uid


@dataclass(frozen=True)
class CellChange:
    sheet_key: str
    row_uid: str
    column_key: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True)
class Difference:
    """What has to happen to one content to become the other."""

    added: tuple[RowChange, ...] = ()
    removed: tuple[RowChange, ...] = ()
    changed: tuple[CellChange, ...] = ()
    reordered: tuple[str, ...] = ()
    """Keys of sheets whose rows stand in another order."""

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed or self.reordered)

    @property
    def sheet_keys(self) -> frozenset[str]:
        rows = {change.sheet_key for change in (*self.added, *self.removed)}
        return frozenset(rows | {change.sheet_key for change in self.changed} | set(self.reordered))

    @property
    def changed_rows(self) -> frozenset[tuple[str, str]]:
        """(sheet key, row_uid) of rows that are there before and after, with other values."""
        return frozenset((change.sheet_key, change.row_uid) for change in self.changed)


def difference(
    before: PlanContent, after: PlanContent, definition: TemplateDefinition, *, public: bool = False
) -> Difference:
    """Cell by cell, rows matched by their ids. ``public`` leaves private columns out, as every published file does."""
    parts = [_sheet_difference(sheet, before, after, public=public) for sheet in definition.content_sheets]
    return Difference(
        added=tuple(change for part in parts for change in part.added),
        removed=tuple(change for part in parts for change in part.removed),
        changed=tuple(change for part in parts for change in part.changed),
        reordered=tuple(key for part in parts for key in part.reordered),
    )


def _sheet_difference(
    sheet: SheetDefinition, before: PlanContent, after: PlanContent, *, public: bool
) -> Difference:
    columns = [column for column in sheet.columns if not (public and column.private)]
    old, new = _by_uid(before.rows(sheet.key), columns), _by_uid(after.rows(sheet.key), columns)
    _match_equal_rows(old, new)
    common = old.keys() & new.keys()
    return Difference(
        added=tuple(RowChange(sheet.key, row) for uid, row in new.items() if uid not in common),
        removed=tuple(RowChange(sheet.key, row) for uid, row in old.items() if uid not in common),
        changed=tuple(
            CellChange(
                sheet.key, uid, column.key, old[uid].values.get(column.key), row.values.get(column.key)
            )
            for uid, row in new.items()
            if uid in common
            for column in columns
            if old[uid].values.get(column.key) != row.values.get(column.key)
        ),
        reordered=(sheet.key,) if _order(old, common) != _order(new, common) else (),
    )


def _by_uid(rows: Iterable[PlanRow], columns: Iterable[ColumnDefinition]) -> dict[str, PlanRow]:
    """Rows with something to compare, their letters composed; an empty row is as good as none."""
    keys = {column.key for column in columns}
    compared = (
        PlanRow(row.row_uid, _plain({key: row.values[key] for key in keys & row.values.keys()}))
        for row in rows
    )
    return {row.row_uid: row for row in compared if row.values}


def _match_equal_rows(old: dict[str, PlanRow], new: dict[str, PlanRow]) -> None:
    """A row that came back without its id but with the same values is the same row."""
    lost = {_as_json(row.values): uid for uid, row in reversed(list(old.items())) if uid not in new}
    if not lost:
        return
    renamed = {
        uid: lost.pop(_as_json(row.values), uid) if uid not in old else uid for uid, row in new.items()
    }
    rows = [PlanRow(renamed[uid], row.values) for uid, row in new.items()]
    new.clear()
    new.update({row.row_uid: row for row in rows})


def _order(rows: Mapping[str, PlanRow], among: Iterable[str]) -> list[str]:
    wanted = set(among)
    return [uid for uid in rows if uid in wanted]
