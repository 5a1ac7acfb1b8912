"""What is due is dealt with once: at its time, or as soon as anything runs again."""

from datetime import timedelta

import pytest

from core.database import db
from core.jobs import Job, JobLease, every, run_once
from core.jobs.running import is_ahead, put_right
from tests.support.jobs import DUE, MORNING, due_now, known, run_due, the_lease


def test_a_job_that_is_new_has_missed_nothing(app, clock):
    job = Job("new", lambda: "", MORNING)
    known(job)

    assert due_now(job, clock) is None
    clock.move_to(DUE + timedelta(days=1))
    assert due_now(job, clock) == DUE + timedelta(days=1)


@pytest.mark.parametrize("stopped", [timedelta(hours=20), timedelta(days=3), timedelta(days=200)])
def test_what_was_missed_while_everything_stood_still_is_caught_up_once(app, clock, stopped):
    done = []
    job = Job("morning", lambda: done.append(clock.now), MORNING)
    known(job)
    clock.move_to(clock.now + stopped)

    found = [run_due(job, clock) for _ in range(5)]

    assert [due is not None for due in found] == [True, False, False, False, False]
    assert len(done) == 1


def test_a_row_of_before_due_times_were_written_down_counts_from_its_last_run(app, clock):
    job = Job("older", lambda: "", MORNING)
    ran_at = DUE + timedelta(minutes=1)
    db.session.add(JobLease(name="older", owner="9-ab", until=ran_at, last_run_at=ran_at))
    db.session.commit()

    assert due_now(job, clock) is None
    clock.tick(days=1)
    assert run_due(job, clock) == DUE + timedelta(days=1)
    assert the_lease("older").due_handled == DUE + timedelta(days=1)


def test_a_run_by_hand_leaves_what_is_due_for_its_time(app, clock):
    job = Job("both", lambda: "", MORNING)
    known(job)
    clock.move_to(DUE + timedelta(days=1, seconds=-30))

    run_once(app, job)
    clock.tick(minutes=1)

    assert run_due(job, clock) == DUE + timedelta(days=1)


def test_a_clock_put_back_an_hour_repeats_nothing_and_what_is_frequent_goes_on(app, clock):
    morning, often = Job("morning", lambda: "", MORNING), Job("often", lambda: "", every(10))
    known(morning, often)
    clock.move_to(DUE + timedelta(days=1, minutes=10))
    assert (run_due(morning, clock), run_due(often, clock)) == (DUE + timedelta(days=1), clock.now)

    clock.tick(hours=-1)
    for job in (morning, often):
        if is_ahead(job, the_lease(job.name), clock.now):
            put_right(job, the_lease(job.name))

    assert run_due(morning, clock) is None
    clock.tick(seconds=10)
    assert run_due(often, clock) == clock.now
    clock.tick(hours=1)
    assert run_due(morning, clock) is None


def test_a_clock_that_was_three_days_ahead_stops_no_job_for_three_days(app, clock):
    job = Job("morning", lambda: "", MORNING)
    known(job)
    clock.tick(days=3)
    run_due(job, clock)

    clock.tick(days=-3)
    assert is_ahead(job, the_lease("morning"), clock.now)
    put_right(job, the_lease("morning"))

    assert run_due(job, clock) is None
    clock.tick(days=1)
    assert run_due(job, clock) == DUE + timedelta(days=1)
