"""Who gets news of what, what is asked for but not confirmed yet, and the issues of the weekly digest."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import GIVEN_ONCE, Base, Timestamped, Versioned, one_of, only_one
from core.i18n import LazyString, _l
from core.labels import LabelledEnum, Tone
from municipalities.models import Voivodeship
from subscriptions.wanted import Wanted
from subscriptions.words import said_in, spoken_in


class Frequency(LabelledEnum):
    AT_ONCE = "at_once", _l("At once, within minutes")
    DAILY = "daily", _l("Once a day, in one mail, when there is something new")
    WEEKLY = "weekly", _l("Once a week, as a digest")

    @property
    def short(self) -> LazyString:
        """In a table."""
        return {"at_once": _l("At once"), "daily": _l("Daily"), "weekly": _l("Weekly")}[self.value]


class Subscriber(Timestamped, Versioned, Base):
    """Somebody who gets news: a person with an account, or an address that has confirmed itself."""

    __tablename__ = "subscriber"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (email IS NULL)", name="is_account_or_address"),
        Index("ix_subscriber_frequency", "frequency", "told_until"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """As ``accounts.addresses.sign_in_name`` writes it."""
    language: Mapped[str] = mapped_column(String(5))
    frequency: Mapped[Frequency] = mapped_column(one_of(Frequency))
    confirmed_at: Mapped[datetime]
    told_until: Mapped[datetime]
    """What happened up to this moment has been told, or was before their time."""
    last_number: Mapped[int] = mapped_column(default=0)
    """Of the last issue of the digest that was gone through for them, whether or not it held anything for them."""
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """Random. With the installation's secret it makes the link in their mails (``subscriptions/links.py``)."""
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)

    user: Mapped[User | None] = relationship()
    subscriptions: Mapped[list["Subscription"]] = relationship(
        order_by="Subscription.id", cascade="all, delete-orphan"
    )

    @property
    def mail_address(self) -> str:
        return self.user.mail_address if self.user else self.email or ""

    @property
    def mail_name(self) -> str:
        return self.user.mail_name if self.user else ""

    @property
    def mail_language(self) -> str:
        return self.user.mail_language if self.user else self.language

    @property
    def wanted(self) -> frozenset[Wanted]:
        return frozenset(Wanted(one.topic, one.voivodeship_id) for one in self.subscriptions)

    def wants(self, topic: str, region: int | None) -> bool:
        """News of no region is for everybody who wants the topic; so are those of any region for whoever wants all."""
        return any(
            one.topic == topic and (one.voivodeship_id is None or region in (None, one.voivodeship_id))
            for one in self.subscriptions
        )


class Subscription(Base):
    """One topic, of one voivodeship or of the whole country."""

    __tablename__ = "subscription"
    __table_args__ = (
        only_one(
            "uq_subscription_region", "subscriber_id", "topic", "voivodeship_id",
            where="voivodeship_id IS NOT NULL",
        ),
        only_one("uq_subscription_whole", "subscriber_id", "topic", where="voivodeship_id IS NULL"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"), index=True)
    topic: Mapped[str] = mapped_column(String(40))
    voivodeship_id: Mapped[int | None] = mapped_column(ForeignKey("voivodeship.id"), index=True)

    voivodeship: Mapped[Voivodeship | None] = relationship()


class SubscriptionRequest(Base):
    """What somebody asked for with an address that has not answered yet. Kept for seven days, used or not."""

    __tablename__ = "subscription_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(5))
    frequency: Mapped[Frequency] = mapped_column(one_of(Frequency))
    wanted: Mapped[list[list[Any]]] = mapped_column(JSON)
    """Pairs of a topic and the id of a voivodeship, or null."""
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    valid_until: Mapped[datetime]
    used_at: Mapped[datetime | None]

    mail_name = ""

    @property
    def mail_address(self) -> str:
        return self.email

    @property
    def mail_language(self) -> str:
        return self.language


class IssueStatus(LabelledEnum):
    DRAFT = "draft", _l("Draft"), Tone.WARNING
    RELEASED = "released", _l("Released"), Tone.SUCCESS
    LEFT_OUT = "left_out", _l("Left out"), Tone.NEUTRAL


class DigestIssue(Timestamped, Versioned, Base):
    """What was new in a week. Once released nothing of it changes any more."""

    __tablename__ = "digest_issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(unique=True)
    """The Monday of its week: a week has one issue at most."""
    number: Mapped[int | None] = mapped_column(unique=True)
    """In the order in which issues were released; its place in public addresses."""
    status: Mapped[IssueStatus] = mapped_column(one_of(IssueStatus), default=IssueStatus.DRAFT)
    since: Mapped[datetime]
    until: Mapped[datetime]
    titles: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """By language; what is not there in English stands in Polish."""
    introductions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime | None]
    """When the mail for the last reader was promised."""
    sent_count: Mapped[int] = mapped_column(default=0)

    released_by: Mapped[User | None] = relationship()
    items: Mapped[list["DigestItem"]] = relationship(
        order_by="DigestItem.position, DigestItem.id", cascade="all, delete-orphan", back_populates="issue"
    )

    @property
    def is_draft(self) -> bool:
        return self.status is IssueStatus.DRAFT

    @property
    def shown(self) -> list["DigestItem"]:
        return [one for one in self.items if not one.is_left_out]

    def title(self, language: str) -> str:
        return said_in(self.titles, language)

    def headlines(self, language: str) -> str:
        return "; ".join(one.title(language) for one in self.shown)

    def introduction(self, language: str) -> str:
        return said_in(self.introductions, language)

    def spoken(self, language: str) -> str:
        """The language in which the introduction really stands there."""
        return spoken_in(self.introductions, language)


class DigestItem(Base):
    """One piece of news in an issue, as it was when the issue was drafted."""

    __tablename__ = "digest_item"
    __table_args__ = (Index("uq_digest_item_key", "issue_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("digest_issue.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(120))
    topic: Mapped[str] = mapped_column(String(40))
    voivodeship_id: Mapped[int | None] = mapped_column(ForeignKey("voivodeship.id"), index=True)
    at: Mapped[datetime]
    titles: Mapped[dict[str, Any]] = mapped_column(JSON)
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    urls: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_own: Mapped[bool] = mapped_column(default=False)
    """Written by the office."""
    is_left_out: Mapped[bool] = mapped_column(default=False)

    issue: Mapped[DigestIssue] = relationship(back_populates="items")

    @property
    def story(self) -> Any:
        return self.issue

    def title(self, language: str) -> str:
        return said_in(self.titles, language)

    def text(self, language: str) -> str:
        return said_in(self.texts, language)

    def spoken(self, language: str) -> str:
        """The language in which the text really stands there."""
        return spoken_in(self.texts, language)

    def url(self, language: str) -> str:
        return said_in(self.urls, language)
