"""The jobs that do long work and forget what came of it."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import ColumnElement, delete, func, or_, select

from core import clock
from core.database import db
from core.i18n import _, _l
from core.jobs import Job, daily_at, every, register
from core.long_work import results
from core.long_work.known import Lane
from core.long_work.models import OPEN_STATES, LongWork
from core.long_work.running import work_off
from core.retention import RetentionRule, register_retention

LONGEST = timedelta(hours=12)
ROWS_KEPT = timedelta(days=365)


def init_long_work(app: Flask) -> None:
    register(
        app,
        Job(
            Lane.QUICK.job,
            lambda: work_off(Lane.QUICK),
            every(seconds=30),
            does=_l("Sends letters to many and takes in large files, when somebody asked for it."),
            longest=LONGEST,
        ),
        Job(
            Lane.SLOW.job,
            lambda: work_off(Lane.SLOW),
            every(seconds=30),
            does=_l("Makes archives and other large files that somebody asked for."),
            longest=LONGEST,
        ),
        Job(
            "work.forget",
            forget,
            daily_at(4, 35),
            does=_l("Removes files that were made on request, a week later."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "work.forget",
            _l("Files made on request: archives, whole files of partnerships"),
            lambda: _("Seven days; that there was one: a year."),
            _l("To be fetched by whoever asked."),
            _l("Deleted"),
            "work.forget",
            due,
        ),
    )


def _is_old() -> ColumnElement[bool]:
    return LongWork.state.not_in(OPEN_STATES) & (LongWork.finished_at < clock.now() - ROWS_KEPT)


def _is_over() -> ColumnElement[bool]:
    return LongWork.result_key.is_not(None) & (LongWork.result_until < clock.now())


def due() -> int:
    """How many records ``forget`` would touch now."""
    return (
        db.session.scalar(select(func.count()).select_from(LongWork).where(or_(_is_over(), _is_old()))) or 0
    )


def forget() -> str:
    over = db.session.scalars(select(LongWork).where(or_(_is_over(), _is_old()))).all()
    for work in over:
        results.throw_away(work)
    db.session.flush()
    db.session.execute(delete(LongWork).where(_is_old()))
    known = set(db.session.scalars(select(LongWork.result_key).where(LongWork.result_key.is_not(None))))
    owners = db.session.execute(select(LongWork.id, LongWork.owner).where(LongWork.owner != ""))
    known |= {f"work-{work_id}-{owner}" for work_id, owner in owners}
    db.session.commit()
    return f"{len(over)} forgotten, {results.sweep({one for one in known if one})} swept"
