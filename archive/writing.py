"""The whole programme in a folder: every table as JSON lines, every file, and what people read: board, reports, municipalities.

All of it is read in one transaction, so it is one moment's state.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, func, select

from archive.errors import FolderInUse
from archive.evidence import LeftOut, evidence
from archive.manifest import Manifest
from archive.readable import write_partnerships, write_readable
from archive.tables import key_of, tables, written
from core import clock, storage
from core.database import db, writing
from core.i18n import _
from core.storage import Blob, StoredFile
from partnerships.models import Partnership
from programme.queries import the_programme

DATA, FILES, READABLE, PARTNERSHIPS = "data", "files", "readable", "partnerships"
AT_ONCE = 500


@dataclass
class Steps:
    """How far an archive is: a step is a table, a kept file or the file of a partnership."""

    tell: Callable[[int, int, str], object]
    total: int
    done: int = 0

    def one(self, what: str) -> None:
        self.done += 1
        self.tell(self.done, self.total, what)


def write_archive(
    folder: Path,
    *,
    with_partnerships: bool = True,
    with_evidence: bool = True,
    tell: Callable[[int, int, str], object] = lambda done, total, what: None,
) -> Manifest:
    """Raises FolderInUse where there is something already: nothing is written over. Ends the transaction it is called in.

    ``with_partnerships``: also the whole file of each partnership, which takes some seconds for each.
    ``with_evidence``: also signed lists and cards, which whoever restores a programme needs and nobody else takes along.
    ``tell`` learns after each step how many are done of how many, and what is done.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse
    folder.mkdir(parents=True, exist_ok=True)
    with writing(False):
        _hold_the_moment()
        manifest = Manifest(the_programme().name, clock.now().isoformat(), schema())
        left_out = LeftOut() if with_evidence else evidence()
        contents = _contents(left_out)
        steps = Steps(tell, _how_many(contents, with_partnerships=with_partnerships))
        _write_data(folder / DATA, manifest, steps, left_out)
        _write_files(folder / FILES, contents, steps)
        write_readable(folder / READABLE)
        if with_partnerships:
            for _name in write_partnerships(folder / PARTNERSHIPS):
                steps.one(_("Files of partnerships"))
        db.session.rollback()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            manifest.add(folder, path)
    manifest.write(folder)
    return manifest


def _hold_the_moment() -> None:
    """Everything that is read from here on is of one moment, and on SQLite nobody who writes has to wait for us."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _contents(left_out: LeftOut) -> list[str]:
    found = db.session.scalars(select(Blob.hash).order_by(Blob.hash))
    return [content_hash for content_hash in found if content_hash not in left_out.contents]


def _how_many(contents: Sequence[str], *, with_partnerships: bool) -> int:
    partnerships = db.session.scalar(select(func.count()).select_from(Partnership)) or 0
    return len(tables()) + len(contents) + (partnerships if with_partnerships else 0)


def schema() -> str:
    """The revision of the tables."""
    from alembic.runtime.migration import MigrationContext  # late: it brings Mako and Pygments along

    return MigrationContext.configure(db.session.connection()).get_current_revision() or ""


def _write_data(folder: Path, manifest: Manifest, steps: Steps, left_out: LeftOut) -> None:
    folder.mkdir()
    for table in tables():
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
            manifest.rows[table.name] = _write_table(table, file.write, left_out)
        steps.one(_("Records of all tables"))


def _write_table(table: Table, write: Callable[[str], object], left_out: LeftOut) -> int:
    columns = [table.c[name] for name in key_of(table)]
    found = (
        db.session.connection().execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*columns))
    )
    number = 0
    for everything in found.mappings():
        row = left_out.row(table, dict(everything))
        if row is None:
            continue
        write(json.dumps(written(table, row), ensure_ascii=False, separators=(",", ":")) + "\n")
        number += 1
    return number


def _write_files(folder: Path, contents: Sequence[str], steps: Steps) -> None:
    folder.mkdir()
    for content_hash in contents:
        data = storage.read(StoredFile(blob_hash=content_hash))
        place = folder / content_hash[:2]
        place.mkdir(exist_ok=True)
        (place / content_hash).write_bytes(data)
        steps.one(_("Files that people sent"))
