"""Jobs as their process sees them, a step at a time."""

from datetime import UTC, datetime

from sqlalchemy import select

from core.database import db
from core.jobs import JobLease, JobRun, daily_at
from core.jobs.running import carry_out, make_rows, take_due, what_is_due

MORNING = daily_at(7, 0)
DUE = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)
"""Seven o'clock in Warsaw on the day of the tests, which begin at twelve."""


def known(*jobs):
    """As the process begins: each has its row."""
    make_rows(jobs)
    db.session.commit()


def the_lease(name):
    db.session.rollback()
    return db.session.scalars(select(JobLease).where(JobLease.name == name)).one()


def runs_of(name):
    db.session.rollback()
    found = db.session.scalars(select(JobRun).where(JobRun.job == name).order_by(JobRun.id))
    return [(run.due_at, run.result, run.ok, run.error) for run in found]


def due_now(job, clock):
    return what_is_due(job, the_lease(job.name), clock.now)


def run_due(job, clock, instance="one"):
    """As the process does it: look, take, carry out. The due time it dealt with, or None."""
    lease = the_lease(job.name)
    due = what_is_due(job, lease, clock.now)
    turn = take_due(job, lease, instance, due) if due else None
    if turn:
        carry_out(turn)
    return turn and turn.due
