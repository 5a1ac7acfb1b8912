"""Real processes that run jobs, several at once, on the test's own database: nothing runs twice, nothing is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from config import ROOT
from core import clock
from core.database import db
from core.jobs import Job, JobLease, JobProcess, JobRun, daily_at
from core.jobs.running import make_rows, request_run
from tests.support.processes import end

WAIT_SECONDS = 90.0


class Crew:
    """Processes that begin their work at one moment."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self._config = app.config["GROMADA"]
        self._folder = folder
        self._go = folder / "go"
        self._counted = folder / "counted"
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, count: int, *jobs: dict[str, Any], **wanted: Any) -> None:
        db.session.commit()
        db.session.remove()
        words = (str(self._counted), str(self._go), json.dumps({"jobs": jobs, **wanted}))
        command = (sys.executable, "-m", "tests.support.job_process", *words)
        self.processes += [
            subprocess.Popen(command, cwd=ROOT, env=self._environment(), start_new_session=True)
            for _ in range(count)
        ]
        self.wait_for(lambda: len(list(self._folder.glob("ready-*"))) >= len(self.processes))
        self._go.touch()

    def said(self) -> list[str]:
        """Which job began and ended, in order."""
        if not self._counted.exists():
            return []
        return [line.rpartition(" ")[0] for line in self._counted.read_text().splitlines()]

    def who(self, line: str) -> subprocess.Popen[bytes]:
        """The process that said this first."""
        for written in self._counted.read_text().splitlines():
            said, _, pid = written.rpartition(" ")
            if said == line:
                return next(one for one in self.processes if one.pid == int(pid))
        raise LookupError(line)

    def wait_for(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {WAIT_SECONDS} s: {self.said()}")
            time.sleep(0.05)

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "GROMADA_MODE": self._config.mode.value,
            "SECRET_KEY": self._config.secret_key,
            "DATABASE_URL": self._config.database_url,
            "DATA_DIR": str(self._config.data_dir),
        }


@pytest.fixture
def crew(app, tmp_path) -> Iterator[Crew]:
    crew = Crew(app, tmp_path)
    yield crew
    for process in crew.processes:
        end(process, by=signal.SIGKILL)


def missed(*names: str) -> None:
    """Each was due at midnight on three days, and nothing ran."""
    days_ago = clock.now() - timedelta(days=3)
    db.session.add_all(
        JobLease(name=name, owner="", until=days_ago, due_handled=days_ago, runs=0, failures=0, attempts=0)
        for name in names
    )
    db.session.commit()


def all_ended(*names: str) -> Callable[[], bool]:
    def done() -> bool:
        db.session.rollback()
        ended = select(JobRun.job).where(JobRun.ok.is_(True), JobRun.job.in_(names))
        found = set(db.session.scalars(ended))
        db.session.rollback()
        return found == set(names)

    return done


def job(name: str, seconds: float = 0.0, **more: Any) -> dict[str, Any]:
    return {"name": name, "seconds": seconds, **more}


@pytest.mark.parametrize("count", [2, 4])
def test_processes_started_at_one_moment_catch_up_each_missed_job_once(crew, count):
    names = [f"job-{number}" for number in range(12)]
    missed(*names)

    crew.start(count, *(job(name, 0.1) for name in names))
    crew.wait_for(all_ended(*names))
    time.sleep(2.5)  # so long that each has looked twice more

    assert Counter(crew.said()) == {f"{name} {word}": 1 for name in names for word in ("began", "ended")}
    assert db.session.scalars(select(JobRun.result)).all() == ["worked"] * 12
    assert len(db.session.scalars(select(JobProcess.instance)).all()) == count


def test_a_run_that_the_office_asked_for_is_taken_up_by_one_of_two(crew):
    make_rows([Job("asked", str, daily_at(0, 0))])
    crew.start(2, job("asked"))
    time.sleep(2.5)
    assert crew.said() == []

    assert request_run("asked")
    db.session.commit()
    crew.wait_for(all_ended("asked"))
    time.sleep(2.5)

    assert crew.said() == ["asked began", "asked ended"]
    assert len(db.session.scalars(select(JobProcess.instance)).all()) == 2
    assert db.session.scalars(select(JobRun.due_at)).all() == [None]


def test_a_restart_repeats_nothing(crew):
    missed("daily")
    crew.start(1, job("daily"))
    crew.wait_for(all_ended("daily"))
    end(crew.processes[0])

    crew.start(1, job("daily"))
    time.sleep(2.5)

    assert crew.said() == ["daily began", "daily ended"]


