"""64 people register for 40 seats at the same moment, in four processes: 40 seats, the rest in line, nobody is lost.

``GROMADA_RACE_ROUNDS`` says how often; a release is proved with 50 rounds on each database.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import ROOT
from core.database import db, writing
from core.mail import OutboxMail
from tests.support.processes import end
from tests.webinars.registrations.race import THREADS
from webinars.models import Webinar
from webinars.registrations import queries
from webinars.registrations.models import RegistrationStatus

PROCESSES, SEATS = 4, 40
EVERYBODY = PROCESSES * THREADS
ROUNDS = int(os.environ.get("GROMADA_RACE_ROUNDS", "1"))
SLOWEST = 10.0
"""Seconds that anybody waits: as long as SQLite would, before it says that it is locked."""

Outcomes = list[dict[str, Any]]
Race = Callable[[Webinar, int, str], tuple[Outcomes, int]]


@pytest.fixture(scope="module")
def processes(worker_app: Flask) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Started once: most of a round would be their start."""
    folder, url = worker_app.config["GROMADA"].data_dir, worker_app.config["SQLALCHEMY_DATABASE_URI"]
    command = (sys.executable, "-m", "tests.webinars.registrations.race", url, str(folder))
    pipe = subprocess.PIPE
    started = [
        subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdin=pipe, stdout=pipe)
        for _ in range(PROCESSES)
    ]
    yield started
    for process in started:
        for end_of_pipe in (process.stdin, process.stdout):
            assert end_of_pipe is not None
            end_of_pipe.close()
        end(process)


@pytest.fixture
def race(app: Flask, processes: list[subprocess.Popen[bytes]]) -> Race:
    """``race(webinar, first_user_id, "asks")``: what became of each attempt, and the most seats anybody ever saw taken."""
    for process in processes:
        if process not in READY:
            assert _answer(process) == "ready"
            READY.add(process)

    def looks(webinar_id: int, over: Event) -> int:
        most = 0
        with app.app_context(), writing(False):
            while not over.wait(0.01):
                most = max(most, queries.seats_taken(db.session.get_one(Webinar, webinar_id)))
                db.session.rollback()
        return most

    def run(webinar: Webinar, first: int, kind: str) -> tuple[Outcomes, int]:
        webinar_id, over = webinar.id, Event()
        db.session.commit()
        with ThreadPoolExecutor(1) as pool:
            looking = pool.submit(looks, webinar_id, over)
            try:
                for number, process in enumerate(processes):
                    assert process.stdin is not None
                    process.stdin.write(f"{webinar_id} {first + number * THREADS} {kind}\n".encode())
                    process.stdin.flush()
                outcomes = [one for process in processes for one in _answer(process)]
            finally:
                over.set()
            return outcomes, looking.result()

    return run


READY: set[subprocess.Popen[bytes]] = set()


def _answer(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"{process.args!r} ended"
    return json.loads(line)


def first_of_many(make) -> int:
    """So many people, whose numbers follow each other."""
    ids: list[int] = [make.user().id for _ in range(EVERYBODY)]
    assert ids == list(range(ids[0], ids[0] + EVERYBODY))
    return ids[0]


@pytest.fixture
def coming(make, webinar, clock):
    """By the clock of everybody: the processes have one of their own."""
    clock.release()
    from core import clock as time

    begins = time.now().replace(microsecond=0).replace(year=time.now().year + 1, day=1)
    return webinar(capacity=SEATS, starts_at=begins)


def test_of_64_at_once_exactly_40_get_a_seat_and_the_rest_stand_in_line(make, coming, race):
    for _ in range(ROUNDS):
        first = first_of_many(make)

        outcomes, most = race(coming, first, "asks")

        db.session.expire_all()
        said = {one["person"]: one["outcome"] for one in outcomes}
        assert sorted(said.values()) == ["registered"] * SEATS + ["waitlisted"] * (EVERYBODY - SEATS)
        assert max(one["seconds"] for one in outcomes) < SLOWEST
        seats = queries.everybody_of(coming)
        assert {one.user_id: one.status.value for one in seats} == said, "acknowledged is stored"
        assert [one.status for one in seats] == (
            [RegistrationStatus.REGISTERED] * SEATS + [RegistrationStatus.WAITLISTED] * (EVERYBODY - SEATS)
        ), "who asked first has the seat"
        assert [queries.place_in_line(one) for one in queries.waiting(coming)] == list(range(1, 25))
        assert db.session.scalar(select(func.count()).select_from(OutboxMail)) == EVERYBODY
        assert most <= SEATS
        _clear(coming)


def test_seats_given_up_meanwhile_go_to_who_waits_and_never_is_one_too_many(make, coming, race):
    for _ in range(ROUNDS):
        first = first_of_many(make)

        outcomes, most = race(coming, first, "mixed")

        db.session.expire_all()
        assert {one["outcome"] for one in outcomes} <= {"registered", "waitlisted"}
        assert queries.seats_taken(coming) == SEATS
        assert len(queries.waiting(coming)) == EVERYBODY - SEATS
        assert most <= SEATS
        _clear(coming)


def _clear(webinar: Webinar) -> None:
    """For the next round."""
    for seat in queries.everybody_of(webinar):
        db.session.delete(seat)
    for mail in db.session.scalars(select(OutboxMail)):
        db.session.delete(mail)
    db.session.commit()
