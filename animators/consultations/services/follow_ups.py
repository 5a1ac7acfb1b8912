"""Next steps: what somebody took upon them in a consultation. They belong to a side, not to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from animators.consultations.errors import (
    MOST_FOLLOW_UPS,
    DueBeforeVisit,
    FollowUpWithoutText,
    NothingReported,
    TooManyFollowUps,
)
from animators.consultations.events import ConsultationEvent
from animators.consultations.models import Consultation, FollowUp, Side
from animators.consultations.workflow import TOOK_PLACE
from core import audit, clock
from core.database import db
from partnerships.behalf import remembered_principal

LONGEST = 500


@dataclass(frozen=True)
class Promise:
    text: str
    owner: Side
    due_on: date | None = None


def check_promises(promises: Sequence[Promise], held_on: date) -> None:
    if len(promises) > MOST_FOLLOW_UPS:
        raise TooManyFollowUps
    for one in promises:
        if not 0 < len(one.text) <= LONGEST:
            raise FollowUpWithoutText
        if one.due_on is not None and one.due_on < held_on:
            raise DueBeforeVisit(held_on)


def add_follow_up(consultation: Consultation, promise: Promise, *, actor: User) -> FollowUp:
    """Also afterwards, and for remote advice: what was agreed on the phone."""
    if consultation.status not in TOOK_PLACE or consultation.actual_start is None:
        raise NothingReported
    check_promises([promise], clock.local(consultation.actual_start).date())
    if len(consultation.follow_ups) >= MOST_FOLLOW_UPS:
        raise TooManyFollowUps
    return write_down(consultation, promise, actor=actor)


def write_down(consultation: Consultation, promise: Promise, *, actor: User) -> FollowUp:
    follow_up = FollowUp(text=promise.text, owner=promise.owner, due_on=promise.due_on)
    consultation.follow_ups.append(follow_up)
    db.session.flush()
    audit.record(
        ConsultationEvent.FOLLOW_UP_ADDED, follow_up, actor=actor, personal={"after": {"text": promise.text}},
        after={"owner": str(promise.owner), "due_on": promise.due_on.isoformat() if promise.due_on else None},
        **_principal(consultation, actor),
    )  # fmt: skip
    return follow_up


def tick(follow_up: FollowUp, *, done: bool, actor: User) -> None:
    """Either side may: whoever sees that it is done. Ticked twice it is done once."""
    if (follow_up.done_on is not None) is done:
        return
    before, follow_up.done_on = follow_up.done_on, clock.today() if done else None
    event = ConsultationEvent.FOLLOW_UP_DONE if done else ConsultationEvent.FOLLOW_UP_REOPENED
    audit.record(
        event, follow_up, actor=actor, personal={"note": follow_up.text},
        before={"done_on": before.isoformat() if before else None},
        after={"done_on": follow_up.done_on.isoformat() if follow_up.done_on else None},
        **_principal(follow_up.consultation, actor),
    )  # fmt: skip


def _principal(consultation: Consultation, actor: User) -> dict[str, Any]:
    return remembered_principal(consultation.partnership, actor) if consultation.partnership else {}
