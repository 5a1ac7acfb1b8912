"""Initiatives: measures of a plan of action, and what became of each, told with a day."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone


class InitiativeStatus(LabelledEnum):
    PROPOSED = "proposed", _l("Proposed"), Tone.NEUTRAL
    DECIDED = "decided", _l("Decision taken"), Tone.INFO
    STARTED = "started", _l("Under way"), Tone.WARNING
    CARRIED_OUT = "carried_out", _l("Completed"), Tone.SUCCESS
    STOPPED = "stopped", _l("Stopped"), Tone.DANGER


OPEN = frozenset({InitiativeStatus.PROPOSED, InitiativeStatus.DECIDED, InitiativeStatus.STARTED})
"""Something is still to come of it, so the office follows it up."""


class Level(LabelledEnum):
    NATIONAL = "national", _l("National")
    LOCAL = "local", _l("Local")


class Initiative(Timestamped, Versioned, Base):
    """One measure. Everybody can read it from the moment it is entered."""

    __tablename__ = "initiative"
    __table_args__ = (CheckConstraint("number > 0", name="number_counts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """In the plan of action."""
    title: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    decision_maker: Mapped[str] = mapped_column(String(200))
    """Who decides on it: a body, not a person."""
    actor: Mapped[str] = mapped_column(String(200))
    """Who carries it out."""
    level: Mapped[Level] = mapped_column(one_of(Level))
    status: Mapped[InitiativeStatus] = mapped_column(
        one_of(InitiativeStatus), default=InitiativeStatus.PROPOSED, index=True
    )
    last_follow_up_on: Mapped[date]
    """Until it is followed up for the first time: when it was entered."""

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class InitiativeUpdate(Timestamped, Base):
    """What was found out on one day. It stays as it was written."""

    __tablename__ = "initiative_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[InitiativeStatus | None] = mapped_column(one_of(InitiativeStatus))
    """Where it stands since; None: as before."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    initiative: Mapped[Initiative] = relationship()
    written_by: Mapped[User] = relationship()

    @property
    def story(self) -> Initiative:
        return self.initiative
