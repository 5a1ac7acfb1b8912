"""Private calendar feeds: an address per person that a calendar program asks now and then, without signing in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core import clock
from core.database import Base


class CalendarFeed(Base):
    """One for a person. Its address holds the secret, the table only its hash; a new address replaces the old one."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    """When this address was made."""
    content_hash: Mapped[str | None] = mapped_column(String(64))
    """Of what was answered last; another answer is a change, also when something is only gone."""
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    """Since when the answer is as it is."""
    asked_on: Mapped[date | None]
    """The last day on which a calendar asked, so that its owner sees whether anybody reads it."""

    user: Mapped[User] = relationship()

    @property
    def story(self) -> User:
        """Told where everything about the person is."""
        return self.user
