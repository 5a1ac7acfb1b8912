"""The hours a municipality may be advised for: what was granted, and a ledger of what was taken. Nothing else is stored."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import GIVEN_ONCE, Base, Timestamped, Versioned, one_of, only_one
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from municipalities.models import Municipality

if TYPE_CHECKING:  # consultations name their pot, so these models cannot know theirs when they are loaded
    from animators.consultations.models import Consultation


class Pot(LabelledEnum):
    VISIT = "visit", _l("Visits")
    REMOTE = "remote", _l("Remote advice")


class HourBudget(Timestamped, Base):
    """What was granted to one municipality at first; ``BudgetAdjustment`` adds to it. What is left is always computed (``animators/hours/balances.py``)."""

    __tablename__ = "hour_budget"
    __table_args__ = (
        UniqueConstraint("municipality_id", "pot"),
        CheckConstraint("granted_minutes >= 0", name="granted_not_negative"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    pot: Mapped[Pot] = mapped_column(one_of(Pot))
    granted_minutes: Mapped[int]

    municipality: Mapped[Municipality] = relationship()

    @property
    def story(self) -> Any:
        return self.municipality


class Decision(LabelledEnum):
    """What the office said about minutes over the pot; ``SETTLED``: they found room by themselves, or were corrected away."""

    PENDING = "pending", _l("Waits for the office"), Tone.WARNING
    GRANTED = "granted", _l("Granted"), Tone.SUCCESS
    TRANSFERRED = "transferred", _l("Moved from the other pot"), Tone.SUCCESS
    REFUSED = "refused", _l("Not granted"), Tone.NEUTRAL
    SETTLED = "settled", _l("No longer needed"), Tone.NEUTRAL


COUNTED = frozenset({Decision.GRANTED, Decision.TRANSFERRED})
"""Only what was granted is part of the budget."""


class BudgetAdjustment(Timestamped, Versioned, Base):
    """More or fewer minutes for a budget. One over the pot is asked for with the entry, and counts once the office decided.

    A transfer is two of them, of one size, each naming the other.
    """

    __tablename__ = "budget_adjustment"
    __table_args__ = (
        CheckConstraint("minutes <> 0", name="moves_something"),
        only_one("uq_budget_adjustment_overrun", "consultation_id", where="decision = 'pending'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("hour_budget.id"), index=True)
    minutes: Mapped[int]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    """The overrun it was asked for with; None: the office changed the budget by itself."""
    reason: Mapped[str] = mapped_column(String(500))
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision: Mapped[Decision] = mapped_column(one_of(Decision), index=True)
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None] = mapped_column(String(500))
    paired_id: Mapped[int | None] = mapped_column(ForeignKey("budget_adjustment.id"))

    budget: Mapped[HourBudget] = relationship()
    paired: Mapped["BudgetAdjustment | None"] = relationship(remote_side=[id], post_update=True)
    requested_by: Mapped[User | None] = relationship()
    consultation: Mapped["Consultation | None"] = relationship(viewonly=True)

    @property
    def story(self) -> Any:
        return self.budget.municipality

    @property
    def counts(self) -> bool:
        return self.decision in COUNTED


class LedgerKind(LabelledEnum):
    OPENING = "opening", _l("Opening balance")
    CONSULTATION = "consultation", _l("Consultation")
    CORRECTION = "correction", _l("Correction")
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
    made_by: Mapped[User | None] = relationship()
    consultation: Mapped["Consultation | None"] = relationship(viewonly=True)
