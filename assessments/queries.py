"""Asking for self-assessments."""

from collections.abc import Collection, Mapping, Sequence
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from assessments.models import AssessmentArea, SelfAssessment
from core.database import db
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.queries.records import with_people, with_place
from partnerships.workflow import PartnershipStatus
from plans.models import PlanVersion
from plans.queries import current_versions
from programme.queries import the_programme

LATEST_FIRST = (SelfAssessment.taken_on.desc().nulls_first(), SelfAssessment.id.desc())


def assessment_by_id(assessment_id: int) -> SelfAssessment | None:
    """With its answers and everything its rights need."""
    found = (
        select(SelfAssessment)
        .where(SelfAssessment.id == assessment_id)
        .options(
            joinedload(SelfAssessment.partnership, innerjoin=True).options(*with_place(), *with_people()),
            selectinload(SelfAssessment.areas),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def assessments_of(partnership: Partnership) -> Sequence[SelfAssessment]:
    """The open one first, then the latest."""
    return db.session.scalars(
        select(SelfAssessment)
        .where(SelfAssessment.partnership_id == partnership.id)
        .options(selectinload(SelfAssessment.areas))
        .order_by(*LATEST_FIRST)
    ).all()


def open_assessment(partnership: Partnership) -> SelfAssessment | None:
    return db.session.scalars(
        select(SelfAssessment).where(
            SelfAssessment.partnership_id == partnership.id, SelfAssessment.finished_at.is_(None)
        )
    ).one_or_none()


def begun_in(partnership_ids: Collection[int]) -> dict[int, int]:
    """The open one of each of these partnerships that has one: ids by id."""
    found = select(SelfAssessment.partnership_id, SelfAssessment.id).where(
        SelfAssessment.partnership_id.in_(partnership_ids), SelfAssessment.finished_at.is_(None)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def latest_finished(partnership: Partnership) -> SelfAssessment | None:
    return next((one for one in assessments_of(partnership) if one.is_finished), None)


def is_latest(assessment: SelfAssessment) -> bool:
    """Needs follow from the last that was finished; what was said before is of its day."""
    newer = select(SelfAssessment.id).where(
        SelfAssessment.partnership_id == assessment.partnership_id,
        SelfAssessment.finished_at > assessment.finished_at,
    )
    return db.session.scalar(newer.limit(1)) is None


def rows_taken(partnership: Partnership) -> Mapping[str, set[tuple[int, str]]]:
    """By need: the plans and rows that it went into, whichever self-assessment it was taken from."""
    kept = select(SelfAssessment.accepted_need_rows).where(SelfAssessment.partnership_id == partnership.id)
    found: dict[str, set[tuple[int, str]]] = {}
    for taken in db.session.scalars(kept):
        for need, into in taken.items():
            found.setdefault(need, set()).add((into["plan"], into["row"]))
    return found


def finished_before(assessment: SelfAssessment) -> SelfAssessment | None:
    """The one to compare with: the last that was finished before this one."""
    found = (
        select(SelfAssessment)
        .where(
            SelfAssessment.partnership_id == assessment.partnership_id,
            SelfAssessment.finished_at < assessment.finished_at,
        )
        .options(selectinload(SelfAssessment.areas))
        .order_by(*LATEST_FIRST)
        .limit(1)
    )
    return db.session.scalars(found).one_or_none() if assessment.is_finished else None


def medians_elsewhere(municipality: Municipality) -> Mapping[str, int]:
    """The median of each area over the latest results of other municipalities of the same type.

    Only of areas that enough of them have answered: of a few one could guess what each of them said.
    """
    finished = (
        select(
            SelfAssessment.id,
            func.row_number()
            .over(partition_by=SelfAssessment.partnership_id, order_by=LATEST_FIRST)
            .label("turn"),
        )
        .join(SelfAssessment.partnership)
        .join(Partnership.municipality)
        .where(
            SelfAssessment.finished_at.is_not(None),
            Partnership.status != PartnershipStatus.CLOSED,
            Municipality.kind == municipality.kind,
            Municipality.id != municipality.id,
        )
        .subquery()
    )
    rows = db.session.execute(
        select(AssessmentArea.area, AssessmentArea.score)
        .join(finished, finished.c.id == AssessmentArea.assessment_id)
        .where(finished.c.turn == 1, AssessmentArea.score.is_not(None))
    )
    scores: dict[str, list[int]] = {}
    for area, score in rows:
        scores.setdefault(area, []).append(score or 0)
    least = the_programme().settings.assessment_least_compared
    return {area: int(median(known) + 0.5) for area, known in scores.items() if len(known) >= least}


def plan_to_fill(partnership: Partnership) -> PlanVersion | None:
    """The general plan that can be written in now."""
    versions = current_versions([partnership.id])
    return next((one for one in reversed(versions) if one.plan.is_general and one.is_editable), None)
