"""What is known around the numbers of one partnership, in three short questions."""

from datetime import date

from sqlalchemy import select

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core import clock
from core.database import db
from partnerships.models import Partnership
from plans.deadlines import publish_by, review_due_on
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import AWAITING_REVIEW, PlanStatus
from programme.queries import the_programme
from tasks.missing import Around
from webinars.models import Webinar, WebinarStatus


def around(partnership: Partnership) -> Around:
    programme, plan = the_programme(), _general_plan(partnership)
    return Around(
        last_day=programme.row.ends_on,
        settings=programme.settings,
        plan_status=plan.status if plan else None,
        plan_version_id=plan.id if plan else None,
        plan_due=_due(plan) if plan else None,
        visit_on=_next_visit(partnership),
        next_webinar=next_webinar(),
    )


def _general_plan(partnership: Partnership) -> PlanVersion | None:
    """The version that is at work on now, of the plan for the latest years."""
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(Plan.partnership_id == partnership.id, Plan.kind == PlanKind.GENERAL, PlanVersion.is_current)
        .order_by(Plan.year_from.desc())
        .limit(1)
    ).first()


def _due(version: PlanVersion) -> date | None:
    if version.status in AWAITING_REVIEW:
        return review_due_on(version)
    return publish_by(version) if version.status is PlanStatus.APPROVED else None


def _next_visit(partnership: Partnership) -> date | None:
    starts_at = db.session.scalar(
        select(Consultation.planned_start)
        .where(
            Consultation.municipality_id == partnership.municipality_id,
            Consultation.channel == Channel.VISIT,
            Consultation.status == ConsultationStatus.AGREED,
            Consultation.planned_start >= clock.now(),
        )
        .order_by(Consultation.planned_start)
        .limit(1)
    )
    return clock.local(starts_at).date() if starts_at else None


def next_webinar() -> tuple[int, date] | None:
    """The next one of the programme itself that is announced."""
    found = db.session.execute(
        select(Webinar.id, Webinar.starts_at)
        .where(
            Webinar.status.in_({WebinarStatus.ANNOUNCED, WebinarStatus.MOVED}),
            Webinar.starts_at >= clock.now(),
            Webinar.is_outside.is_(False),
        )
        .order_by(Webinar.starts_at, Webinar.id)
        .limit(1)
    ).first()
    return (found[0], clock.local(found[1]).date()) if found else None
