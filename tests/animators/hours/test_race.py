"""64 people enter half an hour each at the same moment, in four processes: sixteen fit, and nobody's half hour is lost.

``GROMADA_RACE_ROUNDS`` says how often; a release is proved with 50 rounds on each database.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from animators.consultations.models import Consultation
from animators.hours.balances import Balance, balances_of
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerEntry, Pot
from config import ROOT
from core.database import db, writing
from tests.animators.hours.race import MINUTES, THREADS
from tests.support.processes import end

PROCESSES = 4
ROUNDS = int(os.environ.get("GROMADA_RACE_ROUNDS", "1"))
SLOWEST = 10.0
"""Seconds that anybody waits: as long as SQLite would, before it says that it is locked."""

Outcomes = list[dict[str, object]]
Race = Callable[[int, str], Outcomes]


@pytest.fixture(scope="module")
def processes(worker_app: Flask) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Started once: most of a round would be their start."""
    folder, url = worker_app.config["GROMADA"].data_dir, worker_app.config["SQLALCHEMY_DATABASE_URI"]
    command = (sys.executable, "-m", "tests.animators.hours.race", url, str(folder))
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
    """``race(municipality_id, "logs")``: what became of each of the 64 attempts."""
    for process in processes:
        if process not in READY:
            assert _answer(process) == "ready"
            READY.add(process)

    def run(place: int, kind: str) -> Outcomes:
        db.session.commit()
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(f"{place} {kind}\n".encode())
            process.stdin.flush()
        return [one for process in processes for one in _answer(process)]

    return run


READY: set[subprocess.Popen[bytes]] = set()


def _answer(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"{process.args!r} ended"
    return json.loads(line)


@pytest.fixture
def watched(app: Flask) -> Callable[[Callable[[], Outcomes], int], tuple[Outcomes, set[bool]]]:
    """Somebody looks at the balance all the while: was there ever less than nothing left?"""

    def looks(place: int, over: Event) -> set[bool]:
        seen = set()
        with app.app_context(), writing(False):
            while not over.wait(0.01):
                seen |= {balance.free >= 0 for balance in balances_of([place]).values()}
                db.session.rollback()
        return seen

    def run(work: Callable[[], Outcomes], place: int) -> tuple[Outcomes, set[bool]]:
        over = Event()
        with ThreadPoolExecutor(1) as pool:
            looking = pool.submit(looks, place, over)
            try:
                outcomes = work()
            finally:
                over.set()
            return outcomes, looking.result()

    return run


def entries_of(place: int) -> Sequence[LedgerEntry]:
    mine = select(LedgerEntry).join(LedgerEntry.budget).where(HourBudget.municipality_id == place)
    return db.session.scalars(mine).all()


def requests_of(place: int) -> Sequence[BudgetAdjustment]:
    mine = select(BudgetAdjustment).join(BudgetAdjustment.budget).where(HourBudget.municipality_id == place)
    return db.session.scalars(mine).all()


def test_of_64_at_once_exactly_16_are_within_the_grant_and_every_other_waits(make, race, watched):
    everybody = PROCESSES * THREADS
    for _ in range(ROUNDS):
        place = make.municipality().id

        outcomes, seen = watched(lambda place=place: race(place, "logs"), place)

        db.session.expire_all()
        assert [one["outcome"] for one in outcomes] == ["acknowledged"] * everybody
        assert max(float(str(one["seconds"])) for one in outcomes) < SLOWEST
        assert [one.minutes for one in entries_of(place)] == [MINUTES] * 16
        assert [(one.minutes, one.decision) for one in requests_of(place)] == [
            (MINUTES, Decision.PENDING)
        ] * (everybody - 16)
        kept = select(func.count()).select_from(Consultation).where(Consultation.municipality_id == place)
        assert db.session.scalar(kept) == everybody
        assert balances_of([place]) == {(place, Pot.REMOTE): Balance(480, 480, MINUTES * (everybody - 16))}
        assert seen <= {True}


def test_corrections_and_voids_at_once_leave_every_minute_in_its_place(make, race, watched):
    for _ in range(ROUNDS):
        place = make.municipality().id

        outcomes, seen = watched(lambda place=place: race(place, "mixed"), place)

        db.session.expire_all()
        assert {str(one["outcome"]) for one in outcomes} == {"acknowledged"}
        found = db.session.scalars(select(Consultation).where(Consultation.municipality_id == place)).all()
        assert len(found) == PROCESSES * THREADS
        for one in found:
            mine = [entry.minutes for entry in entries_of(place) if entry.consultation_id == one.id]
            asked = [
                request.minutes
                for request in requests_of(place)
                if request.consultation_id == one.id and request.decision is Decision.PENDING
            ]
            assert one.over_budget_minutes == sum(asked)
            assert sum(mine) + sum(asked) in (one.actual_minutes, 0)
        [balance] = balances_of([place]).values()
        assert balance.free == 0
        assert balance.used + balance.pending == PROCESSES * (4 * (30 + 60 + 15))
        assert seen <= {True}
