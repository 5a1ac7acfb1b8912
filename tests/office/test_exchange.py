"""Imports and exports: the list of what was asked for, one piece with its progress, its file for whoever asked alone."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from accounts.models import RoleGrant, User
from core.audit import AuditEvent
from core.database import db
from core.jobs import JobProcess
from core.long_work import LongState, LongWork, ask
from core.long_work.results import path_of
from core.long_work.setup import forget
from core.mail import OutboxMail
from tests.make import Make
from tests.support.long_work import work_off
from tests.visit import Page, Visits


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026."""


@pytest.fixture
def office(make: Make) -> User:
    person = make.office("Olga Biurowa")
    person.language = "en"
    db.session.commit()
    return person


@pytest.fixture
def runs_jobs(clock) -> None:
    db.session.add(JobProcess(instance="one", started_at=clock.now, seen_at=clock.now))
    db.session.commit()


def asked(visit: Visits, office: User) -> Page:
    """The whole programme, data only."""
    return visit(as_=office).open("/office/archive").submit("Make the archive")


def the_work() -> LongWork:
    db.session.rollback()
    return db.session.scalars(select(LongWork)).one()


def test_what_is_asked_for_waits_is_made_and_is_fetched(visit, office, app, runs_jobs):
    waiting = asked(visit, office)
    assert "It waits its turn" in waiting.text
    work_off(app)

    ready = visit(as_=office).open(waiting.url)
    fetched = ready.visitor.open(ready.tree.xpath("//main//a[@download]")[0].get("href"))

    with zipfile.ZipFile(BytesIO(fetched.data)) as archive:
        assert {"manifest.json", "data/user.jsonl", "readable/municipalities.xlsx"} <= set(archive.namelist())
    headers = fetched.response.headers
    assert (headers["Cache-Control"], headers["Content-Type"]) == ("no-store", "application/zip")
    assert headers["Content-Disposition"].startswith("attachment; filename=gromada-")
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.event.like("long_work.%")).order_by(AuditEvent.id)
    )
    assert [(one.event, one.actor_id) for one in events] == [
        ("long_work.asked", office.id), ("long_work.fetched", office.id)
    ]  # fmt: skip
    assert the_work().fetched_at is not None


def test_the_list_names_everything_with_who_asked_and_what_came_of_it(visit, office, app, runs_jobs):
    asked(visit, office)
    listed = visit(as_=office).open("/office/exchange")
    assert "It begins in a moment." in listed.text
    work_off(app)

    listed = visit(as_=office).open("/office/exchange")

    row = listed.tree.xpath("//section[@aria-labelledby='asked']//tbody/tr")[0].text_content()
    for words in ("The whole programme", "Olga Biurowa", "Ready", "Fetch the file", "until 22 Apr 2026"):
        assert words in row
    assert "noscript" not in listed.html


def test_a_page_about_something_under_way_asks_for_itself_again_without_a_script(visit, office, runs_jobs):
    page = asked(visit, office)
    work = the_work()
    work.state, work.done, work.total, work.note = LongState.RUNNING, 30, 120, "Files"
    db.session.commit()

    shown = visit(as_=office).open(page.url)

    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in shown.html
    bar = shown.tree.xpath("//progress")[0]
    assert (bar.get("value"), bar.get("max"), bar.text_content()) == ("30", "120", "30 of 120")
    assert "Refresh" not in shown.response.headers, "whoever has scripts is not interrupted"
    answer = visit(as_=office).open(f"{page.url}/state.json").response.get_json()
    assert answer == {
        "is_open": True, "label": "Under way", "state": "running", "done": 30, "total": 120,
        "how_far": "30 of 120", "note": "Files",
    }  # fmt: skip
    assert "30 of 120" in visit(as_=office).open("/office/exchange").text


def test_the_bar_has_no_value_as_long_as_nobody_knows_how_much_there_is(visit, office, runs_jobs):
    page = asked(visit, office)
    the_work().state = LongState.RUNNING
    db.session.commit()

    bar = visit(as_=office).open(page.url).tree.xpath("//progress")[0]

    assert (bar.get("value"), bar.get("max"), bar.text_content()) == (None, None, "It is being prepared.")


def test_it_says_so_when_nobody_runs_jobs(visit, office, clock, runs_jobs):
    page = asked(visit, office)
    assert "Nothing happens at the moment" not in visit(as_=office).open(page.url).text

    clock.move_to(clock.now + timedelta(minutes=20))

    for address in (page.url, "/office/exchange"):
        assert "Nothing happens at the moment" in visit(as_=office).open(address).text


