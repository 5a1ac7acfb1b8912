"""What every verb about a visit needs: to be alone with it, to enter its number, to set its date, to remember."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from animators.consultations.models import (
    Channel,
    Consultation,
    ConsultationStatus,
    SlotAnswer,
    VisitSlot,
)
from animators.visits.calendars import slot_of
from animators.visits.errors import AllVisitsEntered, NoSuchVisit, OnItsWayAlready
from animators.visits.events import VisitEvent
from animators.visits.queries import living_visits
from animators.visits.services.holding import settle
from animators.visits.sides import Acting, partnership_of, principal
from animators.visits.slots import Slot
from core import audit, clock
from core.database import db
from partnerships.models import Partnership
from partnerships.services.shared import hold
from programme.queries import the_programme


def alone_with(visit: Consultation) -> Partnership:
    """Wait for whoever else changes it, and see it as they left it: moved, answered or over."""
    partnership = partnership_of(visit)
    hold(partnership)
    for slot in visit.slots:
        db.session.expire(slot)
    db.session.refresh(visit)
    db.session.expire(visit, ["slots"])
    settle(visit)
    return partnership


def new_visit(partnership: Partnership, visit_no: int) -> Consultation:
    """The lock on the partnership is what keeps two of one number from being entered at once.

    No index can: after a merger there may be two of one number, both held.
    """
    hold(partnership)
    most = the_programme().settings.visits_per_municipality
    if not 1 <= visit_no <= most:
        raise NoSuchVisit(most)
    living = living_visits([partnership.municipality_id])
    for _place, number, status in living:
        if number == visit_no:
            raise OnItsWayAlready(visit_no, str(status.label))
    if len(living) >= most:
        raise AllVisitsEntered
    visit = Consultation(
        municipality=partnership.municipality,
        animator=partnership.animator(clock.today()),
        channel=Channel.VISIT,
        visit_no=visit_no,
        status=ConsultationStatus.PROPOSED,
    )
    db.session.add(visit)
    db.session.flush()
    return visit


def open_slots(visit: Consultation) -> list[VisitSlot]:
    return [slot for slot in visit.slots if slot.answer is SlotAnswer.OPEN]


def replace_open(visit: Consultation) -> bool:
    """Other dates come in the place of those that wait for an answer. True if there were any."""
    waiting = open_slots(visit)
    for slot in waiting:
        slot.answer = SlotAnswer.COUNTERED
    return bool(waiting)


def add_slots(visit: Consultation, slots: Sequence[Slot], acting: Acting, **how: Any) -> list[VisitSlot]:
    added = [
        VisitSlot(
            consultation=visit,
            proposed_by=acting.side,
            by_office=acting.by_office,
            starts_at=slot.starts_at,
            minutes=slot.minutes,
            place=slot.tidy_place,
            **how,
        )
        for slot in sorted(slots, key=lambda one: one.starts_at)
    ]
    db.session.add_all(added)
    changed(visit)
    db.session.flush()
    return added


def changed(visit: Consultation) -> None:
    """Its counter goes up with every turn, also where only its dates changed: a page left open is then refused."""
    flag_modified(visit, "updated_at")
    visit.updated_at = clock.now()
    db.session.flush()


def set_date(visit: Consultation, slot: Slot) -> Slot | None:
    """What was agreed on before, if anything. The first entry in calendars is made, every later one moves it."""
    old = slot_of(visit)
    if visit.calendar_uid is None:
        visit.calendar_uid = f"visit-{secrets.token_hex(16)}"
    else:
        visit.calendar_sequence += 1
    visit.planned_start, visit.planned_minutes, visit.place = slot.starts_at, slot.minutes, slot.tidy_place
    visit.animator = partnership_of(visit).animator(slot.on)
    visit.move_asked_at = visit.move_asked_by = None
    visit.stands_from = None
    return old


def remember(event: VisitEvent, visit: Consultation, acting: Acting, **details: Any) -> None:
    on_behalf = principal(partnership_of(visit), acting)
    audit.record(
        event,
        visit,
        actor=acting.person,
        visit_no=visit.visit_no,
        side=str(acting.side),
        **on_behalf,
        **details,
    )


def facts(slot: Slot | None) -> dict[str, Any] | None:
    """As the history keeps a date."""
    if slot is None:
        return None
    return {
        "planned_start": slot.starts_at.isoformat(),
        "planned_minutes": slot.minutes,
        "place": slot.tidy_place,
    }
