"""A visit is held once its end has passed, by itself.

What a visit is follows from its date at every moment (``states.state_of``), so that no page and no rule waits for a job
to run. The job only writes it down, with its place in the history, and tells the animator that a report is owed.
"""

from sqlalchemy import select

from animators.consultations.models import Consultation, ConsultationStatus
from animators.visits.calendars import slot_of
from animators.visits.events import VisitEvent
from animators.visits.notices import tell_report_owed
from animators.visits.queries import agreed_and_begun, visit_by_id
from animators.visits.states import state_of
from animators.visits.workflow import VISIT_WORKFLOW, VisitAction
from core import audit, clock
from core.database import db
from partnerships.models import Partnership


def settle(visit: Consultation) -> bool:
    """Write down that it was held, where it was. Whoever goes on from there (a report) asks this first."""
    slot = slot_of(visit)
    if slot is None or visit.status is not ConsultationStatus.AGREED or state_of(visit) is visit.status:
        return False
    visit.status = VISIT_WORKFLOW.after(VisitAction.HOLD, visit.status)
    audit.record(
        VisitEvent.HELD, visit, actor=None, visit_no=visit.visit_no, planned_start=slot.starts_at.isoformat()
    )
    tell_report_owed(visit, slot)
    return True


def hold_past_visits() -> int:
    """Each is a unit of its own, and waits for whoever changes it at this moment. May run twice without harm."""
    held = 0
    for visit_id in agreed_and_begun(clock.now()):
        visit = visit_by_id(visit_id)
        if visit is None or visit.partnership is None:
            continue
        lock = select(Partnership.id).where(Partnership.id == visit.partnership.id)
        db.session.execute(lock.with_for_update(key_share=True))
        db.session.refresh(visit)
        held += settle(visit)
        db.session.commit()
    return held
