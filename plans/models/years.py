"""What a year of trainings has come to beside its rows: dates kept, trainings carried on, what a leader declared."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Base, Timestamped, only_one
from partnerships.models import OfPartnership, Partnership


class YearDeclaration(OfPartnership, Timestamped, Base):
    """What "we keep this year's plan ourselves" comes to: said by the leader with its day, and taken back at any time.

    An annual plan is for the partnership's own use, so its content is never demanded.
    """

    __tablename__ = "year_declaration"
    __table_args__ = (
        only_one("uq_year_declaration_standing", "partnership_id", "year", where="withdrawn_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    year: Mapped[int]
    declared_on: Mapped[date]
    withdrawn_on: Mapped[date | None]

    partnership: Mapped[Partnership] = relationship()


class CarriedTraining(Base):
    """A training that was not held and went on into the plan of the next year: once, whoever presses how often."""

    __tablename__ = "carried_training"
    __table_args__ = (UniqueConstraint("source_plan_id", "source_row_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    source_row_uid: Mapped[str] = mapped_column(String(40))
    target_plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    target_row_uid: Mapped[str] = mapped_column(String(40))
    carried_at: Mapped[datetime] = mapped_column(default=clock.now)


class TrainingMove(Base):
    """When a training of a year in use was to take place before it was moved. Added to, never changed."""

    __tablename__ = "training_move"
    __table_args__ = (Index("ix_training_move_row", "plan_id", "row_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    row_uid: Mapped[str] = mapped_column(String(40))
    quarter: Mapped[str | None] = mapped_column(String(10))
    date_from: Mapped[date | None]
    date_to: Mapped[date | None]
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
