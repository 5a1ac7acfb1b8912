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
from intake.columns import Column, folded
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
    known: Mapping[str, str],
    *,
    sheet: str = "",
    header: int = 0,
) -> Naming:
    """The sheet and the row that name most, unless they were chosen; then what each heading probably means."""
    chosen = next((one for one in sheets if one.name == sheet), None) or _most_telling(sheets, known)
    number = header or header_row(chosen, known)
    found = headings(chosen, number)
    fresh = Naming(chosen.name, number)
    return _as_last_time(kind, signature(found), fresh) or _by_heading(kind, found, known, fresh)


def _by_heading(
    kind: RecordKind, found: Mapping[int, str], known: Mapping[str, str], fresh: Naming
) -> Naming:
    """What a heading was named last in any workbook of the kind goes before what it usually means."""
    before = db.session.scalars(
        select(ColumnMapping).where(ColumnMapping.kind == kind).order_by(ColumnMapping.used_at)
    )
    signs = {column: heading_signature(text) for column, text in found.items() if text}
    told: dict[str, str] = {}
    for one in before:
        last = Naming.of(one.mapping)
        told |= {sign: key for sign, key in last.words.items() if key in ("", *known.values())}
        if not last.words.keys().isdisjoint(signs.values()):
            fresh = replace(fresh, day_order=last.day_order, in_hours=last.in_hours)
    named: dict[int, str] = {}
    for column, sign in signs.items():
        key = told.get(sign, known.get(folded(found[column])))
        if key and key not in named.values():
            named[column] = key
    return replace(fresh, columns=named)


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
