"""One of several processes that enter minutes at the same moment. Run as a program by ``test_race.py``.

It reads one line for each round, ``municipality kind``, and answers with what became of each of its threads' attempts.
``kind`` is ``logs``: each thread enters half an hour; ``mixed``: some of them correct or take back what they entered.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from flask import Flask

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.ledger import book, correct, take_back
from core import clock
from core.database import db
from tests.support.applications import app_on, make_config

THREADS = 16
MINUTES = 30


def attempt(app: Flask, barrier: Barrier, place: int, *, number: int, kind: str) -> dict[str, object]:
    """Everything a request does: read, enter, commit."""
    with app.app_context():
        barrier.wait()
        begun = time.monotonic()
        try:
            outcome = _enter(place, changes=kind == "mixed" and number % 4)
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is what the test wants to hear of)
            outcome = f"{type(error).__name__}: {error}"
        finally:
            db.session.remove()
        return {"outcome": outcome, "seconds": time.monotonic() - begun}


def _enter(place: int, *, changes: int) -> str:
    one = Consultation(
        municipality_id=place, channel=Channel.PHONE, actual_start=clock.now(), actual_minutes=MINUTES,
        status=ConsultationStatus.LOGGED,
    )  # fmt: skip
    db.session.add(one)
    book(one, reason="Everybody at once", actor=None)
    db.session.commit()
    if changes == 1:
        correct(one, 2 * MINUTES, reason="Longer", actor=None)
    elif changes == 2:
        correct(one, MINUTES // 2, reason="Shorter", actor=None)
    elif changes == 3:
        take_back(one, reason="Void", actor=None)
    db.session.commit()
    return "acknowledged"


def main(url: str, folder: str) -> None:
    with app_on(make_config(Path(folder), url)) as app, ThreadPoolExecutor(THREADS) as pool:
        _say("ready")
        for line in sys.stdin:
            place, kind = line.split()
            barrier = Barrier(THREADS)
            attempts = [
                pool.submit(attempt, app, barrier, int(place), number=number, kind=kind)
                for number in range(THREADS)
            ]
            outcomes = [one.result() for one in attempts]
            db.engine.dispose()  # the next round may be on another copy of the database
            _say(outcomes)


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
