"""An agreed visit goes with its municipality: whoever advises there on its day has it in their calendar.

What anybody may do about it follows from the assignment by itself. Calendars do not, so the entry is taken out of one and
put into the other, whatever the reason: a reassignment, a leave, an assignment that ended.
"""

from sqlalchemy import select

from animators.consultations.models import Consultation, ConsultationStatus
from animators.visits.calendars import slot_of
from animators.visits.events import VisitEvent
from animators.visits.notices import tell_handed_over
from animators.visits.queries import agreed_ahead
from animators.visits.services.shared import changed
from animators.visits.sides import partnership_of
from core import audit, clock
from core.database import db
from partnerships.models import Partnership

KEPT_IN_CALENDARS = frozenset({ConsultationStatus.AGREED, ConsultationStatus.MOVED})


def hand_over_visits() -> int:
    """Each is a unit of its own, and waits for whoever changes it at this moment. Run twice it happens once."""
    handed = 0
    for visit in [one for one in agreed_ahead(clock.now()) if is_with_another(one)]:
        partnership = partnership_of(visit)
        lock = select(Partnership.id).where(Partnership.id == partnership.id)
        db.session.execute(lock.with_for_update(key_share=True))
        db.session.refresh(visit)
        db.session.expire(partnership, ["assignments"])
        handed += hand_over(visit)
        db.session.commit()
    return handed


def hand_over(visit: Consultation) -> bool:
    if not is_with_another(visit):
        return False
    slot, before = slot_of(visit), visit.animator
    if slot is None:
        return False
    visit.animator = now = partnership_of(visit).animator(slot.on)
    visit.calendar_sequence += 1
    changed(visit)
    audit.record(
        VisitEvent.HANDED_OVER, visit, actor=None, visit_no=visit.visit_no, planned_start=slot.starts_at.isoformat(),
        personal={
            "before": {"animator": before.name if before else None},
            "after": {"animator": now.name if now else None},
        },
    )  # fmt: skip
    tell_handed_over(visit, slot, before=before)
    return True


def is_with_another(visit: Consultation) -> bool:
    """Somebody else advises on its day than whoever has it in their calendar. Where nobody does, nobody takes it over."""
    slot = slot_of(visit)
    if slot is None or visit.partnership is None:
        return False
    if visit.status not in KEPT_IN_CALENDARS or slot.starts_at <= clock.now():
        return False
    advising = visit.partnership.animator(slot.on)
    return advising is not None and advising.id != visit.animator_id
