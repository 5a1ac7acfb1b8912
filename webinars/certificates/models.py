"""Certificates of attendance. Whose name one bears is looked up when it is printed: it keeps none of its own."""

from collections.abc import Set
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core import clock
from core.database import Base, Timestamped, only_one
from webinars.models import Webinar


class Certificate(Timestamped, Base):
    """As it was issued; a correction revokes it and issues another."""

    __tablename__ = "certificate"
    __table_args__ = (
        only_one("uq_certificate_standing", "webinar_id", "user_id", where="revoked_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """In the address of its public page: nobody guesses it."""
    title: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date]
    minutes: Mapped[int | None]
    by_recording: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """None: by itself, as the attendance was corrected."""
    revoke_reason: Mapped[str | None] = mapped_column(String(300))

    webinar: Mapped[Webinar] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    revoked_by: Mapped[User | None] = relationship(foreign_keys=[revoked_by_id])

    @property
    def story(self) -> Any:
        return self.webinar

    @property
    def number(self) -> str:
        return f"W/{clock.local(self.issued_at):%Y}/{self.id:05d}"

    @property
    def stands(self) -> bool:
        return self.revoked_at is None

    def owner_ids(self, on: date) -> Set[int]:
        return {self.user_id}
