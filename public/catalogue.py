"""The list of published plans: narrowed by name, region, type and size of the municipality and by topic, in an order of choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from core.database import db
from core.i18n import _l
from core.labels import LabelledEnum
from core.paging import Page, paged
from municipalities.models import Municipality, MunicipalityKind
from municipalities.search import matching
from municipalities.sizes import SizeClass, of_size
from plans.definitions import PlanContent, PlanRow
from plans.models import PlanEntry, PlanVersion
from plans.templates import definition_of
from plans.totals import Total, totals
from public.queries import published
from public.topics import Topic, about, found_rows

PLANS_ON_A_PAGE = 24
COUNTED = ("lines", "groups")
"""Sheets that the three figures of a plan come from; no other rows are read for a list."""


class Order(LabelledEnum):
    NAME = "name", _l("By name")
    NEWEST = "newest", _l("Newest first")
    POPULATION = "population", _l("Most people first")


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    voivodeship_id: int | None = None
    kind: MunicipalityKind | None = None
    size: SizeClass | None = None
    topic: Topic | None = None
    words: str = ""
    """Of the plan itself."""
    order: Order = Order.NAME

    @property
    def is_narrowed(self) -> bool:
        by_place = self.text.strip() or self.voivodeship_id or self.kind or self.size
        return bool(by_place or self.topic or self.words.strip())

    @property
    def is_refined(self) -> bool:
        """By something that stands under "More filters"."""
        return bool(self.kind or self.size or self.order is not Order.NAME)


@dataclass(frozen=True)
class PlanInList:
    version: PlanVersion
    figures: Sequence[Total]
    found: str = ""
    """The first of its rows that is about what was looked for."""

    @property
    def municipality(self) -> Municipality:
        return self.version.partnership.municipality


def plans_in_list(wanted: Wanted, *, number: int) -> Page[PlanInList]:
    """One page, in three queries however many plans it holds; in four where they are looked for by what they are about."""
    page = paged(_narrowed(wanted), number=number, size=PLANS_ON_A_PAGE)
    versions = [row[0] for row in page.rows]
    content = _content_of(versions)
    found = found_rows(versions, wanted.topic, wanted.words)
    rows = [
        PlanInList(one, totals(content.get(one.id, PlanContent()), definition_of(one)), found.get(one.id, ""))
        for one in versions
    ]
    return Page(rows, page.number, page.total, page.size)


def _narrowed(wanted: Wanted) -> Select[PlanVersion]:
    query = published().where(matching(wanted.text), about(wanted.topic, wanted.words))
    if wanted.voivodeship_id is not None:
        query = query.where(Municipality.voivodeship_id == wanted.voivodeship_id)
    if wanted.kind is not None:
        query = query.where(Municipality.kind == wanted.kind)
    if wanted.size is not None:
        query = query.where(of_size(wanted.size))
    by_name = (Municipality.sort_key, Municipality.id)
    return {
        Order.NAME: query.order_by(*by_name),
        Order.NEWEST: query.order_by(PlanVersion.published_at.desc(), *by_name),
        Order.POPULATION: query.order_by(Municipality.population.desc().nulls_last(), *by_name),
    }[wanted.order]


def _content_of(versions: Sequence[PlanVersion]) -> Mapping[int, PlanContent]:
    sheets: dict[int, dict[str, list[PlanRow]]] = {}
    found = db.session.execute(
        select(PlanEntry.version_id, PlanEntry.sheet, PlanEntry.row_uid, PlanEntry.values).where(
            PlanEntry.version_id.in_([one.id for one in versions]), PlanEntry.sheet.in_(COUNTED)
        )
    )
    for version_id, sheet, row_uid, values in found:
        sheets.setdefault(version_id, {}).setdefault(sheet, []).append(PlanRow(row_uid, values))
    return {
        version_id: PlanContent({key: tuple(rows) for key, rows in of_plan.items()})
        for version_id, of_plan in sheets.items()
    }
