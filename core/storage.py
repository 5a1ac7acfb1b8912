"""Files: kept under the hash of their content, outside the web root; their names are only data."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from flask import Flask, current_app
from obstore.store import LocalStore
from sqlalchemy import ForeignKey, String, delete, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Base, Timestamped, db, insert_into
from core.text import clean

_KEY = "gromada_files"


class Blob(Base):
    """Content, once, however many files have it."""

    __tablename__ = "blob"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(default=clock.now)


class StoredFile(Timestamped, Base):
    """A file somebody gave us, under the name they gave it."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    blob_hash: Mapped[str] = mapped_column(ForeignKey("blob.hash"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(120))

    blob: Mapped[Blob] = relationship()


def init_storage(app: Flask) -> None:
    folder = app.config["GROMADA"].data_dir / "files"
    app.extensions[_KEY] = LocalStore(folder, mkdir=True)


def _store() -> LocalStore:
    store: LocalStore = current_app.extensions[_KEY]
    return store


def _path(content_hash: str) -> str:
    return f"{content_hash[:2]}/{content_hash}"


def keep(data: bytes, *, name: str, media_type: str) -> StoredFile:
    """Store content and remember it by name. The content is there before the row is committed: no row points to nothing.

    The row comes first all the same: it keeps a sweep from taking the content away before the commit, and of two people
    who send the same file at once neither is refused.
    """
    content_hash = sha256(data).hexdigest()
    _claim(content_hash, len(data))
    _store().put(_path(content_hash), data)
    file = StoredFile(blob_hash=content_hash, name=safe_name(name), media_type=media_type)
    db.session.add(file)
    db.session.flush()
    return file


def _claim(content_hash: str, size: int) -> None:
    """One row per content, however many ask at once; asking again makes it young again."""
    values = {"hash": content_hash, "size": size, "stored_at": clock.now()}
    again = {"stored_at": clock.now()}
    db.session.execute(
        insert_into(Blob).values(values).on_conflict_do_update(index_elements=["hash"], set_=again)
    )


def read(file: StoredFile) -> bytes:
    return bytes(_store().get(_path(file.blob_hash)).bytes())


def put_back(content_hash: str, data: bytes) -> None:
    """Content of a row that is known already, as when an archive is read. Raises ValueError where it is not that content."""
    if sha256(data).hexdigest() != content_hash:
        raise ValueError(f"{content_hash} is the hash of something else")
    _store().put(_path(content_hash), data)


def safe_name(name: str) -> str:
    """The last part of a name, without control characters; never empty, at most 200 characters."""
    last = clean(name.replace("\\", "/")).rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable())
    stem, dot, ending = kept.rpartition(".")
    return (f"{stem[:190]}{dot}{ending[:9]}" if dot else kept[:200]) or "file"


def remove(file: StoredFile) -> None:
    """Forget one file; its content goes with the sweep once no other file has it."""
    db.session.delete(file)


def sweep(*, older_than: timedelta = timedelta(hours=1)) -> int:
    """Remove content that no file points to: what an erased file or a crashed upload left behind.

    Content younger than ``older_than`` stays: its upload may still be under way.
    """
    limit = clock.now() - older_than
    _keep_uploads_waiting()
    unused = Blob.hash.not_in(select(StoredFile.blob_hash)), Blob.stored_at < limit
    db.session.execute(delete(Blob).where(*unused))
    known = set(db.session.scalars(select(Blob.hash)))
    gone = [
        path for path, changed_at in _stored() if path.rpartition("/")[2] not in known and changed_at < limit
    ]
    if gone:
        _store().delete(gone)
    db.session.commit()
    return len(gone)


def _keep_uploads_waiting() -> None:
    """Content must not be removed while somebody is storing the same. SQLite has one writer at a time anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE blob IN SHARE ROW EXCLUSIVE MODE"))


def _stored() -> Iterator[tuple[str, datetime]]:
    for chunk in _store().list():
        for entry in chunk:
            yield entry["path"], entry["last_modified"]
