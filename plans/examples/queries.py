"""Which published plans can serve as an example."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, selectinload

from core.database import db
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.queries import with_place
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus

MOST_SIMILAR = 5


def similar_plans(
    municipality: Municipality, *, most: int = MOST_SIMILAR, with_rows: bool = False
) -> Sequence[PlanVersion]:
    """Published plans of municipalities of the same kind, the one nearest in residents first."""
    nearness: list[Any] = [PlanVersion.published_at.desc(), PlanVersion.id]
    if municipality.population is not None:
        distance = func.abs(Municipality.population - municipality.population)
        nearness = [Municipality.population.is_(None), distance, *nearness]
    found = _published_elsewhere(municipality).where(Municipality.kind == municipality.kind)
    if with_rows:
        found = found.options(selectinload(PlanVersion.entries))
    return db.session.scalars(found.order_by(*nearness).limit(most)).all()


def published_example(version_id: int, municipality: Municipality) -> PlanVersion | None:
    """A plan that is published now, of any other municipality."""
    return db.session.scalar(_published_elsewhere(municipality).where(PlanVersion.id == version_id))


def _published_elsewhere(municipality: Municipality) -> Select[PlanVersion]:
    return (
        select(PlanVersion)
        .join(PlanVersion.plan)
        .join(Plan.partnership)
        .join(Partnership.municipality)
        .options(
            contains_eager(PlanVersion.plan).contains_eager(Plan.partnership).options(*with_place()),
        )
        .where(
            PlanVersion.status == PlanStatus.PUBLISHED,
            Plan.kind == PlanKind.GENERAL,
            Partnership.status != PartnershipStatus.CLOSED,
            Municipality.id != municipality.id,
        )
    )
