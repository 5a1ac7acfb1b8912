"""What applying a change did to the database, row by row, so that it can be undone exactly.

Every row is kept with what stood in it before and afterwards. Undoing goes backwards: rows that were added are deleted,
those that were removed are there again, the others get back what they had, down to the moment they were last changed. A row that somebody has changed since is
never overwritten: ``changed_since`` names it, and nothing is undone.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Table, delete, exists, insert, inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute

from core import clock
from core.database import Base, UTCDateTime, db

Row = dict[str, Any]
BOOKKEEPING = frozenset({"updated_at", "row_version"})
"""Say that a row was changed, not what is in it."""


class Journal:
    """``watch`` a record before changing it, ``add`` a new one; ``settle`` writes them and remembers both sides."""

    def __init__(self, rows: list[Row] | None = None) -> None:
        self.rows: list[Row] = rows or []
        self._watched: list[tuple[Any, Row | None]] = []

    def watch(self, *records: Any) -> None:
        known = [record for record, _before in self._watched]
        self._watched += [(record, _image(record)) for record in records if record not in known]

    def change(self, record: Any, **values: Any) -> None:
        self.watch(record)
        for field, value in values.items():
            setattr(record, field, value)

    def add(self, record: Any) -> None:
        db.session.add(record)
        self._watched.append((record, None))

    def keep(self, record: Any) -> None:
        """Add a row where rows are only ever added: undoing leaves it, and its package adds the opposite."""
        db.session.add(record)
        db.session.flush()
        self.rows.append(
            {"table": record.__tablename__, "id": record.id, "before": None, "after": {}, "stays": True}
        )

    def point_loosely(self, column: InstrumentedAttribute[int | None], old: int, new: int) -> None:
        """For rows that may be deleted or changed meanwhile: undoing turns back those that still say so."""
        model, name = column.class_, column.key
        moved = update(model).where(column == old).values({name: new}).returning(model.id)
        for id_ in db.session.scalars(moved).all():
            change = {"table": model.__tablename__, "id": id_, "loose": True}
            self.rows.append({**change, "before": {name: old}, "after": {name: new}})

    def remove(self, record: Any) -> None:
        """For what has not begun yet; nothing that ever held is deleted. What refers to it lets go of it."""
        for table, column in _references_to(record.__tablename__):
            for id_ in db.session.scalars(select(table.c.id).where(column == record.id)).all():
                change = {"table": table.name, "id": id_, "before": {column.name: record.id}}
                self.rows.append({**change, "after": {column.name: None}})
            db.session.execute(update(table).where(column == record.id).values({column: None}))
        self.rows.append(
            {"table": record.__tablename__, "id": record.id, "before": _image(record), "after": None}
        )
        db.session.delete(record)

    def settle(self) -> None:
        """Write what was changed so far: of two that may not both hold, the one that goes comes first."""
        db.session.flush()
        for record, before in self._watched:
            after = _image(record)
            if before is None:
                self._keep(record, None, {})
                continue
            fields = {name for name in after if before[name] != after[name]}
            if fields - BOOKKEEPING:
                fields |= BOOKKEEPING & after.keys()
                self._keep(
                    record, {name: before[name] for name in fields}, {name: after[name] for name in fields}
                )
        self._watched = []

    def _keep(self, record: Any, before: Row | None, after: Row) -> None:
        self.rows.append({"table": record.__tablename__, "id": record.id, "before": before, "after": after})


# --- Back again --------------------------------------------------------------------------------------------


def changed_since(rows: list[Row]) -> tuple[str, int] | None:
    """Table and id of a row that is no longer as the change left it."""
    latest = {(row["table"], row["id"]): row for row in rows if not row.get("loose")}
    for (table, id_), row in latest.items():
        present = _present(table, id_)
        if row["after"] is None:
            if present is not None:
                return table, id_
            continue
        if present is None:
            return table, id_
        fields = row["after"].keys() - BOOKKEEPING
        if any(present[name] != row["after"][name] for name in fields):
            return table, id_
    return None


def refers_to_added(
    rows: list[Row], *, but: Mapping[str, Collection[int]] | None = None
) -> tuple[str, int, str] | None:
    """Something newer that belongs to a row the change added: that row's table and id, and the table it stands in.

    ``but``: rows by table that will let go of it. Of its own, one that stays would refer to it still.
    """
    going = {table: set(ids) for table, ids in (but or {}).items()}
    for row in rows:
        if not row.get("stays"):
            going.setdefault(row["table"], set()).add(row["id"])
    for row in rows:
        if row["before"] is not None or row.get("stays"):
            continue
        for table, column in _references_to(row["table"]):
            others = exists().where(column == row["id"], table.c.id.not_in(going.get(table.name, set())))
            if db.session.scalar(select(others)):
                return row["table"], row["id"], table.name
    return None


def as_before(rows: list[Row], table: str) -> list[Row]:
    """The rows of a table that undoing would change, as they would be then."""
    found: dict[int, Row | None] = {}
    for row in reversed(rows):
        if row["table"] == table:
            before = row["before"]
            found[row["id"]] = None if before is None else {**(found.get(row["id"]) or {}), **before}
    return [{**(_present(table, id_) or {}), **before} for id_, before in found.items() if before is not None]


def undo(rows: list[Row]) -> None:
    """Bring back what stood there before; whoever calls has asked whether anything is newer."""
    db.session.flush()
    for row in reversed([row for row in rows if not row.get("stays")]):
        table = Base.metadata.tables[row["table"]]
        if row["before"] is None:
            db.session.execute(delete(table).where(table.c.id == row["id"]))
        elif row["after"] is None:
            values = {name: _decoded(value, table.c[name]) for name, value in row["before"].items()}
            db.session.execute(insert(table).values(values))
        elif row.get("loose"):
            same = [table.c[name] == value for name, value in row["after"].items()]
            turned = update(table).where(table.c.id == row["id"], *same)
            db.session.execute(turned.values(row["before"]))
        else:
            values = _to_bring_back(row, table)
            db.session.execute(update(table).where(table.c.id == row["id"]).values(values))
    db.session.expire_all()


def _to_bring_back(row: Row, table: Table) -> Row:
    """Where something else in the row was changed since, it counts as changed once more."""
    present = _present(row["table"], row["id"]) or {}
    before = dict(row["before"])
    if any(present[name] != row["after"][name] for name in BOOKKEEPING & before.keys()):
        before["updated_at"] = clock.now().isoformat()
        if "row_version" in before:
            before["row_version"] = present["row_version"] + 1
    return {name: _decoded(value, table.c[name]) for name, value in before.items()}


# --- Rows as plain values ----------------------------------------------------------------------------------


def _image(record: Any) -> Row:
    columns = inspect(type(record)).column_attrs
    return {attr.columns[0].name: _encoded(getattr(record, attr.key)) for attr in columns}


def _present(table: str, id_: int) -> Row | None:
    known = Base.metadata.tables[table]
    found = db.session.execute(select(known).where(known.c.id == id_)).mappings().one_or_none()
    return _encoded_row(found) if found is not None else None


def _encoded_row(row: Mapping[Any, Any]) -> Row:
    return {str(name): _encoded(value) for name, value in row.items()}


def _encoded(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _decoded(value: Any, column: Column[Any]) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UTCDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _references_to(table: str) -> Iterator[tuple[Table, Column[Any]]]:
    for known in Base.metadata.sorted_tables:
        for column in known.columns:
            if "id" in known.c and any(key.column.table.name == table for key in column.foreign_keys):
                yield known, column
