"""What the partnership says about a report: it confirms, disputes, or lets it confirm itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from accounts.models import User
from accounts.policy import Permission, can
from animators.consultations.errors import (
    REASON_LENGTH,
    ConfirmedAlready,
    DisputedAlready,
    NoReason,
    NothingToConfirm,
    OwnReport,
)
from animators.consultations.events import ConsultationEvent
from animators.consultations.models import Consultation, ConsultationStatus, Side
from animators.consultations.notices import tell_disputed, tell_reported
from animators.consultations.queries import waiting_since
from animators.consultations.services.holding import hold
from animators.consultations.workflow import CONSULTATION_WORKFLOW, WAITING, ConsultationAction
from core import audit, clock
from core.database import db
from core.workflow import NotNow
from partnerships.behalf import remembered_principal
from programme.queries import the_programme


def dispute_until(consultation: Consultation) -> datetime | None:
    """The same time of day so many days after the report, by the clock on the wall: also over a clock change."""
    if consultation.reported_at is None:
        return None
    days = timedelta(days=the_programme().settings.consultation_dispute_days)
    return (clock.local(consultation.reported_at) + days).astimezone(UTC)


def side_of(consultation: Consultation, person: User) -> Side:
    """For whom this person would confirm or dispute: for the partnership they lead or help to, else for the office."""
    today = clock.today()
    own = person.id in consultation.leader_ids(today) | consultation.deputy_ids(today)
    return Side.LEADER if own else Side.OFFICE


def is_own_work(consultation: Consultation, person: User) -> bool:
    """They gave the advice, or advise there now: whatever else they are, it is not theirs to confirm."""
    return person.id == consultation.animator_id or person.id in consultation.animator_ids(clock.today())


def check_open(consultation: Consultation, person: User) -> None:
    """It waits for an answer, and this person may give it."""
    if consultation.status is ConsultationStatus.CONFIRMED:
        raise ConfirmedAlready(consultation.confirmed_at)
    if consultation.status is ConsultationStatus.DISPUTED:
        raise DisputedAlready
    if consultation.status not in WAITING:
        raise NothingToConfirm
    if is_own_work(consultation, person):
        raise OwnReport


def may_answer(consultation: Consultation, person: User) -> bool:
    """For the page: whether it offers the two buttons."""
    return (
        consultation.status in WAITING
        and can(person, Permission.CONSULTATION_CONFIRM, consultation)
        and not is_own_work(consultation, person)
    )


def announce(consultation: Consultation) -> None:
    """Ask the partnership: the report itself, a link to confirm it and one to dispute it."""
    until = dispute_until(consultation)
    if consultation.status in WAITING and until is not None:
        tell_reported(consultation, until=until)


def seen_as(consultation: Consultation) -> str:
    """What a page sends along, so that nobody confirms a report they have not seen: each correction makes it another."""
    return consultation.reported_at.isoformat() if consultation.reported_at else ""


def confirm(consultation: Consultation, *, actor: User, side: Side, seen: str | None = None) -> None:
    hold(consultation)
    check_open(consultation, actor)
    if seen is not None and seen != seen_as(consultation):
        raise NotNow
    _confirmed(consultation, side)
    audit.record(
        ConsultationEvent.CONFIRMED, consultation, actor=actor,
        after={"minutes": consultation.actual_minutes, "side": str(side)}, **_principal(consultation, actor),
    )  # fmt: skip


def dispute(consultation: Consultation, reason: str, *, actor: User, side: Side) -> None:
    """The office decides about it; the animator is told at once."""
    if not reason or len(reason) > REASON_LENGTH * 4:
        raise NoReason
    hold(consultation)
    check_open(consultation, actor)
    consultation.status = CONSULTATION_WORKFLOW.after(ConsultationAction.DISPUTE, consultation.status)
    consultation.disputed_at, consultation.dispute_reason = clock.now(), reason
    consultation.decision_note = None
    audit.record(
        ConsultationEvent.DISPUTED, consultation, actor=actor, personal={"reason": reason},
        after={"minutes": consultation.actual_minutes, "side": str(side)}, **_principal(consultation, actor),
    )  # fmt: skip
    tell_disputed(consultation, actor=actor)


def confirm_lapsed() -> int:
    """What nobody disputed in time confirms itself. Each is a unit of work; started twice it happens once."""
    days = the_programme().settings.consultation_dispute_days
    count = 0
    for consultation_id in waiting_since(clock.now() - timedelta(days=days) + timedelta(hours=2)):
        count += confirm_if_lapsed(consultation_id)
        db.session.commit()
    return count


def confirm_if_lapsed(consultation_id: int) -> bool:
    consultation = db.session.scalar(
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if consultation is None or consultation.status not in WAITING:
        return False
    until = dispute_until(consultation)
    if until is None or clock.now() < until:
        return False
    _confirmed(consultation, None)
    audit.record(
        ConsultationEvent.CONFIRMED_BY_ITSELF, consultation, actor=None,
        after={"minutes": consultation.actual_minutes},
    )  # fmt: skip
    return True


def _confirmed(consultation: Consultation, side: Side | None) -> None:
    consultation.status = CONSULTATION_WORKFLOW.after(ConsultationAction.CONFIRM, consultation.status)
    consultation.confirmed_at, consultation.confirmed_by = clock.now(), side


def _principal(consultation: Consultation, actor: User) -> dict[str, Any]:
    return remembered_principal(consultation.partnership, actor) if consultation.partnership else {}
