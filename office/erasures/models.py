"""Somebody asks to be erased: whom it is about, who entered it, and what came of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone


class ErasureStatus(LabelledEnum):
    OPEN = "open", _l("Waits for the office"), Tone.WARNING
    DONE = "done", _l("Erased"), Tone.SUCCESS
    REFUSED = "refused", _l("Not erased"), Tone.NEUTRAL


class PlaceDecision(LabelledEnum):
    """What the office says of a word that may be the person's surname."""

    REPLACE = "replace", _l("Replace"), Tone.WARNING
    LEAVE = "leave", _l("Leave as it is"), Tone.NEUTRAL


class ErasureRequest(Timestamped, Base):
    """Of a person with an account, or of a guest by their address. Once it is done it names nobody."""

    __tablename__ = "erasure_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    address: Mapped[str | None] = mapped_column(String(254))
    """Of a guest, until it is done."""
    received_on: Mapped[date]
    reason: Mapped[str | None] = mapped_column(Text)
    """What the office wrote on it; taken away with the person."""
    status: Mapped[ErasureStatus] = mapped_column(one_of(ErasureStatus), index=True)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many records of each kind were emptied."""

    user: Mapped[User | None] = relationship(foreign_keys=[user_id])


class ErasurePlace(Base):
    """A text in which the surname may stand, and what the office decided about it. It names the place, never the words."""

    __tablename__ = "erasure_place"
    __table_args__ = (UniqueConstraint("request_id", "table", "field", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("erasure_request.id"))
    table: Mapped[str] = mapped_column(String(60))
    field: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int]
    decision: Mapped[PlaceDecision] = mapped_column(one_of(PlaceDecision))

    @property
    def where(self) -> tuple[str, str, int]:
        return self.table, self.field, self.record_id
