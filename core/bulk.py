"""Many rows of one table written at once: for imports, where a mapper's work on every row is most of the time.

What the mapper would do besides is the caller's to think of: defaults that a model sets by itself are added here,
relationships are ids, and no event of the mapper fires.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, insert, select

from core import clock
from core.database import Base, db

_STAMPS = ("created_at", "updated_at")


def take_ids(model: type[Base], count: int) -> Sequence[int]:
    """Ids that nobody else gets: records that refer to each other can be written without asking for them."""
    if count == 0:
        return range(0)
    table = _table(model)
    if db.engine.dialect.name == "postgresql":
        return _from_sequence(table, count)
    last = db.session.scalar(select(func.max(table.c.id))) or 0  # SQLite has one writer at a time
    return range(last + 1, last + 1 + count)


def _from_sequence(table: Table, count: int) -> Sequence[int]:
    name = func.pg_get_serial_sequence(f'"{table.name}"', "id")
    return db.session.scalars(select(func.nextval(name)).select_from(func.generate_series(1, count))).all()


def insert_rows(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """All with the same names; moments of making, a first version and plain defaults are added where they are not named."""
    if not rows:
        return
    table, connection = _table(model), db.session.connection()
    constants = _constants(table, rows[0])
    keys = [*rows[0], *constants]
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=keys)
    processors = [_once(_processor(table, key, connection.dialect)) for key in keys]
    fixed = [
        process(constants[key]) for key, process in zip(constants, processors[len(rows[0]) :], strict=True)
    ]
    own = list(zip(rows[0], processors, strict=False))
    values = [[*(process(row[key]) for key, process in own), *fixed] for row in rows]
    connection.exec_driver_sql(str(compiled), _parameters(compiled, keys, values))


def _parameters(compiled: Any, keys: list[str], values: list[list[Any]]) -> Any:
    if compiled.positional:
        order = [keys.index(name) for name in compiled.positiontup]
        if order == list(range(len(keys))):
            return [tuple(row) for row in values]
        return [tuple(row[at] for at in order) for row in values]
    return [dict(zip(keys, row, strict=True)) for row in values]


def _table(model: type[Base]) -> Table:
    table: Table = model.__table__  # type: ignore[assignment]  # every model has a table of its own
    return table


def _constants(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in table.columns:
        if column.key in row or column.default is None:
            continue
        if column.key in _STAMPS:
            found[column.key] = clock.now()
        elif column.default.is_scalar:
            found[column.key] = column.default.arg  # type: ignore[attr-defined]  # of a plain default
        elif column.default.is_callable:
            found[column.key] = column.default.arg(None)  # type: ignore[attr-defined]  # as SQLAlchemy calls it
    return found


def _processor(table: Table, key: str, dialect: Any) -> Callable[[Any], Any] | None:
    processor: Callable[[Any], Any] | None = table.c[key].type.dialect_impl(dialect).bind_processor(dialect)
    return processor


def _once(process: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    """Days, statuses and moments repeat: each is turned into what the database takes only once."""
    if process is None:
        return lambda value: value
    known: dict[Any, Any] = {}

    def processed(value: Any) -> Any:
        try:
            return known[value]
        except KeyError:
            made = known[value] = process(value)
            return made
        except TypeError:  # a list or a dictionary
            return process(value)

    return processed
