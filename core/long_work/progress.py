"""What a piece of work says of itself while it goes on, and how it learns that it should end."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from core import clock
from core.database import db, writing
from core.jobs.stopping import is_stopping
from core.long_work import results
from core.long_work.models import LongState, LongWork

LEASE = timedelta(minutes=1)
TOLD_EVERY = 0.5
"""Seconds: nobody looks more often."""


class Overtaken(Exception):
    """It is no longer ours: nothing more may be written."""


class Interrupted(Exception):
    """The process ends; another goes on."""


class Progress:
    def __init__(self, work: LongWork, owner: str) -> None:
        self._id, self._owner = work.id, owner
        self.done, self.total = work.done, work.total
        self._furthest = work.done
        self._told_at = float("-inf")
        self._place: Path | None = None

    def folder(self) -> Path:
        """To make files in; it goes when the work ends."""
        if self._place is None:
            self._place = results.workplace(self._id, self._owner)
        return self._place

    def leave_folder(self) -> None:
        if self._place is not None:
            results.clear(self._place)

    def tell(self, done: int, total: int | None = None, note: str | None = None) -> None:
        """For work that only reads: its count is written in a transaction of its own."""
        self._count(done, total)
        if time.monotonic() - self._told_at >= TOLD_EVERY:
            with writing(), Session(db.engine) as session, session.begin():
                self._write(session, note=note)
            self._told_at = time.monotonic()
        if is_stopping():
            raise Interrupted

    def keep(self, done: int, total: int | None = None, note: str | None = None) -> None:
        """Commit what was changed so far together with its count: both are there, or neither.

        Whoever takes it up after it got further than ever has as many attempts as the first one.
        """
        is_further = done > self._furthest
        self._count(done, total)
        self._furthest = max(self._furthest, done)
        self._write(db.session(), note=note, attempts=1 if is_further else None)
        db.session.commit()
        if is_stopping():
            raise Interrupted

    def hold(self) -> None:
        """In the transaction that follows nobody else can do this work."""
        self._write(db.session())

    def _count(self, done: int, total: int | None) -> None:
        self.done, self.total = done, self.total if total is None else total

    def _write(self, session: Session, **more: Any) -> None:
        values = {name: value for name, value in more.items() if value is not None}
        written = session.execute(
            update(LongWork)
            .where(
                LongWork.id == self._id, LongWork.owner == self._owner, LongWork.state == LongState.RUNNING
            )
            .values(done=self.done, total=self.total, until=lease_end(), **values)
            .execution_options(synchronize_session=False)
        )
        if written.rowcount != 1:  # type: ignore[attr-defined]  # rowcount of an UPDATE, missing in the stubs
            raise Overtaken


def lease_end() -> datetime:
    return clock.now() + LEASE
