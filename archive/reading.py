"""An archive back into an empty installation: everything or nothing."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, exists, func, insert, or_, select, text, update

from accounts.models import User
from archive.errors import Damaged, NotEmpty, OtherSchema
from archive.manifest import Manifest, check, read_manifest
from archive.tables import key_of, pointing_ahead, read_back, tables, unknown
from archive.writing import DATA, FILES, schema
from core import storage
from core.audit import AuditEvent
from core.database import db
from core.mail import MailStatus, OutboxMail
from partnerships.models import Partnership

AT_ONCE = 500


def read_archive(folder: Path) -> Manifest:
    """Raises NoArchive, Damaged, OtherSchema or NotEmpty before anything is changed. The caller commits."""
    manifest = read_manifest(folder)
    check(folder, manifest)
    if manifest.schema != schema():
        raise OtherSchema(manifest.schema, schema())
    if unknown(manifest.rows):
        raise Damaged(min(unknown(manifest.rows)))
    if holds_anything():
        raise NotEmpty
    connection = db.session.connection()
    triggers = _put_triggers_aside(connection)
    _fill(connection, folder, manifest)
    _bring_triggers_back(connection, triggers)
    _send_nothing_again(connection)
    _count_on(connection)
    _bring_files(folder, manifest)
    db.session.expire_all()
    return manifest


def holds_anything() -> bool:
    somebody, something = exists(select(User.id)), exists(select(Partnership.id))
    return bool(db.session.scalar(select(or_(somebody, something))))


def _fill(connection: Connection, folder: Path, manifest: Manifest) -> None:
    """What the first start seeded makes way. What points ahead is filled in once all rows are there.

    Only what the manifest names is read: nobody vouches for anything else that lies in the folder.
    """
    for table in reversed(tables()):
        connection.execute(delete(table))
    later: list[tuple[Table, Sequence[str], list[dict[str, Any]]]] = []
    for table in tables():
        ahead, number = pointing_ahead(table), 0
        pointing: list[dict[str, Any]] = []
        name = f"{DATA}/{table.name}.jsonl"
        if name not in manifest.files:
            raise Damaged(name)
        for rows in _rows(folder / name, table):
            number += len(rows)
            pointing += [row for row in rows if any(row[name] is not None for name in ahead)]
            connection.execute(insert(table), [{**row, **dict.fromkeys(ahead)} for row in rows])
        if number != manifest.rows.get(table.name, 0):
            raise Damaged(name)
        later.append((table, ahead, pointing))
    for table, ahead, pointing in later:
        _point(connection, table, ahead, pointing)


def _rows(path: Path, table: Table) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            rows.append(read_back(table, json.loads(line)))
            if len(rows) == AT_ONCE:
                yield rows
                rows = []
    if rows:
        yield rows


def _point(connection: Connection, table: Table, ahead: Sequence[str], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    keys = key_of(table)
    statement = (
        update(table)
        .where(*(table.c[name] == bindparam(f"key_{name}") for name in keys))
        .values({name: bindparam(f"to_{name}") for name in ahead})
    )
    connection.execute(
        statement,
        [
            {f"key_{name}": row[name] for name in keys} | {f"to_{name}": row[name] for name in ahead}
            for row in rows
        ],
    )


def _send_nothing_again(connection: Connection) -> None:
    """What waited to be sent was sent where the archive comes from, or never will be."""
    connection.execute(
        update(OutboxMail)
        .where(OutboxMail.status.in_([MailStatus.HELD, MailStatus.QUEUED, MailStatus.BUNDLED]))
        .values(status=MailStatus.FAILED, last_error="Came with an archive: it is not sent from here")
    )


# --- Triggers --------------------------------------------------------------------------------------------
# They keep what is decided as it is, and would take a copy of it for a change.


def _put_triggers_aside(connection: Connection) -> list[tuple[str, str]]:
    if connection.dialect.name == "postgresql":
        for table in tables():
            connection.execute(text(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER'))
        return []
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _sql in found:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    return [(str(name), str(sql)) for name, sql in found]


def _bring_triggers_back(connection: Connection, triggers: list[tuple[str, str]]) -> None:
    if connection.dialect.name == "postgresql":
        for table in tables():
            connection.execute(text(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER'))
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)


def _count_on(connection: Connection) -> None:
    """New rows get numbers after those that came, and where each is given once also after those that were taken back:
    the history and the mails of these came along. What else SQLite counts it sees to itself.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    for table in tables():
        given_once = table.dialect_options["sqlite"]["autoincrement"]
        highest = _highest(connection, table, also_told=given_once) if _is_counted(table) else None
        if highest is None:
            continue
        if not is_sqlite:
            _go_on_after(connection, table, highest)
        elif given_once:
            named = {"table": table.name, "highest": highest}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), named)
            connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :highest)"), named
            )


def _is_counted(table: Table) -> bool:
    return "id" in table.c and bool(table.c.id.autoincrement) and table.c.id.type.python_type is int


def _highest(connection: Connection, table: Table, *, also_told: bool) -> int | None:
    present: int | None = connection.scalar(select(func.max(table.c.id)))
    if not also_told:
        return present
    said = (AuditEvent.record_kind, AuditEvent.record_id), (AuditEvent.story_kind, AuditEvent.story_id)
    told = [connection.scalar(select(func.max(number)).where(kind == table.name)) for kind, number in said]
    return max((one for one in (present, *told) if one is not None), default=None)


def _go_on_after(connection: Connection, table: Table, highest: int) -> None:
    """On PostgreSQL."""
    quoted = {"table": f'"{table.name}"'}
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), quoted)
    if sequence is not None:
        connection.execute(
            text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest}
        )


def _bring_files(folder: Path, manifest: Manifest) -> None:
    for name in sorted(one for one in manifest.files if one.startswith(f"{FILES}/")):
        path = folder / name
        storage.put_back(path.name, path.read_bytes())
