"""A programme that is over: everything can be read and taken along, nothing is changed, and nobody is reminded of anything."""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask, request

from accounts.models import User
from archive.errors import NotOverYet, ReadOnly
from archive.events import EndEvent
from core import audit, clock
from core.application import READING_METHODS
from core.jobs import Job, known_jobs, register
from programme.queries import the_programme

STILL_DONE = frozenset(
    {
        "accounts.sign_in",
        "accounts.sign_out",
        "accounts.still_here",
        "accounts.forgot_password",
        "accounts.new_password",
        "accounts.ask_for_sign_in_link",
        "accounts.sign_in_by_link",
        "accounts.switch_language",
        "accounts.change_password",
        "accounts.sessions",
        "public.verification",
        "archive.open_again",
        "archive.whole",
        "bulk.whole_files",
        "long_work.stop_work",
    }
)
"""Coming in, going out, checking a file, and having copies made: none of it changes what the programme came to."""

STILL_RUN = frozenset({"mail.send", "mail.bundle", "storage.sweep", "jobs.forget", "work.quick", "work.slow"})
"""Mails that were promised before still go out, what was asked for is made; what has to be forgotten is forgotten (``*.forget*``, ``*.tidy``)."""


def is_read_only() -> bool:
    return the_programme().row.read_only_since is not None


def end_programme(*, actor: User, early: bool = False) -> None:
    """Raises NotOverYet while its last day has not passed, unless it ends ``early``."""
    row = the_programme().row
    if clock.today() <= row.ends_on and not early:
        raise NotOverYet(row.ends_on)
    if row.read_only_since is None:
        row.read_only_since = clock.now()
        audit.record(EndEvent.READ_ONLY, row, actor=actor)


def open_again(*, actor: User) -> None:
    row = the_programme().row
    if row.read_only_since is not None:
        row.read_only_since = None
        audit.record(EndEvent.OPENED_AGAIN, row, actor=actor)


def keep_read_only(app: Flask) -> None:
    app.before_request(_refuse_changes)
    register(app, *(_resting(job) for job in known_jobs(app).values() if not _still_runs(job.name)))


def _refuse_changes() -> None:
    if request.method in READING_METHODS or request.endpoint in STILL_DONE:
        return
    if request.endpoint is not None and is_read_only():
        raise ReadOnly


def _still_runs(name: str) -> bool:
    return name in STILL_RUN or "forget" in name or name.endswith(".tidy")


def _resting(job: Job) -> Job:
    return replace(job, run=_only_while_it_lasts(job.run))


def _only_while_it_lasts(run: Callable[[], object]) -> Callable[[], object]:
    def awake() -> object:
        return "the programme is over" if is_read_only() else run()

    return awake
