"""Who comes to a webinar: people with an account and guests, seats and the waiting list."""

from collections.abc import Set
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
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
ACTIVE = HOLDS_SEAT | {RegistrationStatus.WAITLISTED}


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
        CheckConstraint(
            "user_id IS NOT NULL OR email IS NOT NULL OR forgotten_at IS NOT NULL", name="is_somebody"
        ),
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
    forgotten_at: Mapped[datetime | None]
    """When a guest's name and address were deleted; that somebody was registered stays."""

    webinar: Mapped[Webinar] = relationship()
    user: Mapped[User | None] = relationship()
    municipality: Mapped[Municipality | None] = relationship()

    @property
    def story(self) -> Any:
        return self.webinar

    @property
    def mail_address(self) -> str:
        return self.user.mail_address if self.user else self.email or ""

    @property
    def mail_name(self) -> str:
        return self.user.mail_name if self.user else self.name or ""

    @property
    def mail_language(self) -> str:
        return self.user.mail_language if self.user else self.language

    @property
    def is_active(self) -> bool:
        """Comes, or would like to."""
        return self.status in ACTIVE

    @property
    def holds_seat(self) -> bool:
        return self.status in HOLDS_SEAT

    @property
    def needs(self) -> list[AccessNeed]:
        return [need for need in AccessNeed if need in self.access_needs]

    def owner_ids(self, on: date) -> Set[int]:
        return {self.user_id} if self.user_id is not None else set()


class LinkPurpose(LabelledEnum):
    OPT_IN = "opt_in", _l("Confirms the address")
    SEAT = "seat", _l("Opens the registration")
    CERTIFICATE = "certificate", _l("Opens the certificate")


class GuestLink(Timestamped, Base):
    """A link in a guest's mail: good for one purpose and one registration. Only the hash of its secret is kept."""

    __tablename__ = "webinar_guest_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose] = mapped_column(one_of(LinkPurpose))
    registration_id: Mapped[int] = mapped_column(ForeignKey("webinar_registration.id"), index=True)
    valid_until: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """Of one that works once."""

    registration: Mapped[WebinarRegistration] = relationship()


class AccessTask(Timestamped, Base):
    """What some need to take part has been seen to: the interpreter is booked."""

    __tablename__ = "webinar_access_task"
    __table_args__ = (UniqueConstraint("webinar_id", "need", name="uq_webinar_access_task_need"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), index=True)
    need: Mapped[AccessNeed] = mapped_column(one_of(AccessNeed))
    done_at: Mapped[datetime]
    done_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)

    webinar: Mapped[Webinar] = relationship()
    done_by: Mapped[User] = relationship()

    @property
    def story(self) -> Any:
        return self.webinar
