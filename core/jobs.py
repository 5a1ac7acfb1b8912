"""What runs on a timetable, in a process of its own. A lease row keeps two instances from running one job at once."""

import logging
import os
import secrets
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, db, insert_into

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""Longer than a job runs; a killed one is taken over after it. A job that must go on sooner has a lease of its own."""


class JobLease(Base):
    """Who may run a job until when, and how its last run ended."""

    __tablename__ = "job_lease"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime]
    last_run_at: Mapped[datetime | None]
    last_result: Mapped[str | None]


@dataclass(frozen=True)
class Timetable:
    """In the words of APScheduler, which only the process that runs jobs loads: a page has no use for it."""

    kind: Literal["cron", "interval", "date"]
    fields: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.kind}[{', '.join(f'{name}={value}' for name, value in self.fields.items())}]"


def daily_at(hour: int, minute: int) -> Timetable:
    """By the clock of the programme's country."""
    return Timetable("cron", {"hour": hour, "minute": minute})


def hourly_at(minute: int) -> Timetable:
    return Timetable("cron", {"minute": minute})


def every(seconds: int) -> Timetable:
    return Timetable("interval", {"seconds": seconds})


@dataclass(frozen=True)
class Job:
    """``run`` returns a short word on what it did. It may run twice without harm."""

    name: str
    run: Callable[[], object]
    timetable: Timetable
    lease: timedelta = LEASE


def register(app: Flask, *jobs: Job) -> None:
    known: dict[str, Job] = app.extensions.setdefault("gromada_jobs", {})
    known.update({job.name: job for job in jobs})


def _known(app: Flask) -> dict[str, Job]:
    jobs: dict[str, Job] = app.extensions.get("gromada_jobs", {})
    return jobs


def take_lease(name: str, owner: str, lease: timedelta = LEASE) -> bool:
    """True for exactly one of all who ask at the same moment, on both databases."""
    long_ago = clock.now() - timedelta(days=1)
    values = {"name": name, "owner": "", "until": long_ago}
    db.session.execute(insert_into(JobLease).values(values).on_conflict_do_nothing(index_elements=["name"]))
    taken = db.session.execute(
        update(JobLease)
        .where(JobLease.name == name, JobLease.until < clock.now())
        .values(owner=owner, until=clock.now() + lease)
    )
    db.session.commit()
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of an UPDATE, missing in the stubs


def run_once(app: Flask, job: Job) -> bool:
    """Run a job under its lease; False when somebody else is running it. A failing job is logged, never raised."""
    owner = f"{os.getpid()}-{secrets.token_hex(4)}"
    with app.app_context():
        if not take_lease(job.name, owner, job.lease):
            return False
        try:
            result = str(job.run())
            db.session.commit()
        except Exception:
            logger.exception("job %s failed", job.name)
            result = "failed"
        db.session.rollback()
        db.session.execute(
            update(JobLease)
            .where(JobLease.name == job.name, JobLease.owner == owner)
            .values(
                until=clock.now() - timedelta(seconds=1), last_run_at=clock.now(), last_result=result[:200]
            )
        )
        db.session.commit()
    return True


commands = AppGroup("jobs", help="What runs on a timetable.")


def init_jobs(app: Flask) -> None:
    app.cli.add_command(commands)


def _this_app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]  # the app behind the proxy


@commands.command("run")
def run() -> None:
    """Run all jobs on their timetable until stopped."""
    from apscheduler.schedulers.blocking import BlockingScheduler  # see Timetable

    app = _this_app()
    scheduler = BlockingScheduler(
        timezone=str(clock.LOCAL_ZONE),
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    for job in _known(app).values():
        scheduler.add_job(run_once, job.timetable.kind, args=(app, job), id=job.name, **job.timetable.fields)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        scheduler.shutdown(wait=True)


@commands.command("list")
def list_jobs() -> None:
    """Name every job, when it runs and how its last run ended."""
    leases = {lease.name: lease for lease in db.session.scalars(select(JobLease))}
    for job in _known(_this_app()).values():
        click.echo(f"{job.name:24} {job.timetable!s:40} {_last_run(leases.get(job.name))}")


def _last_run(lease: JobLease | None) -> str:
    if lease is None or lease.last_run_at is None:
        return "never ran"
    return f"{lease.last_run_at:%Y-%m-%d %H:%M} UTC: {lease.last_result}"


@commands.command("run-once")
@click.argument("name")
def run_by_hand(name: str) -> None:
    """Run one job now."""
    job = _known(_this_app()).get(name)
    if job is None:
        raise click.ClickException(f"There is no job {name!r}; see: flask jobs list")
    click.echo("done" if run_once(_this_app(), job) else "somebody else is running it now")
