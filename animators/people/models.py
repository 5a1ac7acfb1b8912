"""Who an animator is to the public, and what a returning animator is told about the time of a leave."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped
from core.storage import StoredFile
from partnerships.models import AnimatorAssignment


class AnimatorProfile(Timestamped, Base):
    """What an animator lets everybody know. Where they advise is never typed here: assignments say it."""

    __tablename__ = "animator_profile"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    bio: Mapped[str | None] = mapped_column(Text)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    public_email: Mapped[str | None] = mapped_column(String(254))
    regions: Mapped[list[str]] = mapped_column(default=list)
    """Codes of voivodeships they care for beyond those of their municipalities."""
    visible: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship()
    photo: Mapped[StoredFile | None] = relationship()

    @property
    def story(self) -> User:
        """Told where everything about the person is."""
        return self.user


class LeaveSummary(Timestamped, Base):
    """What somebody who comes back is told: which covers it is about, and of which days. Made once."""

    __tablename__ = "leave_summary"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    animator_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    animator: Mapped[User] = relationship()
    covers: Mapped[list["SummarisedCover"]] = relationship(
        back_populates="summary", order_by="SummarisedCover.assignment_id"
    )

    @property
    def story(self) -> User:
        return self.animator

    def returning_ids(self, on: date) -> set[int]:
        """Whose it is."""
        return {self.animator_id}


class SummarisedCover(Base):
    """A cover that a summary tells about; the key lets no cover be told twice."""

    __tablename__ = "summarised_cover"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("animator_assignment.id"), primary_key=True)
    summary_id: Mapped[int] = mapped_column(ForeignKey("leave_summary.id"), index=True)

    assignment: Mapped[AnimatorAssignment] = relationship()
    summary: Mapped[LeaveSummary] = relationship(back_populates="covers")
