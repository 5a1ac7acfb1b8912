"""The database: one declarative base, SQLite by default and PostgreSQL by setting, both behaving the same."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Index,
    MetaData,
    String,
    Table,
    TypeDecorator,
    Update,
    bindparam,
    event,
    func,
    text,
    update,
)
from sqlalchemy import cast as to_type
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

from core import clock
from core.errors import DomainError

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """A moment. Refuses one without a zone (it would mean another time on each server) and gives UTC back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CodeEnum(TypeDecorator[StrEnum]):
    """A ``StrEnum`` kept as its value in a plain text column: a new member needs no migration."""

    impl = String(40)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum
        self._members = {member.value: member for member in enum}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self._members[value]


class Base(DeclarativeBase):
    # A registry of its own: Flask-SQLAlchemy copies this class and SQLAlchemy takes a type map only once.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={datetime: UTCDateTime(), dict[str, Any]: JSON(), list[str]: JSON()},
    )


db = SQLAlchemy(model_class=Base)


def one_of(enum: type[StrEnum]) -> CodeEnum:
    """The column type for an enum: ``status: Mapped[PlanStatus] = mapped_column(one_of(PlanStatus))``."""
    return CodeEnum(enum)


GIVEN_ONCE = {"sqlite_autoincrement": True}
"""In the ``__table_args__`` of records that can be taken back: the history, links and mails speak of one by its number for
ever, so no other record gets it. PostgreSQL never gives a number again; SQLite does unless told not to."""


class Timestamped:
    """When a record was made and last changed. Who did it stands in the history (``core/audit.py``)."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now, sort_order=91)


class Versioned:
    """A record that several people work on: of two simultaneous changes the second is refused, not lost."""

    row_version: Mapped[int] = mapped_column(default=1, sort_order=99)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        own = getattr(cls, "__mapper_args__", {})
        cls.__mapper_args__ = {"version_id_col": cls.row_version, **own}  # type: ignore[attr-defined]  # read by SQLAlchemy
        super().__init_subclass__(**kwargs)


def only_one(name: str, *columns: str, where: str) -> Index:
    """A unique index over the rows that fulfil ``where``: at most one of them per value, held by the database."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def table_of(record: type[Base]) -> Table:
    """For rows that are only ever added: written to it at once, past the mapper, they take a third of the time."""
    return cast("Table", record.__table__)


def know(record: Any, **related: Any) -> None:
    """What was read beside a record, in the same query, so that it need not be asked for. What it knows already stays."""
    for name, value in related.items():
        if name not in record.__dict__:
            set_committed_value(record, name, value)


def write_at_once(record: Any, **values: Any) -> None:
    """Change these columns of a ``Versioned`` record now, past the unit of work, which would first go through everything
    that the record is related to; raises ``StaleDataError`` where somebody else was quicker.
    """
    kind: type[Base] = type(record)
    now = clock.now()
    found = db.session.connection().execute(
        _change_of(kind, tuple(values)),
        {"its_id": record.id, "its_version": record.row_version, "now": now, **_renamed(values)},
    )
    if found.rowcount != 1:
        raise StaleDataError(f"{kind.__tablename__} {record.id} was changed by somebody else")
    for name, value in {**values, "updated_at": now, "row_version": record.row_version + 1}.items():
        set_committed_value(record, name, value)


def _renamed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}


@cache
def _change_of(kind: type[Base], names: tuple[str, ...]) -> Update:
    table = table_of(kind)
    return (
        update(table)
        .where(table.c.id == bindparam("its_id"), table.c.row_version == bindparam("its_version"))
        .values(
            row_version=table.c.row_version + 1,
            updated_at=bindparam("now"),
            **{name: bindparam(f"new_{name}") for name in names},
        )
    )


def insert_into(table: type[Base] | Table) -> Any:
    """An INSERT that can give way to a row that is there. Each database has its own, and loads only that."""
    if db.engine.dialect.name == "postgresql":
        return import_module("sqlalchemy.dialects.postgresql").insert(table)
    return import_module("sqlalchemy.dialects.sqlite").insert(table)


@contextmanager
def refusing(refusal: Callable[[], DomainError], *, only_taken: bool = False) -> Iterator[None]:
    """Try a write in a savepoint; when the database itself says "only one", answer with this refusal instead.

    ``only_taken``: whatever else it says is a fault of ours and stays one. For much that is written at once.
    """
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError as error:
        if only_taken and not _is_taken(error):
            raise
        raise refusal() from error


UNIQUE_VIOLATIONS = frozenset({"23505", "23P01"})
"""Of PostgreSQL, exclusion included."""

EXCLUSIONS = frozenset({"two leaders on one day", "somebody is assigned on these days"})
"""SQLite knows no exclusion: triggers keep it, as others keep what is decided. Only these say that days are taken."""


def _is_taken(error: IntegrityError) -> bool:
    if isinstance(error.orig, sqlite3.IntegrityError):
        if error.orig.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
            return str(error.orig) in EXCLUSIONS
        return error.orig.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE
    return getattr(error.orig, "sqlstate", None) in UNIQUE_VIOLATIONS


@contextmanager
def aside() -> Iterator[Session]:
    """A short transaction of its own, for facts that must survive a refusal or a GET.

    Failed sign-ins, refused uploads, denied access, exports taken. The request's own transaction ends first, without
    effect (on SQLite a second writer would wait for the first for ever), so call it where nothing was changed yet. What
    is looked up meanwhile through ``db.session`` is only read, for the same reason.
    """
    db.session.rollback()
    with writing(), Session(db.engine, expire_on_commit=False) as session, session.begin():
        session.connection()  # begins to write at once; whoever else begins now only reads
        with writing(False):
            yield session
    db.session.rollback()  # a transaction that began in between could not write


def let_others_write() -> None:
    """Before something slow that asks nothing of the database: on SQLite everybody who writes would wait for it.

    For where nothing was changed yet; the next question begins a new transaction.
    """
    db.session.rollback()


# Whether the transactions begun from here on may write. SQLite must know when a transaction begins: a reader that
# turns writer half-way is refused at once, whatever the busy timeout.
_may_write: ContextVar[bool] = ContextVar("may_write", default=True)


@contextmanager
def writing(may_write: bool = True) -> Iterator[None]:
    token = _may_write.set(may_write)
    try:
        yield
    finally:
        _may_write.reset(token)


PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "cache_size=-16000",
)
"""16 MB of pages are kept for each connection, once they were needed: with the usual 2 MB a list of the whole country
reads every page again and again, and takes two to three times as long."""


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    if not _is_sqlite(connection):
        return
    connection.isolation_level = None  # begin only where we say so, see _begin
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _is_sqlite(connection: Any) -> bool:
    return isinstance(connection, sqlite3.Connection)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()  # past SQLAlchemy: every request begins so
        cursor.execute("BEGIN IMMEDIATE" if _may_write.get() else "BEGIN DEFERRED")
        cursor.close()


def utc_day(moment: Any) -> ColumnElement[Any]:
    """The day of a moment, in the database. Nobody meets, decides or teaches between midnight and two: what happens then
    counts a day earlier.
    """
    if db.engine.dialect.name == "postgresql":
        return to_type(func.timezone("UTC", moment), Date)
    return func.date(moment)
