"""Doing long work: one piece is taken by exactly one of all who want it, and its end written down once."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from flask import Flask, current_app
from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core import audit, clock
from core.database import db, writing
from core.errors import DomainError
from core.i18n import in_language
from core.jobs.running import CLOCKS_DIFFER_BY
from core.jobs.stopping import is_stopping
from core.long_work import results
from core.long_work.events import LongWorkEvent
from core.long_work.known import Lane, LongKind, Result, kind_of, kinds, listeners
from core.long_work.models import LongState, LongWork
from core.long_work.progress import LEASE, Interrupted, Overtaken, Progress, lease_end

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)
RENEW_SECONDS = 15.0


def work_off(lane: Lane) -> str:
    """Everything that waits in a lane, one after another."""
    count = 0
    while not is_stopping() and (taken := take(lane)) is not None:
        carry_out(*taken)
        count += 1
    return f"{count} done"


# --- Taking ----------------------------------------------------------------------------------------------


def take(lane: Lane) -> tuple[int, str] | None:
    """The id of a piece of work that is now ours, and the name under which we do it."""
    mine = [name for name, kind in kinds().items() if kind.lane is lane]
    while True:
        due = _is_free(), LongWork.kind.in_(mine)
        found = db.session.scalar(select(LongWork.id).where(*due).order_by(LongWork.id).limit(1))
        if found is None:
            db.session.rollback()
            return None
        owner = secrets.token_hex(4)
        if _take(found, owner):
            return found, owner


def _is_free() -> ColumnElement[bool]:
    """What lies further ahead than we ever write was written by a clock that has been put back since."""
    now = clock.now()
    begins, ends = LongWork.not_before, LongWork.until
    return or_(
        and_(
            LongWork.state == LongState.QUEUED,
            or_(begins <= now, begins > now + RETRY_AFTER + CLOCKS_DIFFER_BY),
        ),
        and_(LongWork.state == LongState.RUNNING, or_(ends < now, ends > now + LEASE + CLOCKS_DIFFER_BY)),
    )


def _take(work_id: int, owner: str) -> bool:
    now = clock.now()
    taken = db.session.execute(
        update(LongWork)
        .where(LongWork.id == work_id, _is_free())
        .values(
            state=LongState.RUNNING,
            owner=owner,
            until=lease_end(),
            started_at=now,
            attempts=LongWork.attempts + 1,
        )
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]  # rowcount of an UPDATE, missing in the stubs


# --- Doing -----------------------------------------------------------------------------------------------


def carry_out(work_id: int, owner: str) -> None:
    work = db.session.get_one(LongWork, work_id, populate_existing=True)
    kind, progress = kind_of(work), Progress(work, owner)
    with in_language(work.language), _renewed(work_id, owner):
        try:
            if work.attempts > MOST_ATTEMPTS:
                reference = secrets.token_hex(4)
                logger.error("long work %s was killed each time: reference=%s", work_id, reference)
                _fail(work_id, progress, None, reference)
            else:
                _run(work, kind, progress)
        except Overtaken:
            db.session.rollback()
            logger.info("long work %s was stopped or taken over", work_id)
        finally:
            db.session.rollback()
            progress.leave_folder()


def _run(work: LongWork, kind: LongKind, progress: Progress) -> None:
    work_id = work.id
    try:
        result = _made(work, kind, progress)
        _finish(work_id, kind, progress, result)
    except Interrupted:
        db.session.rollback()
        _put_back(work_id, progress)
    except DomainError as refusal:
        db.session.rollback()
        _fail(work_id, progress, str(refusal), None)
    except Overtaken:
        raise
    except Exception:
        reference = secrets.token_hex(4)
        logger.exception("long work %s failed: %s reference=%s", work_id, kind.name, reference)
        db.session.rollback()
        _fail_or_retry(work_id, progress, reference)


def _made(work: LongWork, kind: LongKind, progress: Progress) -> Result | None:
    if not kind.only_reads:
        return kind.run(work, progress)
    db.session.rollback()
    with writing(False):
        result = kind.run(work, progress)
        db.session.rollback()
    return result


# --- Ending ----------------------------------------------------------------------------------------------


def _finish(work_id: int, kind: LongKind, progress: Progress, result: Result | None) -> None:
    progress.total = max(progress.total, progress.done)
    work = _own(work_id, progress)
    if result is not None:
        results.take_in(work, result)
        work.result_until = clock.now() + results.KEPT
    work.state, work.note = LongState.DONE, None
    work.reason = work.reference = None
    kind.ended(work)
    _let_go(work)


def _fail(work_id: int, progress: Progress, reason: str | None, reference: str | None) -> None:
    work = _own(work_id, progress)
    work.state, work.reason, work.reference, work.note = LongState.FAILED, reason, reference, None
    kind_of(work).failed(work)
    audit.record(LongWorkEvent.FAILED, work, actor=None, kind=work.kind, reference=reference)
    _let_go(work)


def _fail_or_retry(work_id: int, progress: Progress, reference: str) -> None:
    work = _own(work_id, progress)
    if work.attempts >= MOST_ATTEMPTS:
        _fail(work_id, progress, None, reference)
        return
    work.state, work.not_before = LongState.QUEUED, clock.now() + RETRY_AFTER
    work.owner, work.until, work.reference = "", None, reference
    db.session.commit()


def _put_back(work_id: int, progress: Progress) -> None:
    """Whoever takes it up next may do so at once, and this attempt does not count."""
    work = _own(work_id, progress)
    work.state, work.attempts, work.owner, work.until = LongState.QUEUED, work.attempts - 1, "", None
    db.session.commit()


def _own(work_id: int, progress: Progress) -> LongWork:
    """Held in this transaction; raises ``Overtaken`` where it is no longer ours."""
    progress.hold()
    return db.session.get_one(LongWork, work_id, populate_existing=True)


def _let_go(work: LongWork) -> None:
    work.finished_at, work.owner, work.until = clock.now(), "", None
    for listener in listeners():
        listener(work)
    db.session.commit()


@contextmanager
def _renewed(work_id: int, owner: str) -> Iterator[None]:
    done, app = Event(), _this_app()

    def go_on() -> None:
        while not done.wait(RENEW_SECONDS):
            with app.app_context():
                _renew(work_id, owner)

    renewing = Thread(target=go_on, daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()


def _renew(work_id: int, owner: str) -> None:
    """On SQLite it waits while the work itself writes; where that lasts too long the next time is soon enough."""
    mine = update(LongWork).where(LongWork.id == work_id, LongWork.owner == owner)
    try:
        with Session(db.engine) as session, session.begin():
            session.execute(mine.values(until=lease_end()))
    except SQLAlchemyError as error:
        logger.warning("long work %s was not renewed: %s", work_id, type(error).__name__)


def _this_app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]  # the app behind the proxy
