"""Long work in processes of its own, several at once and killed at any moment: nothing is lost, nothing done twice."""

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from core.database import db
from core.long_work import LongState, LongWork, ask
from core.long_work.known import _known
from core.long_work.results import path_of
from tests.core.long_work.kinds import in_folder, register_test_kinds
from tests.support.long_work import Workers, lease_runs_out, wait_for


@pytest.fixture
def workers(app) -> Iterator[Workers]:
    begun = Workers(app)
    yield begun
    begun.close()


@pytest.fixture
def office(app, make, monkeypatch):
    known = _known(app)
    monkeypatch.setattr(known, "kinds", dict(known.kinds))
    register_test_kinds(app)
    person = make.office()
    db.session.commit()
    return person


def steps(tmp_path) -> Counter[str]:
    path = tmp_path / "steps"
    if not path.exists():
        return Counter()
    return Counter(line.rpartition(" ")[0] for line in path.read_text().splitlines())


def all_done() -> bool:
    db.session.rollback()
    found = set(db.session.scalars(select(LongWork.state)))
    db.session.rollback()
    return found == {LongState.DONE}


def test_of_several_processes_each_piece_is_done_by_one(workers, office, tmp_path):
    for number in range(12):
        ask("test.count", about=str(number), actor=office, steps=3, seconds=0.01, path=in_folder(tmp_path))

    workers.start(3)
    wait_for(all_done)

    assert set(steps(tmp_path).values()) == {1}
    assert len(steps(tmp_path)) == 36
    assert {one.attempts for one in db.session.scalars(select(LongWork))} == {1}


def test_two_processes_take_up_what_a_killed_one_left_once(workers, office, tmp_path):
    asked = ask("test.count", about="one", actor=office, steps=40, seconds=0.05, path=in_folder(tmp_path))
    work_id = asked.id
    killed = workers.start(1)[0]
    wait_for(lambda: len(steps(tmp_path)) >= 5)
    workers.kill(killed)
    lease_runs_out()
    left_off = db.session.get_one(LongWork, work_id).done

    workers.start(2)
    wait_for(all_done)

    done = steps(tmp_path)
    again = [step for step, times in done.items() if times > 1]
    assert len(done) == 40
    assert again in ([], [f"work {work_id} step {left_off}"]), "at most the step it was killed in"
    work = db.session.get_one(LongWork, work_id)
    assert (work.done, work.total) == (40, 40)


def test_killed_at_any_moment_its_file_is_whole(workers, office, app):
    ask("test.file", about="one", actor=office, steps=300, seconds=0.005)
    chance = random.Random(20261122)
    for _ in range(2):
        process = workers.start(1)[0]
        time.sleep(chance.uniform(0.2, 0.8))
        workers.kill(process)
        lease_runs_out()

    workers.start(1)
    wait_for(all_done)

    path = path_of(db.session.scalars(select(LongWork)).one())
    assert path is not None
    assert path.read_text().splitlines() == [f"line {number}" for number in range(300)]
    wait_for(lambda: list(path.parent.glob("work-*")) == [])  # what the killed ones left behind goes too
