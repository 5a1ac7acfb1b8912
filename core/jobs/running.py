"""One run of a job: taken by exactly one of all who want it, renewed while it goes on, and its end written down."""

import logging
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, delete, func, or_, select, update

from core import clock
from core.database import db, insert_into
from core.jobs.known import Job
from core.jobs.models import JobLease, JobProcess, JobRun

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=5)
CLOCKS_DIFFER_BY = timedelta(minutes=1)
PUT_BACK_BY = timedelta(hours=2)
"""A due time further ahead than this was dealt with by a clock that was wrong."""
RENEW_SECONDS = 15.0
"""A fourth of the shortest lease."""
RUNS_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Turn:
    """Who runs a job now. ``due`` is None for a run by hand."""

    job: Job
    owner: str
    due: datetime | None
    started_at: datetime
    run_id: int | None


def made_up_name() -> str:
    """Of a process, and of one turn: nothing in it tells of the machine."""
    return secrets.token_hex(4)


# --- What is due -----------------------------------------------------------------------------------------


def what_is_due(job: Job, lease: JobLease, now: datetime) -> datetime | None:
    """The latest due time, if nobody has dealt with it: a job that missed many runs is due once."""
    due, handled = job.timetable.latest_due(now), handled_until(lease)
    if handled is not None and due <= handled:
        return None
    if lease.retry_at is not None and now < lease.retry_at <= now + RETRY_AFTER:
        return None
    return due


def handled_until(lease: JobLease) -> datetime | None:
    """Rows of before this was written down only know their last run."""
    return lease.due_handled or lease.last_run_at


def is_ahead(job: Job, lease: JobLease, now: datetime) -> bool:
    """Dealt with by a clock that has been put back since; else the job would stand still until time gets there again."""
    handled = handled_until(lease)
    bound = CLOCKS_DIFFER_BY if job.timetable.is_frequent else PUT_BACK_BY
    return handled is not None and handled > now + bound


def put_right(job: Job, lease: JobLease) -> None:
    db.session.execute(
        update(JobLease)
        .where(JobLease.name == job.name, JobLease.due_handled.is_not_distinct_from(lease.due_handled))
        .values(due_handled=job.timetable.latest_due(clock.now()), retry_at=None)
    )
    db.session.commit()


def make_rows(jobs: Sequence[Job]) -> None:
    """A job seen for the first time has missed nothing. The caller commits."""
    now = clock.now()
    rows = [
        {"name": job.name, "owner": "", "until": now, "due_handled": job.timetable.latest_due(now)}
        for job in jobs
    ]
    insert = insert_into(JobLease).on_conflict_do_nothing(index_elements=["name"])
    db.session.execute(insert, rows)


# --- One turn --------------------------------------------------------------------------------------------


