"""Jobs: one runs at a time, a failing one hurts nobody, a killed one is taken over."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.database import db
from core.jobs import LEASE, Job, JobLease, Timetable, register, run_once, take_lease

ONCE = Timetable("date", {"run_date": datetime(2026, 1, 1, tzinfo=UTC)})


def the_lease(name):
    db.session.rollback()
    return db.session.scalars(select(JobLease).where(JobLease.name == name)).one()


@pytest.fixture
def command(app):
    """A command as it is typed, with what it says."""

    def run(*words):
        db.session.commit()
        return app.test_cli_runner().invoke(args=words)

    return run


def test_of_many_who_ask_at_once_exactly_one_may_run_it(app):
    winners = []
    for turn in range(10):
        start = threading.Barrier(6)

        def ask(name=f"job-{turn}", start=start):
            with app.app_context():
                start.wait()
                winners.append((name, take_lease(name, threading.current_thread().name)))

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(name for name, won in winners if won) == [f"job-{turn}" for turn in range(10)]
    assert len(winners) == 60


def test_a_job_leaves_a_word_on_what_it_did_and_can_run_again_at_once(app, clock):
    job = Job("count", lambda: "3 counted", ONCE)

    assert [run_once(app, job), run_once(app, job)] == [True, True]
    assert the_lease("count").last_result == "3 counted"
    assert the_lease("count").last_run_at == clock.now


def test_a_job_that_is_running_is_not_run_again(app):
    runs = []
    job = Job("outer", lambda: runs.append(run_once(app, job)), ONCE)

    run_once(app, job)

    assert runs == [False]


def test_a_job_that_fails_is_logged_and_changes_nothing(app, caplog):
    def fail():
        db.session.add(JobLease(name="half done", owner="", until=datetime(2026, 1, 1, tzinfo=UTC)))
        db.session.flush()
        raise ValueError("no luck")

    assert run_once(app, Job("fails", fail, ONCE))
    assert the_lease("fails").last_result == "failed"
    assert "no luck" in caplog.text
    assert db.session.scalars(select(JobLease.name)).all() == ["fails"]


def test_what_a_job_changed_is_kept(app):
    def work():
        db.session.add(JobLease(name="made", owner="", until=datetime(2026, 1, 1, tzinfo=UTC)))

    run_once(app, Job("works", work, ONCE))

    assert the_lease("made")


@pytest.mark.parametrize("lease", [LEASE, timedelta(minutes=1)])
def test_a_killed_job_is_taken_over_when_its_lease_is_over(app, clock, lease):
    job = Job("killed", lambda: "done", ONCE, lease=lease)
    take_lease("killed", "a process that is no more", lease)

    assert run_once(app, job) is False
    clock.tick(seconds=lease.total_seconds() + 1)
    assert run_once(app, job) is True


def test_every_job_is_listed_and_can_be_run_by_hand(app, command):
    register(app, Job("by-hand", lambda: "done by hand", ONCE))

    assert command("jobs", "run-once", "by-hand").output == "done\n"
    listed = command("jobs", "list").output
    assert "done by hand" in listed
    assert {"accounts.tidy", "mail.send", "storage.sweep"} <= {
        line.split()[0] for line in listed.splitlines()
    }


def test_a_job_that_does_not_exist_is_named(command):
    answer = command("jobs", "run-once", "nothing")

    assert answer.exit_code == 1
    assert "There is no job 'nothing'" in answer.output
