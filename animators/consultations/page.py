"""What one reader sees of a consultation, and what they may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_

from accounts.history import HistoryLine, latest_where
from accounts.models import User
from accounts.policy import Permission, can
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.consultations.services.confirming import dispute_until, may_answer
from animators.consultations.words import facts_of, name_of, said_of
from animators.consultations.workflow import CONSULTATION_WORKFLOW, WAITING, ConsultationAction
from core import clock
from core.audit import AuditEvent
from core.formatting import moment
from core.i18n import _


@dataclass(frozen=True)
class Page:
    """What one reader sees of a consultation, and what they may do about it."""

    name: str
    facts: Sequence[tuple[str, str]]
    own_facts: Sequence[tuple[str, str]]
    """Where the next steps are listed by themselves."""
    standing: str
    """Where it stands, in a sentence."""
    history: Sequence[HistoryLine]
    may_report: bool = False
    may_correct: bool = False
    may_answer: bool = False
    may_decide: bool = False
    may_tick: bool = False


def page_of(consultation: Consultation, reader: User) -> Page:
    status, is_visit = consultation.status, consultation.channel is Channel.VISIT
    reports = is_visit and can(reader, Permission.CONSULTATION_REPORT, consultation)
    is_over = consultation.planned_start is not None and consultation.planned_start <= clock.now()
    return Page(
        name=name_of(consultation),
        facts=facts_of(consultation),
        own_facts=facts_of(consultation, with_steps=False),
        standing=standing_of(consultation),
        history=_history(consultation),
        may_report=reports and is_over and CONSULTATION_WORKFLOW.allows(ConsultationAction.REPORT, status),
        may_correct=reports and CONSULTATION_WORKFLOW.allows(ConsultationAction.CORRECT, status),
        may_answer=may_answer(consultation, reader),
        may_decide=status is ConsultationStatus.DISPUTED
        and can(reader, Permission.CONSULTATION_DECIDE, consultation),
        may_tick=can(reader, Permission.FOLLOW_UP_EDIT, consultation),
    )


def standing_of(consultation: Consultation) -> str:
    status, until = consultation.status, dispute_until(consultation)
    if status in WAITING and until is not None:
        return _(
            "The partnership may dispute it until %(moment)s; then it confirms itself.", moment=moment(until)
        )
    if status is ConsultationStatus.DISPUTED:
        return _("The partnership disputes it. The programme office decides, and tells both sides.")
    if status is ConsultationStatus.CONFIRMED and consultation.confirmed_at is not None:
        return said_of(consultation)
    if status is ConsultationStatus.VOID:
        return _("It does not count: its minutes are back in the pot.")
    if status in (ConsultationStatus.AGREED, ConsultationStatus.HELD):
        return _("Once it was held, the animator reports it.")
    return ""


def _history(consultation: Consultation) -> Sequence[HistoryLine]:
    """Of itself and of the next steps agreed on in it."""
    steps = [one.id for one in consultation.follow_ups]
    return latest_where(
        or_(
            and_(AuditEvent.record_kind == "consultation", AuditEvent.record_id == consultation.id),
            and_(AuditEvent.record_kind == "follow_up", AuditEvent.record_id.in_(steps)),
        ),
        most=30,
    )
