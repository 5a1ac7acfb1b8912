"""The whole programme in a folder: every table as JSON lines, every file, and what people read: board, reports, municipalities.

All of it is read in one transaction, so it is one moment's state.
"""

import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Table, select

from archive.errors import FolderInUse
from archive.manifest import Manifest
from archive.readable import write_partnerships, write_readable
from archive.tables import key_of, tables, written
from core import clock, storage
from core.database import db
from core.storage import Blob, StoredFile
from programme.queries import the_programme

DATA, FILES, READABLE, PARTNERSHIPS = "data", "files", "readable", "partnerships"
AT_ONCE = 500


def write_archive(folder: Path, *, with_partnerships: bool = True) -> Manifest:
    """Raises FolderInUse where there is something already: nothing is written over.

    ``with_partnerships``: also the whole file of each partnership, which takes some seconds for each.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse
    folder.mkdir(parents=True, exist_ok=True)
    manifest = Manifest(the_programme().name, clock.now().isoformat(), schema())
    _write_data(folder / DATA, manifest)
    _write_files(folder / FILES)
    write_readable(folder / READABLE)
    if with_partnerships:
        for _name in write_partnerships(folder / PARTNERSHIPS):
            continue
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            manifest.add(folder, path)
    manifest.write(folder)
    return manifest


def schema() -> str:
    """The revision of the tables."""
    from alembic.runtime.migration import MigrationContext  # late: it brings Mako and Pygments along

    return MigrationContext.configure(db.session.connection()).get_current_revision() or ""


def _write_data(folder: Path, manifest: Manifest) -> None:
    folder.mkdir()
    for table in tables():
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
            manifest.rows[table.name] = _write_table(table, file.write)


def _write_table(table: Table, write: Callable[[str], object]) -> int:
    columns = [table.c[name] for name in key_of(table)]
    found = (
        db.session.connection().execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*columns))
    )
    number = 0
    for row in found.mappings():
        write(json.dumps(written(table, dict(row)), ensure_ascii=False, separators=(",", ":")) + "\n")
        number += 1
    return number


def _write_files(folder: Path) -> None:
    folder.mkdir()
    for content_hash in db.session.scalars(select(Blob.hash).order_by(Blob.hash)):
        data = storage.read(StoredFile(blob_hash=content_hash))
        place = folder / content_hash[:2]
        place.mkdir(exist_ok=True)
        (place / content_hash).write_bytes(data)
