"""Whole files of many partnerships in one archive: what each reader may read of each, and nothing of the others."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from core.long_work import LongState, LongWork
from core.long_work.results import path_of
from dossier.collecting import file_of
from tests.support.long_work import work_off


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026."""


@pytest.fixture
def office(make):
    person = make.office()
    person.language = "en"
    db.session.commit()
    return person


@pytest.fixture
def partnerships(make):
    return [
        make.partnership(name, municipality=make.municipality(place), leader=make.user(f"Leader of {place}"))
        for name, place in (("First", "Łąki"), ("Second", "Żary"), ("Third", "Brody"))
    ]


def the_work() -> LongWork:
    db.session.rollback()
    return db.session.scalars(select(LongWork)).one()


def names() -> list[str]:
    path = path_of(the_work())
    assert path is not None
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_the_office_takes_the_files_of_those_it_ticked(visit, office, partnerships, app):
    chosen = [one.id for one in partnerships[:2]]
    page = visit(as_=office).open("/office/board/files", id=chosen)
    assert "2 municipalities." in page.text

    page.submit("Make the archive")
    work_off(app)

    work = the_work()
    assert (work.state, work.done, work.total) == (LongState.DONE, 2, 2)
    folders = [
        f"{one.municipality.code}-{place}-{one.id}"
        for one, place in zip(partnerships, ("laki", "zary"), strict=False)
    ]
    assert {name.partition("/")[0] for name in names()} == set(folders)
    alone = {f"{folders[0]}/{item.path}" for item in file_of(partnerships[0], office)}
    assert {name for name in names() if name.startswith(folders[0])} == alone
    taken = db.session.scalars(
        select(AuditEvent).where(AuditEvent.event == "dossier.taken").order_by(AuditEvent.record_id)
    )
    assert [(one.record_id, one.actor_id) for one in taken] == [(one, office.id) for one in chosen]


def test_nothing_ticked_leads_back_to_the_board(visit, office, partnerships):
    assert "Tick municipalities first" in visit(as_=office).open("/office/board/files").text


def test_whoever_is_no_longer_of_the_office_when_it_is_made_gets_an_empty_archive(
    visit, office, partnerships, app, clock
):
    visit(as_=office).open("/office/board/files?whole=1").submit("Make the archive")
    office.grants[0].ends_on = date(2026, 4, 14)
    db.session.commit()

    work_off(app)

    assert names() == []


def test_it_is_read_as_an_archive_by_other_programs(visit, office, partnerships, app):
    visit(as_=office).open("/office/board/files?whole=1").submit("Make the archive")
    work_off(app)
    work = the_work()

    fetched = visit(as_=office).open(f"/work/{work.id}/file")

    with zipfile.ZipFile(io.BytesIO(fetched.data)) as archive:
        assert all(entry.flag_bits & 0x1 == 0 and entry.filename.isascii() for entry in archive.infolist())
        assert len(archive.infolist()) == len(names()) > 6
