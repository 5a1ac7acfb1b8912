"""Reports to the funder: periods, the figures frozen for each with what shows them, and what came to differ later."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Base, Timestamped, Versioned, one_of
from reporting.workflow import KEPT, PeriodStatus


class ReportingPeriod(Timestamped, Versioned, Base):
    """A quarter, most often. Its figures are looked up while it is open, and kept from the day it is frozen."""

    __tablename__ = "reporting_period"
    __table_args__ = (
        UniqueConstraint("begins_on", "ends_on"),
        CheckConstraint("ends_on >= begins_on", name="days_in_order"),
        CheckConstraint(
            "(status IN ('frozen', 'submitted')) = (frozen_at IS NOT NULL)", name="frozen_has_a_moment"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    """Its last day."""
    due_on: Mapped[date]
    """By when the funder wants it."""
    status: Mapped[PeriodStatus] = mapped_column(one_of(PeriodStatus), default=PeriodStatus.OPEN)
    frozen_at: Mapped[datetime | None]
    content_hash: Mapped[str | None] = mapped_column(String(64))
    """Of all its frozen figures and what shows them."""
    submitted_on: Mapped[date | None]
    compared_at: Mapped[datetime | None]
    """When the frozen figures were last held against the records of then."""

    snapshots: Mapped[list["ReportSnapshot"]] = relationship(
        back_populates="period", order_by="ReportSnapshot.position"
    )

    @property
    def is_kept(self) -> bool:
        return self.status in KEPT


class ReportSnapshot(Base):
    """One figure as it was frozen. It says itself how it was counted: the rule may be another one by now."""

    __tablename__ = "report_snapshot"
    __table_args__ = (UniqueConstraint("period_id", "indicator"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    position: Mapped[int]
    indicator: Mapped[str] = mapped_column(String(60))
    words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Name, unit and formula in each language, as they were."""
    value: Mapped[str] = mapped_column(String(40))
    """A whole number or a decimal one, as text: nothing is lost on the way."""
    evidence_refs: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    """What it was counted from: kind of record, its id, how much it gave, and where it belongs."""
    frozen_at: Mapped[datetime] = mapped_column(default=clock.now)

    period: Mapped[ReportingPeriod] = relationship(back_populates="snapshots")
    deltas: Mapped[list["ReportDelta"]] = relationship(back_populates="snapshot", order_by="ReportDelta.id")

    @property
    def amount(self) -> Decimal:
        return Decimal(self.value)


class ReportDelta(Base):
    """What a frozen figure would be now, noticed on a day, and what has changed behind it. Only ever added to."""

    __tablename__ = "report_delta"

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("report_snapshot.id"), index=True)
    value_after: Mapped[str] = mapped_column(String(40))
    cause: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """For each record: what it gave then and gives now, and the last thing that happened to it since."""
    noticed_at: Mapped[datetime] = mapped_column(default=clock.now)

    snapshot: Mapped[ReportSnapshot] = relationship(back_populates="deltas")

    @property
    def amount(self) -> Decimal:
        return Decimal(self.value_after)
