"""Questions that leaders ask their animator, and advice given outside the partnerships, which no pot pays for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from animators.consultations.models import Channel, Consultation
from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from municipalities.models import Municipality
from partnerships.models import OfPartnership, Partnership

REMOTE_CHANNELS = (Channel.PHONE, Channel.ONLINE, Channel.CHAT, Channel.INTERPRETER)


class RequestStatus(LabelledEnum):
    OPEN = "open", _l("Waits for an answer"), Tone.WARNING
    ANSWERED = "answered", _l("Answered"), Tone.SUCCESS
    DECLINED = "declined", _l("Closed without an answer"), Tone.NEUTRAL
    WITHDRAWN = "withdrawn", _l("Taken back"), Tone.NEUTRAL


class AdviceRequest(OfPartnership, Timestamped, Versioned, Base):
    """What a partnership asks its animator. It belongs to neither person: whoever advises at the moment answers it."""

    __tablename__ = "advice_request"
    __table_args__ = (
        CheckConstraint(
            "(status = 'answered') = (consultation_id IS NOT NULL)", name="answered_in_a_consultation"
        ),
        Index("ix_advice_request_open", "partnership_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    topic: Mapped[str] = mapped_column(String(40))
    """A code of the list ``advice_topic``."""
    question: Mapped[str] = mapped_column(Text)
    channel: Mapped[Channel] = mapped_column(one_of(Channel))
    """How they would like to be answered."""
    wished_times: Mapped[str | None] = mapped_column(String(300))
    status: Mapped[RequestStatus] = mapped_column(one_of(RequestStatus), default=RequestStatus.OPEN)
    answer: Mapped[str | None] = mapped_column(Text)
    """In writing; or why it was closed without one. None where a talk was the answer."""
    closed_at: Mapped[datetime | None]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), unique=True)
    """In which it was answered: its minutes come from the pot."""
    entry_key: Mapped[str] = mapped_column(String(64), unique=True)

    partnership: Mapped[Partnership] = relationship()
    asked_by: Mapped[User] = relationship()
    consultation: Mapped[Consultation | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.status is RequestStatus.OPEN


class OutsideAdvice(Timestamped, Versioned, Base):
    """Advice to an organisation that belongs to no partnership: work of the animator, taken from no pot."""

    __tablename__ = "outside_advice"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="lasts"),
        Index("ix_outside_advice_of_animator", "animator_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    animator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    organisation: Mapped[str] = mapped_column(String(200))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    channel: Mapped[Channel] = mapped_column(one_of(Channel))
    minutes: Mapped[int]
    topics: Mapped[list[str]] = mapped_column(default=list)
    day: Mapped[date]
    summary: Mapped[str | None] = mapped_column(Text)
    late_entry_reason: Mapped[str | None] = mapped_column(String(500))
    taken_back_at: Mapped[datetime | None]
    """Entered by mistake: it stays to be read and counts no more."""
    taken_back_reason: Mapped[str | None] = mapped_column(String(500))
    entry_key: Mapped[str] = mapped_column(String(64), unique=True)

    animator: Mapped[User] = relationship()
    municipality: Mapped[Municipality | None] = relationship()

    def author_ids(self, on: date) -> set[int]:
        return {self.animator_id}
