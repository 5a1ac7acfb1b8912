"""Rows offered from elsewhere where they help. Whoever has some says for which sheet: this package, or one above it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app

from accounts.models import User
from core.i18n import language
from core.paging import Page
from plans.columns import display
from plans.definitions import PlanKind, PlanRow, SheetDefinition, Value
from plans.models import Plan, PlanVersion
from programme.queries import the_programme

_KEY = "gromada_plan_offers"


@dataclass(frozen=True)
class Origin:
    """Whose a row was: people read its name and find its page, and the history remembers the rest."""

    name: str
    endpoint: str
    names: Mapping[str, Any]
    """What the address of the page needs."""
    known_as: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    key: str
    """Of all that is offered to this sheet only one has it."""
    title: str
    detail: str
    values: Mapping[str, Value]
    origin: Origin | None = None


@dataclass(frozen=True)
class Hint:
    """Said where nothing is offered: what would have to be done first, and where."""

    text: str
    label: str = ""
    endpoint: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Filter:
    """What a group may be narrowed to; its name is that of a column."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class OfferGroup:
    title: str
    offers: Sequence[Offer]
    text: str = ""
    hint: Hint | None = None
    filters: Sequence[Filter] = ()
    page: Page[Offer] | None = None


@dataclass(frozen=True)
class Wanted:
    """What the reader narrowed the offers to. Without a page number all of them are meant."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None


@dataclass(frozen=True)
class OfferSource:
    """``groups`` leaves out what the sheet holds already. ``taken`` learns which rows came in: the id of each by the key of
    its offer.
    """

    kind: PlanKind
    sheet: str
    groups: Callable[[PlanVersion, Wanted], Iterable[OfferGroup]]
    taken: Callable[[PlanVersion, Mapping[str, str], User], None] | None = None


def register_offers(app: Flask, *sources: OfferSource) -> None:
    app.extensions.setdefault(_KEY, []).extend(sources)


def sources_for(plan: Plan, sheet_key: str) -> list[OfferSource]:
    known: list[OfferSource] = current_app.extensions.get(_KEY, [])
    return [one for one in known if one.kind is plan.kind and one.sheet == sheet_key]


def has_offers(plan: Plan, sheet: SheetDefinition) -> bool:
    return bool(sources_for(plan, sheet.key))


def offers_for(version: PlanVersion, sheet_key: str, wanted: Wanted | None = None) -> list[OfferGroup]:
    """Without what is in the plan already. A group with nothing in it comes only where it has something to say."""
    wanted = wanted or Wanted()
    groups = [
        group for source in sources_for(version.plan, sheet_key) for group in source.groups(version, wanted)
    ]
    return [group for group in groups if group.offers or group.hint or group.filters]


def ticked_offers(version: PlanVersion, sheet_key: str, keys: Collection[str]) -> dict[str, Offer]:
    """Those of the ticked ones that are still offered, by their keys."""
    groups = offers_for(version, sheet_key)
    return {one.key: one for group in groups for one in group.offers if one.key in keys}


def said_of(sheet: SheetDefinition, row: PlanRow, keys: Iterable[str]) -> str:
    """Some cells of a row with their labels, on one line."""
    lists, spoken = the_programme().code_lists, language()
    return ", ".join(
        f"{sheet.column(key).label.in_language(spoken)}: {display(sheet.column(key), row.values[key], lists, spoken)}"
        for key in keys
        if key in row.values and sheet.has_column(key)
    )
