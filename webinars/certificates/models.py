"""Certificates of attendance. Whose name one bears is looked up when it is printed: it keeps none of its own.

A guest's name is forgotten with their registration; what stays of it are the initials that the public page shows.
"""

from collections.abc import Set
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core import clock
from core.database import Base, Timestamped, only_one
from webinars.models import Webinar
from webinars.registrations.models import WebinarRegistration


class Owner(NamedTuple):
    """Whose a certificate is, or would be: somebody's with an account, or a guest's by their registration."""

    user_id: int | None = None
    registration_id: int | None = None


class Certificate(Timestamped, Base):
    """As it was issued; a correction revokes it and issues another."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (registration_id IS NULL)", name="is_somebodys"),
        only_one("uq_certificate_standing", "webinar_id", "user_id", where="revoked_at IS NULL"),
        only_one(
            "uq_certificate_guest",
            "webinar_id",
            "registration_id",
            where="revoked_at IS NULL AND registration_id IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("webinar_registration.id"), index=True)
    """Of a guest."""
    guest_initials: Mapped[str | None] = mapped_column(String(10))
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
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    registration: Mapped[WebinarRegistration | None] = relationship()
    revoked_by: Mapped[User | None] = relationship(foreign_keys=[revoked_by_id])

    @property
    def story(self) -> Any:
        return self.webinar

    @property
    def owner(self) -> Owner:
        return Owner(self.user_id, self.registration_id)

    @property
    def name(self) -> str | None:
        """None: a guest's, which is forgotten."""
        if self.user is not None:
            return self.user.name
        return self.registration.name if self.registration else None

    @property
    def initials(self) -> str:
        return self.user.initials if self.user else self.guest_initials or ""

    @property
    def number(self) -> str:
        return f"W/{clock.local(self.issued_at):%Y}/{self.id:05d}"

    @property
    def stands(self) -> bool:
        return self.revoked_at is None

    def owner_ids(self, on: date) -> Set[int]:
        return {self.user_id} if self.user_id is not None else set()
