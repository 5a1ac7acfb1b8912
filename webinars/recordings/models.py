"""Recordings: what became of each, and the question that confirms that somebody watched."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core import clock
from core.database import GIVEN_ONCE, Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.storage import StoredFile
from webinars.models import Webinar


class RecordingState(LabelledEnum):
    OWED = "owed", _l("Owed"), Tone.WARNING
    PUBLISHED = "published", _l("Ready to watch"), Tone.SUCCESS
    NONE = "none", _l("There is none"), Tone.NEUTRAL


class Captions(LabelledEnum):
    NO = "no", _l("No captions")
    IN_VIDEO = "in_video", _l("In the video")
    FILE = "file", _l("As a file")


class Recording(Timestamped, Versioned, Base):
    """Owed from the moment a webinar was held; in the end there is one to watch and to read, or a reason why not."""

    __tablename__ = "recording"
    __table_args__ = (
        CheckConstraint("state <> 'published' OR url IS NOT NULL", name="leads_somewhere"),
        CheckConstraint(
            "state <> 'published' OR captions <> 'no' OR transcript <> '' OR transcript_file_id IS NOT NULL",
            name="can_be_read",
        ),
        CheckConstraint(
            "state <> 'none' OR (none_reason <> '' AND (substitute <> '' OR substitute_link IS NOT NULL))",
            name="says_why_not",
        ),
        CheckConstraint("(captions = 'file') = (captions_file_id IS NOT NULL)", name="has_its_captions"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="lasts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), unique=True)
    state: Mapped[RecordingState] = mapped_column(one_of(RecordingState), default=RecordingState.OWED)
    due_on: Mapped[date] = mapped_column(index=True)
    url: Mapped[str | None] = mapped_column(String(500))
    minutes: Mapped[int | None]
    captions: Mapped[Captions] = mapped_column(one_of(Captions), default=Captions.NO)
    captions_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    transcript: Mapped[str] = mapped_column(Text, default="")
    transcript_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    without_materials: Mapped[bool] = mapped_column(default=False)
    """Nothing was handed out, so there is nothing to show beside it."""
    published_at: Mapped[datetime | None]
    none_reason: Mapped[str] = mapped_column(String(500), default="")
    substitute: Mapped[str] = mapped_column(String(1000), default="")
    """What to read or watch instead, in words."""
    substitute_link: Mapped[str | None] = mapped_column(String(500))

    webinar: Mapped[Webinar] = relationship()
    captions_file: Mapped[StoredFile | None] = relationship(foreign_keys=[captions_file_id])
    transcript_file: Mapped[StoredFile | None] = relationship(foreign_keys=[transcript_file_id])

    @property
    def story(self) -> Any:
        return self.webinar

    @property
    def is_public(self) -> bool:
        return self.webinar.is_public

    @property
    def is_published(self) -> bool:
        return self.state is RecordingState.PUBLISHED

    @property
    def is_owed(self) -> bool:
        return self.state is RecordingState.OWED

    @property
    def is_overdue(self) -> bool:
        return self.is_owed and self.due_on < clock.today()

    @property
    def has_text(self) -> bool:
        """There is a page to read: what was written down, or what the captions say."""
        return bool(self.transcript) or self.captions_file_id is not None


class RecordingQuestion(Timestamped, Versioned, Base):
    """One short question to whoever watched, with two to four answers of which one is right."""

    __tablename__ = "recording_question"
    __table_args__ = (
        CheckConstraint("right_answer >= 0 AND right_answer < 4", name="has_a_right_answer"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"), unique=True)
    text: Mapped[str] = mapped_column(String(300))
    answers: Mapped[list[str]] = mapped_column(JSON)
    right_answer: Mapped[int]
    """Its place among the answers, from 0."""

    recording: Mapped[Recording] = relationship()

    @property
    def story(self) -> Any:
        return self.recording.webinar


class RecordingTries(Timestamped, Base):
    """How often somebody has answered wrongly on a day. Deleted when the day is over."""

    __tablename__ = "recording_tries"
    __table_args__ = (
        UniqueConstraint("recording_id", "user_id", "day", name="uq_recording_tries_day"),
        CheckConstraint("number > 0", name="somebody_tried"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    number: Mapped[int]

    recording: Mapped[Recording] = relationship()
    user: Mapped[User] = relationship()
