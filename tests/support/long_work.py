"""Long work as tests have it done: in this process at once, or by processes of its own that can be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from config import ROOT
from core import clock
from core.database import db, writing
from core.jobs import JobLease, known_jobs, run_once
from core.long_work.known import Lane
from core.long_work.models import LongState, LongWork
from tests.support.processes import end


def work_off(app: Flask, *, lanes: tuple[Lane, ...] = tuple(Lane)) -> None:
    db.session.commit()
    for lane in lanes:
        run_once(app, known_jobs(app)[lane.job])
    db.session.expire_all()


def lease_runs_out() -> None:
    """As a minute later: whoever was killed holds neither the job nor its work any longer."""
    db.session.rollback()
    db.session.execute(update(JobLease).values(owner="", until=clock.now()))
    past = clock.now() - timedelta(seconds=1)
    db.session.execute(update(LongWork).where(LongWork.state == LongState.RUNNING).values(until=past))
    db.session.commit()


class Workers:
    """Processes that do long work; what they hold is let go only by its lease."""

    def __init__(self, app: Flask) -> None:
        folder, url = app.config["GROMADA"].data_dir, app.config["SQLALCHEMY_DATABASE_URI"]
        self._command = (sys.executable, "-m", "tests.core.long_work.process", url, str(folder))
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, count: int = 1) -> list[subprocess.Popen[bytes]]:
        """They begin at one moment."""
        db.session.commit()
        db.session.remove()
        pipe = subprocess.PIPE
        begun = [
            subprocess.Popen(self._command, cwd=ROOT, start_new_session=True, stdin=pipe, stdout=pipe)
            for _ in range(count)
        ]
        self._processes += begun
        for process in begun:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for process in begun:
            assert process.stdin is not None
            process.stdin.write(b"\n")
            process.stdin.flush()
        return begun

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            end(process, by=signal.SIGKILL)


def wait_for(done: Callable[[], bool], *, seconds: float = 90) -> None:
    """Looks now and then, and never holds up those who write."""
    deadline = time.monotonic() + seconds
    while True:
        db.session.rollback()
        with writing(False):
            is_done = done()
            db.session.rollback()
        if is_done:
            return
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.02)
