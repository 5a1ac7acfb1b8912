"""Asking for long work, stopping it, and asking again. The process that runs jobs takes it up within a second or two."""

from typing import Any, Protocol

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core import audit, clock
from core.database import db, refusing
from core.jobs.known import known_jobs
from core.jobs.running import make_rows, request_run
from core.long_work.events import LongWorkEvent
from core.long_work.known import kind_of, kinds
from core.long_work.models import OPEN_STATES, LongWork
from core.long_work.workflow import LONG_WORKFLOW, LongAction
from core.workflow import NotNow


class Asker(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def mail_language(self) -> str: ...


def ask(kind: str, *, about: str, actor: Asker, total: int = 0, **parameters: Any) -> LongWork:
    """The same work that is open already is given back instead of being done twice."""
    name = kinds()[kind].name
    work = LongWork(
        kind=name,
        about=about,
        asked_by_id=actor.id,
        language=actor.mail_language,
        parameters=parameters,
        total=total,
        not_before=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(work)
            db.session.flush()
    except IntegrityError:
        open_already = open_work(name, about)
        if open_already is None:
            raise NotNow from None
        return open_already
    audit.record(LongWorkEvent.ASKED, work, actor=actor, kind=name, about=about)
    _wake(work)
    return work


def open_work(kind: str, about: str) -> LongWork | None:
    return db.session.scalars(
        select(LongWork).where(
            LongWork.kind == kind, LongWork.about == about, LongWork.state.in_(OPEN_STATES)
        )
    ).one_or_none()


def _wake(work: LongWork) -> None:
    """Without this the work would begin with the next look of its job, half a minute later."""
    job = known_jobs(current_app)[kind_of(work).lane.job]
    make_rows([job])
    request_run(job.name)


def stop(work: LongWork, *, actor: Asker) -> None:
    """Whoever does it learns so with the next count, and leaves it."""
    _hold(work)
    state = LONG_WORKFLOW.after(LongAction.STOP, work.state)
    if not kind_of(work).can_be_stopped:
        raise NotNow
    work.state, work.owner, work.until, work.finished_at = state, "", None, clock.now()
    audit.record(LongWorkEvent.STOPPED, work, actor=actor, kind=work.kind)


def try_again(work: LongWork, *, actor: Asker) -> None:
    """It goes on from where it was, as far as it was kept."""
    _hold(work)
    state = LONG_WORKFLOW.after(LongAction.TRY_AGAIN, work.state)
    if not kind_of(work).can_be_tried_again or open_work(work.kind, work.about):
        raise NotNow
    with refusing(NotNow):  # the same was asked for elsewhere at this moment
        work.state, work.attempts, work.not_before = state, 0, clock.now()
        work.finished_at = work.reason = work.reference = None
    audit.record(LongWorkEvent.ASKED_AGAIN, work, actor=actor, kind=work.kind)
    _wake(work)


def _hold(work: LongWork) -> None:
    db.session.execute(select(LongWork.id).where(LongWork.id == work.id).with_for_update())
    db.session.refresh(work)
