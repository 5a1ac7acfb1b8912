"""Agreeing on a date: entered as agreed by phone, or proposed by one side and accepted by the other."""

from collections.abc import Sequence

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus, Side, SlotAnswer, VisitSlot
from animators.visits import notices
from animators.visits.answering import answering, as_date, check_answerable
from animators.visits.calendars import slot_of
from animators.visits.errors import HasBegun, NothingToAnswer, NoWord, StandsAlready
from animators.visits.events import VisitEvent
from animators.visits.services.shared import (
    add_slots,
    alone_with,
    changed,
    facts,
    new_visit,
    open_slots,
    remember,
    replace_open,
    set_date,
)
from animators.visits.sides import Acting, acting_for
from animators.visits.slots import Slot, check_slot, check_slots
from animators.visits.states import entered_by_phone, may_be_objected_to
from animators.visits.workflow import VISIT_WORKFLOW, VisitAction
from core import clock
from partnerships.models import Partnership


def enter_agreed(
    record: Partnership | Consultation,
    slot: Slot,
    *,
    visit_no: int = 0,
    actor: User,
    for_side: Side | None = None,
) -> Consultation:
    """The shortest way: both know the date already. Of a partnership a new visit, else the visit that is under way.

    The other side is told and has two days to object; nothing has to happen for the date to stand.
    """
    visit, partnership, acting = _visit_and_side(record, visit_no, actor, for_side)
    status = VISIT_WORKFLOW.after(VisitAction.ENTER_AGREED, visit.status)
    check_slot(slot, partnership, acting)
    _not_begun(visit)
    replace_open(visit)
    (entered,) = add_slots(visit, [slot], acting, answer=SlotAnswer.ACCEPTED, by_phone=True)
    old = set_date(visit, slot)
    visit.status, visit.stands_from = status, min(clock.now() + notices.TIME_TO_OBJECT, slot.ends_at)
    changed(visit)
    remember(VisitEvent.ENTERED, visit, acting, before=facts(old), after=facts(slot))
    notices.tell_entered(visit, entered, slot, old=old, acting=acting)
    return visit


def propose(
    partnership: Partnership,
    slots: Sequence[Slot],
    *,
    visit_no: int,
    actor: User,
    for_side: Side | None = None,
) -> Consultation:
    """Begin with up to five dates for the other side to choose from."""
    acting = acting_for(partnership, actor, for_side)
    check_slots(slots, partnership, acting)
    visit = new_visit(partnership, visit_no)
    _propose(visit, slots, acting, instead=False)
    return visit


def propose_again(
    visit: Consultation, slots: Sequence[Slot], *, actor: User, for_side: Side | None = None
) -> None:
    """Other dates, instead of those that wait for an answer or after they were declined."""
    partnership = alone_with(visit)
    acting = acting_for(partnership, actor, for_side)
    visit.status = VISIT_WORKFLOW.after(VisitAction.PROPOSE, visit.status)
    check_slots(slots, partnership, acting)
    theirs = any(slot.proposed_by is not acting.side for slot in open_slots(visit))
    replace_open(visit)
    _propose(visit, slots, acting, instead=theirs)


def accept(slot: VisitSlot, *, actor: User, for_side: Side | None = None) -> Consultation:
    """Choose one of the other side's dates: the visit is agreed on, and so is its move."""
    visit = slot.consultation
    alone_with(visit)
    acting = check_answerable(slot, actor=actor, for_side=for_side)
    chosen = as_date(slot)
    for one in open_slots(visit):
        one.answer = SlotAnswer.ACCEPTED if one is slot else SlotAnswer.DECLINED
    old = set_date(visit, chosen)
    visit.status = VISIT_WORKFLOW.after(VisitAction.ACCEPT, visit.status)
    changed(visit)
    event = VisitEvent.MOVED if old else VisitEvent.AGREED
    remember(event, visit, acting, before=facts(old), after=facts(chosen))
    notices.tell_agreed(visit, chosen, old=old, acting=acting)
    return visit


def decline(visit: Consultation, *, note: str, actor: User, for_side: Side | None = None) -> None:
    """None of the dates fits, with a word why. Either side goes on: other dates, or a call."""
    partnership = alone_with(visit)
    visit.status = VISIT_WORKFLOW.after(VisitAction.DECLINE, visit.status)
    waiting = open_slots(visit)
    if not waiting:
        raise NothingToAnswer
    acting = answering(partnership, waiting, actor, for_side)
    if not note.strip():
        raise NoWord
    for slot in waiting:
        slot.answer, slot.answer_note = SlotAnswer.DECLINED, note.strip()
    changed(visit)
    remember(
        VisitEvent.DECLINED,
        visit,
        acting,
        before={"proposed_dates": [slot.starts_at.isoformat() for slot in waiting]},
        after={},
        personal={"reason": note.strip()},
    )
    notices.tell_declined(visit, note=note.strip(), acting=acting)


def object_to(entered: VisitSlot, *, note: str, actor: User) -> Consultation:
    """ "This is not right": what the other side entered as agreed by phone is undone, and calendars forget it."""
    visit = entered.consultation
    partnership = alone_with(visit)
    if entered_by_phone(visit) is not entered:
        raise StandsAlready(None)
    status = VISIT_WORKFLOW.after(VisitAction.OBJECT, visit.status)
    if not may_be_objected_to(visit):
        raise StandsAlready(visit.stands_from)
    acting = answering(partnership, [entered], actor)
    slot = slot_of(visit)
    if slot is None:
        raise StandsAlready(None)
    entered.answer, entered.answer_note = SlotAnswer.DECLINED, note.strip() or None
    visit.planned_start = visit.planned_minutes = visit.place = visit.stands_from = None
    visit.calendar_sequence += 1
    visit.status = status
    changed(visit)
    remember(
        VisitEvent.OBJECTED,
        visit,
        acting,
        before=facts(slot),
        after={},
        personal={"reason": note.strip()} if note.strip() else None,
    )
    notices.tell_not_right(visit, slot, note=note.strip(), acting=acting)
    return visit


def _visit_and_side(
    record: Partnership | Consultation, visit_no: int, actor: User, for_side: Side | None
) -> tuple[Consultation, Partnership, Acting]:
    if isinstance(record, Consultation):
        partnership = alone_with(record)
        return record, partnership, acting_for(partnership, actor, for_side)
    acting = acting_for(record, actor, for_side)
    return new_visit(record, visit_no), record, acting


def _propose(visit: Consultation, slots: Sequence[Slot], acting: Acting, *, instead: bool) -> None:
    added = add_slots(visit, slots, acting)
    remember(
        VisitEvent.PROPOSED,
        visit,
        acting,
        before={},
        after={"proposed_dates": [slot.starts_at.isoformat() for slot in added], "place": added[0].place},
    )
    notices.tell_proposed(visit, added, acting=acting, instead=instead)


def _not_begun(visit: Consultation) -> None:
    is_agreed = visit.status is ConsultationStatus.AGREED
    if is_agreed and visit.planned_start is not None and visit.planned_start <= clock.now():
        raise HasBegun
