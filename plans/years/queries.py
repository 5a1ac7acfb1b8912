"""What is asked of the years of a partnership."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from core.database import db
from municipalities.models import Municipality
from partnerships.models import Partnership
from plans.definitions import PlanKind
from plans.models import CarriedTraining, Plan, PlanVersion, YearDeclaration
from plans.queries import is_at_work
from plans.row_queries import load_rows


def annual_version(partnership_id: int, *, year: int) -> PlanVersion | None:
    """The latest version of the plan of one year."""
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(
            Plan.partnership_id == partnership_id,
            Plan.kind == PlanKind.ANNUAL,
            Plan.year_from == year,
            PlanVersion.is_current,
        )
    ).first()


def year_before(plan: Plan) -> PlanVersion | None:
    return annual_version(plan.partnership_id, year=plan.year_from - 1)


def annual_versions(partnership: Partnership) -> Sequence[PlanVersion]:
    """The latest version of every annual plan, the latest year first."""
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .options(contains_eager(PlanVersion.plan))
        .where(Plan.partnership_id == partnership.id, Plan.kind == PlanKind.ANNUAL, PlanVersion.is_current)
        .order_by(Plan.year_from.desc())
    ).all()


@dataclass(frozen=True)
class Carried:
    """The other end of a training that was carried on."""

    year: int
    version_id: int
    row_uid: str


def carried_out_of(plan: Plan) -> Mapping[str, Carried]:
    """Row -> where it went on, as far as it still stands there."""
    found = db.session.execute(
        select(CarriedTraining.source_row_uid, CarriedTraining.target_row_uid, Plan.year_from, PlanVersion)
        .join(Plan, Plan.id == CarriedTraining.target_plan_id)
        .join(PlanVersion, (PlanVersion.plan_id == Plan.id) & PlanVersion.is_current)
        .where(CarriedTraining.source_plan_id == plan.id)
    ).all()
    load_rows(*dict.fromkeys(version for *_rest, version in found))
    return {
        source: Carried(year, version.id, target)
        for source, target, year, version in found
        if any(row.row_uid == target for row in version.rows.rows("trainings"))
    }


def carried_into(plan: Plan) -> Mapping[str, Carried]:
    """Row -> where it came from."""
    found = db.session.execute(
        select(CarriedTraining.target_row_uid, CarriedTraining.source_row_uid, Plan.year_from, PlanVersion.id)
        .join(Plan, Plan.id == CarriedTraining.source_plan_id)
        .join(PlanVersion, (PlanVersion.plan_id == Plan.id) & PlanVersion.is_current)
        .where(CarriedTraining.target_plan_id == plan.id)
    )
    return {target: Carried(year, version_id, source) for target, source, year, version_id in found}


def declaration(partnership: Partnership, *, year: int) -> YearDeclaration | None:
    """The one that stands."""
    return db.session.scalars(
        select(YearDeclaration).where(
            YearDeclaration.partnership_id == partnership.id,
            YearDeclaration.year == year,
            YearDeclaration.withdrawn_on.is_(None),
        )
    ).first()


def declared_years(partnership: Partnership) -> Mapping[int, date]:
    found = select(YearDeclaration.year, YearDeclaration.declared_on).where(
        YearDeclaration.partnership_id == partnership.id, YearDeclaration.withdrawn_on.is_(None)
    )
    return {row.year: row.declared_on for row in db.session.execute(found)}


def plans_with_agreed_totals(year: int) -> Sequence[PlanVersion]:
    """Plans of a year that their partnerships work by and whose totals they agreed to share, with all their rows."""
    found = (
        db.session.scalars(
            select(PlanVersion)
            .join(PlanVersion.plan)
            .join(Plan.partnership)
            .options(
                contains_eager(PlanVersion.plan)
                .contains_eager(Plan.partnership)
                .joinedload(Partnership.municipality, innerjoin=True)
                .joinedload(Municipality.county, innerjoin=True)
            )
            .where(
                Plan.kind == PlanKind.ANNUAL,
                Plan.year_from == year,
                Plan.totals_shared,
                is_at_work(),
            )
            .order_by(PlanVersion.id)
        )
        .unique()
        .all()
    )
    latest = list({version.plan_id: version for version in found}.values())
    load_rows(*latest)
    return latest


def years_with_agreed_totals() -> Sequence[int]:
    found = select(Plan.year_from).where(Plan.kind == PlanKind.ANNUAL, Plan.totals_shared)
    return db.session.scalars(found.distinct().order_by(Plan.year_from.desc())).all()
