"""Who may answer the dates that a side proposed, and whether a date can still be chosen. Nothing here changes anything."""

from collections.abc import Sequence

from accounts.models import User
from animators.consultations.models import Side, SlotAnswer, VisitSlot
from animators.visits.errors import AnsweredAlready, OwnDates
from animators.visits.sides import Acting, acting_for, other, partnership_of
from animators.visits.slots import Slot, check_slot
from animators.visits.workflow import VISIT_WORKFLOW, VisitAction
from partnerships.errors import PartnershipClosed
from partnerships.models import Partnership


def answering(
    partnership: Partnership, slots: Sequence[VisitSlot], actor: User, for_side: Side | None = None
) -> Acting:
    """The other side answers, or the office in its place."""
    side = other(slots[0].proposed_by)
    acting = acting_for(partnership, actor, for_side or side)
    if acting.side is not side:
        raise OwnDates
    return acting


def check_answerable(slot: VisitSlot, *, actor: User, for_side: Side | None = None) -> Acting:
    """Refuses the date that this person cannot accept (any more); else says for which side they do."""
    partnership = partnership_of(slot.consultation)
    if not partnership.is_open:
        raise PartnershipClosed
    if slot.answer is not SlotAnswer.OPEN:
        raise AnsweredAlready
    VISIT_WORKFLOW.after(VisitAction.ACCEPT, slot.consultation.status)
    acting = answering(partnership, [slot], actor, for_side)
    check_slot(as_date(slot), partnership, acting)
    return acting


def as_date(slot: VisitSlot) -> Slot:
    return Slot(slot.starts_at, slot.minutes, slot.place)
