"""Files: kept once, never lost while somebody has them, gone when nobody has."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import storage
from core.database import db
from core.storage import Blob, StoredFile

LATER = timedelta(hours=-1)
"""A sweep that takes everything nobody has, however young: files carry the real time."""


def kept(data=b"content", name="plan.xlsx"):
    file = storage.keep(data, name=name, media_type="application/octet-stream")
    db.session.commit()
    return file


def on_disk(app):
    folder = app.config["GROMADA"].data_dir / "files"
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_comes_back_as_it_was(app):
    assert storage.read(kept("Żółta Gęś".encode())) == "Żółta Gęś".encode()


def test_the_same_content_is_stored_once(app):
    first, second = kept(name="a.xlsx"), kept(name="b.xlsx")

    assert first.blob_hash == second.blob_hash
    assert (first.name, second.name) == ("a.xlsx", "b.xlsx")
    assert on_disk(app) == [first.blob_hash]


def test_content_that_somebody_else_has_too_stays(app):
    first, second = kept(name="a.xlsx"), kept(name="b.xlsx")
    storage.remove(first)
    db.session.commit()

    assert storage.sweep(older_than=LATER) == 0
    assert storage.read(second) == b"content"


def test_content_that_nobody_has_goes(app):
    storage.remove(kept())
    db.session.commit()

    assert storage.sweep(older_than=LATER) == 1
    assert on_disk(app) == []
    assert db.session.scalar(select(func.count()).select_from(Blob)) == 0


def test_content_of_an_upload_that_was_rolled_back_goes_later(app):
    storage.keep(b"half an upload", name="a.xlsx", media_type="x")
    db.session.rollback()

    assert storage.sweep() == 0, "it could be under way still"
    assert storage.sweep(older_than=LATER) == 1
    assert on_disk(app) == []


def test_content_that_was_lost_comes_back_with_the_next_upload(app):
    file = kept()
    (app.config["GROMADA"].data_dir / "files" / file.blob_hash[:2] / file.blob_hash).unlink()

    assert storage.read(kept()) == b"content"


def test_many_uploads_of_one_content_at_once_are_all_kept_while_it_is_swept(app):
    start = threading.Barrier(5)
    faults = []

    def work(task):
        with app.app_context():
            try:
                start.wait()
                for _ in range(10):
                    task()
            except Exception as error:  # noqa: BLE001 - every fault of a thread is told below
                faults.append(error)
            finally:
                db.session.remove()

    tasks = [kept] * 4 + [lambda: storage.sweep(older_than=LATER)]
    threads = [threading.Thread(target=work, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    files = db.session.scalars(select(StoredFile)).all()
    assert [storage.read(file) for file in files] == [b"content"] * 40


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ("plan.xlsx", "plan.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ewa\\plan ogólny.xlsx", "plan ogólny.xlsx"),
        ("plan\r\nX: y.xlsx", "planX: y.xlsx"),
        ("\x00", "file"),
        ("", "file"),
        ("x" * 300 + ".xlsx", "x" * 190 + ".xlsx"),
    ],
)
def test_names_are_only_names(given, kept_as):
    assert storage.safe_name(given) == kept_as
