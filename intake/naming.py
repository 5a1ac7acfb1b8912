"""Which column of a workbook means what: guessed from its headings and from last time, decided by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import clock
from core.database import db
from core.workbooks.raw import column_letters
from intake.cells import DAYS_FIRST, AnyDay, Length
from intake.columns import Column, folded, headings_of
from intake.grid import GridSheet, header_row, heading_signature, headings, signature
from intake.models import ColumnMapping, RecordKind


@dataclass(frozen=True)
class Naming:
    """``columns``: number of a column -> key of what it holds."""

    sheet: str
    header: int
    columns: Mapping[int, str] = field(default_factory=dict)
    day_order: str = DAYS_FIRST
    in_hours: bool = True
    unit_said: bool = False
    """Whether a heading or a person has said what bare numbers of time are; else the next file is asked again."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Key -> what stands in every row whose workbook has no such column."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Signature of a heading -> key, empty where it is not read, as somebody said: for workbooks with other columns."""

    @property
    def keys(self) -> list[str]:
        """Of the columns, in the order of the kept rows; then the defaults."""
        return [*self.columns.values(), *(key for key in self.defaults if key not in self.columns.values())]

    def letters(self) -> dict[str, str]:
        return {key: column_letters(number) for number, key in self.columns.items()}

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "columns": [[number, key] for number, key in self.columns.items()]}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Naming":
        return cls(**{**data, "columns": dict(data["columns"])})


def guess(
    kind: RecordKind,
    sheets: Sequence[GridSheet],
    columns: Sequence[Column],
    *,
    sheet: str = "",
    header: int = 0,
) -> Naming:
    """The sheet and the row that name most, unless they were chosen; then what each heading probably means."""
    known = headings_of(columns)
    chosen = next((one for one in sheets if one.name == sheet), None) or _most_telling(sheets, known)
    number = header or header_row(chosen, known)
    found = headings(chosen, number)
    fresh = Naming(chosen.name, number)
    before = _as_last_time(kind, signature(found), fresh)
    return before or replace(_as_said(kind, found, columns, fresh), columns=_by_heading(kind, found, known))


def _by_heading(kind: RecordKind, found: Mapping[int, str], known: Mapping[str, str]) -> dict[int, str]:
    """What a heading was named last in any workbook of the kind goes before what it usually means."""
    told: dict[str, str] = {}
    for last in _earlier(kind):
        told |= {sign: key for sign, key in last.words.items() if key in ("", *known.values())}
    named: dict[int, str] = {}
    for column, text in found.items():
        key = told.get(heading_signature(text), known.get(folded(text))) if text else None
        if key and key not in named.values():
            named[column] = key
    return named


def _as_said(kind: RecordKind, found: Mapping[int, str], columns: Sequence[Column], fresh: Naming) -> Naming:
    """How days and lengths of time are read, as was said last of one under the same heading; other headings say nothing."""
    signs = {heading_signature(text) for text in found.values() if text}
    days = {one.key for one in columns if isinstance(one.kind, AnyDay)}
    lengths = {one.key for one in columns if isinstance(one.kind, Length)}
    for last in _earlier(kind):
        shared = {key for sign, key in last.words.items() if sign in signs}
        if shared & days:
            fresh = replace(fresh, day_order=last.day_order)
        if shared & lengths:
            fresh = replace(fresh, in_hours=last.in_hours)
    return fresh


def _earlier(kind: RecordKind) -> list[Naming]:
    """The latest last."""
    mappings = select(ColumnMapping.mapping).where(ColumnMapping.kind == kind).order_by(ColumnMapping.used_at)
    return [Naming.of(one) for one in db.session.scalars(mappings)]


def _most_telling(sheets: Sequence[GridSheet], known: Mapping[str, str]) -> GridSheet:
    def told(sheet: GridSheet) -> int:
        return len(
            {known.get(folded(text)) for text in headings(sheet, header_row(sheet, known)).values()} - {None}
        )

    return max(sheets, key=told)  # the first of several


def _as_last_time(kind: RecordKind, sign: str, fresh: Naming) -> Naming | None:
    remembered = db.session.scalar(
        select(ColumnMapping).where(ColumnMapping.kind == kind, ColumnMapping.signature == sign)
    )
    if remembered is None:
        return None
    last = Naming.of(remembered.mapping)
    return replace(last, sheet=fresh.sheet, header=fresh.header)


def is_remembered(kind: RecordKind, sign: str) -> bool:
    return (
        db.session.scalar(
            select(ColumnMapping.id).where(ColumnMapping.kind == kind, ColumnMapping.signature == sign)
        )
        is not None
    )


def remember(kind: RecordKind, sign: str, naming: Naming, *, actor: User) -> None:
    """For the next workbook with the same headings."""
    known = db.session.scalar(
        select(ColumnMapping).where(ColumnMapping.kind == kind, ColumnMapping.signature == sign)
    )
    if known is None:
        known = ColumnMapping(kind=kind, signature=sign)
        db.session.add(known)
    known.mapping, known.used_at, known.used_by_id = naming.as_data(), clock.now(), actor.id


def typed_columns(columns: Sequence[Column], naming: Naming) -> dict[str, Column]:
    """By key, each reading days and lengths of time as was decided for this workbook."""
    return {column.key: _as_decided(column, naming) for column in columns}


def _as_decided(column: Column, naming: Naming) -> Column:
    if isinstance(column.kind, AnyDay):
        return replace(column, kind=AnyDay(naming.day_order))
    if isinstance(column.kind, Length):
        return replace(column, kind=Length(naming.in_hours, column.kind.most))
    return column
