"""Logging remote advice against the pot, and correcting it: what was entered stays, the difference is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.exc import IntegrityError

from accounts.models import User
from animators.advice.errors import (
    AnotherWasSent,
    AnswersAnother,
    NoPlace,
    NoReason,
    NotTheirsToCorrect,
    TakenBackAlready,
)
from animators.advice.events import AdviceEvent
from animators.advice.models import AdviceRequest, RequestStatus
from animators.advice.queries import entry_with_key
from animators.advice.services import checks
from animators.advice.services.requests import answered_by, hold_open
from animators.consultations.errors import NothingCorrected
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.consultations.services.reporting import check_not_above_decision
from animators.hours import ledger
from core import audit, clock
from core.database import db
from core.i18n import _
from municipalities.models import Municipality

CORRECTABLE = frozenset({ConsultationStatus.LOGGED, ConsultationStatus.CONFIRMED})
"""A disputed one is the office's to settle."""


@dataclass(frozen=True)
class Talk:
    """What an animator says about one piece of advice."""

    municipality_id: int | None
    channel: Channel
    minutes: int | None
    topics: Sequence[str]
    day: date
    summary: str | None = None
    over_reason: str | None = None
    """Why it went over the pot."""
    late_reason: str | None = None


def log_advice(
    talk: Talk, *, key: str, answers: AdviceRequest | None = None, answer: str | None = None, actor: User
) -> Consultation:
    """Enter it once, however often its form was sent. A request that it answers is closed with it."""
    kept_key = checks.own_key(actor, key)
    known = entry_with_key(kept_key)
    if known is not None:
        return _as_before(known, talk)
    municipality = _checked(talk, actor)
    if answers is not None:
        _check_asked_there(answers, municipality)
        hold_open(answers)
    consultation = _new(talk, municipality, kept_key, actor)
    try:
        with db.session.begin_nested():
            db.session.add(consultation)
            db.session.flush()
    except IntegrityError:
        known = entry_with_key(kept_key)
        if known is None:
            raise
        return _as_before(known, talk)
    ledger.book(consultation, reason=talk.over_reason, actor=actor)
    _remember(consultation, actor)
    if answers is not None:
        answered_by(answers, consultation, answer=answer, actor=actor)
    return consultation


def is_logged(key: str, *, actor: User) -> bool:
    """Whether this form has been here before: what it would do to the pot it has done."""
    return entry_with_key(checks.own_key(actor, key)) is not None


def correct_minutes(
    consultation: Consultation,
    minutes: int | None,
    *,
    reason: str,
    over_reason: str | None = None,
    actor: User,
) -> None:
    """It lasted longer or shorter. Whoever confirmed the former figure has not confirmed this one."""
    minutes = checks.check_minutes(minutes)
    _correctable(consultation, reason)
    if minutes == consultation.actual_minutes:
        raise NothingCorrected
    check_not_above_decision(consultation, minutes)
    ledger.correct(consultation, minutes, reason=reason, over_reason=over_reason, actor=actor)
    consultation.status, consultation.reported_at = ConsultationStatus.LOGGED, clock.now()
    consultation.confirmed_at = consultation.confirmed_by = None


def take_back(consultation: Consultation, *, reason: str, actor: User) -> None:
    """It did not take place, or was entered for somebody else. It stays to be read; its minutes go back into the pot."""
    _correctable(consultation, reason)
    ledger.take_back(consultation, reason=reason, actor=actor)
    before, consultation.status = consultation.status, ConsultationStatus.VOID
    audit.record(
        AdviceEvent.TAKEN_BACK, consultation, actor=actor, personal={"reason": reason},
        before={"status": str(before)}, after={"status": str(ConsultationStatus.VOID)},
    )  # fmt: skip
    _ask_again(consultation)


def undo(consultation: Consultation, *, actor: User) -> None:
    """Right after logging, with one press."""
    take_back(consultation, reason=_("Entered by mistake"), actor=actor)


def _checked(talk: Talk, actor: User) -> Municipality:
    checks.check_minutes(talk.minutes)
    checks.check_channel(talk.channel)
    checks.check_topics(talk.topics)
    municipality = db.session.get(Municipality, talk.municipality_id) if talk.municipality_id else None
    if municipality is None:
        raise NoPlace
    checks.check_day(talk.day, talk.late_reason)
    checks.check_assigned(municipality, actor, talk.day)
    return municipality


def _check_asked_there(answers: AdviceRequest, municipality: Municipality) -> None:
    asked_by = answers.partnership.municipality
    if asked_by.id != municipality.id:
        raise AnswersAnother(asked_by.name)


def _new(talk: Talk, municipality: Municipality, key: str, actor: User) -> Consultation:
    return Consultation(
        municipality=municipality,
        animator_id=actor.id,
        channel=talk.channel,
        actual_start=_moment_of(talk.day),
        actual_minutes=talk.minutes,
        topics=checks.check_topics(talk.topics),
        summary=talk.summary or None,
        late_entry_reason=talk.late_reason or None,
        entry_key=key,
        reported_at=clock.now(),
        status=ConsultationStatus.LOGGED,
    )


def _moment_of(day: date) -> datetime:
    """Of an earlier day only the day is known: it stands there with noon."""
    return clock.now() if day == clock.today() else datetime.combine(day, time(12), tzinfo=clock.LOCAL_ZONE)


def _as_before(known: Consultation, talk: Talk) -> Consultation:
    said = (talk.municipality_id, talk.channel, talk.day)
    day = clock.local(known.actual_start).date() if known.actual_start else talk.day
    if said != (known.municipality_id, known.channel, day) or talk.minutes != known.actual_minutes:
        raise AnotherWasSent(known.municipality.name, day, known.actual_minutes or 0)
    return known


def _remember(consultation: Consultation, actor: User) -> None:
    day = clock.local(consultation.actual_start).date() if consultation.actual_start else clock.today()
    words = {"summary": consultation.summary, "late_entry_reason": consultation.late_entry_reason}
    audit.record(
        AdviceEvent.LOGGED, consultation, actor=actor, personal={k: v for k, v in words.items() if v} or None,
        after={
            "channel": str(consultation.channel), "minutes": consultation.actual_minutes,
            "topics": consultation.topics, "day": day.isoformat(),
        },
    )  # fmt: skip


def _correctable(consultation: Consultation, reason: str) -> None:
    if not reason:
        raise NoReason
    fresh = ["status", "actual_minutes", "decision_note", "row_version"]
    db.session.refresh(consultation, attribute_names=fresh, with_for_update={"key_share": True})
    if consultation.status is ConsultationStatus.VOID:
        raise TakenBackAlready
    if consultation.status not in CORRECTABLE:
        raise NotTheirsToCorrect


def _ask_again(consultation: Consultation) -> None:
    """The request that it answered waits again."""
    request = db.session.query(AdviceRequest).filter_by(consultation_id=consultation.id).one_or_none()
    if request is not None:
        request.status, request.consultation_id = RequestStatus.OPEN, None
        request.answer = request.closed_at = None
