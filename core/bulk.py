"""Many rows of one table written at once: for imports, where a mapper's work on every row is most of the time.

What the mapper would do besides is the caller's to think of: defaults that a model sets by itself are added here,
relationships are ids, and no event of the mapper fires.
"""

import gc
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from json.encoder import c_make_encoder, encode_basestring_ascii  # type: ignore[attr-defined]  # of the C module
from typing import Any

from sqlalchemy import JSON, Connection, Table, func, insert, select, text

from core import clock
from core.database import Base, db
from core.searching import Searched, search_text_of

PLAIN_DATA = frozenset({dict, list})
MOST_VALUES = 900
"""In one statement; any SQLite takes 999."""
_STAMPS = ("created_at", "updated_at")


@contextmanager
def without_collecting() -> Iterator[None]:
    """For work that makes many small things and drops them all at its end: looking for rings among them meanwhile took
    half of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def take_ids(model: type[Base], count: int) -> Sequence[int]:
    """Ids that nobody else gets: records that refer to each other can be written without asking for them."""
    if count == 0:
        return range(0)
    table = _table(model)
    if db.engine.dialect.name == "postgresql":
        return _from_sequence(table, count)
    last = _last_of_sqlite(table)  # one writer at a time, so nobody takes the same
    return range(last + 1, last + 1 + count)


def _last_of_sqlite(table: Table) -> int:
    """Given out, also where the row is gone and the table gives every id once."""
    last = db.session.scalar(select(func.max(table.c.id))) or 0
    if not table.dialect_options["sqlite"]["autoincrement"]:
        return last
    given = db.session.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
    )
    return max(last, given or 0)


def _from_sequence(table: Table, count: int) -> Sequence[int]:
    name = func.pg_get_serial_sequence(f'"{table.name}"', "id")
    return db.session.scalars(select(func.nextval(name)).select_from(func.generate_series(1, count))).all()


def insert_rows(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """All with the same names, see ``insert_columns``."""
    if rows:
        insert_columns(model, {key: [row[key] for row in rows] for key in rows[0]})


def insert_columns(model: type[Base], columns: Mapping[str, list[Any]]) -> None:
    """Moments of making, a first version, plain defaults and what a search compares are added where they are not named."""
    count = len(next(iter(columns.values())))
    if not count:
        return
    columns = _findable(model, columns, count)
    table, connection = _table(model), db.session.connection()
    constants = _constants(table, columns)
    keys = [*columns, *constants]
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=keys)
    placed = {key: _column(table, key, connection.dialect, values) for key, values in columns.items()}
    placed |= {
        key: _column(table, key, connection.dialect, [value]) * count for key, value in constants.items()
    }
    if compiled.positional:
        _insert_many_by_statement(
            connection, str(compiled), [placed[name] for name in compiled.positiontup or ()]
        )
    else:
        rows = [dict(zip(keys, row, strict=True)) for row in zip(*placed.values(), strict=True)]
        connection.exec_driver_sql(str(compiled), rows)


def _insert_many_by_statement(connection: Connection, insert_one: str, columns: Sequence[list[Any]]) -> None:
    """As many rows as one statement takes. SQLite copies every page that a statement writes to where a trigger may
    still refuse it: one by one, the rows of such a table took four times as long.
    """
    head, values, row = insert_one.rpartition(" VALUES ")
    rows = list(zip(*columns, strict=True))
    at_once = MOST_VALUES // len(columns)
    together = len(rows) // at_once * at_once
    if together:
        statement = head + values + ", ".join([row] * at_once)
        parts = [tuple(chain.from_iterable(rows[at : at + at_once])) for at in range(0, together, at_once)]
        connection.exec_driver_sql(statement, parts)
    if together < len(rows):
        connection.exec_driver_sql(insert_one, rows[together:])


def _findable(model: type[Base], columns: Mapping[str, list[Any]], count: int) -> Mapping[str, list[Any]]:
    if not issubclass(model, Searched) or "search_text" in columns:
        return columns
    named = {name: columns[name] for name in model.SEARCHED if name in columns}
    rows = [{name: values[at] for name, values in named.items()} for at in range(count)]
    return {**columns, "search_text": [search_text_of(model, row) for row in rows]}


def _column(table: Table, key: str, dialect: Any, values: list[Any]) -> list[Any]:
    """As the driver takes them. Days, statuses and moments repeat: each is turned into that only once."""
    kind = table.c[key].type
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    if dialect.name == "sqlite" and isinstance(kind, JSON) and PLAIN_DATA.issuperset(map(type, values)):
        return _as_json(values)
    try:
        known = {value: process(value) for value in set(values)}
    except TypeError:  # lists and dictionaries
        return [process(value) for value in values]
    return [known[value] for value in values]


def _as_json(values: Sequence[Any]) -> list[str]:
    """As ``json.dumps`` writes each of them; making its encoder anew for each takes longer than writing."""
    if c_make_encoder is None:
        return [json.dumps(value) for value in values]
    encode = c_make_encoder(None, _refuse, encode_basestring_ascii, None, ": ", ", ", False, False, True)
    return ["".join(encode(value, 0)) for value in values]


def _refuse(value: Any) -> Any:
    raise TypeError(f"no JSON for {type(value).__name__}")


def _table(model: type[Base]) -> Table:
    table: Table = model.__table__  # type: ignore[assignment]  # every model has a table of its own
    return table


def _constants(table: Table, named: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in table.columns:
        if column.key in named or column.default is None:
            continue
        if column.key in _STAMPS:
            found[column.key] = clock.now()
        elif column.default.is_scalar:
            found[column.key] = column.default.arg  # type: ignore[attr-defined]  # of a plain default
        elif column.default.is_callable:
            found[column.key] = column.default.arg(None)  # type: ignore[attr-defined]  # as SQLAlchemy calls it
    return found
