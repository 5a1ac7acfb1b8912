"""The hours a municipality may be advised for: what was granted, and a ledger of what was taken. Nothing else is stored."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Timestamped, one_of
from core.i18n import _l
from core.labels import LabelledEnum
from municipalities.models import Municipality


class Pot(LabelledEnum):
    VISIT = "visit", _l("Visits")
    REMOTE = "remote", _l("Remote advice")


class HourBudget(Timestamped, Base):
    """What was granted to one municipality. What is left is always computed (``animators/balances.py``)."""

    __tablename__ = "hour_budget"
    __table_args__ = (
        UniqueConstraint("municipality_id", "pot"),
        CheckConstraint("granted_minutes >= 0", name="granted_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    pot: Mapped[Pot] = mapped_column(one_of(Pot))
    granted_minutes: Mapped[int]

    municipality: Mapped[Municipality] = relationship()

    @property
    def story(self) -> Any:
        return self.municipality


class LedgerKind(LabelledEnum):
    OPENING = "opening", _l("Opening balance")
    CONSULTATION = "consultation", _l("Consultation")
    ADJUSTMENT = "adjustment", _l("Adjustment")
    TRANSFER = "transfer", _l("Moved, as municipalities changed")


class LedgerEntry(Timestamped, Base):
    """Minutes taken from a pot; fewer than none give some back. Only added to: the database refuses any change."""

    __tablename__ = "ledger_entry"
    __table_args__ = (CheckConstraint("minutes <> 0", name="moves_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("hour_budget.id"), index=True)
    minutes: Mapped[int]
    kind: Mapped[LedgerKind] = mapped_column(one_of(LedgerKind))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    day: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(300))
    taken_over: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    budget: Mapped[HourBudget] = relationship()
