"""Long work in one process: asked for, done, counted, failed, tried again, stopped."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from accounts.models import User
from core.database import db, writing
from core.errors import DomainError
from core.jobs import JobLease
from core.jobs.stopping import _told
from core.long_work import LongState, LongWork, Result, ask, register_kinds, stop, try_again
from core.long_work.known import Lane, _known
from core.long_work.models import OPEN_STATES
from core.long_work.results import path_of
from core.long_work.running import carry_out, take
from core.long_work.setup import due, forget
from core.long_work.workflow import LONG_WORKFLOW, LongAction
from core.mail import OutboxMail
from core.workflow import NotNow
from tests.core.long_work.kinds import kind, register_test_kinds
from tests.support.long_work import lease_runs_out, work_off


class Refused(DomainError):
    def __init__(self) -> None:
        super().__init__("There is nothing to make.")


@pytest.fixture
def kinds(app, clock, monkeypatch):
    """Those of the tests are there for one test alone."""
    known = _known(app)
    monkeypatch.setattr(known, "kinds", dict(known.kinds))
    register_test_kinds(app)
    return lambda *more: register_kinds(app, *more)


@pytest.fixture
def office(make):
    person = make.office()
    person.language = "en"
    db.session.commit()
    return person


@pytest.fixture
def counting(kinds, office, tmp_path):
    path = str(tmp_path / "steps")
    work = ask("test.count", about="one", actor=office, steps=5, path=path)
    db.session.commit()
    return work


@pytest.fixture
def stop_elsewhere(app, office):
    """As another process does it for a page."""
    office_id = office.id

    def stop_it() -> None:
        with app.app_context(), writing():
            work = db.session.scalars(select(LongWork)).one()
            stop(work, actor=db.session.get_one(User, office_id))
            db.session.commit()

    return stop_it


def states() -> list[str]:
    db.session.rollback()
    return [str(one) for one in db.session.scalars(select(LongWork.state).order_by(LongWork.id))]


def test_what_is_asked_is_done_and_its_count_is_true(app, counting, tmp_path):
    work_off(app)

    assert (counting.state, counting.done, counting.total, counting.attempts) == (LongState.DONE, 5, 5, 1)
    assert [line.rpartition(" ")[0] for line in (tmp_path / "steps").read_text().splitlines()] == [
        f"work {counting.id} step {number}" for number in range(5)
    ]


def test_asking_wakes_the_process_that_runs_jobs(app, counting):
    db.session.commit()

    assert db.session.get_one(JobLease, "work.quick").requested_at is not None


def test_the_same_asked_twice_is_one_piece_of_work(counting, office, tmp_path):
    again = ask("test.count", about="one", actor=office, steps=5, path=str(tmp_path / "steps"))

    assert again.id == counting.id
    assert states() == ["queued"]


def test_after_it_is_done_the_same_can_be_asked_again(app, counting, office, tmp_path):
    work_off(app)

    again = ask("test.count", about="one", actor=office, steps=1, path=str(tmp_path / "steps"))

    assert again.id != counting.id


def test_the_count_is_seen_by_others_while_it_goes_on(app, kinds, office, monkeypatch):
    monkeypatch.setattr("core.long_work.progress.TOLD_EVERY", 0.0)
    seen = []

    def run(work, progress):
        for number in range(3):
            progress.tell(number + 1, 3, note=f"Step {number}")
            with app.app_context(), writing(False):
                other = db.session.get_one(LongWork, work.id)
                seen.append((other.state, other.done, other.total, other.note))
                db.session.rollback()

    kinds(kind("test.seen", run, only_reads=True))
    ask("test.seen", about="one", actor=office)
    work_off(app)

    assert seen == [(LongState.RUNNING, number + 1, 3, f"Step {number}") for number in range(3)]


def test_work_that_only_reads_keeps_nobody_from_writing(app, kinds, office):
    def run(work, progress):
        db.session.scalars(select(LongWork)).all()  # its transaction has begun
        with app.app_context():
            db.session.execute(update(LongWork).values(note="somebody else was here"))
            db.session.commit()

    kinds(kind("test.reader", run, only_reads=True))
    ask("test.reader", about="one", actor=office)
    work_off(app)

    assert states() == ["done"]


def test_a_file_is_kept_for_a_week_and_then_only_its_name(app, kinds, office, clock):
    work = ask("test.file", about="one", actor=office, steps=2)
    work_off(app)
    path = path_of(work)
    assert path is not None
    assert (path.read_text(), work.result_name, work.result_type, work.result_size) == (
        "line 0\nline 1\n", "Gminy żółte.txt", "text/plain", 14
    )  # fmt: skip
    assert list(path.parent.glob("work-*")) == []

    clock.move_to(clock.now + timedelta(days=6))
    assert (due(), forget()) == (0, "0 forgotten, 0 swept")
    clock.move_to(clock.now + timedelta(days=2))
    assert due() == 1
    forget()

    assert (path.exists(), work.has_result, work.had_result, work.result_name) == (
        False, False, True, "Gminy żółte.txt"
    )  # fmt: skip


def test_a_clock_put_back_stops_nothing(app, counting, clock):
    clock.move_to(clock.now - timedelta(days=30))

    work_off(app)

    assert counting.state is LongState.DONE


def test_after_a_year_nothing_of_it_is_left(app, counting, clock):
    work_off(app)
    clock.move_to(clock.now + timedelta(days=366))

    forget()

    assert states() == []


def test_a_refusal_is_told_in_its_own_words_and_not_tried_again(app, kinds, office):
    def run(work, progress):
        db.session.execute(update(LongWork).values(note="half done"))
        raise Refused

    kinds(kind("test.refused", run))
    work = ask("test.refused", about="one", actor=office)
    work_off(app)

    assert (work.state, work.reason, work.reference, work.note) == (
        LongState.FAILED, "There is nothing to make.", None, None
    )  # fmt: skip


def test_an_error_is_tried_three_times_and_then_told_with_a_reference(app, kinds, office, clock, caplog):
    def run(work, progress):
        raise ZeroDivisionError

    kinds(kind("test.broken", run))
    work = ask("test.broken", about="one", actor=office)
    tries = []
    for _ in range(4):
        work_off(app)
        tries.append((work.state.value, work.attempts))
        clock.move_to(clock.now + timedelta(minutes=2))

    assert tries == [("queued", 1), ("queued", 2), ("failed", 3), ("failed", 3)]
    assert work.reason is None
    assert work.reference is not None
    assert f"reference={work.reference}" in caplog.text
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.to_address, mail.subject) == (office.email, "Failed: Municipality")
    assert work.reference in mail.body


def test_what_begins_anew_each_time_and_fails_at_the_same_place_is_given_up_too(app, kinds, office, clock):
    def run(work, progress):
        for number in range(3):
            progress.keep(number + 1, 5)
        raise ZeroDivisionError

    kinds(kind("test.broken", run))
    work = ask("test.broken", about="one", actor=office)
    for _ in range(3):
        work_off(app)
        clock.move_to(clock.now + timedelta(minutes=2))

    assert (work.state, work.done, work.attempts) == (LongState.FAILED, 3, 3)


def test_after_an_error_it_waits_a_minute(app, kinds, office, clock):
    runs = []

    def run(work, progress):
        runs.append(clock.now)
        raise ZeroDivisionError

    kinds(kind("test.broken", run))
    ask("test.broken", about="one", actor=office)
    work_off(app)
    clock.move_to(clock.now + timedelta(seconds=50))
    work_off(app)

    assert len(runs) == 1


def test_what_was_killed_each_time_is_told_as_failed_instead_of_being_killed_for_ever(app, counting, caplog):
    for _ in range(3):
        db.session.commit()
        assert take(Lane.QUICK) is not None
        lease_runs_out()

    work_off(app)

    assert (counting.state, counting.done, counting.reason) == (LongState.FAILED, 0, None)
    assert f"reference={counting.reference}" in caplog.text


def test_what_failed_goes_on_from_its_count_when_it_is_asked_again(app, kinds, office, tmp_path):
    def run(work, progress):
        for number in range(progress.done, 4):
            if number == 2 and not (tmp_path / "mended").exists():
                raise Refused
            with (tmp_path / "steps").open("a") as file:
                file.write(f"{number}\n")
            progress.keep(number + 1, 4)

    kinds(kind("test.mended", run))
    work = ask("test.mended", about="one", actor=office)
    work_off(app)
    assert (work.state, work.done) == (LongState.FAILED, 2)

    (tmp_path / "mended").touch()
    try_again(work, actor=office)
    work_off(app)

    assert (work.state, work.done, work.reason) == (LongState.DONE, 4, None)
    assert (tmp_path / "steps").read_text() == "0\n1\n2\n3\n"


def test_what_somebody_stops_meanwhile_writes_nothing_more(app, kinds, office, stop_elsewhere):
    def run(work, progress):
        progress.keep(1, 3)
        stop_elsewhere()
        progress.keep(2)

    kinds(kind("test.stopped", run, can_be_stopped=True))
    work = ask("test.stopped", about="one", actor=office)
    work_off(app)

    assert (work.state, work.done, work.owner) == (LongState.GIVEN_UP, 1, "")


def test_a_file_of_work_that_was_stopped_is_not_kept(app, kinds, office, stop_elsewhere):
    def run(work, progress):
        made = progress.folder() / "made.txt"
        made.write_text("secret")
        stop_elsewhere()
        return Result(made, "made.txt", "text/plain")

    kinds(kind("test.stopped", run, only_reads=True, can_be_stopped=True))
    work = ask("test.stopped", about="one", actor=office)
    work_off(app)

    folder = app.config["GROMADA"].data_dir / "results"
    assert (work.state, work.has_result) == (LongState.GIVEN_UP, False)
    assert list(folder.glob(f"*-{work.id}-*")) == []


def test_whoever_was_overtaken_writes_nothing_more(app, counting):
    """It hung until its lease ran out, another did the work, then it woke up."""
    db.session.commit()
    sleeping = take(Lane.QUICK)
    assert sleeping is not None
    lease_runs_out()
    work_off(app)
    assert (counting.state, counting.done) == (LongState.DONE, 5)

    carry_out(*sleeping)

    db.session.expire_all()
    assert (counting.state, counting.done, counting.attempts) == (LongState.DONE, 5, 1)


def test_a_process_that_ends_leaves_its_work_to_the_next_without_counting_the_attempt(
    app, kinds, office, request
):
    request.addfinalizer(_told.clear)

    def run(work, progress):
        if progress.done == 0:
            _told.set()
        progress.keep(progress.done + 1, 2)

    kinds(kind("test.interrupted", run))
    work = ask("test.interrupted", about="one", actor=office)
    work_off(app)
    assert (work.state, work.done, work.attempts, work.owner) == (LongState.QUEUED, 1, 0, "")

    _told.clear()
    work_off(app)

    assert (work.state, work.done, work.attempts) == (LongState.DONE, 2, 1)


def test_a_mail_tells_that_it_is_done_only_where_it_took_longer_than_a_minute(app, kinds, office, clock):
    quick = ask("test.file", about="quick", actor=office, steps=1)
    work_off(app)
    slow = ask("test.file", about="slow", actor=office, steps=1)
    db.session.commit()
    clock.move_to(clock.now + timedelta(seconds=90))
    work_off(app)

    assert (quick.state, slow.state) == (LongState.DONE, LongState.DONE)
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.subject, f"/work/{slow.id}" in mail.body) == ("Ready: Municipality", True)


def test_a_letter_does_not_wait_for_an_archive(app, kinds, office, tmp_path):
    path = str(tmp_path / "steps")
    slow = ask("test.slow", about="one", actor=office, steps=1, path=path)
    quick = ask("test.count", about="two", actor=office, steps=1, path=path)

    work_off(app, lanes=(Lane.QUICK,))

    assert (slow.state, quick.state) == (LongState.QUEUED, LongState.DONE)


def test_looking_for_work_where_there_is_none_asks_twice(app, count_queries):
    with count_queries() as queries:
        assert take(Lane.QUICK) is None

    assert queries.count <= 2


@pytest.mark.parametrize("state", LongState)
@pytest.mark.parametrize("action", LongAction)
def test_only_what_is_open_is_stopped_and_only_what_ended_in_vain_is_begun_again(
    app, counting, office, state, action
):
    counting.state = state
    db.session.commit()
    possible = state in OPEN_STATES if action is LongAction.STOP else (
        state in {LongState.FAILED, LongState.GIVEN_UP}
    )  # fmt: skip
    assert LONG_WORKFLOW.allows(action, state) is possible

    deed = stop if action is LongAction.STOP else try_again
    if possible:
        deed(counting, actor=office)
    else:
        with pytest.raises(NotNow):
            deed(counting, actor=office)
