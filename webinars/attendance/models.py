"""A report of who was there as a platform wrote it, and its people until they are settled or forgotten."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import GIVEN_ONCE, Base, Timestamped, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from municipalities.models import Municipality
from webinars.models import Webinar
from webinars.registrations.models import WebinarRegistration


class ReportStatus(LabelledEnum):
    DRAFT = "draft", _l("Not saved yet"), Tone.WARNING
    SAVED = "saved", _l("Saved"), Tone.SUCCESS


class LineState(LabelledEnum):
    KNOWN = "known", _l("Known"), Tone.SUCCESS
    UNSURE = "unsure", _l("To be settled"), Tone.WARNING
    UNKNOWN = "unknown", _l("Nobody like it"), Tone.NEUTRAL
    PLACE = "place", _l("Of a municipality"), Tone.INFO
    NOT_OURS = "not_ours", _l("Not one of ours"), Tone.NEUTRAL


OPEN = frozenset({LineState.UNSURE, LineState.UNKNOWN})
"""Nobody has said yet who it was."""


class KnownBy(LabelledEnum):
    EMAIL = "email", _l("E-mail address")
    NAME = "name", _l("Name of somebody registered")
    LEADER_NAME = "leader_name", _l("Name of a leader or deputy")
    HAND = "hand", _l("By hand")


class AttendanceReport(Timestamped, Base):
    """One file. The latest that was saved says how many came whom nobody knows."""

    __tablename__ = "attendance_report"
    __table_args__ = GIVEN_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), index=True)
    source: Mapped[str] = mapped_column(String(40))
    """Its key in the profile's ``attendance.toml``."""
    status: Mapped[ReportStatus] = mapped_column(one_of(ReportStatus), default=ReportStatus.DRAFT)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    begins_on: Mapped[date | None]
    """The day of which it speaks, where it says so."""
    people: Mapped[int] = mapped_column(default=0)
    others: Mapped[int] = mapped_column(default=0)
    """Of these, those who are not ours and those who were dropped: a count is all that is kept of them."""
    saved_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]
    """When its lines were deleted."""

    webinar: Mapped[Webinar] = relationship()
    uploaded_by: Mapped[User] = relationship()

    @property
    def story(self) -> Any:
        return self.webinar

    @property
    def is_draft(self) -> bool:
        return self.status is ReportStatus.DRAFT


class AttendanceLine(Timestamped, Base):
    """One person of a report, all their joins together; deleted with the others of their report."""

    __tablename__ = "attendance_line"
    __table_args__ = (Index("ix_attendance_line_report_state", "report_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("attendance_report.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    minutes: Mapped[int]
    spent: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As ``Spent.as_data``: when they were there, to be added to what another line says of the same person."""
    state: Mapped[LineState] = mapped_column(one_of(LineState))
    known_by: Mapped[KnownBy | None] = mapped_column(one_of(KnownBy))
    candidates: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Who it may be, as ``matching.Target.code``."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("webinar_registration.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))

    report: Mapped[AttendanceReport] = relationship()
    user: Mapped[User | None] = relationship()
    registration: Mapped[WebinarRegistration | None] = relationship()
    municipality: Mapped[Municipality | None] = relationship()

    @property
    def story(self) -> Any:
        return self.report.webinar

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def target(self) -> str | None:
        """Whom it was found to be."""
        if self.user_id is not None:
            return f"user-{self.user_id}"
        return f"seat-{self.registration_id}" if self.registration_id is not None else None
