"""Figures for whoever watches the installation, as Prometheus reads them. Without a token there is no such page."""

import hmac
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, request
from sqlalchemy import func, select

from config import Config
from core import clock
from core.database import db
from core.jobs import JobLease, known_jobs
from core.jobs.states import process_state
from core.mail import MailStatus, OutboxMail

bp = Blueprint("metrics", __name__)

TEXT = "text/plain; version=0.0.4; charset=utf-8"


@bp.get("/metrics")
def show() -> Response:
    """Nothing in it names a person; it is nobody's business all the same."""
    config: Config = current_app.config["GROMADA"]
    given = request.headers.get("Authorization", "").encode()
    if not config.metrics_token or not hmac.compare_digest(given, f"Bearer {config.metrics_token}".encode()):
        abort(HTTPStatus.NOT_FOUND)
    lines = [*_of_jobs(clock.now()), *_of_mail(clock.now())]
    response = Response("\n".join([*lines, ""]), content_type=TEXT)
    response.headers["Cache-Control"] = "no-store"
    return response


def _of_jobs(now: datetime) -> Iterator[str]:
    known = known_jobs(current_app)
    leases = [
        lease for lease in db.session.scalars(select(JobLease).order_by(JobLease.name)) if lease.name in known
    ]
    yield from _head("gromada_job_runs_total", "counter", "Runs of a job that came to an end.")
    yield from (_line("gromada_job_runs_total", lease.runs, job=lease.name) for lease in leases)
    yield from _head("gromada_job_failures_total", "counter", "Runs of a job that failed.")
    yield from (_line("gromada_job_failures_total", lease.failures, job=lease.name) for lease in leases)
    yield from _head("gromada_job_failed", "gauge", "1 when the last run of a job failed.")
    yield from (_line("gromada_job_failed", int(lease.last_failed), job=lease.name) for lease in leases)
    yield from _head(
        "gromada_job_last_success_age_seconds", "gauge", "Time since a job last came to a good end."
    )
    for lease in leases:
        if lease.last_success_at:
            age = (now - lease.last_success_at).total_seconds()
            yield _line("gromada_job_last_success_age_seconds", age, job=lease.name)
    seen_at = process_state().seen_at
    yield from _head(
        "gromada_job_process_seen_age_seconds", "gauge", "Time since a process that runs jobs was seen."
    )
    if seen_at:
        yield _line("gromada_job_process_seen_age_seconds", (now - seen_at).total_seconds())


def _of_mail(now: datetime) -> Iterator[str]:
    rows = db.session.execute(
        select(OutboxMail.status, func.count(), func.min(OutboxMail.created_at))
        .where(OutboxMail.status.in_((MailStatus.QUEUED, MailStatus.FAILED)))
        .group_by(OutboxMail.status)
    )
    found = {status: (count, oldest) for status, count, oldest in rows}
    waiting, oldest = found.get(MailStatus.QUEUED, (0, None))
    yield from _head("gromada_outbox_mails", "gauge", "Mails of the outbox that have not been sent.")
    yield _line("gromada_outbox_mails", waiting, status="waiting")
    yield _line("gromada_outbox_mails", found.get(MailStatus.FAILED, (0, None))[0], status="failed")
    yield from _head(
        "gromada_outbox_oldest_waiting_age_seconds", "gauge", "How long the oldest waiting mail has waited."
    )
    age = (now - oldest).total_seconds() if oldest else 0
    yield _line("gromada_outbox_oldest_waiting_age_seconds", age)


def _head(name: str, kind: str, says: str) -> tuple[str, str]:
    return f"# HELP {name} {says}", f"# TYPE {name} {kind}"


def _line(name: str, value: float, **labels: str) -> str:
    """Labels are names of jobs and states: nothing in them needs to be escaped."""
    inside = ",".join(f'{key}="{text}"' for key, text in labels.items())
    return f"{name}{{{inside}}} {value:g}" if inside else f"{name} {value:g}"
