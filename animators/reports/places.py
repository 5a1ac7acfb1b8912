"""Hours by municipality: what each pot was granted, what was used of it, what is free, and what is over it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from accounts.models import User
from animators.consultations.models import Consultation
from animators.hours.balances import granted_minutes, usual_grant
from animators.hours.models import HourBudget, LedgerEntry, Pot
from animators.reports.figures import CONSULTATIONS, REFUSED_MINUTES, VISITS_HELD, WAITING_MINUTES
from animators.reports.selection import Selection
from core import clock
from core.database import db
from core.paging import PAGE_SIZE, Page, Sorting
from municipalities.models import County, Municipality, MunicipalityKind, Voivodeship
from municipalities.naming import county_label
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership
from partnerships.queries import covers
from partnerships.workflow import PartnershipStatus
from programme.queries import the_programme


class PotFigures(NamedTuple):
    granted: int
    used: int
    taken: int

    @property
    def free(self) -> int:
        return self.granted - self.used


class PlaceRow(NamedTuple):
    municipality_id: int
    partnership_id: int | None
    name: str
    kind: MunicipalityKind
    code: str
    county_code: str
    county: str
    voivodeship: str
    animator: str | None
    has_ended: bool
    visit: PotFigures
    remote: PotFigures
    waiting: int
    refused: int
    visits_owed: int

    @property
    def place_label(self) -> str:
        return f"{self.kind.label}, {county_label(self.county_code, self.county)}"

    def pot(self, pot: Pot) -> PotFigures:
        return self.visit if pot is Pot.VISIT else self.remote


@dataclass(frozen=True)
class PlaceTotals:
    """Of all rows of the selection, whatever page is shown."""

    municipalities: int
    visit: PotFigures
    remote: PotFigures
    waiting: int
    refused: int
    visits_owed: int

    def pot(self, pot: Pot) -> PotFigures:
        return self.visit if pot is Pot.VISIT else self.remote


_Animator = aliased(User)

IS_OPEN = and_(Partnership.municipality_id == Municipality.id, Partnership.status != PartnershipStatus.CLOSED)


def of_today(assignment: Any, kind: AssignmentKind) -> ColumnElement[bool]:
    period = covers(assignment.starts_on, assignment.ends_on, clock.today())
    return and_(assignment.municipality_id == Municipality.id, assignment.kind == kind, period)


def with_animator(query: Select[*tuple[Any, ...]]) -> tuple[Select[*tuple[Any, ...]], ColumnElement[int]]:
    """Whoever advises the municipality today, and their id."""
    main, cover = aliased(AnimatorAssignment), aliased(AnimatorAssignment)
    joined = query.outerjoin(main, of_today(main, AssignmentKind.MAIN)).outerjoin(
        cover, of_today(cover, AssignmentKind.COVER)
    )
    return joined, func.coalesce(cover.animator_id, main.animator_id)


def _pots(selection: Selection) -> Subquery:
    """Of every opened pot: granted and used as of today, taken in the period."""
    every = _sums(select(LedgerEntry.budget_id, func.sum(LedgerEntry.minutes).label("minutes")))
    some = every
    if selection.has_period:
        chosen = select(LedgerEntry.budget_id, func.sum(LedgerEntry.minutes).label("minutes"))
        some = _sums(chosen.where(selection.days(LedgerEntry.day)))
    query = select(
        HourBudget.municipality_id, HourBudget.pot, granted_minutes().label("granted"),
        func.coalesce(every.c.minutes, 0).label("used"), func.coalesce(some.c.minutes, 0).label("taken"),
    ).outerjoin(every, every.c.budget_id == HourBudget.id)  # fmt: skip
    if some is not every:
        query = query.outerjoin(some, some.c.budget_id == HourBudget.id)
    return query.subquery()


def _sums(query: Select[*tuple[Any, ...]]) -> Subquery:
    return query.group_by(LedgerEntry.budget_id).subquery()


def _over(selection: Selection) -> Subquery:
    """Of every municipality: minutes over its pots in the selection, waiting and refused."""
    rows = CONSULTATIONS["waiting"]
    inner = (
        select(
            Consultation.municipality_id, WAITING_MINUTES.label("waiting"), REFUSED_MINUTES.label("refused")
        )
        .join(Municipality, Municipality.id == Consultation.municipality_id)
        .where(Consultation.over_budget_minutes > 0, selection.moments(rows.when), selection.consultations())
        .subquery()
    )
    return (
        select(
            inner.c.municipality_id,
            func.sum(inner.c.waiting).label("waiting"),
            func.sum(inner.c.refused).label("refused"),
        )
        .group_by(inner.c.municipality_id)
        .subquery()
    )


def held_visits() -> Subquery:
    """Of every municipality, so far."""
    return (
        select(Consultation.municipality_id, func.count().label("held"))
        .where(CONSULTATIONS[VISITS_HELD.key].where())
        .group_by(Consultation.municipality_id)
        .subquery()
    )


def visits_owed(held: Subquery) -> ColumnElement[int]:
    """Of the municipality of the query; none where no partnership is open."""
    wanted = the_programme().settings.visits_per_municipality
    done = func.coalesce(held.c.held, 0)
    return case((Partnership.id.is_(None), 0), (done >= wanted, 0), else_=wanted - done)


# --- The list ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlaceList:
    """One statement for the page, its sums and its order."""

    rows: Select[*tuple[Any, ...]]
    columns: Mapping[str, SQLColumnExpression[Any]]

    @property
    def sorting(self) -> Sorting:
        return Sorting(
            self.columns, default="municipality", never_empty=frozenset(self.columns) - {"animator"}
        )


def places(selection: Selection) -> PlaceList:
    """Municipalities with an open partnership or a pot. One that has ended stays, with what its pots say of it."""
    pots, over, held = _pots(selection), _over(selection), held_visits()
    visit, remote = aliased(pots), aliased(pots)
    figures = [*_figures(visit, Pot.VISIT), *_figures(remote, Pot.REMOTE)]
    waiting, refused = func.coalesce(over.c.waiting, 0), func.coalesce(over.c.refused, 0)
    owed = visits_owed(held)
    query: Select[*tuple[Any, ...]] = (
        select(
            Municipality.id, Partnership.id, Municipality.name, Municipality.kind, Municipality.code, County.code, County.name, Voivodeship.name,
            _Animator.name, Municipality.valid_to.is_not(None), *figures, waiting.label("waiting"), refused.label("refused"),
            owed.label("owed"),
        )
        .join(County, Municipality.county_id == County.id)
        .join(Voivodeship, Municipality.voivodeship_id == Voivodeship.id)
        .outerjoin(Partnership, IS_OPEN)
        .outerjoin(visit, _is_pot(visit, Pot.VISIT))
        .outerjoin(remote, _is_pot(remote, Pot.REMOTE))
        .outerjoin(over, over.c.municipality_id == Municipality.id)
        .outerjoin(held, held.c.municipality_id == Municipality.id)
        .where(selection.places(), or_(Partnership.id.is_not(None), visit.c.granted.is_not(None), remote.c.granted.is_not(None)))
    )  # fmt: skip
    query, adviser = with_animator(query)
    query = query.outerjoin(_Animator, _Animator.id == adviser)
    if selection.advised_id is not None:
        query = query.where(adviser == selection.advised_id, Partnership.id.is_not(None))
    granted_v, used_v, _taken_v, granted_r, used_r, _taken_r = figures
    columns: dict[str, SQLColumnExpression[Any]] = {
        "municipality": Municipality.sort_key,
        "voivodeship": Voivodeship.sort_key,
        "animator": _Animator.sort_key,
        "visit": granted_v - used_v,
        "remote": granted_r - used_r,
        "over": waiting + refused,
        "owed": owed,
    }
    return PlaceList(query, columns)


def _is_pot(pots: Any, pot: Pot) -> ColumnElement[bool]:
    return and_(pots.c.municipality_id == Municipality.id, pots.c.pot == pot)


def _figures(pots: Any, pot: Pot) -> list[SQLColumnExpression[Any]]:
    """Where nobody opened it, the usual grant counts as long as there is a partnership."""
    usual = case((Partnership.id.is_(None), 0), else_=usual_grant(pot, the_programme().settings))
    return [
        func.coalesce(pots.c.granted, usual).label(f"granted_{pot}"),
        func.coalesce(pots.c.used, 0).label(f"used_{pot}"),
        func.coalesce(pots.c.taken, 0).label(f"taken_{pot}"),
    ]


def places_page(listed: PlaceList, *, number: int, total: int) -> Page[PlaceRow]:
    """A page past the end is the last one."""
    page: Page[PlaceRow] = Page([], max(1, min(number, -(-total // PAGE_SIZE))), total)
    query = listed.rows.order_by(listed.sorting.order(), Municipality.sort_key, Municipality.id)
    found = db.session.execute(query.limit(PAGE_SIZE).offset((page.number - 1) * PAGE_SIZE))
    return replace(page, rows=[_row(values) for values in found])


def place_rows(selection: Selection) -> list[PlaceRow]:
    """All of them by the alphabet, for an export."""
    query = places(selection).rows.order_by(Municipality.sort_key, Municipality.id)
    return [_row(values) for values in db.session.execute(query)]


def _row(values: Any) -> PlaceRow:
    """In the order of the columns asked for: what it is, its two pots, and the rest."""
    place, pots, rest = values[:10], map(int, values[10:16]), values[16:]
    visit, remote = PotFigures(*islice(pots, 3)), PotFigures(*islice(pots, 3))
    return PlaceRow._make((*place, visit, remote, *map(int, rest)))


def totals(listed: PlaceList) -> PlaceTotals:
    every = listed.rows.subquery()
    names = [
        *(f"{figure}_{pot}" for pot in Pot for figure in ("granted", "used", "taken")),
        "waiting",
        "refused",
        "owed",
    ]
    sums = [func.coalesce(func.sum(every.c[name]), 0) for name in names]
    count, *found = db.session.execute(select(func.count(), *sums).select_from(every)).one()
    gv, uv, tv, gr, ur, tr, waiting, refused, owed = map(int, found)
    return PlaceTotals(count, PotFigures(gv, uv, tv), PotFigures(gr, ur, tr), waiting, refused, owed)
