"""What a visit is at this moment, and whose turn it is."""

from collections.abc import Sequence

from animators.consultations.models import (
    Consultation,
    ConsultationStatus,
    Side,
    SlotAnswer,
    VisitSlot,
)
from animators.visits.sides import other
from animators.visits.workflow import TO_AGREE
from core import clock


def state_of(visit: Consultation) -> ConsultationStatus:
    """As stored, but for one thing: agreed on and over is held, whether or not a job has written it down yet."""
    is_over = visit.planned_end is not None and visit.planned_end <= clock.now()
    if visit.status is ConsultationStatus.AGREED and is_over:
        return ConsultationStatus.HELD
    return visit.status


def waiting_slots(visit: Consultation) -> Sequence[VisitSlot]:
    """Dates that wait for an answer and can still be accepted."""
    if visit.status not in TO_AGREE:
        return []
    return [slot for slot in visit.slots if slot.answer is SlotAnswer.OPEN and slot.starts_at > clock.now()]


def waits_on(visit: Consultation) -> Side | None:
    """Who is to answer; None where nobody is asked: then either side goes on."""
    waiting = waiting_slots(visit)
    return other(waiting[0].proposed_by) if waiting else None


def entered_by_phone(visit: Consultation) -> VisitSlot | None:
    """The date that stands, where one side entered it as agreed by phone."""
    agreed = [slot for slot in visit.slots if slot.answer is SlotAnswer.ACCEPTED]
    standing = next(
        (slot for slot in agreed if slot.starts_at == visit.planned_start and slot.by_phone), None
    )
    return standing if visit.stands_from is not None else None


def may_be_objected_to(visit: Consultation) -> bool:
    """For two days, and not after it was held. Nothing has to run for the date to stand after that."""
    return (
        state_of(visit) is ConsultationStatus.AGREED
        and visit.stands_from is not None
        and clock.now() < visit.stands_from
    )


def last_word(visit: Consultation) -> VisitSlot | None:
    """The date declined last with words, while no new ones were proposed since."""
    if visit.status not in TO_AGREE or not visit.slots:
        return None
    latest = max(visit.slots, key=lambda slot: slot.id)
    return latest if latest.answer is SlotAnswer.DECLINED and latest.answer_note else None
