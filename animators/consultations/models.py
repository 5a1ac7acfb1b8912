"""Advice that animators give: visits, calls, online meetings; the dates proposed for them and what was taken from them."""

from collections.abc import Set
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from accounts.models import User
from animators.hours.models import Pot
from core import clock
from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.searching import Searched
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.rights import RightsOfPartnership


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
    VOID = "void", _l("Void"), Tone.NEUTRAL


class Side(LabelledEnum):
    """Who did something about a visit: the two that agree on it, or the office for one of them."""

    LEADER = "leader", _l("The partnership")
    ANIMATOR = "animator", _l("The animator")
    OFFICE = "office", _l("The programme office")


class Consultation(Searched, Timestamped, Versioned, Base):
    """One visit or one piece of remote advice to a municipality."""

    __tablename__ = "consultation"
    SEARCHED = ("summary", "next_steps", "place")
    __table_args__ = (
        CheckConstraint("actual_minutes IS NULL OR actual_minutes > 0", name="lasts"),
        CheckConstraint("(channel = 'visit') = (visit_no IS NOT NULL)", name="visits_are_numbered"),
        CheckConstraint("planned_minutes IS NULL OR planned_minutes > 0", name="is_planned_to_last"),
        CheckConstraint("over_budget_minutes >= 0", name="over_budget_not_negative"),
        Index("ix_consultation_municipality", "municipality_id", "actual_start"),
        Index("ix_consultation_planned", "animator_id", "planned_start"),
        Index("uq_consultation_entry_key", "entry_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    animator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    """Unknown where earlier records do not say who it was."""
    channel: Mapped[Channel] = mapped_column(one_of(Channel))
    visit_no: Mapped[int | None]
    """First, second. After a merger of municipalities there may be two of one number: both were held."""
    planned_start: Mapped[datetime | None]
    planned_minutes: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(String(300))
    stands_from: Mapped[datetime | None]
    """Of a date agreed by phone: until then the other side may say that it is not right."""
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    """Rises with every change that concerns a calendar, so that the entry there moves instead of being doubled."""
    calendar_uid: Mapped[str | None] = mapped_column(String(80))
    """Of a visit: by it every calendar knows that it is the same one, wherever it moves."""
    move_asked_at: Mapped[datetime | None]
    """Of a visit that is to move: when the date that was agreed on was first given up."""
    move_asked_by: Mapped[Side | None] = mapped_column(one_of(Side))
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[Side | None] = mapped_column(one_of(Side))
    cancel_reason: Mapped[str | None] = mapped_column(String(500))
    cancelled_late: Mapped[bool] = mapped_column(default=False)
    actual_start: Mapped[datetime | None]
    """Of what was taken over only the day is known: it stands there with noon."""
    actual_minutes: Mapped[int | None]
    topics: Mapped[list[str]] = mapped_column(default=list)
    participants_count: Mapped[int | None]
    summary: Mapped[str | None] = mapped_column(Text)
    next_steps: Mapped[str | None] = mapped_column(Text)
    length_note: Mapped[str | None] = mapped_column(String(500))
    """Why a visit was much shorter or longer than usual."""
    over_budget_minutes: Mapped[int] = mapped_column(default=0)
    """Of those above what stands apart from the pot: waiting for the office, or refused (``BudgetAdjustment``)."""
    late_entry_reason: Mapped[str | None] = mapped_column(String(500))
    entry_key: Mapped[str | None] = mapped_column(String(64))
    """Made with the form: sent twice it is still one entry."""
    reported_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    dispute_reason: Mapped[str | None] = mapped_column(Text)
    decision_note: Mapped[str | None] = mapped_column(Text)
    """What the office said about the dispute."""
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[Side | None] = mapped_column(one_of(Side))
    """None with ``confirmed_at``: by itself, as nobody disputed it in time."""
    status: Mapped[ConsultationStatus] = mapped_column(one_of(ConsultationStatus))
    taken_over: Mapped[bool] = mapped_column(default=False)

    municipality: Mapped[Municipality] = relationship()
    animator: Mapped[User | None] = relationship()
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        back_populates="consultation", order_by="FollowUp.due_on, FollowUp.id"
    )
    slots: Mapped[list["VisitSlot"]] = relationship(
        back_populates="consultation", order_by="VisitSlot.starts_at, VisitSlot.id"
    )
    partnerships: Mapped[list[Partnership]] = relationship(
        primaryjoin=lambda: foreign(Partnership.municipality_id) == Consultation.municipality_id,
        order_by=lambda: Partnership.id,
        viewonly=True,
    )

    @property
    def partnership(self) -> Partnership | None:
        """The one that is open in its municipality, else the last that was."""
        return next((one for one in self.partnerships if one.is_open), None) or next(
            reversed(self.partnerships), None
        )

    @property
    def story(self) -> Any:
        return self.municipality

    @property
    def planned_end(self) -> datetime | None:
        if self.planned_start is None or self.planned_minutes is None:
            return None
        return self.planned_start + timedelta(minutes=self.planned_minutes)

    def leader_ids(self, on: date) -> Set[int]:
        return self.partnership.leader_ids(on) if self.partnership else set()

    def deputy_ids(self, on: date) -> Set[int]:
        return self.partnership.deputy_ids(on) if self.partnership else set()

    def author_ids(self, on: date) -> Set[int]:
        """Who gave it, whoever advises there now: what they logged is theirs to correct."""
        return {self.animator_id} if self.animator_id else set()

    def animator_ids(self, on: date) -> Set[int]:
        """Whoever advises the municipality on that day: rights follow the assignment, not the entry."""
        return self.partnership.animator_ids(on) if self.partnership else set()


class SlotAnswer(LabelledEnum):
    OPEN = "open", _l("Waits for an answer"), Tone.INFO
    ACCEPTED = "accepted", _l("Accepted"), Tone.SUCCESS
    DECLINED = "declined", _l("Declined"), Tone.NEUTRAL
    COUNTERED = "countered", _l("Another date was proposed"), Tone.NEUTRAL


class VisitSlot(RightsOfPartnership, Timestamped, Base):
    """One date proposed for a visit, or agreed on by phone."""

    __tablename__ = "visit_slot"
    __table_args__ = (CheckConstraint("minutes > 0", name="lasts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    proposed_by: Mapped[Side] = mapped_column(one_of(Side))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(300))
    answer: Mapped[SlotAnswer] = mapped_column(one_of(SlotAnswer), default=SlotAnswer.OPEN)
    by_phone: Mapped[bool] = mapped_column(default=False)
    """Entered as agreed already: there was nothing to answer, only something to object to."""
    by_office: Mapped[bool] = mapped_column(default=False)
    """The office entered it for that side."""
    answer_note: Mapped[str | None] = mapped_column(String(500))
    """What the other side said when it declined."""

    consultation: Mapped[Consultation] = relationship(back_populates="slots")

    @property
    def partnership(self) -> Partnership | None:
        return self.consultation.partnership

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class FollowUp(Searched, Timestamped, Versioned, Base):
    """What somebody took upon them in a consultation."""

    __tablename__ = "follow_up"
    SEARCHED = ("text",)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    text: Mapped[str] = mapped_column(String(500))
    owner: Mapped[Side] = mapped_column(one_of(Side))
    """A side, not a person: it stays with the partnership when its leader goes."""
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]

    consultation: Mapped[Consultation] = relationship(back_populates="follow_ups")

    @property
    def story(self) -> Any:
        return self.consultation.municipality

    @property
    def is_overdue(self) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < clock.today()

    def leader_ids(self, on: date) -> Set[int]:
        return self.consultation.leader_ids(on)

    def deputy_ids(self, on: date) -> Set[int]:
        return self.consultation.deputy_ids(on)

    def animator_ids(self, on: date) -> Set[int]:
        return self.consultation.animator_ids(on)
