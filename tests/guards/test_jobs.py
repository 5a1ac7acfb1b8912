"""What holds for every job that any package registers."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from core.clock import local
from core.jobs import LEASE, known_jobs
from core.jobs.timetables import HOUR_OF_CHANGES

NIGHTS = [
    datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 6, 14, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)
]  # fmt: skip


def test_every_job_says_in_a_sentence_what_it_does(app):
    unsaid = {
        name
        for name, job in known_jobs(app).items()
        if not str(job.does).endswith(".") or len(str(job.does)) > 120
    }

    assert unsaid == set()


def test_nothing_but_what_runs_all_the_time_is_due_in_the_hour_in_which_clocks_change(app):
    due: Counter[str] = Counter()
    for name, job in known_jobs(app).items():
        if job.timetable.is_frequent:
            continue
        for night in NIGHTS:
            moment = night
            while (moment := job.timetable.next_due(moment)) < night + timedelta(days=8):
                due[name] += local(moment).hour == HOUR_OF_CHANGES

    assert len(due) > 10
    assert {name for name, times in due.items() if times} == set()


def test_no_lease_is_so_short_that_renewing_it_could_come_too_late(app):
    assert {name for name, job in known_jobs(app).items() if job.lease < LEASE} == set()