def test_a_job_longer_than_its_lease_is_not_taken_over_as_long_as_its_process_lives(crew):
    missed("long")

    crew.start(2, job("long", 5, lease=2), renew=0.5)
    crew.wait_for(all_ended("long"))

    assert crew.said() == ["long began", "long ended"]


def test_what_a_killed_process_was_doing_another_does_after_the_lease(crew):
    missed("long")
    crew.start(2, job("long", 3, lease=2), renew=0.5)
    crew.wait_for(lambda: crew.said() == ["long began"])

    end(crew.who("long began"), by=signal.SIGKILL)
    crew.wait_for(all_ended("long"))

    assert crew.said() == ["long began", "long began", "long ended"]
    db.session.rollback()
    ends = db.session.execute(select(JobRun.ok, JobRun.error).order_by(JobRun.id))
    assert [tuple(row) for row in ends] == [(False, "Killed"), (True, None)]


def test_jobs_that_hang_hold_up_no_other(crew):
    hanging, others = [f"hangs-{number}" for number in range(2)], [f"other-{number}" for number in range(6)]
    missed(*hanging, *others)

    crew.start(1, *(job(name, 600) for name in hanging), *(job(name) for name in others), goodbye=1)
    crew.wait_for(all_ended(*others))

    assert sorted(crew.said()) == sorted(
        [f"{name} began" for name in hanging]
        + [f"{name} {word}" for name in others for word in ("began", "ended")]
    )
    assert _ends_with(crew.processes[0]) == 1


def test_told_to_stop_it_brings_what_it_is_doing_to_an_end_and_begins_nothing_new(crew):
    missed("slow", "slow-2", "slow-3", "later")
    crew.start(1, *(job(name, 2) for name in ("slow", "slow-2", "slow-3")), job("later"))
    crew.wait_for(lambda: len(crew.said()) == 3)

    assert _ends_with(crew.processes[0]) == 0

    began = {line.split()[0] for line in crew.said() if line.endswith("began")}
    assert len(began) == 3
    assert set(crew.said()) == {f"{name} {word}" for name in began for word in ("began", "ended")}
    db.session.rollback()
    assert set(db.session.scalars(select(JobLease.owner))) == {""}


def _ends_with(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(30)


NIGHTS = {
    "spring": ("2027-03-28T00:50:00+01:00", [
        ("hourly", "01:05+01:00"), ("double-or-missing", "03:30+02:00"), ("hourly", "03:05+02:00"),
        ("hourly", "04:05+02:00"), ("nightly", "04:20+02:00"),
    ]),
    "autumn": ("2026-10-25T00:50:00+02:00", [
        ("hourly", "01:05+02:00"), ("double-or-missing", "02:30+02:00"), ("hourly", "03:05+01:00"),
        ("hourly", "04:05+01:00"), ("nightly", "04:20+01:00"),
    ]),
}  # fmt: skip
"""Half past two is missing in spring: it comes an hour later by the new clock. In autumn it comes twice: only the first
counts. The hour around it is left out by what runs every hour."""
SPEED = 700
"""So many seconds of the night pass in one of ours: it takes twenty."""


@pytest.mark.parametrize("night", NIGHTS)
def test_through_a_night_in_which_the_clock_changes_two_processes_run_each_job_at_its_times_only(crew, night):
    begins, times = NIGHTS[night]
    expected = sorted((name, datetime.fromisoformat(f"{begins[:10]}T{time}")) for name, time in times)
    names = {name for name, _due in expected}
    with clock.at(datetime.fromisoformat(begins)):
        make_rows([Job(name, str, daily_at(4, 20)) for name in names])
    db.session.execute(update(JobLease).values(due_handled=datetime.fromisoformat(begins)))

    crew.start(
        2,
        job("nightly", hour=4, minute=20, lease=36000),
        job("hourly", minute=5, hourly=True, lease=36000),
        job("double-or-missing", hour=2, minute=30, lease=36000),
        beat=0.05, clock=[begins, SPEED],
    )  # fmt: skip
    crew.wait_for(all_ended("nightly"))
    time.sleep(1.5)
    for process in crew.processes:
        assert _ends_with(process) == 0

    last = max(due for _name, due in expected)
    db.session.rollback()
    runs = db.session.execute(select(JobRun.job, JobRun.due_at, JobRun.ok).where(JobRun.due_at <= last))
    assert sorted((name, due) for name, due, is_ok in runs if is_ok) == expected
