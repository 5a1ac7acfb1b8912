"""Where every municipality stands: one query for a page of the board, the same one for its export.

What a page shows of tasks, hours and contacts is looked up for its own rows, unless the board is narrowed or sorted by it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from core import clock
from core.database import UTCDateTime, db
from core.paging import PAGE_SIZE, Page, Sorting
from core.text import fold
from municipalities.models import County, Municipality, Voivodeship
from office.board import tables
from office.board.parts import Basis, PartColumns, basis, part_columns, usual_minutes
from office.board.rows import STAGES, BoardRow, read_row, with_parts
from office.board.wanted import BoardFilter, Part, TaskState
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from plans.earlier_queries import was_published_before
from progress.stages import Stage
from tasks.evidence import FEW
from tasks.rules import SETTLED

Statement = Select[*tuple[Any, ...]]

BASE: Mapping[str, SQLColumnExpression[Any]] = {
    "municipality": Municipality.sort_key,
    "voivodeship": Voivodeship.sort_key,
    "population": Municipality.population,
    "leader": tables.Leader.sort_key,
    "animator": tables.Animator.sort_key,
    "stage": tables.stage_order,
    "since": tables.since,
}
OF_PARTS: Mapping[str, Callable[[PartColumns], SQLColumnExpression[Any]]] = {
    Part.TASKS.value: lambda given: given.settled,
    Part.HOURS.value: lambda given: given.minutes_left,
    Part.CONTACT.value: lambda given: given.last_contact,
}
NEVER_EMPTY = frozenset({"municipality", "voivodeship", "stage", "since", "tasks", "hours"})

WAITS_FROM: Any = bindparam("waits_from", type_=UTCDateTime())
CONTACT_FROM: Any = bindparam("contact_from", type_=Date)


def sorting() -> Sorting:
    given = part_columns()
    columns = {**BASE, **{key: column(given) for key, column in OF_PARTS.items()}}
    return Sorting(columns, default="municipality", never_empty=NEVER_EMPTY)


def _part_of(sort: str) -> frozenset[Part]:
    key = sort.removeprefix("-")
    return frozenset({Part(key)}) if key in OF_PARTS else frozenset()


def _in_order(parts: Collection[Part]) -> tuple[Part, ...]:
    return tuple(part for part in Part if part in parts)


# Putting a statement with ten joins together takes longer than its answer, so each is put together once and the latest
# are kept; the day it is asked on, and where the page begins, are given with the question.


def _ask(query: Statement, wanted: BoardFilter, **given: Any) -> Sequence[Any]:
    """By the connection itself: rows of values need nobody who looks after objects."""
    today = clock.today()
    days = {
        "waits_from": _midnight(today - timedelta(days=wanted.waiting or 0)),
        "contact_from": today - timedelta(days=wanted.no_contact or 0),
    }
    return db.session.connection().execute(query, {"today": today, **days, **usual_minutes(), **given}).all()


def _midnight(day: Any) -> datetime:
    zone = clock.local(clock.now()).tzinfo
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


@cache
def _own() -> Statement:
    """Every open partnership with its leader and animator of today and the latest version of its general plan."""
    query = (
        select(
            Partnership.id, Municipality.name, Municipality.kind, Municipality.code, County.name, Voivodeship.name,
            Municipality.population, Partnership.status, tables.Leader.name, tables.Animator.name, tables.stage,
            tables.Current.id, func.coalesce(tables.Current.round, 0), tables.since, tables.Public.id.is_not(None),
            was_published_before(),
        )
        .join(Municipality, Partnership.municipality_id == Municipality.id)
        .join(County, Municipality.county_id == County.id)
        .join(Voivodeship, Municipality.voivodeship_id == Voivodeship.id)
        .where(Partnership.status != PartnershipStatus.CLOSED)
    )  # fmt: skip
    return tables.with_public(tables.with_plan(tables.with_animator(tables.with_leader(query))))


def _with(query: Statement, parts: Collection[Part], given: PartColumns) -> Statement:
    for part in _in_order(parts):
        query = given.joined_to(query, part).add_columns(*given.values_of(part))
    return query


def _narrowed(query: Statement, wanted: BoardFilter, given: PartColumns) -> Statement:
    for word in fold(wanted.text).split():
        query = query.where(
            Municipality.search_text.contains(word, autoescape=True)
            | tables.Leader.search_text.contains(word, autoescape=True)
            | Municipality.code.startswith(word, autoescape=True)
        )
    conditions = (*_by_place(wanted), *_by_people(wanted), *_by_parts(wanted, given))
    return query.where(*(one for one in conditions if one is not None))


def _by_place(wanted: BoardFilter) -> list[ColumnElement[bool] | None]:
    smallest, too_large = wanted.size.bounds if wanted.size else (None, None)
    return [
        Municipality.voivodeship_id == wanted.voivodeship_id if wanted.voivodeship_id is not None else None,
        Municipality.kind == wanted.kind if wanted.kind else None,
        Municipality.population >= smallest if smallest is not None else None,
        Municipality.population < too_large if too_large is not None else None,
    ]


def _by_people(wanted: BoardFilter) -> list[ColumnElement[bool] | None]:
    return [
        tables.Animator.id == wanted.animator_id if wanted.animator_id is not None else None,
        or_(tables.Term.id.is_(None), tables.Leader.is_active.is_(False)) if wanted.leaderless else None,
        tables.stage == wanted.stage.value if wanted.stage is not None else None,
        tables.since < WAITS_FROM if wanted.waiting is not None else None,
    ]


def _by_parts(wanted: BoardFilter, given: PartColumns) -> list[ColumnElement[bool] | None]:
    contact = given.last_contact
    return [
        _by_task(wanted, given),
        given.settled >= wanted.settled_from if wanted.settled_from is not None else None,
        given.settled <= wanted.settled_to if wanted.settled_to is not None else None,
        or_(contact.is_(None), contact < CONTACT_FROM) if wanted.no_contact is not None else None,
        given.minutes_left < wanted.hours_below * 60 if wanted.hours_below is not None else None,
    ]


def _by_task(wanted: BoardFilter, given: PartColumns) -> ColumnElement[bool] | None:
    if wanted.task is None or wanted.task_state is None:
        return None
    status = given.status(wanted.task)
    if wanted.task_state is TaskState.OPEN:
        return and_(*(status != one.value for one in SETTLED))
    return status == wanted.task_state.value


@lru_cache(maxsize=256)
def _found(wanted: BoardFilter, sort: str, parts: frozenset[Part], _basis: Basis) -> Statement:
    found = _narrowed(_with(_own(), parts, part_columns()), wanted, part_columns())
    return found.order_by(sorting().order_of(sort), Municipality.sort_key, Municipality.id)


@lru_cache(maxsize=256)
def _one_page(wanted: BoardFilter, sort: str, parts: frozenset[Part], kept: Basis) -> Statement:
    found = _found(wanted, sort, parts, kept)
    return found.limit(PAGE_SIZE).offset(bindparam("skipped", type_=Integer))


@lru_cache(maxsize=32)
def _of_some(parts: tuple[Part, ...], _basis: Basis) -> Statement:
    query: Statement = select(Partnership.id).where(Partnership.id.in_(select(FEW.c.id)))
    return _with(query, parts, part_columns(of_some=True))


def board_page(
    wanted: BoardFilter, order: Sorting, shown: Collection[Part] = (), *, number: int, total: int
) -> Page[BoardRow]:
    """One page of the ``total`` rows that the filter leaves; a page past the end is the last one."""
    page: Page[BoardRow] = Page([], max(1, min(number, -(-total // PAGE_SIZE))), total)
    parts, kept = wanted.parts | _part_of(order.asked), basis()
    query = _one_page(wanted, order.asked, parts, kept)
    rows = _read(query, wanted, parts, skipped=(page.number - 1) * PAGE_SIZE)
    return replace(page, rows=_completed(rows, _in_order(set(shown) - parts), kept))


def _completed(rows: list[BoardRow], parts: tuple[Part, ...], kept: Basis) -> list[BoardRow]:
    """With what the page shows beyond what it is narrowed and sorted by."""
    if not parts or not rows:
        return rows
    found = _ask(_of_some(parts, kept), BoardFilter(), ids=[row.partnership_id for row in rows])
    values = {row[0]: row[1:] for row in found}
    return [with_parts(row, values[row.partnership_id], parts) for row in rows]


def board_rows(wanted: BoardFilter, order: Sorting, shown: Collection[Part] = ()) -> Sequence[BoardRow]:
    """All rows of the same filter and order, for an export."""
    parts = wanted.parts | _part_of(order.asked) | frozenset(shown)
    return _read(_found(wanted, order.asked, parts, basis()), wanted, parts)


def _read(query: Statement, wanted: BoardFilter, parts: Collection[Part], **given: int) -> list[BoardRow]:
    today, order = clock.today(), _in_order(parts)
    return [read_row(values, order, today) for values in _ask(query, wanted, **given)]


def stage_counts(wanted: BoardFilter) -> Mapping[Stage, int]:
    """How many municipalities stand where, of those that the other filters leave; in one query."""
    others = replace(wanted, stage=None)
    counted = {STAGES[stage]: count for stage, count in _ask(_counts(others, basis()), wanted)}
    return {stage: counted[stage] for stage in Stage if stage in counted}


@dataclass(frozen=True)
class _Joins:
    """Of the tables only those that it is narrowed by."""

    place: bool
    leader: bool
    animator: bool


@lru_cache(maxsize=256)
def _counts(wanted: BoardFilter, _basis: Basis) -> Statement:
    text = bool(wanted.text)
    by_place = any(one is not None for one in (wanted.voivodeship_id, wanted.kind, wanted.size))
    joins = _Joins(text or by_place, text or wanted.leaderless, wanted.animator_id is not None)
    given = part_columns()
    query = _stages(joins)
    for part in _in_order(wanted.parts):
        query = given.joined_to(query, part)
    return _narrowed(query, wanted, given)


@cache
def _stages(joins: _Joins) -> Statement:
    """Only the stage of each."""
    query: Statement = (
        select(tables.stage, func.count())
        .select_from(Partnership)
        .where(Partnership.status != PartnershipStatus.CLOSED)
        .group_by(tables.stage)
    )
    if joins.place:
        query = query.join(Municipality, Partnership.municipality_id == Municipality.id)
    query = tables.with_leader(query) if joins.leader else query
    return tables.with_plan(tables.with_animator(query) if joins.animator else query)
