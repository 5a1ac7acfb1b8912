"""Offers: for the office, for everybody, and as what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute

from core import clock
from core.checked_links import LinkPlace
from core.database import db
from core.months import months_before
from core.paging import Page, paged
from core.text import words
from knowledge.models import Audience, CatalogueItem, OfferState, PriceKind, ProviderStatus
from programme.queries import the_programme

ON_A_PAGE = 20
CONTACT_KEPT = timedelta(days=90)
"""Of a suggestion that nobody decides."""
SOON = timedelta(days=31)
"""The office is asked to check an offer before it goes out of date: the longest month, as it is asked once a month."""


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    digcomp_area: str | None = None
    life_area: str | None = None
    audience: Audience | None = None
    price: PriceKind | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text.strip() or self.digcomp_area or self.life_area or self.audience or self.price)


def offer_by_id(item_id: int) -> CatalogueItem | None:
    return db.session.get(CatalogueItem, item_id)


def public_offer(item_id: int) -> CatalogueItem | None:
    """A suggestion, or what was not taken, is like one that is not there."""
    found = offer_by_id(item_id)
    return found if found is not None and found.is_public else None


def published_offers(wanted: Wanted, *, number: int) -> Page[CatalogueItem]:
    """What the programme recommends first, then by the alphabet."""
    recommended = CatalogueItem.provider_status == ProviderStatus.RECOMMENDED
    found = _published().where(*_fitting(wanted))
    return _page(found.order_by(recommended.desc(), CatalogueItem.sort_key, CatalogueItem.id), number)


def all_offers(text: str, state: OfferState | None, *, number: int) -> Page[CatalogueItem]:
    """For the office: what waits for it first, then what was checked longest ago."""
    found = select(CatalogueItem).where(_matching(text))
    if state is not None:
        found = found.where(CatalogueItem.state == state)
    order = [CatalogueItem.state != one for one in (OfferState.DRAFT, OfferState.MODERATED)]
    oldest = CatalogueItem.checked_on.asc().nulls_first()
    return _page(found.order_by(*order, oldest, CatalogueItem.sort_key, CatalogueItem.id), number)


def count_by_state() -> dict[OfferState, int]:
    rows = db.session.execute(select(CatalogueItem.state, func.count()).group_by(CatalogueItem.state))
    counted: dict[OfferState, int] = {row[0]: row[1] for row in rows}
    return {state: counted.get(state, 0) for state in OfferState}


def for_export() -> Sequence[CatalogueItem]:
    """All that the office has, each state together."""
    return db.session.scalars(
        select(CatalogueItem).order_by(CatalogueItem.state, CatalogueItem.sort_key, CatalogueItem.id)
    ).all()


def for_sitemap() -> Sequence[CatalogueItem]:
    return db.session.scalars(_published().order_by(CatalogueItem.id)).all()


def last_change_of_offers() -> datetime | None:
    """Of all that everybody sees or saw: one that went out of date changed the list as well."""
    public = CatalogueItem.state.in_((OfferState.PUBLISHED, OfferState.OUTDATED))
    return db.session.scalar(select(func.max(CatalogueItem.updated_at)).where(public))


def shown_links() -> list[str]:
    """What pages for everybody lead to."""
    rows = db.session.execute(
        _published().with_only_columns(CatalogueItem.url, CatalogueItem.provider_website)
    )
    return sorted({address for row in rows for address in row if address})


def places_of_links() -> list[LinkPlace]:
    rows = db.session.execute(
        _published().with_only_columns(
            CatalogueItem.id, CatalogueItem.title, CatalogueItem.url, CatalogueItem.provider_website
        )
    )
    return [
        LinkPlace(address, title, "offers.show", {"item_id": item_id})
        for item_id, title, *addresses in rows
        for address in dict.fromkeys(filter(None, addresses))
    ]


def to_check() -> Sequence[CatalogueItem]:
    """Published ones that go out of date within a month, the oldest first."""
    limit = months_before(clock.today() + SOON, the_programme().settings.offer_check_months)
    return db.session.scalars(
        _published()
        .where(CatalogueItem.checked_on <= limit)
        .order_by(CatalogueItem.checked_on, CatalogueItem.sort_key, CatalogueItem.id)
    ).all()


def waiting_suggestions() -> Sequence[CatalogueItem]:
    """The latest first."""
    return db.session.scalars(
        select(CatalogueItem)
        .where(CatalogueItem.state == OfferState.DRAFT, CatalogueItem.is_suggestion)
        .order_by(CatalogueItem.id.desc())
    ).all()


def count_published() -> int:
    counted = (
        select(func.count()).select_from(CatalogueItem).where(CatalogueItem.state == OfferState.PUBLISHED)
    )
    return db.session.scalar(counted) or 0


def overdue_contacts() -> tuple[ColumnElement[bool], ...]:
    """Of suggestions that nobody decided in time."""
    return (
        CatalogueItem.contact_email.is_not(None),
        CatalogueItem.created_at < clock.now() - CONTACT_KEPT,
    )


def count_overdue_contacts() -> int:
    counted = select(func.count()).select_from(CatalogueItem).where(*overdue_contacts())
    return db.session.scalar(counted) or 0


def _published() -> Select[CatalogueItem]:
    return select(CatalogueItem).where(CatalogueItem.state == OfferState.PUBLISHED)


def _fitting(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [_matching(wanted.text)]
    for column, code in (
        (CatalogueItem.digcomp_areas, wanted.digcomp_area),
        (CatalogueItem.life_areas, wanted.life_area),
        (CatalogueItem.audience, wanted.audience),
    ):
        if code:
            conditions.append(_holds(column, code))
    if wanted.price:
        conditions.append(CatalogueItem.price_kind == wanted.price)
    return conditions


def _holds(column: InstrumentedAttribute[list[str]], code: str) -> ColumnElement[bool]:
    """One of the codes kept there. Written out they stand in quotation marks, in every database."""
    return cast(column, String).contains(f'"{code}"', autoescape=True)


def _matching(text: str) -> ColumnElement[bool]:
    """Every word typed begins a word of the offer: ``zolta ges`` finds "Żółta Gęś"."""
    if not text.strip():
        return true()
    from_a_space = literal(" ").concat(CatalogueItem.search_text)
    parts = [from_a_space.contains(f" {word}", autoescape=True) for word in words(text)]
    return and_(*parts) if parts else false()


def _page(found: Select[CatalogueItem], number: int) -> Page[CatalogueItem]:
    page = paged(found, number=number, size=ON_A_PAGE)
    return Page([row[0] for row in page.rows], page.number, page.total, page.size)
