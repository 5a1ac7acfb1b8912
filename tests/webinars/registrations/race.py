"""One of several processes whose people register at the same moment. Run as a program by ``test_race.py``.

It reads one line for each round, ``webinar first_user kind``: its threads act as so many users from that one on. ``kind``
is ``asks``: each registers; ``mixed``: every fourth gives the seat up again and registers once more.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from flask import Flask

from accounts.models import User
from core.database import db
from core.i18n import in_language
from tests.support.applications import app_on, make_config
from webinars.models import Webinar
from webinars.registrations import services
from webinars.registrations.models import WebinarRegistration

THREADS = 16


def attempt(app: Flask, barrier: Barrier, webinar_id: int, *, person_id: int, kind: str) -> dict[str, object]:
    """Everything a request does: read, register, commit."""
    with app.test_request_context(), in_language("en"):
        barrier.wait()
        begun = time.monotonic()
        try:
            outcome = _register(webinar_id, person_id, mixed=kind == "mixed")
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is what the test wants to hear of)
            outcome = f"{type(error).__name__}: {error}"
        finally:
            db.session.remove()
        return {"person": person_id, "outcome": outcome, "seconds": time.monotonic() - begun}


def _register(webinar_id: int, person_id: int, *, mixed: bool) -> str:
    seat = _once(webinar_id, person_id)
    if mixed and person_id % 4 == 0:
        services.cancel(seat, actor=None)
        db.session.commit()
        seat = _once(webinar_id, person_id)
    return str(seat.status.value)


def _once(webinar_id: int, person_id: int) -> WebinarRegistration:
    webinar, person = db.session.get_one(Webinar, webinar_id), db.session.get_one(User, person_id)
    seat = services.register(webinar, person)
    db.session.commit()
    return seat


def main(url: str, folder: str) -> None:
    with app_on(make_config(Path(folder), url)) as app, ThreadPoolExecutor(THREADS) as pool:
        _say("ready")
        for line in sys.stdin:
            webinar_id, first, kind = line.split()
            barrier = Barrier(THREADS)
            attempts = [
                pool.submit(attempt, app, barrier, int(webinar_id), person_id=int(first) + number, kind=kind)
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