def test_a_failure_is_told_with_its_reference_and_tried_again(visit, office, app, monkeypatch, clock, outbox):
    page = asked(visit, office)
    monkeypatch.setattr("archive.whole.write_archive", lambda *args, **names: 1 / 0)
    for _ in range(3):
        work_off(app)
        clock.move_to(clock.now + timedelta(minutes=2))
    monkeypatch.undo()

    failed = visit(as_=office).open(page.url)

    reference = the_work().reference
    assert "It did not work" in failed.text
    assert f"under this reference: {reference}" in failed.text
    assert f"Reference: {reference}" in visit(as_=office).open("/office/exchange").text
    assert [one.subject for one in outbox()] == ["Failed: The whole programme"]
    again = failed.submit("Try again")
    assert "It waits its turn" in again.text
    work_off(app)
    assert "The file is ready" in visit(as_=office).open(page.url).text


def test_what_is_stopped_is_not_made(visit, office, app):
    page = asked(visit, office)

    stopped = page.submit("Stop it")
    work_off(app)

    assert "It is stopped. Nothing of it is kept." in stopped.text
    assert "It was stopped" in visit(as_=office).open(page.url).text
    assert the_work().state is LongState.GIVEN_UP


def test_asking_twice_leads_to_the_same_piece(visit, office):
    first, second = asked(visit, office), asked(visit, office)

    assert first.url == second.url


def test_another_of_the_office_sees_it_but_does_not_get_the_file(visit, make, office, app):
    page = asked(visit, office)
    work_off(app)
    other = visit(as_=make.office())

    seen = other.open(page.url)

    assert "Olga Biurowa can fetch it until 22 Apr 2026." in seen.text
    assert "Olga Biurowa can fetch it." in other.open("/office/exchange").text
    other.open(f"{page.url}/file", expect=403)


def test_nobody_else_learns_that_it_is_there(visit, make, office, app):
    page = asked(visit, office)
    work_off(app)
    lead = make.user("Anna Lis")
    make.partnership(leader=lead)
    leader = visit(as_=lead)

    for address in (page.url, f"{page.url}/state.json", f"{page.url}/file", "/work/999"):
        leader.open(address, expect=404)


def test_whoever_has_left_the_office_gets_no_file_any_more(visit, office, app, clock):
    page = asked(visit, office)
    work_off(app)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == office.id)).one()
    grant.ends_on = grant.starts_on
    db.session.commit()
    clock.move_to(clock.now + timedelta(days=1))
    former = visit(as_=office)

    assert "Fetch the file" not in former.open(page.url).text
    former.open(f"{page.url}/file", expect=403)
    assert db.session.scalars(select(AuditEvent).where(AuditEvent.event == "long_work.fetched")).all() == []


def test_after_a_week_the_page_says_that_there_was_a_file(visit, office, app, clock):
    page = asked(visit, office)
    work_off(app)
    clock.move_to(clock.now + timedelta(days=8))
    forget()

    assert "The file is no longer kept" in visit(as_=office).open(page.url).text
    visit(as_=office).open(f"{page.url}/file", expect=404)
    assert "No longer kept" in visit(as_=office).open("/office/exchange").text


def test_a_file_that_was_lost_is_not_offered(visit, office, app):
    page = asked(visit, office)
    work_off(app)
    path = path_of(the_work())
    assert path is not None
    path.unlink()

    assert visit(as_=office).open(page.url).status == 200
    visit(as_=office).open(f"{page.url}/file", expect=404)


def test_what_took_longer_than_a_minute_is_told_by_mail(visit, office, app, clock):
    page = asked(visit, office)
    clock.move_to(clock.now + timedelta(minutes=2))
    work_off(app)

    mail = db.session.scalars(select(OutboxMail)).one()

    assert (mail.to_address, mail.subject) == (office.email, "Ready: The whole programme")
    assert "The file waits for you until 22 Apr 2026." in mail.body
    assert mail.body.rstrip().endswith(page.url)


def test_the_list_asks_as_many_questions_for_many_as_for_one(visit, make, office, count_queries):
    ask("archive.whole", about="0", actor=office, with_partnerships=False)
    db.session.commit()
    visitor = visit(as_=office)
    visitor.open("/office/exchange")
    with count_queries() as one:
        visitor.open("/office/exchange")
    for number in range(1, 8):
        ask("archive.whole", about=str(number), actor=make.office(), with_partnerships=False)
    db.session.commit()

    with count_queries() as many:
        visitor.open("/office/exchange")

    assert many.count == one.count <= 9


def test_everything_offered_can_be_opened(visit, office):
    page = visit(as_=office).open("/office/exchange")

    links = page.tree.xpath("//section[@aria-labelledby='offers']//a")

    assert sorted(re.sub(r"\s+", " ", link.text_content()) for link in links) == [
        "Records from files", "The board as it is seen", "The whole programme (ZIP)",
        "The whole register (XLSX)", "Whole files of partnerships (ZIP)",
    ]  # fmt: skip
    for link in links:
        assert page.visitor.open(link.get("href")).status == 200
