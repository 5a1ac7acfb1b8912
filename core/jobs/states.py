"""How jobs stand: for the office's page, for its home and for whoever watches the installation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from core import clock
from core.database import UTCDateTime, db
from core.i18n import _l
from core.jobs.known import Job, known_jobs
from core.jobs.models import JobLease, JobProcess, JobRun
from core.jobs.running import what_is_due
from core.labels import LabelledEnum, Tone
from core.mail import MailStatus, OutboxMail

AWAY_AFTER = timedelta(minutes=10)
"""Not seen for so long, the process that runs jobs counts as stopped."""
LATE_AFTER = timedelta(minutes=15)
FAILURES_OF = timedelta(days=14)
FAILURES_SHOWN = 5


class JobHealth(LabelledEnum):
    FAILED = "failed", _l("Failed"), Tone.DANGER
    HANGS = "hangs", _l("Hangs"), Tone.DANGER
    LATE = "late", _l("Late"), Tone.WARNING
    RETRIES = "retries", _l("Tried again soon"), Tone.WARNING
    RUNS = "runs", _l("Running now"), Tone.INFO
    ASKED = "asked", _l("Begins in a moment"), Tone.INFO
    FINE = "fine", _l("Done"), Tone.SUCCESS
    NEW = "new", _l("Has not run yet"), Tone.NEUTRAL


NEEDS_SOMEBODY = frozenset({JobHealth.FAILED, JobHealth.HANGS})


@dataclass(frozen=True)
class JobState:
    job: Job
    lease: JobLease | None
    health: JobHealth
    next_due: datetime
    failures: Sequence[JobRun] = field(default_factory=tuple)
    """Of the last fourteen days, the latest first; the most of them are left out."""

    @property
    def needs_somebody(self) -> bool:
        return self.health in NEEDS_SOMEBODY

    @property
    def last_run_at(self) -> datetime | None:
        return self.lease.last_run_at if self.lease else None

    @property
    def seconds(self) -> float | None:
        """How long its last run took."""
        took = self.lease.last_milliseconds if self.lease else None
        return None if took is None else took / 1000

    @property
    def took_long(self) -> bool:
        """Long enough to be worth a word."""
        return self.seconds is not None and self.seconds >= 1

    @property
    def done(self) -> int | None:
        """How many things the last run saw to: what the word it left behind counts."""
        if self.lease is None or self.lease.last_failed or not self.lease.last_result:
            return None
        numbers = re.findall(r"\d+", self.lease.last_result)
        return sum(map(int, numbers)) if numbers else None


def job_states(app: Flask, *, process_is_away: bool) -> list[JobState]:
    """Those that need somebody first, then as they are registered."""
    now = clock.now()
    leases = {lease.name: lease for lease in db.session.scalars(select(JobLease))}
    failures = _latest_failures(now)
    states = [
        JobState(
            job,
            leases.get(name),
            _health(job, leases.get(name), now, process_is_away=process_is_away),
            job.timetable.next_due(now),
            failures.get(name, ()),
        )
        for name, job in known_jobs(app).items()
    ]
    return sorted(states, key=lambda state: not state.needs_somebody)


def _health(job: Job, lease: JobLease | None, now: datetime, *, process_is_away: bool) -> JobHealth:
    if lease is None:
        return JobHealth.NEW
    if lease.started_at is not None and lease.owner and now - lease.started_at > job.longest:
        return JobHealth.HANGS
    if lease.owner and lease.until > now:
        return JobHealth.RUNS
    if lease.requested_at is not None:
        return JobHealth.ASKED
    if lease.last_failed:
        return JobHealth.FAILED if lease.retry_at is None else JobHealth.RETRIES
    due = what_is_due(job, lease, now)
    if due is not None and now - due > LATE_AFTER and not process_is_away:
        return JobHealth.LATE
    return JobHealth.FINE if lease.last_run_at else JobHealth.NEW


def _latest_failures(now: datetime) -> Mapping[str, Sequence[JobRun]]:
    rank = func.row_number().over(partition_by=JobRun.job, order_by=JobRun.id.desc()).label("rank")
    latest = (
        select(JobRun.id, rank).where(JobRun.ok.is_(False), JobRun.started_at > now - FAILURES_OF).subquery()
    )
    found: dict[str, list[JobRun]] = {}
    for run in db.session.scalars(
        select(JobRun)
        .join(latest, latest.c.id == JobRun.id)
        .where(latest.c.rank <= FAILURES_SHOWN)
        .order_by(JobRun.id.desc())
    ):
        found.setdefault(run.job, []).append(run)
    return found


@dataclass(frozen=True)
class ProcessState:
    """The last time that any process which runs jobs was seen."""

    seen_at: datetime | None
    is_away: bool


def process_state() -> ProcessState:
    seen_at = db.session.scalar(select(func.max(JobProcess.seen_at)))
    return ProcessState(seen_at, seen_at is None or clock.now() - seen_at > AWAY_AFTER)


def is_missed() -> bool:
    """Something does not happen: the process has gone, or there never was one and mail waits for it. One question."""
    seen = select(func.max(JobProcess.seen_at)).scalar_subquery()
    waiting = select(func.min(OutboxMail.created_at)).where(OutboxMail.status == MailStatus.QUEUED)
    last = db.session.scalar(select(func.coalesce(seen, waiting.scalar_subquery(), type_=UTCDateTime())))
    return last is not None and clock.now() - last > AWAY_AFTER
