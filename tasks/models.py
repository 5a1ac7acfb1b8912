"""What is stored about minimum tasks: nothing but what the office has let a partnership off."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Timestamped, one_of, only_one
from partnerships.models import OfPartnership, Partnership
from tasks.rules import TaskCode


class TaskWaiver(OfPartnership, Timestamped, Base):
    """A partnership need not do this task. Who decided it stands in the history."""

    __tablename__ = "task_waiver"
    __table_args__ = (
        only_one("uq_task_waiver_standing", "partnership_id", "task", where="ended_on IS NULL"),
        CheckConstraint("ended_on IS NULL OR ended_on >= waived_on", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    task: Mapped[TaskCode] = mapped_column(one_of(TaskCode))
    reason: Mapped[str] = mapped_column(Text)
    waived_on: Mapped[date]
    ended_on: Mapped[date | None]
    """When the office took it back: the task is open again from that day."""

    partnership: Mapped[Partnership] = relationship()
