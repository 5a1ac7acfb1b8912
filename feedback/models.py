"""Whether a public page helped. Nothing of the person who answered is kept."""

from datetime import date

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class PageFeedback(Base):
    """One answer to "Was this page helpful?": no address, no time of day, nothing of a browser."""

    __tablename__ = "page_feedback"
    __table_args__ = (Index("ix_page_feedback_path", "path", "given_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(300))
    """Without questions behind it."""
    language: Mapped[str] = mapped_column(String(5))
    helpful: Mapped[bool]
    text: Mapped[str | None] = mapped_column(Text)
    """Words that were added; deleted a year later, while the answer stays."""
    given_on: Mapped[date] = mapped_column(index=True)
