"""The page of what runs by itself: what each job does, how it went, what needs somebody, and "run now"."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from core.jobs import Job, JobLease, daily_at, known_jobs, run_once
from core.jobs.running import MOST_ATTEMPTS, carry_out, make_rows, say_alive, take_due, what_is_due
from core.mail import OutboxMail
from tests.support.forms import spoken


@pytest.fixture
def office(make, visit, clock):
    return visit(as_=make.office())


@pytest.fixture
def running(app, clock):
    """A process runs jobs, and has its rows."""
    make_rows(list(known_jobs(app).values()))
    say_alive("one", clock.now)


def rows(page):
    """Each job's row as one line, by its name."""
    return {row.xpath("./th/span")[0].text: row for row in page.tree.xpath("//tbody/tr")}


def in_red(page):
    return [spoken(found) for found in page.tree.xpath("//main//*[@data-color='danger']")]


def fail_for_good(app, clock, name):
    """As a job whose due run fails each time it is tried."""

    def fail():
        raise OSError("no room for Anna Kowalska")

    job = Job(name, fail, daily_at(4, 40))
    db.session.get_one(JobLease, name).due_handled = clock.now - timedelta(days=2)
    db.session.commit()
    for _ in range(MOST_ATTEMPTS):
        lease = db.session.get_one(JobLease, name)
        due = what_is_due(job, lease, clock.now)
        assert due
        turn = take_due(job, lease, "one", due)
        assert turn
        carry_out(turn)
        clock.tick(minutes=6)
    say_alive("one", clock.now)


def test_it_tells_of_every_job_what_it_does_when_and_how_it_went(app, office, running, clock):
    run_once(app, known_jobs(app)["accounts.tidy"])

    page = office.open("/office/jobs")

    assert set(rows(page)) == set(known_jobs(app))
    assert spoken(rows(page)["accounts.tidy"]) == (
        "Removes expired links, ended sessions and failed tries to sign in. accounts.tidy every day at 04:40 next: 16 Apr 2026, 04:40 "
        "Done 15 Apr 2026, 12:00; nothing to do Run now (accounts.tidy)"
    )
    assert in_red(page) == []


def test_a_run_that_took_long_says_how_long(app, office, running, clock):
    run_once(app, Job("plans.tidy", lambda: clock.tick(seconds=75) and "3 removed", daily_at(4, 50)))

    page = office.open("/office/jobs")

    assert "Done 15 Apr 2026, 12:01; 3 things done; 75 s" in spoken(rows(page)["plans.tidy"])


def test_what_failed_three_times_stands_first_in_red_with_the_class_of_the_error_alone(
    app, office, running, clock
):
    fail_for_good(app, clock, "accounts.tidy")

    page = office.open("/office/jobs")

    name, first = next(iter(rows(page).items()))
    assert name == "accounts.tidy"
    assert [spoken(line) for line in first.xpath(".//li")] == [
        "15 Apr 2026, 12:12: OSError", "15 Apr 2026, 12:06: OSError", "15 Apr 2026, 12:00: OSError"
    ]  # fmt: skip
    assert in_red(page) == ["Failed"]
    assert "Anna" not in page.text


def test_run_now_asks_the_process_and_is_remembered(app, office, running, clock):
    page = office.open("/office/jobs").submit("Run now (cards.remind)")

    assert "The job was asked for" in page.text
    assert "Begins in a moment" in spoken(rows(page)["cards.remind"])
    lease = db.session.get_one(JobLease, "cards.remind")
    assert (lease.requested_at, lease.runs) == (clock.now, 0)
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "office.job_requested")).all()
    assert [event.data for event in events] == [{"job": "cards.remind"}]


def test_a_job_that_is_not_there_cannot_be_asked_for(office, running):
    form = office.open("/office/jobs").form("Run now (cards.remind)")
    token = dict(form.pairs())["csrf_token"]

    answers = [
        office.client.post("/office/jobs/run", data={"csrf_token": token, **sent})
        for sent in ({}, {"job": "x"})
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_asked_twice_it_is_asked_once(office, running):
    for _ in range(2):
        office.open("/office/jobs").submit("Run now (cards.remind)")

    events = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "office.job_requested")).all()
    assert len(events) == 1


def test_an_administrator_sees_the_page_and_finds_it_from_home(make, visit, running):
    page = visit(as_=make.admin()).open("/home").follow("See what runs by itself")

    assert page.headings[0] == "What runs by itself"


def test_page_and_home_warn_when_no_process_has_been_seen_for_ten_minutes(app, office, running, clock):
    clock.tick(minutes=10)
    assert "Mail and reminders stand still" not in office.open("/home").text
    assert "Jobs do not run" not in office.open("/office/jobs").text

    clock.tick(seconds=1)

    assert "Mail and reminders stand still" in office.open("/home").text
    assert "was last seen on 15 Apr 2026, 12:00" in office.open("/office/jobs").text


def test_where_there_never_was_a_process_home_warns_once_mail_has_waited_for_it(office, clock):
    assert "has never been seen" in office.open("/office/jobs").text
    assert "Mail and reminders stand still" not in office.open("/home").text
    db.session.add(
        OutboxMail(
            dedupe_key="one", to_address="a@gromada.example", to_name="A", language="pl", subject="S", body="T",
            created_at=clock.now - timedelta(minutes=11),
        )
    )  # fmt: skip
    db.session.commit()

    assert "Mail and reminders stand still" in office.open("/home").text


def test_more_runs_and_failures_ask_no_more_questions(app, make, visit, running, clock, count_queries):
    office = visit(as_=make.office())
    with count_queries() as few:
        office.open("/office/jobs")
    for name in ("accounts.tidy", "cards.remind", "plans.tidy"):
        fail_for_good(app, clock, name)
    office = visit(as_=make.office())
    with count_queries() as many:
        page = office.open("/office/jobs")

    assert len(in_red(page)) == 3

    assert many.count == few.count, str(many)
