"""``flask jobs run|list|run-once``."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select

from core.clock import local, now
from core.database import db
from core.i18n import _, _l, in_language
from core.jobs.known import Job, known_jobs, register
from core.jobs.models import JobLease
from core.jobs.running import due_runs, forget_old_runs, run_once
from core.jobs.timetables import daily_at
from core.retention import RetentionRule, register_retention

commands = AppGroup("jobs", help="What runs on a timetable.")


def init_jobs(app: Flask) -> None:
    app.cli.add_command(commands)
    does = _l("Removes the record of runs after ninety days.")
    register(app, Job("jobs.forget", forget_old_runs, daily_at(4, 30), does=does))
    register_retention(
        app,
        RetentionRule(
            "jobs.forget",
            _l("Runs of jobs"),
            lambda: _("Ninety days."),
            _l("To find out why something did not run."),
            _l("Deleted"),
            "jobs.forget",
            due_runs,
        ),
    )


def _this_app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]  # the app behind the proxy


@commands.command("run")
def run() -> None:
    """Run all jobs on their timetable until stopped."""
    from core.jobs.process import Runner  # loads APScheduler, for which no page has a use

    Runner(_this_app()).run()


@commands.command("list")
def list_jobs() -> None:
    """Name every job, when it runs, how its last run ended and when it is due next."""
    leases = {lease.name: lease for lease in db.session.scalars(select(JobLease))}
    with in_language("en"):
        for job in known_jobs(_this_app()).values():
            due = local(job.timetable.next_due(now()))
            click.echo(
                f"{job.name:28} {job.timetable.in_words():34} {_last_run(leases.get(job.name)):44} "
                f"next {due:%Y-%m-%d %H:%M}"
            )


def _last_run(lease: JobLease | None) -> str:
    if lease is None or lease.last_run_at is None:
        return "never ran"
    return f"{local(lease.last_run_at):%Y-%m-%d %H:%M}: {lease.last_result}"


@commands.command("run-once")
@click.argument("name")
def run_by_hand(name: str) -> None:
    """Run one job now."""
    job = known_jobs(_this_app()).get(name)
    if job is None:
        raise click.ClickException(f"There is no job {name!r}; see: flask jobs list")
    if not run_once(_this_app(), job):
        click.echo("somebody else is running it now")
    elif db.session.get_one(JobLease, name, populate_existing=True).last_failed:
        raise click.ClickException(f"{name} failed; the log says why")
    else:
        click.echo("done")
