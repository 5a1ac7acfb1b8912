"""``flask jobs run`` as it is, with jobs for tests instead of our own: started by tests, never collected by them.

Arguments: the file each run writes a line into, the file whose appearance starts it, and JSON: for each job its name, how
many seconds it takes and, if wanted, ``lease``; besides ``renew`` and ``goodbye`` in seconds.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.jobs import Job, daily_at, process
from wsgi import app


def main(counted: Path, go: Path, wanted: dict[str, Any]) -> None:
    process.RENEW_SECONDS = wanted.get("renew", process.RENEW_SECONDS)
    process.GOODBYE_SECONDS = wanted.get("goodbye", process.GOODBYE_SECONDS)
    app.extensions["gromada_jobs"] = {
        job["name"]: Job(
            job["name"],
            _working(counted, **job),
            daily_at(0, 0),
            lease=timedelta(seconds=job.get("lease", 60)),
        )
        for job in wanted["jobs"]
    }
    runner = process.Runner(app)
    counted.with_name(f"ready-{os.getpid()}").touch()
    while not go.exists():
        time.sleep(0.01)
    runner.run()


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
