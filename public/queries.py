"""What everybody may see: published plans and where they come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from core.database import db
from municipalities.models import Municipality, Voivodeship
from partnerships.models import Partnership
from partnerships.queries import with_place
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus

PUBLIC = (PlanStatus.PUBLISHED, PlanStatus.SUPERSEDED)


def partnership_of(municipality: Municipality) -> Partnership | None:
    """The municipality's open partnership with its place; people are not loaded, no public page needs them."""
    return db.session.scalar(
        select(Partnership)
        .where(Partnership.municipality_id == municipality.id, Partnership.status != PartnershipStatus.CLOSED)
        .options(*with_place())
    )


def partnerships_once_in(municipality: Municipality) -> Sequence[Partnership]:
    """All that ever were, the open one first, then the latest: what a closed one published stays to be read."""
    return db.session.scalars(
        select(Partnership)
        .where(Partnership.municipality_id == municipality.id)
        .options(*with_place())
        .order_by((Partnership.status == PartnershipStatus.CLOSED), Partnership.id.desc())
    ).all()


def public_version(partnership: Partnership, *, number: int | None = None) -> PlanVersion | None:
    """The published general plan; with a number, an earlier version that was public too."""
    query = (
        select(PlanVersion)
        .join(PlanVersion.plan)
        .options(
            contains_eager(PlanVersion.plan)
            .joinedload(Plan.partnership)
            .options(*with_place(), joinedload(Partnership.assignments))
        )
        .where(Plan.partnership_id == partnership.id, Plan.kind == PlanKind.GENERAL)
        .order_by(Plan.year_from.desc(), PlanVersion.number.desc())
    )
    if number is None:
        query = query.where(PlanVersion.status == PlanStatus.PUBLISHED)
    else:
        query = query.where(PlanVersion.number == number, PlanVersion.status.in_(PUBLIC))
    return db.session.scalars(query).unique().first()


def published() -> Select[PlanVersion]:
    """Every published general plan with its place."""
    return (
        select(PlanVersion)
        .join(PlanVersion.plan)
        .join(Plan.partnership)
        .join(Partnership.municipality)
        .options(contains_eager(PlanVersion.plan).contains_eager(Plan.partnership).options(*with_place()))
        .where(
            PlanVersion.status == PlanStatus.PUBLISHED,
            Plan.kind == PlanKind.GENERAL,
            Partnership.status != PartnershipStatus.CLOSED,
        )
    )


def newest_plans(count: int) -> Sequence[PlanVersion]:
    return db.session.scalars(published().order_by(PlanVersion.published_at.desc()).limit(count)).all()


@dataclass(frozen=True)
class ProgrammeFigures:
    partnerships: int
    voivodeships: int
    published_plans: int


def programme_figures() -> ProgrammeFigures:
    """What the programme has come to, in one query."""
    is_open: ColumnElement[bool] = Partnership.status != PartnershipStatus.CLOSED
    published = (
        select(func.count()).select_from(PlanVersion).join(PlanVersion.plan).join(Plan.partnership)
        .where(PlanVersion.status == PlanStatus.PUBLISHED, Plan.kind == PlanKind.GENERAL, is_open)
        .scalar_subquery()
    )  # fmt: skip
    row = db.session.execute(
        select(func.count(Partnership.id), func.count(Municipality.voivodeship_id.distinct()), published)
        .join(Partnership.municipality)
        .where(is_open)
    ).one()
    return ProgrammeFigures(*row)


def other_public_versions(version: PlanVersion) -> Sequence[PlanVersion]:
    """The versions of the same plan that are or were public, the latest first."""
    return db.session.scalars(
        select(PlanVersion)
        .where(
            PlanVersion.plan_id == version.plan_id,
            PlanVersion.id != version.id,
            PlanVersion.status.in_(PUBLIC),
        )
        .options(lazyload(PlanVersion.plan))
        .order_by(PlanVersion.number.desc())
    ).all()


@dataclass(frozen=True)
class Region:
    id: int
    name: str
    plans: int
    """Published plans of its municipalities."""
    code: str


def regions() -> Sequence[Region]:
    """All voivodeships by the alphabet, in one query."""
    published = (
        select(Municipality.voivodeship_id, func.count().label("plans"))
        .join(Partnership, Partnership.municipality_id == Municipality.id)
        .join(Plan, Plan.partnership_id == Partnership.id)
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .where(
            PlanVersion.status == PlanStatus.PUBLISHED,
            Plan.kind == PlanKind.GENERAL,
            Partnership.status != PartnershipStatus.CLOSED,
        )
        .group_by(Municipality.voivodeship_id)
        .subquery()
    )
    found = db.session.execute(
        select(Voivodeship.id, Voivodeship.name, func.coalesce(published.c.plans, 0), Voivodeship.code)
        .outerjoin(published, published.c.voivodeship_id == Voivodeship.id)
        .order_by(Voivodeship.sort_key)
    )
    return [Region(*row) for row in found]
