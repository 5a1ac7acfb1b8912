"""Monthly work cards: what an animator did in a month, to be signed and accounted for. A submitted one is kept as it was."""

from collections.abc import Set
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from animators.cards.workflow import EDITABLE, CardStatus
from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum

LONGEST_NOTE = 300


class Work(LabelledEnum):
    """What the time went to. The first four come from the records, the others are entered on the card."""

    VISIT = "visit", _l("Visits")
    REMOTE = "remote", _l("Remote advice")
    OUTSIDE = "outside", _l("Advice outside the partnerships")
    REVIEW = "review", _l("Reviews decided")
    PREPARATION = "preparation", _l("Preparation")
    TRAVEL = "travel", _l("Travel")
    OTHER = "other", _l("Other work")


ENTERED = (Work.PREPARATION, Work.TRAVEL, Work.OTHER)
"""None of it is taken from the hours of a municipality."""


class WorkCard(Timestamped, Versioned, Base):
    """One month of one animator. While it is open its lines are looked up; from then on ``content`` holds them."""

    __tablename__ = "work_card"
    __table_args__ = (UniqueConstraint("animator_id", "month"), Index("ix_work_card_month", "month"))

    id: Mapped[int] = mapped_column(primary_key=True)
    animator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    month: Mapped[date]
    """Its first day."""
    status: Mapped[CardStatus] = mapped_column(one_of(CardStatus), default=CardStatus.OPEN)
    content: Mapped[dict[str, Any] | None]
    content_hash: Mapped[str | None] = mapped_column(String(64))
    submitted_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    return_reason: Mapped[str | None] = mapped_column(String(500))

    animator: Mapped[User] = relationship()
    lines: Mapped[list["CardLine"]] = relationship(
        back_populates="card", order_by="CardLine.day, CardLine.id", cascade="all, delete-orphan"
    )

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def number(self) -> str:
        return f"KP/{self.month:%Y/%m}/{self.id:04d}"

    @property
    def month_key(self) -> str:
        return f"{self.month:%Y-%m}"

    def owner_ids(self, on: date) -> Set[int]:
        return {self.animator_id}


class CardLine(Timestamped, Versioned, Base):
    """What the animator enters: preparation, a journey, other work. Corrections of an earlier month may be negative."""

    __tablename__ = "work_card_line"
    __table_args__ = (
        CheckConstraint("minutes <> 0 OR km <> 0", name="says_something"),
        CheckConstraint("is_correction OR (minutes >= 0 AND km >= 0)", name="not_negative"),
        CheckConstraint("kind = 'travel' OR km = 0", name="only_journeys_have_a_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("work_card.id"), index=True)
    day: Mapped[date]
    kind: Mapped[Work] = mapped_column(one_of(Work))
    minutes: Mapped[int] = mapped_column(default=0)
    km: Mapped[int] = mapped_column(default=0)
    note: Mapped[str | None] = mapped_column(String(LONGEST_NOTE))
    is_correction: Mapped[bool] = mapped_column(default=False)
    """Of a month whose card was submitted before."""
    entry_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Made with the form: sent twice it is still one line."""

    card: Mapped[WorkCard] = relationship(back_populates="lines")

    @property
    def story(self) -> Any:
        return self.card
