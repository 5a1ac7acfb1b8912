"""The office decides about a dispute. Nothing is rewritten: other minutes are a new entry of the ledger."""

from accounts.models import User
from animators.consultations.errors import (
    LONGEST_MINUTES,
    NoMinutes,
    NoNote,
    NotDisputed,
    OwnDispute,
    SameMinutes,
)
from animators.consultations.events import ConsultationEvent
from animators.consultations.models import Consultation, ConsultationStatus, Side
from animators.consultations.notices import tell_settled
from animators.consultations.services.confirming import is_own_work
from animators.consultations.services.holding import hold
from animators.consultations.workflow import CONSULTATION_WORKFLOW, ConsultationAction, Outcome
from animators.hours import ledger
from core import audit, clock

EVENTS = {
    Outcome.CONFIRMED: ConsultationEvent.UPHELD,
    Outcome.CORRECTED: ConsultationEvent.CORRECTED_BY_OFFICE,
    Outcome.VOID: ConsultationEvent.ANNULLED,
}


def settle(
    consultation: Consultation, outcome: Outcome, note: str, *, minutes: int | None = None, actor: User
) -> None:
    """Decide, say why, and tell both sides."""
    if not note:
        raise NoNote
    hold(consultation)
    if consultation.status is not ConsultationStatus.DISPUTED:
        raise NotDisputed
    today = clock.today()
    if is_own_work(consultation, actor) or actor.id in consultation.leader_ids(
        today
    ) | consultation.deputy_ids(today):
        raise OwnDispute
    before = consultation.actual_minutes
    _book(consultation, outcome, note, minutes=minutes, actor=actor)
    action = ConsultationAction.ANNUL if outcome is Outcome.VOID else ConsultationAction.UPHOLD
    consultation.status = CONSULTATION_WORKFLOW.after(action, consultation.status)
    consultation.decision_note = note
    if outcome is not Outcome.VOID:
        consultation.confirmed_at, consultation.confirmed_by = clock.now(), Side.OFFICE
    audit.record(
        EVENTS[outcome], consultation, actor=actor, personal={"note": note},
        before={"minutes": before, "status": str(ConsultationStatus.DISPUTED)},
        after={"minutes": consultation.actual_minutes, "status": str(consultation.status)},
    )  # fmt: skip
    tell_settled(consultation, outcome, before=before or 0, actor=actor)


def _book(
    consultation: Consultation, outcome: Outcome, note: str, *, minutes: int | None, actor: User
) -> None:
    if outcome is Outcome.VOID:
        ledger.take_back(consultation, reason=note, actor=actor)
    elif outcome is Outcome.CORRECTED:
        if type(minutes) is not int or not 0 < minutes <= LONGEST_MINUTES:
            raise NoMinutes
        if minutes == consultation.actual_minutes:
            raise SameMinutes
        ledger.correct(consultation, minutes, reason=note, actor=actor)
