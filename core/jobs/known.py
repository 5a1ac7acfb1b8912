"""What a job is, and which ones this installation has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from core.i18n import LazyString
from core.jobs.timetables import Timetable

LEASE = timedelta(minutes=1)
"""Renewed while a job runs; one that was killed is taken over after it."""
LONGEST = timedelta(hours=1)
"""A job that runs longer hangs, unless it says otherwise: its lease is not renewed any more."""

_KEY = "gromada_jobs"


@dataclass(frozen=True)
class Job:
    """``run`` returns a short word on what it did, such as "3 sent". It may run twice without harm."""

    name: str
    run: Callable[[], object]
    timetable: Timetable
    lease: timedelta = LEASE
    does: LazyString | str = ""
    """A sentence for the office."""
    longest: timedelta = LONGEST
    """Only what has reason to be under way for longer says so."""


def register(app: Flask, *jobs: Job) -> None:
    known: dict[str, Job] = app.extensions.setdefault(_KEY, {})
    known.update({job.name: job for job in jobs})


def known_jobs(app: Flask) -> dict[str, Job]:
    jobs: dict[str, Job] = app.extensions.get(_KEY, {})
    return jobs
