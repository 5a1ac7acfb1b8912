"""A leader hands over: the record of one hand-over, from the request to the day on which it is done."""

from collections.abc import Set
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core import clock
from core.database import Base, Timestamped, Versioned, one_of, only_one
from partnerships.handovers.workflow import OPEN_HANDOVERS, HandoverAction, HandoverStatus
from partnerships.models import LeaderTerm, OfPartnership, Organisation, Partnership


class LeaderHandover(OfPartnership, Timestamped, Versioned, Base):
    """Who hands a partnership over to whom, from which day. One at a time that is not over yet.

    With the confirmation the terms are written: the old one ends the day before, the new one begins with the day itself.
    So rights change at midnight, whether or not anything runs at that moment. What was written is kept in ``before``, so
    that a hand-over called off before its day leaves no trace in the terms.
    """

    __tablename__ = "leader_handover"
    __table_args__ = (
        only_one(
            "uq_leader_handover_open",
            "partnership_id",
            where="status IN ('requested', 'accepted', 'confirmed')",
        ),
        CheckConstraint(
            "(status IN ('confirmed', 'done')) = (to_term_id IS NOT NULL)", name="confirmed_has_a_term"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    status: Mapped[HandoverStatus] = mapped_column(
        one_of(HandoverStatus), default=HandoverStatus.REQUESTED, index=True
    )
    from_term_id: Mapped[int | None] = mapped_column(ForeignKey("leader_term.id"))
    """Of the leader who hands over; None where nobody led when it was requested."""
    to_user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    to_term_id: Mapped[int | None] = mapped_column(ForeignKey("leader_term.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """Where the successor comes from: it becomes a member."""
    effective_on: Mapped[date]
    """The first day of the new leader."""
    answer_until: Mapped[date]
    """The last day on which the successor may accept."""
    note: Mapped[str | None] = mapped_column(Text)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Terms that the confirmation shortened, by id, with the last day each had."""
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    accepted_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
    """When it was done, or called off."""
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_how: Mapped[HandoverAction | None] = mapped_column(one_of(HandoverAction))
    end_reason: Mapped[str | None] = mapped_column(String(300))

    partnership: Mapped[Partnership] = relationship()
    from_term: Mapped[LeaderTerm | None] = relationship(foreign_keys=[from_term_id])
    to_term: Mapped[LeaderTerm | None] = relationship(foreign_keys=[to_term_id])
    to_user: Mapped[User] = relationship(foreign_keys=[to_user_id])
    requested_by: Mapped[User] = relationship(foreign_keys=[requested_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_HANDOVERS

    @property
    def from_user(self) -> User | None:
        return self.from_term.user if self.from_term else None

    @property
    def since(self) -> datetime:
        """When it came to where it is."""
        return self.ended_at or self.confirmed_at or self.accepted_at or self.requested_at

    def is_overdue(self, on: date) -> bool:
        """Nobody accepted in time, or the day passed without a confirmation."""
        if self.status is HandoverStatus.REQUESTED and on > self.answer_until:
            return True
        return self.status in (HandoverStatus.REQUESTED, HandoverStatus.ACCEPTED) and on > self.effective_on

    def is_in_force(self, on: date) -> bool:
        """The new leader leads already, whether or not the rest has been done."""
        return self.status is HandoverStatus.CONFIRMED and on >= self.effective_on

    # Who has a say in it, as the rights ask.

    def successor_ids(self, on: date) -> Set[int]:
        return {self.to_user_id} if self.is_open else set()

    def own_ids(self, on: date) -> Set[int]:
        """Whose own it is: the two who change places, and whoever leads there or helps to."""
        former = {self.from_term.user_id} if self.from_term else set()
        return {self.to_user_id} | former | self.leader_ids(on) | self.deputy_ids(on)

    def withdrawer_ids(self, on: date) -> Set[int]:
        """Who asked for it, as long as they still have a say in the partnership; and its leader."""
        say = self.leader_ids(on) | self.deputy_ids(on)
        return self.leader_ids(on) | ({self.requested_by_id} & say)
