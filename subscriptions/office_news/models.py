"""Short items of the office: a title, a sentence or two, a link to where there is more, under one topic."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from subscriptions.words import said_in, spoken_in


class OfficeNewsStatus(LabelledEnum):
    DRAFT = "draft", _l("Draft"), Tone.WARNING
    PUBLISHED = "published", _l("On the public page"), Tone.SUCCESS
    WITHDRAWN = "withdrawn", _l("Taken back"), Tone.NEUTRAL


class OfficeNews(Timestamped, Versioned, Base):
    """Told once it is published; what is put right afterwards changes the page and the feed, and is not told again."""

    __tablename__ = "office_news"
    __table_args__ = (Index("ix_office_news_status_published_at", "status", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(40))
    titles: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By language; what is not there in English stands in Polish."""
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    url: Mapped[str] = mapped_column(String(500))
    status: Mapped[OfficeNewsStatus] = mapped_column(one_of(OfficeNewsStatus), default=OfficeNewsStatus.DRAFT)
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    published_by: Mapped[User | None] = relationship()

    @property
    def is_draft(self) -> bool:
        return self.status is OfficeNewsStatus.DRAFT

    @property
    def is_published(self) -> bool:
        return self.status is OfficeNewsStatus.PUBLISHED

    def title(self, language: str) -> str:
        return said_in(self.titles, language)

    def text(self, language: str) -> str:
        return said_in(self.texts, language)

    def title_spoken(self, language: str) -> str:
        return spoken_in(self.titles, language)

    def text_spoken(self, language: str) -> str:
        return spoken_in(self.texts, language)
