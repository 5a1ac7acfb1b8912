"""``flask jobs run`` as it is, with jobs for tests instead of our own: started by tests, never collected by them.

Arguments: the file each run writes a line into, the file whose appearance starts it, and JSON: for each job its name, how
many seconds it takes and, if wanted, ``lease`` and when it is due; besides ``renew``, ``goodbye`` and ``beat`` in seconds,
and ``clock``: the moment at which it begins, and how many seconds of it pass in one.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from core import clock
from core.jobs import Job, Timetable, daily_at, hourly_at, process, running
from wsgi import app


def main(counted: Path, go: Path, wanted: dict[str, Any]) -> None:
    running.RENEW_SECONDS = wanted.get("renew", running.RENEW_SECONDS)
    process.GOODBYE_SECONDS = wanted.get("goodbye", process.GOODBYE_SECONDS)
    app.extensions["gromada_jobs"] = {
        job["name"]: Job(
            job["name"],
            _working(counted, **job),
            _when(**job),
            lease=timedelta(seconds=job.get("lease", 60)),
        )
        for job in wanted["jobs"]
    }
    process.BEAT_SECONDS = wanted.get("beat", process.BEAT_SECONDS)
    runner = process.Runner(app)
    counted.with_name(f"ready-{os.getpid()}").touch()
    while not go.exists():
        time.sleep(0.01)
    if "clock" in wanted:
        _let_time_fly(*wanted["clock"])
    runner.run()


def _when(hour: int = 0, minute: int = 0, hourly: bool = False, **_: Any) -> Timetable:
    return hourly_at(minute) if hourly else daily_at(hour, minute)


def _let_time_fly(begins: str, speed: float) -> None:
    """The application asks one clock; in this process it runs so many times faster."""
    first, began = datetime.fromisoformat(begins).astimezone(UTC), time.monotonic()
    clock.now = lambda: first + timedelta(seconds=(time.monotonic() - began) * speed)


def _working(counted: Path, name: str, seconds: float, **_: Any) -> Callable[[], str]:
    def work() -> str:
        _write(counted, f"{name} began")
        time.sleep(seconds)
        _write(counted, f"{name} ended")
        return "worked"

    return work


def _write(path: Path, line: str) -> None:
    """One write to a file opened for appending: lines of several processes never mix."""
    descriptor = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(descriptor, f"{line} {os.getpid()}\n".encode())
    os.close(descriptor)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]))
