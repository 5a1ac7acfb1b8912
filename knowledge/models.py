"""The catalogue of offers: trainings and materials that others have, looked through before everybody sees them."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.searching import Searched


class OfferState(LabelledEnum):
    DRAFT = "draft", _l("To look through"), Tone.WARNING
    MODERATED = "moderated", _l("Looked through"), Tone.INFO
    PUBLISHED = "published", _l("In the catalogue"), Tone.SUCCESS
    OUTDATED = "outdated", _l("Out of date"), Tone.DANGER
    DECLINED = "declined", _l("Not taken"), Tone.NEUTRAL


UNDECIDED = frozenset({OfferState.DRAFT, OfferState.MODERATED})


class ProviderStatus(LabelledEnum):
    MEMBER = "member", _l("Member of a partnership"), Tone.INFO
    RECOMMENDED = "recommended", _l("Recommended by the programme"), Tone.SUCCESS
    OTHER = "other", _l("Other provider"), Tone.NEUTRAL


class PriceKind(LabelledEnum):
    FREE = "free", _l("Free of charge")
    PAID = "paid", _l("Paid")
    ON_REQUEST = "on_request", _l("Price on request")


class Audience(LabelledEnum):
    YOUNG = "young", _l("Children and young people")
    ADULTS = "adults", _l("Adults")
    SENIORS = "seniors", _l("Seniors")
    DISABILITY = "disability", _l("People with disabilities")
    TRAINERS = "trainers", _l("Trainers and educators")
    INSTITUTIONS = "institutions", _l("Institutions and their staff")


class OfferLanguage(LabelledEnum):
    POLISH = "pl", _l("Polish")
    ENGLISH = "en", _l("English")
    UKRAINIAN = "uk", _l("Ukrainian")
    SIGN = "pjm", _l("Polish Sign Language")


class CatalogueItem(Searched, Timestamped, Versioned, Base):
    """One offer of one provider. What it is for stands in it as codes of the programme's lists."""

    __tablename__ = "catalogue_item"
    __table_args__ = (
        Index("ix_catalogue_item_state", "state", "sort_key"),
        CheckConstraint("state <> 'published' OR checked_on IS NOT NULL", name="published_was_checked"),
        CheckConstraint(
            "contact_email IS NULL OR state IN ('draft', 'moderated')", name="contact_goes_when_decided"
        ),
    )

    SEARCHED: ClassVar[tuple[str, ...]] = ("title", "provider", "summary")

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(400))
    summary: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(String(200))
    provider_website: Mapped[str | None] = mapped_column(String(500))
    provider_status: Mapped[ProviderStatus] = mapped_column(one_of(ProviderStatus))
    digcomp_areas: Mapped[list[str]]
    life_areas: Mapped[list[str]]
    audience: Mapped[list[str]]
    languages: Mapped[list[str]]
    price_kind: Mapped[PriceKind] = mapped_column(one_of(PriceKind))
    url: Mapped[str] = mapped_column(String(500))
    state: Mapped[OfferState] = mapped_column(one_of(OfferState), default=OfferState.DRAFT)
    checked_on: Mapped[date | None]
    """When the office last saw that the offer still stands."""
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    """For the first time: it is news once."""
    is_suggestion: Mapped[bool] = mapped_column(default=False)
    """It came through the public form."""
    contact_email: Mapped[str | None] = mapped_column(String(254))
    """Of the provider's office, for questions about a suggestion; deleted once it is decided, or after some months."""

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED

    @property
    def is_public(self) -> bool:
        """One that went out of date keeps its page: links to it were shared."""
        return self.state in (OfferState.PUBLISHED, OfferState.OUTDATED)

    @property
    def is_outdated(self) -> bool:
        return self.state is OfferState.OUTDATED

    @property
    def is_editable(self) -> bool:
        return self.state is not OfferState.DECLINED

    @property
    def for_whom(self) -> list[Audience]:
        return [one for one in Audience if one.value in self.audience]

    @property
    def spoken(self) -> list[OfferLanguage]:
        return [one for one in OfferLanguage if one.value in self.languages]
