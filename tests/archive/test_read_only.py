"""A programme that is over: read by everybody as before, changed by nobody."""

from datetime import UTC, datetime

import pytest

from archive.errors import NotOverYet
from archive.read_only import end_programme, is_read_only, open_again
from core.audit import story_of
from core.database import db
from core.jobs import known_jobs
from partnerships.files.models import FileClass
from partnerships.files.services import attach, remove
from partnerships.models import Partnership
from tests.support.documents import pdf

AFTERWARDS = datetime(2029, 2, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def office(make, clock):
    clock.move_to(AFTERWARDS)
    return make.office()


@pytest.fixture
def partnership(make, office) -> Partnership:
    made: Partnership = make.partnership()
    return made


@pytest.fixture
def ended(office, partnership):
    end_programme(actor=office)
    db.session.commit()


def test_it_does_not_end_before_its_last_day(make, clock):
    clock.move_to(datetime(2028, 12, 31, 20, 0, tzinfo=UTC))

    with pytest.raises(NotOverYet):
        end_programme(actor=make.office())


def test_one_that_ends_early_is_ended_by_saying_so(make, clock, visit):
    clock.move_to(datetime(2027, 6, 1, 8, 0, tzinfo=UTC))
    page = visit(as_=make.office()).open("/office/end")

    refused = page.submit("Make the programme read-only", expect=409)
    ended = page.submit("Make the programme read-only", early=True)

    assert ("The programme lasts until" in refused.text, "read-only from now on" in ended.text) == (
        True,
        True,
    )


def test_the_page_says_what_an_archive_fetched_here_leaves_out(make, visit, office, partnership):
    list_of = {"partnership": partnership, "name": "lista.pdf", "actor": office}

    def said() -> str:
        text: str = visit(as_=office).open("/office/end").text
        return text.partition("fetch it here")[2].partition("Whoever runs")[0].strip()

    attach(data=pdf(), file_class=FileClass.PARTNERSHIP, title="Umowa", **list_of)
    db.session.commit()
    nothing_left_out = said()
    signed = [
        attach(data=pdf(words=words), file_class=FileClass.EVIDENCE, title="Lista", **list_of)
        for words in ("1", "2", "3")
    ]
    remove(signed[0], reason="", actor=office)
    db.session.commit()

    assert (nothing_left_out, said()) == (
        "",
        "2 files of evidence with personal data, such as signed lists, are left out there: only the folder below holds them.",
    )


def test_the_office_ends_it_on_a_page(visit, office, partnership):
    page = visit(as_=office).open("/office/end").submit("Make the programme read-only")

    assert ("The programme is read-only from now on." in page.text, is_read_only()) == (True, True)


def test_everything_is_read_and_nothing_is_changed(visit, office, partnership, ended):
    visitor = visit(as_=office)
    form = visitor.open(f"/partnerships/{partnership.id}/edit")

    refused = form.submit("Save", expect=409, name="Another name")

    assert "The programme is over" in refused.text
    db.session.expire_all()
    assert db.session.get_one(Partnership, partnership.id).name != "Another name"


def test_a_leader_reads_on(visit, partnership, office, clock, ended):
    leader = partnership.terms[0].user

    visit(as_=leader).open(f"/partnerships/{partnership.id}")


def test_people_still_sign_in_and_out(visit, make, office, partnership, ended):
    make.user(email="ewa@gromada.example", password="koza zielony rower 77")
    page = (
        visit()
        .open("/sign-in")
        .submit("Sign in", email="ewa@gromada.example", password="koza zielony rower 77")
    )

    assert page.url == "/home"


def test_jobs_that_remind_rest_and_those_that_forget_go_on(app, office, partnership, ended):
    jobs = known_jobs(app)

    assert jobs["visits.tomorrow"].run() == "the programme is over"
    assert jobs["jobs.forget"].run() != "the programme is over"


def test_it_can_be_opened_again_and_the_history_knows(office, partnership, ended, make, visit):
    visit(as_=office).open("/office/end").submit("Open it for changes again")

    assert is_read_only() is False
    assert [event.event for event, _personal in story_of(make.programme)][:2] == [
        "programme.opened_again",
        "programme.read_only",
    ]


def test_opening_what_is_open_is_nothing(office, make):
    open_again(actor=office)

    assert story_of(make.programme) == []
