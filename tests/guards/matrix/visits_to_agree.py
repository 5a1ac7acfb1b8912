"""Visits of the towns whose date is proposed, agreed by phone, or to be moved. One town has a number left for a new one."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from animators.consultations.models import (
    Channel,
    Consultation,
    ConsultationStatus,
    Side,
    SlotAnswer,
    VisitSlot,
)
from core.database import db
from partnerships.models import Partnership
from tests.guards.matrix.markers import hostile
from tests.guards.matrix.world import Record, World

NOW = datetime(2026, 4, 15, 10, tzinfo=UTC)
WITH_ROOM = "asubmitted"
"""Its second visit was cancelled."""


def some_visits(world: World, name: str, partnership: Partnership) -> None:
    if name == WITH_ROOM:
        _cancel_second(partnership)
        return
    proposed = _visit(name, partnership, ConsultationStatus.PROPOSED)
    slot = _slot(name, proposed, days=20)
    agreed = _visit(name, partnership, ConsultationStatus.AGREED, days=25)
    agreed.stands_from, agreed.calendar_uid = NOW + timedelta(days=2), f"visit-{name}-agreed"
    _slot(name, agreed, days=25, answer=SlotAnswer.ACCEPTED, by_phone=True)
    moved = _visit(name, partnership, ConsultationStatus.MOVED, days=30)
    moved.calendar_uid, moved.move_asked_at, moved.move_asked_by = f"visit-{name}-moved", NOW, Side.LEADER
    _slot(name, moved, days=31, side=Side.LEADER)
    db.session.flush()
    for what, one in {"proposed": proposed, "agreed": agreed, "moved": moved}.items():
        world.records.setdefault("visit", []).append(Record(f"{name} {what}", name[0], {"visit_id": one.id}))
    world.seen[f"{name} slot"] = str(slot.id)


def _cancel_second(partnership: Partnership) -> None:
    second = select(Consultation).where(
        Consultation.municipality_id == partnership.municipality_id, Consultation.visit_no == 2
    )
    db.session.scalars(second).one().status = ConsultationStatus.CANCELLED


def _visit(name: str, partnership: Partnership, status: ConsultationStatus, *, days: int = 0) -> Consultation:
    visit = Consultation(
        municipality=partnership.municipality,
        channel=Channel.VISIT,
        visit_no=1,
        status=status,
        planned_start=NOW + timedelta(days=days) if days else None,
        planned_minutes=240 if days else None,
        place=f"At {hostile(f'{name}visit')}" if days else None,
    )
    db.session.add(visit)
    return visit


def _slot(
    name: str,
    visit: Consultation,
    *,
    days: int,
    side: Side = Side.ANIMATOR,
    answer: SlotAnswer = SlotAnswer.OPEN,
    by_phone: bool = False,
) -> VisitSlot:
    slot = VisitSlot(
        consultation=visit,
        proposed_by=side,
        starts_at=NOW + timedelta(days=days),
        minutes=240,
        place=f"At {hostile(f'{name}visit')}",
        answer=answer,
        by_phone=by_phone,
    )
    db.session.add(slot)
    db.session.flush()
    return slot
