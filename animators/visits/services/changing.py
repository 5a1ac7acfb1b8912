"""Moving a visit that was agreed on, and cancelling one. It stays owed: its number is free again."""

from collections.abc import Sequence
from datetime import timedelta

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus, Side
from animators.visits import notices
from animators.visits.calendars import slot_of
from animators.visits.errors import HasBegun, NoReason, OthersAsked
from animators.visits.events import VisitEvent
from animators.visits.queries import count_late_cancels, open_visits
from animators.visits.services.shared import (
    add_slots,
    alone_with,
    changed,
    facts,
    remember,
    replace_open,
)
from animators.visits.sides import Acting, acting_for
from animators.visits.slots import Slot, check_slots
from animators.visits.states import state_of
from animators.visits.workflow import VISIT_WORKFLOW, VisitAction
from core import clock
from core.database import db
from partnerships.models import Partnership
from programme.queries import the_programme

OFFICE_HEARS_FROM = 2


def ask_to_move(
    visit: Consultation,
    slots: Sequence[Slot],
    *,
    reason: str,
    actor: User,
    for_side: Side | None = None,
) -> None:
    """Give the agreed date up and propose others. Calendars keep the old one until both have agreed again."""
    partnership = alone_with(visit)
    acting = acting_for(partnership, actor, for_side)
    status = VISIT_WORKFLOW.after(VisitAction.ASK_TO_MOVE, visit.status)
    old = slot_of(visit)
    if old is None or old.starts_at <= clock.now():
        raise HasBegun
    check_slots(slots, partnership, acting)
    visit.move_asked_at, visit.move_asked_by = clock.now(), acting.side
    visit.status, visit.stands_from = status, None
    added = add_slots(visit, slots, acting)
    remember(
        VisitEvent.MOVE_ASKED,
        visit,
        acting,
        before=facts(old),
        after={"proposed_dates": [slot.starts_at.isoformat() for slot in added], "place": added[0].place},
        personal={"reason": reason.strip()} if reason.strip() else None,
    )
    notices.tell_move_asked(visit, old, added, reason=reason.strip(), acting=acting)


def take_move_back(visit: Consultation, *, actor: User, for_side: Side | None = None) -> None:
    """Whoever asked finds that the old date is possible after all: the other side had agreed to it already."""
    partnership = alone_with(visit)
    asked_by = visit.move_asked_by
    status = VISIT_WORKFLOW.after(VisitAction.TAKE_MOVE_BACK, visit.status)
    acting = acting_for(partnership, actor, for_side or asked_by)
    slot = slot_of(visit)
    if slot is None or slot.starts_at <= clock.now():
        raise HasBegun
    if acting.side is not asked_by:
        raise OthersAsked
    replace_open(visit)
    visit.status, visit.move_asked_at, visit.move_asked_by = status, None, None
    changed(visit)
    remember(VisitEvent.MOVE_TAKEN_BACK, visit, acting, before={}, after=facts(slot))
    notices.tell_move_taken_back(visit, slot, acting=acting)


def cancel(visit: Consultation, *, reason: str, actor: User, for_side: Side | None = None) -> None:
    """Who, why, and late or not. Of one that nobody reported it also says that it was not held."""
    acting = acting_for(alone_with(visit), actor, for_side)
    if not reason.strip():
        raise NoReason
    late = is_late(visit)
    _cancel(visit, acting, reason=reason, late=late)
    if late:
        db.session.flush()
        times = count_late_cancels(visit.municipality_id)
        if times >= OFFICE_HEARS_FROM:
            notices.tell_office_of_late_cancels(visit, times, acting=acting)


def cancel_those_to_come(partnership: Partnership, reason: str, actor: User) -> None:
    """A partnership that is closed by hand is visited no more: nothing stays owed, and nobody was late."""
    for visit in open_visits(partnership):
        if state_of(visit) is not ConsultationStatus.HELD:
            alone_with(visit)
            acting = Acting(actor, Side.OFFICE, by_office=True)
            _cancel(visit, acting, reason=reason, late=False, stays_owed=False)


def _cancel(visit: Consultation, acting: Acting, *, reason: str, late: bool, stays_owed: bool = True) -> None:
    status, slot = VISIT_WORKFLOW.after(VisitAction.CANCEL, visit.status), slot_of(visit)
    replace_open(visit)
    visit.status, visit.cancelled_at, visit.cancelled_by = status, clock.now(), acting.side
    visit.cancel_reason, visit.cancelled_late, visit.stands_from = reason.strip(), late, None
    if slot is not None:
        visit.calendar_sequence += 1
    changed(visit)
    remember(
        VisitEvent.CANCELLED,
        visit,
        acting,
        before=facts(slot),
        after={},
        late=late,
        personal={"reason": reason.strip()},
    )
    notices.tell_cancelled(visit, slot, acting=acting, stays_owed=stays_owed)


def is_late(visit: Consultation) -> bool:
    """In hours that really pass, whatever the clocks show. A move asked for in time does not become late by waiting."""
    if visit.planned_start is None:
        return False
    said_at = visit.move_asked_at or clock.now()
    return visit.planned_start - said_at < timedelta(hours=the_programme().settings.late_cancel_hours)
