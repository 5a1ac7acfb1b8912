"""Several people at the same moment, each with a session of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from core import clock
from core.database import db
from core.errors import DomainError


def at_once(app: Flask, *attempts: Callable[[], object], moment: datetime | None = None) -> list[str]:
    """The word or number that each gave back, "done" for anything else, or the name of the refusal; sorted, as nobody knows
    who was first.

    All of them at ``moment``, by itself that of the test: a clock that stands still does so in its own thread.
    """
    barrier, now = Barrier(len(attempts)), moment or clock.now()

    def run(attempt: Callable[[], object]) -> str:
        with app.app_context(), clock.at(now):
            barrier.wait()
            try:
                outcome = attempt()
                db.session.commit()
            except (DomainError, StaleDataError) as refusal:
                db.session.rollback()
                return type(refusal).__name__
            finally:
                db.session.remove()
            return str(outcome) if isinstance(outcome, str | int) else "done"

    db.session.commit()
    with ThreadPoolExecutor(len(attempts)) as pool:
        return sorted(pool.map(run, attempts))
