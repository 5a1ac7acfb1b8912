"""Jobs: one runs at a time, a failing one hurts nobody, a killed one is taken over."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.database import db
from core.jobs import LEASE, Job, JobLease, JobProcess, JobRun, every, register, run_once
from core.jobs.running import (
    RETRY_AFTER,
    carry_out,
    forget_old_runs,
    renew,
    request_run,
    say_alive,
    take,
    take_due,
    take_requested,
    what_is_due,
)
from tests.support.jobs import DUE, MORNING, known, run_due, runs_of, the_lease


@pytest.fixture
def command(app):
    """A command as it is typed, with what it says."""

    def run(*words):
        db.session.commit()
        return app.test_cli_runner().invoke(args=words)

    return run


# --- One at a time ---------------------------------------------------------------------------------------


def test_of_many_who_ask_at_once_exactly_one_may_run_it(app):
    winners = []
    for turn in range(10):
        start = threading.Barrier(6)
        job = Job(f"job-{turn}", lambda: "", MORNING)

        def ask(job=job, start=start):
            with app.app_context():
                known(job)
                start.wait()
                winners.append((job.name, take(job, threading.current_thread().name) is not None))

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(name for name, won in winners if won) == [f"job-{turn}" for turn in range(10)]
    assert len(winners) == 60


def test_of_many_who_saw_the_same_due_time_one_deals_with_it_however_late_the_others_come(app, clock):
    done = []
    job = Job("once", lambda: done.append(1), MORNING)
    known(job)
    clock.tick(days=1)
    seen = the_lease("once")
    due = what_is_due(job, seen, clock.now)
    assert due == DUE + timedelta(days=1)
    db.session.expunge_all()

    for instance in ("one", "two", "three"):
        turn = take_due(job, seen, instance, due)
        if turn:
            carry_out(turn)

    assert done == [1]


def test_a_job_leaves_a_word_on_what_it_did_and_can_run_again_at_once(app, clock):
    job = Job("count", lambda: "3 counted", MORNING)

    assert [run_once(app, job), run_once(app, job)] == [True, True]
    lease = the_lease("count")
    assert (lease.last_result, lease.last_run_at, lease.last_success_at) == (
        "3 counted",
        clock.now,
        clock.now,
    )
    assert (lease.runs, lease.failures, lease.owner) == (2, 0, "")
    assert runs_of("count") == [(None, "3 counted", True, None)] * 2


def test_a_job_that_is_running_is_not_run_again(app):
    runs = []
    job = Job("outer", lambda: runs.append(run_once(app, job)), MORNING)

    run_once(app, job)

    assert runs == [False]


def test_what_a_job_changed_is_kept(app):
    def work():
        db.session.add(JobLease(name="made", owner="", until=datetime(2026, 1, 1, tzinfo=UTC)))

    run_once(app, Job("works", work, MORNING))

    assert the_lease("made")


# --- What fails, hangs or is killed ----------------------------------------------------------------------


def test_a_job_that_fails_is_logged_and_changes_nothing(app, caplog):
    def fail():
        db.session.add(JobLease(name="half done", owner="", until=datetime(2026, 1, 1, tzinfo=UTC)))
        db.session.flush()
        raise ValueError("no luck for jan@gromada.example")

    assert run_once(app, Job("fails", fail, MORNING))
    lease = the_lease("fails")
    assert (lease.last_result, lease.last_failed, lease.failures) == ("failed", True, 1)
    assert lease.last_success_at is None
    assert "no luck" in caplog.text
    assert db.session.scalars(select(JobLease.name)).all() == ["fails"]
    assert runs_of("fails") == [(None, "failed", False, "ValueError")]


def test_what_failed_is_tried_three_times_and_then_left_until_it_is_due_again(app, clock, caplog):
    def fail():
        raise OSError("full")

    job = Job("fails", fail, MORNING)
    known(job)
    clock.move_to(DUE + timedelta(days=1))

    tried = []
    for _ in range(60):
        tried += [clock.now] if run_due(job, clock) else []
        clock.tick(minutes=1)

    first = DUE + timedelta(days=1)
    assert tried == [first, first + RETRY_AFTER, first + 2 * RETRY_AFTER]
    assert the_lease("fails").due_handled == first
    clock.tick(days=1)
    assert run_due(job, clock) == first + timedelta(days=1)


def test_what_failed_once_and_then_worked_is_dealt_with(app, clock, caplog):
    tries = []

    def work():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("away")
        return "done"

    job = Job("second", work, MORNING)
    known(job)
    clock.move_to(DUE + timedelta(days=1))
    run_due(job, clock)
    clock.tick(minutes=5)
    run_due(job, clock)
    clock.tick(minutes=5)

    assert run_due(job, clock) is None
    assert [result for _due, result, _ok, _error in runs_of("second")] == ["failed", "done"]
    assert the_lease("second").last_failed is False


@pytest.mark.parametrize("lease", [LEASE, timedelta(minutes=7)])
def test_a_killed_job_is_taken_over_when_its_lease_is_over_and_its_due_time_is_not_lost(app, clock, lease):
    job = Job("killed", lambda: "done", MORNING, lease=lease)
    known(job)
    clock.move_to(DUE + timedelta(days=1))
    assert take_due(job, the_lease("killed"), "gone", clock.now)

    assert run_due(job, clock) is None
    clock.tick(seconds=lease.total_seconds() + 1)
    assert run_due(job, clock) == DUE + timedelta(days=1)
    assert runs_of("killed") == [
        (DUE + timedelta(days=1), None, False, "Killed"),
        (DUE + timedelta(days=1), "done", True, None),
    ]


def test_a_job_that_goes_on_for_long_keeps_its_lease_as_long_as_it_is_renewed(app, clock):
    job = Job("long", lambda: "done", MORNING)
    known(job)
    turn = take(job, "one")
    assert turn

    for _ in range(20):
        clock.tick(seconds=30)
        renew([turn])
        assert take(job, "two") is None
    clock.tick(seconds=61)

    assert take(job, "two") is not None


def test_a_run_by_hand_that_goes_on_for_long_keeps_its_lease_too(app, monkeypatch):
    monkeypatch.setattr("core.jobs.running.RENEW_SECONDS", 0.05)
    seen = []

    def work():
        seen.append(the_lease("long").until)
        db.session.rollback()
        time.sleep(0.5)
        seen.append(the_lease("long").until)

    run_once(app, Job("long", work, MORNING))

    assert seen[0] < seen[1]


def test_one_who_comes_to_the_end_after_being_taken_over_writes_nothing_over_the_other(app, clock, caplog):
    job = Job("slow", lambda: "from the first", MORNING)
    known(job)
    first = take(job, "one")
    clock.tick(minutes=2)
    second = take(job, "two")
    assert first
    assert second

    carry_out(first)

    assert the_lease("slow").owner == second.owner
    assert the_lease("slow").last_result is None
    assert "somebody else had taken it over" in caplog.text


# --- Asked for -------------------------------------------------------------------------------------------


def test_a_run_that_was_asked_for_is_taken_up_once(app, clock):
    job = Job("asked", lambda: "done", MORNING)
    known(job)
    assert (request_run("asked"), request_run("asked")) == (True, False)
    db.session.commit()
    lease = the_lease("asked")
    db.session.expunge_all()

    turns = [take_requested(job, lease, instance) for instance in ("one", "two")]

    assert [turn is not None for turn in turns] == [True, False]
    assert the_lease("asked").requested_at is None


# --- What is kept ----------------------------------------------------------------------------------------


def test_of_what_runs_every_few_seconds_only_runs_that_differ_from_the_one_before_are_kept(app, clock):
    results = ["0 sent", "0 sent", "2 sent", "0 sent", "0 sent"]
    job = Job("often", lambda: results[0], every(10))
    known(job)

    while results:
        clock.tick(seconds=10)
        run_due(job, clock)
        results.pop(0)

    assert [result for _due, result, _ok, _error in runs_of("often")] == ["0 sent", "2 sent", "0 sent"]
    assert the_lease("often").runs == 5


def test_what_fails_every_few_seconds_is_kept_once_and_counted_each_time(app, clock, caplog):
    def fail():
        raise OSError("away")

    job = Job("often", fail, every(10))
    known(job)

    for _ in range(5):
        clock.tick(seconds=10)
        run_due(job, clock)

    assert [error for _due, _result, _ok, error in runs_of("often")] == ["OSError"]
    assert the_lease("often").failures == 5


def test_runs_are_kept_for_ninety_days_and_the_last_process_for_ever(app, clock):
    job = Job("kept", lambda: "done", MORNING)
    run_once(app, job)
    say_alive("first", clock.now)
    clock.tick(days=1)
    say_alive("last", clock.now)
    run_once(app, job)
    clock.tick(days=89, seconds=1)

    assert forget_old_runs() == "1 removed"
    assert len(runs_of("kept")) == 1
    clock.tick(days=100)
    assert forget_old_runs() == "1 removed"
    assert db.session.scalars(select(JobProcess.instance)).all() == ["last"]


def test_nothing_that_is_kept_tells_of_the_machine(app):
    run_once(app, Job("plain", lambda: "done", MORNING))

    instance = db.session.scalars(select(JobRun.instance)).one()
    assert (len(instance), set(instance) <= set("0123456789abcdef")) == (8, True)


# --- Commands --------------------------------------------------------------------------------------------


@pytest.fixture
def by_hand(app):
    """A job that the application knows for the length of a test."""
    job = Job("by-hand", lambda: "done by hand", MORNING)
    register(app, job)
    yield job
    del app.extensions["gromada_jobs"]["by-hand"]


def test_every_job_is_listed_and_can_be_run_by_hand(command, clock, by_hand):
    assert command("jobs", "run-once", "by-hand").output == "done\n"
    listed = {line.split()[0]: line for line in command("jobs", "list").output.splitlines()}

    assert " ".join(listed["by-hand"].split()) == (
        "by-hand every day at 07:00 2026-04-15 12:00: done by hand next 2026-04-16 07:00"
    )
    assert {"accounts.tidy", "mail.send", "storage.sweep", "jobs.forget"} <= set(listed)
    assert "never ran" in listed["mail.send"]


def test_a_job_that_fails_by_hand_says_so(app, command, by_hand, caplog):
    def fail():
        raise OSError("away")

    register(app, Job("by-hand", fail, MORNING))

    answer = command("jobs", "run-once", "by-hand")

    assert (answer.exit_code, answer.output) == (1, "Error: by-hand failed; the log says why\n")


def test_a_job_that_does_not_exist_is_named(command):
    answer = command("jobs", "run-once", "nothing")

    assert answer.exit_code == 1
    assert "There is no job 'nothing'" in answer.output
