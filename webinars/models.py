"""Webinars and who took part."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from municipalities.models import Municipality


class WebinarStatus(LabelledEnum):
    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL
    ANNOUNCED = "announced", _l("Announced"), Tone.INFO
    MOVED = "moved", _l("Moved"), Tone.WARNING
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL
    HELD = "held", _l("Held"), Tone.SUCCESS
    ARCHIVED = "archived", _l("Archived"), Tone.NEUTRAL


class Webinar(Timestamped, Versioned, Base):
    __tablename__ = "webinar"
    __table_args__ = (CheckConstraint("minutes > 0", name="lasts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    """Of one taken over often only the day is known: it stands there with noon."""
    minutes: Mapped[int]
    status: Mapped[WebinarStatus] = mapped_column(one_of(WebinarStatus))
    taken_over: Mapped[bool] = mapped_column(default=False)


class AttendanceSource(LabelledEnum):
    MANUAL = "manual", _l("Entered by hand")
    IMPORT = "import", _l("From a file")
    RECORDING = "recording", _l("By the recording")


class Attendance(Timestamped, Base):
    """Somebody of a municipality took part. Who it was is known only where they have an account."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("people_count > 0", name="somebody_came"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="lasts"),
        Index("uq_attendance_person", "webinar_id", "municipality_id", "user_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    people_count: Mapped[int] = mapped_column(default=1)
    """A count, where nobody is named."""
    minutes: Mapped[int | None]
    source: Mapped[AttendanceSource] = mapped_column(one_of(AttendanceSource))
    taken_over: Mapped[bool] = mapped_column(default=False)

    webinar: Mapped[Webinar] = relationship()
    municipality: Mapped[Municipality] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def story(self) -> Any:
        return self.municipality
