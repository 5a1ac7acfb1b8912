"""Offers are suggested or entered, looked through, published, checked again and again, and go out of date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select, update

from accounts.models import User
from core import audit, clock
from core.database import db
from core.months import months_before
from core.personal_data import personal_kinds
from core.text import sort_key
from core.web_addresses import NotPublic, is_public_address
from knowledge.errors import NoCategory, NotInList, OfferNamesPeople, WasDeclined
from knowledge.events import OfferEvent
from knowledge.models import CatalogueItem, OfferState, PriceKind, ProviderStatus
from knowledge.queries import overdue_contacts
from knowledge.workflow import OFFER, OfferAction
from programme.queries import the_programme

SORTED_BY = 200
"""Letters of the title; each makes two of the key."""
LISTS = {"digcomp_areas": "digcomp_area", "life_areas": "life_area"}
"""Column -> the programme's list from which its codes come."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is said of an offer."""

    title: str
    summary: str
    provider: str
    provider_website: str | None
    provider_status: ProviderStatus
    digcomp_areas: Sequence[str]
    life_areas: Sequence[str]
    audience: Sequence[str]
    languages: Sequence[str]
    price_kind: PriceKind
    url: str

    def values(self) -> dict[str, Any]:
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: list(value) if isinstance(value, list | tuple) else value for name, value in found.items()
        }


def suggest(content: Content, *, contact_email: str | None, actor: User | None) -> CatalogueItem:
    """From the public form. The history never holds the address: it is deleted when the offer is decided."""
    if any(True for text in (content.title, content.summary) for _ in personal_kinds(text)):
        raise OfferNamesPeople
    item = _made(content)
    item.is_suggestion, item.contact_email = True, contact_email or None
    db.session.flush()
    audit.record(OfferEvent.SUGGESTED, item, actor=actor, after=_told(content))
    return item


def write(content: Content, *, actor: User) -> CatalogueItem:
    item = _made(content)
    audit.record(OfferEvent.WRITTEN, item, actor=actor, after=_told(content))
    return item


def change(item: CatalogueItem, content: Content, *, actor: User) -> None:
    _hold(item)
    if not item.is_editable:
        raise WasDeclined
    check(content, known=item)
    wanted = content.values()
    before = {name: getattr(item, name) for name, value in wanted.items() if getattr(item, name) != value}
    if not before:
        return
    after = {name: wanted[name] for name in before}
    _put(item, after)
    db.session.flush()
    audit.record(OfferEvent.CHANGED, item, actor=actor, before=_plain(before), after=_plain(after))


def moderate(item: CatalogueItem, *, actor: User) -> None:
    """Somebody of the office looked it through, and it fits."""
    _move(item, OfferAction.MODERATE, OfferEvent.MODERATED, actor=actor)


def publish(item: CatalogueItem, *, actor: User) -> None:
    """Everybody sees it, and jobs tell whoever asked for news of offers."""

    def published() -> None:
        item.checked_on, item.contact_email = clock.today(), None
        item.published_at = item.published_at or clock.now()

    _move(item, OfferAction.PUBLISH, OfferEvent.PUBLISHED, actor=actor, besides=published)


def confirm(item: CatalogueItem, *, actor: User) -> None:
    """It still is as it says; one that went out of date stands in the catalogue again."""

    def checked() -> None:
        item.checked_on = clock.today()

    _move(item, OfferAction.CONFIRM, OfferEvent.CONFIRMED, actor=actor, besides=checked)


def outdate(item: CatalogueItem, *, actor: User | None) -> None:
    _move(item, OfferAction.OUTDATE, OfferEvent.OUTDATED, actor=actor)


def decline(item: CatalogueItem, *, actor: User) -> None:
    def declined() -> None:
        item.contact_email = None

    _move(item, OfferAction.DECLINE, OfferEvent.DECLINED, actor=actor, besides=declined)


def outdate_unchecked() -> int:
    """What nobody has checked for as many months as the programme allows."""
    limit = months_before(clock.today(), the_programme().settings.offer_check_months)
    old = db.session.scalars(
        select(CatalogueItem).where(
            CatalogueItem.state == OfferState.PUBLISHED, CatalogueItem.checked_on <= limit
        )
    ).all()
    for item in old:
        outdate(item, actor=None)
    return len(old)


def forget_contacts() -> int:
    """Of suggestions that nobody decided in time."""
    forgotten = db.session.scalars(
        update(CatalogueItem)
        .where(*overdue_contacts())
        .values(contact_email=None, updated_at=CatalogueItem.updated_at)
        .returning(CatalogueItem.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(forgotten)


def _made(content: Content) -> CatalogueItem:
    check(content)
    item = CatalogueItem(state=OfferState.DRAFT)
    _put(item, content.values())
    db.session.add(item)
    db.session.flush()
    return item


def _put(item: CatalogueItem, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(item, name, value)
    item.sort_key = sort_key(item.title[:SORTED_BY])


def _move(
    item: CatalogueItem,
    action: OfferAction,
    event: OfferEvent,
    *,
    actor: User | None,
    besides: Callable[[], None] = lambda: None,
) -> None:
    _hold(item)
    before = {"state": item.state.value, "checked_on": _day(item)}
    item.state = OFFER.after(action, item.state)
    besides()
    db.session.flush()
    after = {"state": item.state.value, "checked_on": _day(item)}
    audit.record(event, item, actor=actor, before=before, after=after, note=item.title)


def _day(item: CatalogueItem) -> str | None:
    return item.checked_on.isoformat() if item.checked_on else None


def _hold(item: CatalogueItem) -> None:
    """Of two who change it at once the second sees what the first did."""
    db.session.execute(select(CatalogueItem.id).where(CatalogueItem.id == item.id).with_for_update())
    db.session.refresh(item)


def check(content: Content, known: CatalogueItem | None = None) -> None:
    """A code that was retired meanwhile stays where it stands."""
    for name in ("url", "provider_website"):
        address = getattr(content, name)
        if (address or name == "url") and not is_public_address(address or ""):
            raise NotPublic(name)
    for column, key in LISTS.items():
        kept = getattr(known, column) if known else ()
        offered = {one.code for one in the_programme().code_lists[key].offered(keep=kept)}
        if not set(getattr(content, column)) <= offered:
            raise NotInList(column)
    if not content.digcomp_areas and not content.life_areas:
        raise NoCategory


def _told(content: Content) -> dict[str, Any]:
    return _plain({name: value for name, value in content.values().items() if value})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As the history keeps it: codes, not members."""
    return {
        name: str(value) if isinstance(value, ProviderStatus | PriceKind) else value
        for name, value in values.items()
    }
