"""What is known around the numbers of partnerships, in four short questions whatever their number."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from animators.consultations.models import (
    Channel,
    Consultation,
    ConsultationStatus,
    SlotAnswer,
    VisitSlot,
)
from animators.visits.sides import other
from animators.visits.times import answer_by
from animators.visits.workflow import TO_AGREE
from core import clock
from core.database import db
from partnerships.models import Partnership
from plans.deadlines import publish_by, review_due_on
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import AWAITING_REVIEW, PlanStatus
from programme.queries import the_programme
from tasks.missing import Around, ProposedDates, Side
from webinars.models import Webinar, WebinarStatus

One = TypeVar("One")
AT_ONCE = 1000
"""So many ids a database takes in one question."""


def around(partnership: Partnership) -> Around:
    return arounds([partnership])[partnership.id]


def arounds(partnerships: Collection[Partnership]) -> dict[int, Around]:
    """By partnership."""
    programme, webinar = the_programme(), next_webinar()
    plans = _general_plans([one.id for one in partnerships])
    places = [one.municipality_id for one in partnerships]
    visits, proposed = _next_visits(places), _proposed_dates(places)
    found = {}
    for one in partnerships:
        plan = plans.get(one.id)
        found[one.id] = Around(
            last_day=programme.row.ends_on,
            settings=programme.settings,
            plan_status=plan.status if plan else None,
            plan_version_id=plan.id if plan else None,
            plan_due=_due(plan) if plan else None,
            visit_on=visits.get(one.municipality_id),
            proposed=proposed.get(one.municipality_id),
            next_webinar=webinar,
        )
    return found


def in_parts(ids: Sequence[One]) -> list[Sequence[One]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def _general_plans(partnership_ids: Sequence[int]) -> dict[int, PlanVersion]:
    """The version that is at work on now, of the plan for the latest years."""
    found: dict[int, PlanVersion] = {}
    for part in in_parts(partnership_ids):
        rows = db.session.execute(
            select(Plan.partnership_id, PlanVersion)
            .join(PlanVersion.plan)
            .where(Plan.partnership_id.in_(part), Plan.kind == PlanKind.GENERAL, PlanVersion.is_current)
            .order_by(Plan.year_from)
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def _due(version: PlanVersion) -> date | None:
    if version.status in AWAITING_REVIEW:
        return review_due_on(version)
    return publish_by(version) if version.status is PlanStatus.APPROVED else None


def _next_visits(municipality_ids: Sequence[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for part in in_parts(municipality_ids):
        rows = db.session.execute(
            select(Consultation.municipality_id, Consultation.planned_start)
            .where(
                Consultation.municipality_id.in_(part),
                Consultation.channel == Channel.VISIT,
                Consultation.status == ConsultationStatus.AGREED,
                Consultation.planned_start >= clock.now(),
            )
            .order_by(Consultation.planned_start.desc())
        )
        found |= {place: clock.local(starts_at).date() for place, starts_at in rows if starts_at}
    return found


def _proposed_dates(municipality_ids: Sequence[int]) -> dict[int, ProposedDates]:
    """Of visits whose date is still to be agreed on: the first by number with dates that can still be accepted."""
    found: dict[int, ProposedDates] = {}
    for part in in_parts(municipality_ids):
        visits = _waiting_slots(part)
        for (place, visit_id, number), slots in reversed(visits.items()):
            starts, asked = [one.starts_at for one in slots], min(one.created_at for one in slots)
            turn = Side(other(slots[0].proposed_by).value)
            last = answer_by(starts, asked_on=clock.local(asked).date())
            found[place] = ProposedDates(visit_id, number, turn, last)
    return found


def _waiting_slots(municipality_ids: Sequence[int]) -> dict[tuple[int, int, int], list[VisitSlot]]:
    """By municipality, visit and its number, in this order of numbers. ``visits.states.waiting_slots`` says it of one."""
    rows = db.session.execute(
        select(Consultation.municipality_id, Consultation.id, Consultation.visit_no, VisitSlot)
        .join(VisitSlot.consultation)
        .where(
            Consultation.municipality_id.in_(municipality_ids),
            Consultation.channel == Channel.VISIT,
            Consultation.status.in_(TO_AGREE),
            VisitSlot.answer == SlotAnswer.OPEN,
            VisitSlot.starts_at > clock.now(),
        )
        .order_by(Consultation.visit_no, Consultation.id, VisitSlot.starts_at, VisitSlot.id)
    )
    found: dict[tuple[int, int, int], list[VisitSlot]] = {}
    for place, visit_id, number, slot in rows:
        found.setdefault((place, visit_id, number or 0), []).append(slot)
    return found


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
