"""Printed handbooks: which edition, how many copies went to a municipality, and how many arrived."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import GIVEN_ONCE, Base, Timestamped, only_one
from core.storage import StoredFile
from municipalities.models import Municipality


class HandbookEdition(Timestamped, Base):
    """One edition of the handbook. The current one is what is sent and what municipalities are short of."""

    __tablename__ = "handbook_edition"
    __table_args__ = (only_one("uq_handbook_edition_current", "is_current", where="is_current"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    edition: Mapped[str] = mapped_column(String(60), unique=True)
    """As printed: ``2, corrected``."""
    published_on: Mapped[date]
    is_current: Mapped[bool] = mapped_column(default=False)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    """The electronic version, for everybody to download."""

    file: Mapped[StoredFile | None] = relationship()


class HandbookIssue(Timestamped, Base):
    """Copies sent to one municipality at one time, and what its people say arrived."""

    __tablename__ = "handbook_issue"
    __table_args__ = (
        CheckConstraint("sent_count > 0", name="something_sent"),
        CheckConstraint("confirmed_count IS NULL OR confirmed_count >= 0", name="count_not_negative"),
        CheckConstraint("(confirmed_count IS NULL) = (confirmed_on IS NULL)", name="confirmed_with_a_day"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("handbook_edition.id"), index=True)
    sent_on: Mapped[date]
    sent_count: Mapped[int]
    confirmed_count: Mapped[int | None]
    confirmed_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(String(300))
    """What the municipality said about it: two copies wet."""
    taken_over: Mapped[bool] = mapped_column(default=False)
    """From earlier records: what the office kept before this system."""

    municipality: Mapped[Municipality] = relationship()
    edition: Mapped[HandbookEdition] = relationship()

    @property
    def story(self) -> Any:
        """Told with the municipality: it was sent there, whoever leads the partnership."""
        return self.municipality
