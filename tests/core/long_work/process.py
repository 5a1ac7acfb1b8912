"""A process that does long work until it is killed. Started by tests as ``python -m tests.core.long_work.process URL FOLDER``.

It says ``ready``, and works once something stands on its input.
"""

import sys
import time
from pathlib import Path

from core.database import db
from core.jobs import known_jobs, run_once
from core.long_work.known import Lane
from tests.core.long_work.kinds import register_test_kinds
from tests.support.applications import make_app, make_config


def main(url: str, folder: str) -> None:
    app = make_app(make_config(Path(folder), url))
    register_test_kinds(app)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    while True:
        for lane in Lane:
            run_once(app, known_jobs(app)[lane.job])
        with app.app_context():
            db.session.remove()
        time.sleep(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