def take(
    job: Job, instance: str, *conditions: ColumnElement[bool], due: datetime | None = None
) -> Turn | None:
    """A turn for exactly one of all who ask at the same moment, on both databases."""
    now = clock.now()
    owner = f"{instance}-{made_up_name()}"
    free = or_(
        JobLease.owner == "", JobLease.until < now, JobLease.until > now + job.lease + CLOCKS_DIFFER_BY
    )
    taken = db.session.execute(
        update(JobLease)
        .where(JobLease.name == job.name, free, *conditions)
        .values(owner=owner, until=now + job.lease, started_at=now, requested_at=None)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # rowcount of an UPDATE, missing in the stubs
        db.session.rollback()
        return None
    run_id = None if job.timetable.is_frequent else _begin_run(job, instance, due, now)
    db.session.commit()
    return Turn(job, owner, due, now, run_id)


def take_due(job: Job, lease: JobLease, instance: str, due: datetime) -> Turn | None:
    """Nobody has dealt with it since ``lease`` was read."""
    unchanged = JobLease.due_handled.is_not_distinct_from(lease.due_handled)
    same_tries = JobLease.attempts == lease.attempts
    return take(job, instance, unchanged, same_tries, due=due)


def take_requested(job: Job, lease: JobLease, instance: str) -> Turn | None:
    return take(job, instance, JobLease.requested_at == lease.requested_at)


def _begin_run(job: Job, instance: str, due: datetime | None, now: datetime) -> int:
    """Whoever ran it before and never came to an end has been killed: we have their place."""
    db.session.execute(
        update(JobRun)
        .where(JobRun.job == job.name, JobRun.ended_at.is_(None))
        .values(ended_at=now, ok=False, error="Killed")
    )
    run = JobRun(job=job.name, due_at=due, started_at=now, instance=instance)
    db.session.add(run)
    db.session.flush()
    return run.id


def renew(turns: Sequence[Turn]) -> None:
    for turn in turns:
        db.session.execute(
            update(JobLease)
            .where(JobLease.name == turn.job.name, JobLease.owner == turn.owner)
            .values(until=clock.now() + turn.job.lease)
        )
    db.session.commit()


def carry_out(turn: Turn) -> None:
    """Run the job. A failing one is logged, never raised."""
    error: str | None = None
    try:
        result = str(turn.job.run())
        db.session.commit()
    except Exception as failure:
        logger.exception("job %s failed", turn.job.name)
        result, error = "failed", type(failure).__name__
    db.session.rollback()
    _write_down(turn, result[:200], error)


def _write_down(turn: Turn, result: str, error: str | None) -> None:
    now = clock.now()
    lease = db.session.get_one(JobLease, turn.job.name)
    if lease.owner != turn.owner:
        db.session.rollback()
        logger.warning("job %s came to its end after somebody else had taken it over", turn.job.name)
        return
    if turn.job.timetable.is_frequent and result != lease.last_result:
        _keep_run(turn, now, result, error)
    elif turn.run_id is not None:
        run = db.session.get_one(JobRun, turn.run_id)
        run.ended_at, run.result, run.ok, run.error = now, result, error is None, error
    _release(lease, turn, now, result, failed=error is not None)
    db.session.commit()


def _keep_run(turn: Turn, now: datetime, result: str, error: str | None) -> None:
    db.session.add(
        JobRun(
            job=turn.job.name,
            due_at=turn.due,
            started_at=turn.started_at,
            ended_at=now,
            result=result,
            ok=error is None,
            error=error,
            instance=turn.owner.partition("-")[0],
        )
    )


def _release(lease: JobLease, turn: Turn, now: datetime, result: str, *, failed: bool) -> None:
    lease.owner, lease.until, lease.started_at = "", now, None
    lease.last_run_at, lease.last_result, lease.last_failed = now, result, failed
    lease.last_milliseconds = round((now - turn.started_at).total_seconds() * 1000)
    lease.runs, lease.failures = lease.runs + 1, lease.failures + failed
    if not failed:
        lease.last_success_at = now
    if turn.due is not None:
        _deal_with(lease, turn, now, failed=failed)


def _deal_with(lease: JobLease, turn: Turn, now: datetime, *, failed: bool) -> None:
    """What failed is tried again a few times, then given up until it is due again."""
    if failed and not turn.job.timetable.is_frequent and lease.attempts + 1 < MOST_ATTEMPTS:
        lease.attempts, lease.retry_at = lease.attempts + 1, now + RETRY_AFTER
        return
    lease.due_handled, lease.attempts, lease.retry_at = turn.due, 0, None


def run_once(app: Flask, job: Job) -> bool:
    """Run a job by hand, under its lease; False when somebody else is running it."""
    with app.app_context():
        make_rows([job])
        db.session.commit()
        turn = take(job, made_up_name())
        if turn is None:
            return False
        with _renewed(app, turn):
            carry_out(turn)
    return True


@contextmanager
def _renewed(app: Flask, turn: Turn) -> Iterator[None]:
    """Nobody else looks after the lease of a run by hand."""
    done = Event()

    def go_on() -> None:
        while not done.wait(RENEW_SECONDS):
            with app.app_context():
                renew([turn])

    renewing = Thread(target=go_on, daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()


def request_run(name: str) -> bool:
    """Ask the process that runs jobs for a run; False when it has been asked already. The caller commits."""
    asked = db.session.execute(
        update(JobLease)
        .where(JobLease.name == name, JobLease.requested_at.is_(None))
        .values(requested_at=clock.now())
    )
    return bool(asked.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of an UPDATE, missing in the stubs


# --- Processes and what is kept --------------------------------------------------------------------------


def say_alive(instance: str, started_at: datetime) -> None:
    values: dict[str, Any] = {"instance": instance, "started_at": started_at, "seen_at": clock.now()}
    seen = insert_into(JobProcess).values(values)
    db.session.execute(
        seen.on_conflict_do_update(index_elements=["instance"], set_={"seen_at": values["seen_at"]})
    )
    db.session.commit()


def due_runs() -> int:
    """How many runs ``forget_old_runs`` would remove now."""
    past = JobRun.started_at < clock.now() - RUNS_KEPT
    return db.session.scalar(select(func.count()).select_from(JobRun).where(past)) or 0


def forget_old_runs() -> str:
    """Runs and processes of more than ninety days ago; the last process seen stays, however long ago that was."""
    limit = clock.now() - RUNS_KEPT
    gone = db.session.execute(delete(JobRun).where(JobRun.started_at < limit).returning(JobRun.id)).all()
    newest = select(JobProcess.instance).order_by(JobProcess.seen_at.desc()).limit(1)
    db.session.execute(
        delete(JobProcess).where(
            JobProcess.seen_at < limit, JobProcess.instance.not_in(newest.scalar_subquery())
        )
    )
    db.session.commit()
    return f"{len(gone)} removed"
