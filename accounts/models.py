"""People, what they may do for the whole programme, and their ways in."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from accounts.addresses import sign_in_name
from accounts.browsers import browser_name
from accounts.mail_rhythm import MailRhythm, MailTopic
from accounts.roles import GRANTED_ROLES, Role
from core import clock
from core.database import GIVEN_ONCE, Base, Timestamped, one_of
from core.i18n import _l
from core.labels import LabelledEnum
from core.text import clean, fold, initials, sort_key


class User(Timestamped, Base):
    """A person who signs in. The sign-in e-mail is theirs alone; the one for notices may be a shared mailbox."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Always written as ``accounts.addresses.sign_in_name`` writes it."""
    notification_email: Mapped[str | None] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    search_text: Mapped[str] = mapped_column(String(400), default="")
    sort_key: Mapped[str] = mapped_column(String(260), default="", index=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    best_time: Mapped[str | None] = mapped_column(String(120))
    """When they like to be called."""
    language: Mapped[str] = mapped_column(String(5), default="pl")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """None until the person has chosen one: nobody signs in with an empty password."""
    is_active: Mapped[bool] = mapped_column(default=True)
    last_login_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    """Since then nothing here tells who it was; what they did stays counted."""
    mail_rhythm: Mapped[MailRhythm] = mapped_column(
        one_of(MailRhythm), default=MailRhythm.DAILY, server_default=MailRhythm.DAILY.value
    )
    wants_reminders: Mapped[bool] = mapped_column(default=True, server_default=true())
    wants_news: Mapped[bool] = mapped_column(default=True, server_default=true())

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="user", foreign_keys="RoleGrant.user_id")

    # What Flask-Login asks of a person.
    is_authenticated = True
    is_anonymous = False
    session_token: str = ""
    has_second_step: bool = False
    """Known along with the session of whoever sent the request."""

    def get_id(self) -> str:
        """The session, not the person: ending a session signs that browser out and no other."""
        return self.session_token

    @validates("name", "email")
    def _findable(self, field: str, value: str) -> str:
        """Whoever sets a name or an address need not think of what searching and sorting compare."""
        value = sign_in_name(value) if field == "email" else clean(value)
        written = {"name": self.name or "", "email": self.email or "", field: value}
        self.search_text = fold(" ".join(written.values()))[:400]
        self.sort_key = sort_key(surname_first(written["name"]))[:260]
        return value

    def holds(self, role: Role, on: date) -> bool:
        return any(grant.role is role and grant.covers(on) for grant in self.grants)

    def holds_from_now(self, role: Role) -> bool:
        """The role is given and has no end."""
        return any(grant.role is role and grant.ends_on is None for grant in self.grants)

    def wants(self, topic: MailTopic) -> bool:
        return {MailTopic.REMINDERS: self.wants_reminders, MailTopic.NEWS: self.wants_news}[topic]

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def mail_address(self) -> str:
        return self.notification_email or self.email

    @property
    def mail_name(self) -> str:
        return self.name

    @property
    def mail_language(self) -> str:
        return self.language


def surname_first(name: str) -> str:
    """As lists are sorted: ``Anna Maria Nowak`` under N."""
    first_names, _, surname = name.rpartition(" ")
    return f"{surname} {first_names}".strip()


class RoleGrant(Timestamped, Base):
    """A role for the whole programme, from a day to a day. Leading and advising are never granted here."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    starts_on: Mapped[date] = mapped_column(default=clock.today)
    ends_on: Mapped[date | None]
    """The last day on which it holds."""

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])

    def covers(self, on: date) -> bool:
        return (
            self.role in GRANTED_ROLES
            and self.starts_on <= on
            and (self.ends_on is None or on <= self.ends_on)
        )


class SignInSession(Base):
    """One browser in which a person is signed in. The cookie holds the token, the table only its hash."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship()

    @property
    def browser_name(self) -> str:
        """``Firefox, Linux``; the words are the makers' own."""
        return browser_name(self.browser)


class TokenPurpose(LabelledEnum):
    INVITATION = "invitation", _l("Invitation")
    PASSWORD_RESET = "password_reset", _l("New password")  # a purpose, not a password
    SIGN_IN = "sign_in", _l("Sign-in link")


class OneTimeToken(Base):
    """A link sent by mail that works once and not for long. A new one for the same purpose voids the old."""

    __tablename__ = "one_time_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[TokenPurpose] = mapped_column(one_of(TokenPurpose))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    valid_until: Mapped[datetime]
    browser_hash: Mapped[str | None] = mapped_column(String(64))
    """Where the link works only in the browser that asked for it: the hash of that browser's secret."""
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    @property
    def mark(self) -> str:
        """What mails about it are promised by. Tokens are tidied away, and then a number may be given once more."""
        return f"{self.id}:{self.created_at.isoformat()}"


class MailLink(Base):
    """A link in a mail that does one thing for one person, once, without signing in. Only its hash is kept."""

    __tablename__ = "mail_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    deed: Mapped[str] = mapped_column(String(60))
    """What it does: the name of a ``MailDeed``."""
    record_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    valid_until: Mapped[datetime]
    used_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(300))
    """What was said when it was used: the same is said to whoever opens it again."""

    user: Mapped[User] = relationship()


class SignInAttempt(Base):
    """A failed try, counted per account and per address; both are kept only as hashes, and only for a day."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_account", "account_hash", "at"),
        Index("ix_sign_in_attempt_address", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    device_hash: Mapped[str | None] = mapped_column(String(64))
    """Set for a browser in which this person has signed in before: it has a count of its own."""
    at: Mapped[datetime] = mapped_column(default=clock.now)


class DismissedHint(Base):
    """A first-time hint that a person has read and does not want to see again."""

    __tablename__ = "dismissed_hint"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    hint: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
