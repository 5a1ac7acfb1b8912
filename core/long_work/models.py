"""One piece of long work: what was asked, who does it now, how far it is, what came of it."""

from collections.abc import Set
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Timestamped, one_of, only_one
from core.i18n import _l
from core.labels import LabelledEnum, Tone


class LongState(LabelledEnum):
    QUEUED = "queued", _l("Waits its turn"), Tone.NEUTRAL
    RUNNING = "running", _l("Under way"), Tone.INFO
    DONE = "done", _l("Ready"), Tone.SUCCESS
    FAILED = "failed", _l("Failed"), Tone.DANGER
    GIVEN_UP = "given_up", _l("Stopped"), Tone.NEUTRAL


OPEN_STATES = frozenset({LongState.QUEUED, LongState.RUNNING})


class LongWork(Timestamped, Base):
    """``owner`` does it until ``until``, and renews that; whoever finds it past takes the work over.

    Whatever the owner writes, it writes on condition of still being the owner: so nothing is done twice.
    """

    __tablename__ = "long_work"
    __table_args__ = (
        only_one("uq_long_work_open", "kind", "about", where="state IN ('queued', 'running')"),
        Index("ix_long_work_state", "state", "not_before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(120))
    """What it is for, as "letter:7": of the same only one is open at a time."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    language: Mapped[str] = mapped_column(String(10))
    """Of whoever asked: what is made is made in it."""
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[LongState] = mapped_column(one_of(LongState), default=LongState.QUEUED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """0: how much there is to do is not known yet."""
    note: Mapped[str | None] = mapped_column(String(200))
    """What is being done, in ``language``."""
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    owner: Mapped[str] = mapped_column(String(40), default="")
    """Empty: nobody does it."""
    until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it failed, in ``language``; None where only the log knows."""
    reference: Mapped[str | None] = mapped_column(String(16))
    """Under which the log tells what went wrong."""
    result_key: Mapped[str | None] = mapped_column(String(80))
    result_name: Mapped[str | None] = mapped_column(String(200))
    result_type: Mapped[str | None] = mapped_column(String(120))
    result_size: Mapped[int | None] = mapped_column(BigInteger)
    result_until: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def has_result(self) -> bool:
        return self.result_key is not None

    @property
    def had_result(self) -> bool:
        """There was a file, and its time is over."""
        return self.result_key is None and self.result_name is not None

    @property
    def percent(self) -> int:
        return 100 * min(self.done, self.total) // self.total if self.total else 0

    def asker_ids(self, on: date) -> Set[int]:
        return {self.asked_by_id}
