"""Letters of the office to the leaders of many partnerships: written once, one mail each, kept with each partnership."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import GIVEN_ONCE, Base, Timestamped, Versioned
from core.storage import StoredFile
from partnerships.models import OfPartnership, Partnership


class Letter(Timestamped, Versioned, Base):
    """A draft until it is sent; from then on nothing of it changes."""

    __tablename__ = "board_letter"
    __table_args__ = GIVEN_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    """Answers go to them."""
    subject: Mapped[str] = mapped_column(String(150))
    body: Mapped[str] = mapped_column(Text)
    """With its placeholders, see ``placeholders.py``."""
    sent_at: Mapped[datetime | None] = mapped_column(index=True)

    author: Mapped[User] = relationship()
    files: Mapped[list["LetterFile"]] = relationship(
        back_populates="letter", order_by="LetterFile.id", cascade="all, delete-orphan"
    )

    @property
    def is_draft(self) -> bool:
        return self.sent_at is None


class LetterFile(Base):
    __tablename__ = "board_letter_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("board_letter.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)

    letter: Mapped[Letter] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()


class LetterDelivery(OfPartnership, Base):
    """The letter to one partnership: until it is sent only that it is meant to get it, then what its leader was written."""

    __tablename__ = "board_letter_delivery"
    __table_args__ = (UniqueConstraint("letter_id", "partnership_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("board_letter.id"))
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    """Who led it when the letter was sent. None: nobody did, and nobody was written to."""
    subject: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[str | None] = mapped_column(Text)
    """As it was sent, every placeholder filled in."""

    letter: Mapped[Letter] = relationship()
    partnership: Mapped[Partnership] = relationship()
    recipient: Mapped[User | None] = relationship()

    @property
    def was_sent(self) -> bool:
        return self.recipient_id is not None
