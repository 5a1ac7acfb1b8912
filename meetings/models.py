"""Meetings of a partnership's members: called, held and told about. A count of people, never their names."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Base, Timestamped, Versioned, one_of, only_one
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from partnerships.files.models import Attachment
from partnerships.models import OfPartnership, Partnership

USUAL_MINUTES = 120
"""How long a calendar keeps free where nobody said how long."""


class MeetingKind(LabelledEnum):
    INITIATING = "initiating", _l("Initiating meeting")
    REGULAR = "regular", _l("Meeting")


class MeetingState(LabelledEnum):
    """Never stored: it follows from the day and from what was recorded."""

    PLANNED = "planned", _l("Planned"), Tone.INFO
    UNRECORDED = "unrecorded", _l("To be recorded"), Tone.WARNING
    HELD = "held", _l("Held"), Tone.SUCCESS
    CALLED_OFF = "called_off", _l("Called off"), Tone.NEUTRAL


class PartnershipMeeting(OfPartnership, Timestamped, Versioned, Base):
    """One meeting. The initiating one is unique and the first."""

    __tablename__ = "partnership_meeting"
    __table_args__ = (
        only_one(
            "uq_partnership_meeting_initiating",
            "partnership_id",
            where="kind = 'initiating' AND called_off_at IS NULL",
        ),
        CheckConstraint("people_count IS NULL OR people_count > 0", name="somebody_came"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="lasts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    kind: Mapped[MeetingKind] = mapped_column(one_of(MeetingKind), default=MeetingKind.REGULAR)
    held_on: Mapped[date]
    """The day it is called for, and once it was held the day it was held on."""
    starts_at: Mapped[time | None]
    """By the clock of the programme's country."""
    minutes: Mapped[int | None]
    """How long it lasts."""
    place: Mapped[str] = mapped_column(String(200))
    agenda: Mapped[str | None] = mapped_column(Text)
    people_count: Mapped[int | None]
    """Set once it was held."""
    summary: Mapped[str | None] = mapped_column(Text)
    next_steps: Mapped[str | None] = mapped_column(Text)
    minutes_file_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    calendar_uid: Mapped[str] = mapped_column(String(80), unique=True)
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    """Rises with every change that concerns a calendar, so that the entry there moves instead of being doubled."""
    invited_at: Mapped[datetime | None]
    called_off_at: Mapped[datetime | None]
    call_off_reason: Mapped[str | None] = mapped_column(String(300))
    taken_over: Mapped[bool] = mapped_column(default=False)
    """From earlier records: what the office kept before this system."""

    partnership: Mapped[Partnership] = relationship()
    minutes_file: Mapped[Attachment | None] = relationship(foreign_keys=[minutes_file_id])

    @property
    def state(self) -> MeetingState:
        if self.called_off_at is not None:
            return MeetingState.CALLED_OFF
        if self.people_count is not None:
            return MeetingState.HELD
        return MeetingState.UNRECORDED if self.held_on < clock.today() else MeetingState.PLANNED

    @property
    def begins(self) -> datetime | None:
        """With its zone, for calendars; None where only the day is known."""
        if self.starts_at is None:
            return None
        return datetime.combine(self.held_on, self.starts_at, tzinfo=clock.LOCAL_ZONE)

    @property
    def ends(self) -> datetime | None:
        """By the clock on the wall: a meeting over a clock change still lasts as long."""
        begins = self.begins
        if begins is None:
            return None
        length = timedelta(minutes=self.minutes or USUAL_MINUTES)
        return clock.local(begins.astimezone(UTC) + length)
