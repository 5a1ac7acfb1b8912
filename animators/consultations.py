"""Advice that animators give: visits, calls, online meetings."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from animators.hours import Pot
from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from municipalities.models import Municipality


class Channel(LabelledEnum):
    VISIT = "visit", _l("Visit")
    PHONE = "phone", _l("Phone")
    ONLINE = "online", _l("Online meeting")
    CHAT = "chat", _l("Chat or e-mail")
    INTERPRETER = "interpreter", _l("Call with an interpreter")

    @property
    def pot(self) -> Pot:
        """Whose hours it takes."""
        return Pot.VISIT if self is Channel.VISIT else Pot.REMOTE


class ConsultationStatus(LabelledEnum):
    """Of visits: proposed to confirmed; of remote advice: logged, then confirmed or disputed."""

    PROPOSED = "proposed", _l("Proposed"), Tone.INFO
    AGREED = "agreed", _l("Agreed"), Tone.INFO
    MOVED = "moved", _l("Moved"), Tone.WARNING
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL
    HELD = "held", _l("Held"), Tone.SUCCESS
    REPORTED = "reported", _l("Reported"), Tone.INFO
    LOGGED = "logged", _l("Logged"), Tone.INFO
    DISPUTED = "disputed", _l("Disputed"), Tone.WARNING
    CONFIRMED = "confirmed", _l("Confirmed"), Tone.SUCCESS


class Consultation(Timestamped, Versioned, Base):
    """One visit or one piece of remote advice to a municipality."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("actual_minutes IS NULL OR actual_minutes > 0", name="lasts"),
        CheckConstraint("(channel = 'visit') = (visit_no IS NOT NULL)", name="visits_are_numbered"),
        Index("ix_consultation_municipality", "municipality_id", "actual_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    animator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    """Unknown where earlier records do not say who it was."""
    channel: Mapped[Channel] = mapped_column(one_of(Channel))
    visit_no: Mapped[int | None]
    actual_start: Mapped[datetime | None]
    """Of what was taken over only the day is known: it stands there with noon."""
    actual_minutes: Mapped[int | None]
    topics: Mapped[list[str]] = mapped_column(default=list)
    participants_count: Mapped[int | None]
    summary: Mapped[str | None] = mapped_column(Text)
    next_steps: Mapped[str | None] = mapped_column(Text)
    status: Mapped[ConsultationStatus] = mapped_column(one_of(ConsultationStatus))
    taken_over: Mapped[bool] = mapped_column(default=False)

    municipality: Mapped[Municipality] = relationship()
    animator: Mapped[User | None] = relationship()

    @property
    def story(self) -> Any:
        return self.municipality
