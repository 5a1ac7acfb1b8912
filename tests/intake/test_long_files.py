"""A long list is taken in as long work: whole or not at all, and a failure is told where the file is looked at."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.audit import AuditEvent
from core.database import db
from core.long_work import LongState, LongWork
from intake.models import ImportState, RecordImport
from municipalities.models import Municipality
from partnerships.models import Partnership
from tests.intake.bringing import HEAD, bring, row
from tests.intake.workbooks import workbook
from tests.support.long_work import Workers, lease_runs_out, wait_for, work_off

MANY = 310


@pytest.fixture
def office(make, visit):
    person = make.office()
    person.language = "en"
    db.session.commit()
    return visit(as_=person)


@pytest.fixture
def codes(make):
    found = [f"16{number:04d}2" for number in range(1000, 1000 + MANY)]
    for code in found:
        make.municipality(f"G{code}", code=code)
    return found


@pytest.fixture
def waiting(office, codes):
    return bring(office, workbook(HEAD, *(row(code) for code in codes))).submit("Apply the file")


@pytest.fixture
def workers(app) -> Iterator[Workers]:
    begun = Workers(app)
    yield begun
    begun.close()


def partnerships() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Partnership)) or 0


def test_it_stands_among_the_imports_and_exports_and_leads_to_the_file(office, waiting, app):
    listed = office.open("/office/exchange")
    assert "Records from a file" in listed.text
    assert f"0 of {MANY}" in office.open(waiting.url).text

    work_off(app)

    work = db.session.scalars(select(LongWork)).one()
    assert (work.state, work.done, work.total) == (LongState.DONE, MANY, MANY)
    assert office.open(f"/work/{work.id}").follow("See what came of it").url == waiting.url


def test_killed_at_any_moment_it_is_taken_in_once(office, waiting, workers):
    killed = workers.start(1)[0]
    wait_for(lambda: db.session.scalar(select(LongWork.state)) is not LongState.QUEUED)
    workers.kill(killed)
    assert partnerships() in (0, MANY), "whole or not at all"
    lease_runs_out()

    workers.start(2)
    wait_for(lambda: db.session.scalar(select(LongWork.state)) is LongState.DONE)

    assert partnerships() == MANY
    applied = select(func.count()).where(AuditEvent.event == "import.applied")
    assert db.session.scalar(applied) == 1
    assert f"{MANY} new" in office.open(waiting.url).text


def test_what_changed_meanwhile_is_told_and_the_file_can_be_applied_again(make, office, waiting, codes, app):
    place = db.session.scalars(select(Municipality).where(Municipality.code == codes[0])).one()
    make.partnership("Meanwhile", municipality=place)
    db.session.commit()

    work_off(app)

    shown = office.open(waiting.url)
    assert "It was not applied. Somebody changed the records after you saw this page." in shown.text
    assert partnerships() == 1
    work = db.session.scalars(select(LongWork)).one()
    assert work.state is LongState.FAILED
    assert "Somebody changed the records" in office.open(f"/work/{work.id}").text
    assert db.session.scalars(select(Partnership.name)).one() == "Meanwhile"


def test_an_error_on_our_side_is_told_there_after_three_tries_and_nothing_was_changed(
    clock, office, waiting, app, monkeypatch
):
    monkeypatch.setattr("intake.taking_in.apply_import", lambda *args, **names: 1 / 0)
    for _ in range(3):
        work_off(app)
        clock.move_to(clock.now + timedelta(minutes=2))

    shown = office.open(waiting.url)

    assert "It was not applied. Something went wrong on our side." in shown.text
    assert partnerships() == 0
    upload = db.session.scalars(select(RecordImport)).one()
    assert (upload.status, upload.rows_done) == (ImportState.CHECKED, 0)
    monkeypatch.undo()
    shown.submit("Apply the file")
    work_off(app)
    assert partnerships() == MANY
