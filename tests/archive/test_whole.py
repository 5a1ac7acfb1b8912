"""The whole programme as one file: the same as the folder, readable by an empty installation, of one moment, and nobody waits."""

import zipfile
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from archive.read_only import end_programme
from archive.readable import standings
from archive.reading import read_archive
from archive.tables import tables
from archive.whole import WHOLE_PROGRAMME
from archive.writing import write_archive
from core import storage
from core.database import db, writing
from core.long_work import LongState, LongWork, ask
from core.long_work.results import path_of
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import add_signature, attach
from partnerships.models import Partnership
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from tests.support.documents import asice, pdf
from tests.support.long_work import work_off

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026."""


@pytest.fixture
def office(make):
    person = make.office()
    person.language = "en"
    make.member(make.partnership("Żółta Gęś", leader=make.user()))
    storage.keep(b"minutes", name="minutes.txt", media_type="text/plain")
    db.session.commit()
    return person


def made(app: Flask, office, folder: Path, *, with_partnerships: bool) -> LongWork:
    work = ask(WHOLE_PROGRAMME, about="one", actor=office, with_partnerships=with_partnerships)
    work_off(app)
    path = path_of(work)
    assert path is not None
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return work


def test_another_installation_reads_what_was_fetched(app, office, elsewhere, tmp_path):
    with app.app_context():
        owner = db.session.merge(office)
        made(app, owner, tmp_path / "archive", with_partnerships=False)
        before = standings()
        db.session.rollback()

    with elsewhere.app_context():
        read_archive(tmp_path / "archive")
        db.session.commit()

        assert standings() == before
        assert db.session.scalar(select(func.count()).select_from(LongWork)) == 0


def test_evidence_stays_behind_and_its_records_go_along_as_after_their_time(
    app, make, office, elsewhere, tmp_path
):
    with app.app_context():
        partnership = db.session.scalars(select(Partnership)).one()
        leader = partnership.leader(TODAY)
        assert leader is not None
        kept = {
            file_class: attach(
                partnership,
                data=pdf(words=str(file_class)),
                name="a.pdf",
                file_class=file_class,
                title="A",
                actor=leader,
            )
            for file_class in FileClass
        }
        twice = attach(
            partnership,
            data=pdf(words="public"),
            name="b.pdf",
            file_class=FileClass.EVIDENCE,
            title="B",
            actor=leader,
        )
        signature = add_signature(kept[FileClass.EVIDENCE], data=asice(), name="a.asice", actor=leader)
        db.session.add(
            EarlierPlan(
                partnership_id=partnership.id, kind=PlanKind.GENERAL, year_from=2023, year_to=2025,
                status=EarlierStatus.PUBLISHED, file_id=kept[FileClass.EVIDENCE].id,
            )
        )  # fmt: skip
        ids = {file_class: one.id for file_class, one in kept.items()}
        secret = {kept[FileClass.EVIDENCE].content_hash, signature.content_hash}
        gone = {kept[FileClass.EVIDENCE].id, signature.id, twice.id}
        open_to_all = {twice.content_hash}
        db.session.commit()

        made(app, db.session.merge(office), tmp_path / "archive", with_partnerships=True)
        write_archive(tmp_path / "backup", with_partnerships=False)
        db.session.rollback()

    files = {
        place: {one.name for one in (tmp_path / place / "files").rglob("*")}
        for place in ("archive", "backup")
    }
    assert (files["archive"] & secret, files["backup"] & secret) == (set(), secret)
    assert open_to_all <= files["archive"]
    (whole_file,) = (tmp_path / "archive" / "partnerships").iterdir()
    with zipfile.ZipFile(whole_file) as inside:
        lying_there = {sha256(inside.read(name)).hexdigest() for name in inside.namelist()}
    assert (lying_there & secret, open_to_all <= lying_there) == (set(), True)
    with elsewhere.app_context():
        read_archive(tmp_path / "archive")
        db.session.commit()
        there = db.session.scalars(select(Attachment)).all()
        assert {one.id for one in there if not one.is_kept} == gone
        assert {(one.removed_on, one.removed_by_id) for one in there if one.id in gone} == {(TODAY, None)}
        public = db.session.get_one(Attachment, ids[FileClass.PUBLIC])
        assert public.file is not None
        assert storage.read(public.file) == pdf(words="public")


def test_its_steps_are_the_tables_the_files_and_the_partnerships(app, office, tmp_path):
    work = made(app, office, tmp_path / "archive", with_partnerships=True)

    assert (work.state, work.done, work.total) == (
        LongState.DONE, len(tables()) + 1 + 1, len(tables()) + 1 + 1
    )  # fmt: skip
    packed = list((tmp_path / "archive" / "partnerships").iterdir())
    assert len(packed) == 1
    with zipfile.ZipFile(packed[0]) as archive:
        assert archive.testzip() is None


def test_it_is_made_and_fetched_after_the_programme_is_over(visit, app, office, clock):
    clock.move_to(datetime(2029, 2, 1, 10, 0, tzinfo=UTC))
    end_programme(actor=office)
    db.session.commit()

    page = visit(as_=office).open("/office/archive").submit("Make the archive")
    work_off(app)

    work = db.session.scalars(select(LongWork)).one()
    assert work.state is LongState.DONE
    assert visit(as_=office).open(f"{page.url}/file").data.startswith(b"PK")


def test_what_is_written_meanwhile_waits_for_nobody_and_is_not_in_it(app, office, tmp_path):
    told: list[int] = []

    def somebody_writes(done: int, total: int, what: str) -> None:
        told.append(done)
        if done != 1:
            return
        with app.app_context(), writing():
            partnership = db.session.scalars(select(Partnership)).one()
            partnership.name = "Written meanwhile"
            db.session.commit()

    write_archive(tmp_path / "archive", with_partnerships=False, tell=somebody_writes)

    assert "Written meanwhile" not in (tmp_path / "archive" / "data" / "partnership.jsonl").read_text()
    db.session.rollback()
    assert db.session.scalars(select(Partnership.name)).one() == "Written meanwhile"
    assert told == list(range(1, len(tables()) + 2))
