"""Runs jobs of mail until it is killed. The application is loaded once; each life is a copy of this process.

Started as ``python -m tests.core.mail_process URL FOLDER PORT``; a line on its input with a job's name begins a life and
answers with its number, and the end of that life is answered with how it ended.
"""

import dataclasses
import os
import sys
import time
from pathlib import Path

from flask import Flask

from core.database import db
from core.jobs import known_jobs, run_once
from tests.support.applications import make_app, make_config


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def live(app: Flask, job: str) -> None:
    """Until killed."""
    while True:
        run_once(app, known_jobs(app)[job])
        with app.app_context():
            db.session.remove()
        time.sleep(0.002)


def main(url: str, folder: str, port: str) -> None:
    config = make_config(Path(folder), url)
    app = make_app(
        dataclasses.replace(config, smtp_host="127.0.0.1", smtp_port=int(port), smtp_security="none")
    )
    say("ready")
    for line in sys.stdin:
        life = os.fork()
        if life == 0:
            live(app, line.strip())
        say(life)
        _, how = os.waitpid(life, 0)
        say(os.waitstatus_to_exitcode(how))


if __name__ == "__main__":
    main(*sys.argv[1:])
