"""Who comes to a webinar: people with an account and guests, seats and the waiting list."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped, Versioned, one_of, only_one
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from municipalities.models import Municipality
from webinars.models import Webinar


class RegistrationStatus(LabelledEnum):
    UNCONFIRMED = "unconfirmed", _l("To be confirmed"), Tone.NEUTRAL
    """A guest whose address has not answered yet: no seat is kept."""
    REGISTERED = "registered", _l("Registered"), Tone.SUCCESS
    MUST_RECONFIRM = "must_reconfirm", _l("Must confirm the new time"), Tone.WARNING
    """The seat is kept until the webinar's ``reconfirm_by``."""
    WAITLISTED = "waitlisted", _l("On the waiting list"), Tone.INFO
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL


HOLDS_SEAT = frozenset({RegistrationStatus.REGISTERED, RegistrationStatus.MUST_RECONFIRM})


class AudienceGroup(LabelledEnum):
    """Counted apart in the office's figures."""

    PARTICIPANT = "participant", _l("From a partnership")
    OTHER = "other", _l("From elsewhere")


class AccessNeed(LabelledEnum):
    SIGN_LANGUAGE = "sign_language", _l("Sign-language interpreter")
    LIVE_CAPTIONS = "live_captions", _l("Live captions")
    LARGE_PRINT = "large_print", _l("Large print")
    OTHER = "other", _l("Something else")


class WebinarRegistration(Timestamped, Versioned, Base):
    """One person for one webinar: by account, or by an address that has confirmed itself."""

    __tablename__ = "webinar_registration"
    __table_args__ = (
        CheckConstraint("user_id IS NOT NULL OR email IS NOT NULL", name="is_somebody"),
        only_one("uq_webinar_registration_user", "webinar_id", "user_id", where="user_id IS NOT NULL"),
        only_one("uq_webinar_registration_guest", "webinar_id", "email", where="user_id IS NULL"),
        Index("ix_webinar_registration_waiting", "webinar_id", "status", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    """Of a guest, in small letters; emptied with the name when its time is over."""
    name: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(5))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    """Where the person comes from; of a leader or deputy the partnership's."""
    group: Mapped[AudienceGroup] = mapped_column("audience_group", one_of(AudienceGroup))
    status: Mapped[RegistrationStatus] = mapped_column(one_of(RegistrationStatus))
    asked_at: Mapped[datetime]
    """The place in the waiting list: who asked first comes first."""
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    access_needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of ``AccessNeed``; deleted 30 days after the webinar, with the words beside them."""
    access_note: Mapped[str | None] = mapped_column(String(300))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the secret in a guest's links."""

    webinar: Mapped[Webinar] = relationship()
    user: Mapped[User | None] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
