"""Asking one's animator, and what becomes of it: an answer, a talk, or a word on why there is none."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from accounts.models import User
from animators.advice import notices
from animators.advice.errors import AnotherWasAsked, NothingAsked, NothingSaid, RequestIsClosed
from animators.advice.events import AdviceEvent
from animators.advice.models import AdviceRequest, RequestStatus
from animators.advice.queries import open_requests_of, request_with_key
from animators.advice.services import checks
from animators.consultations.models import Channel, Consultation
from core import audit, clock
from core.database import db
from partnerships.behalf import remembered_principal
from partnerships.models import Partnership
from partnerships.services.shared import hold


@dataclass(frozen=True)
class Question:
    topic: str
    question: str
    channel: Channel
    wished_times: str | None = None


def ask(partnership: Partnership, asked: Question, *, key: str, actor: User) -> AdviceRequest:
    """To whoever advises the partnership at the moment. Sent twice it is still one request."""
    kept_key = checks.own_key(actor, key)
    known = request_with_key(kept_key)
    if known is not None:
        return _as_before(known, asked)
    hold(partnership)
    checks.check_topics([asked.topic])
    checks.check_channel(asked.channel)
    if not asked.question:
        raise NothingAsked
    request = AdviceRequest(
        partnership=partnership, asked_by=actor, topic=asked.topic, question=asked.question, channel=asked.channel,
        wished_times=asked.wished_times or None, status=RequestStatus.OPEN, entry_key=kept_key,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(request)
            db.session.flush()
    except IntegrityError:
        known = request_with_key(kept_key)
        if known is None:
            raise
        return _as_before(known, asked)
    audit.record(
        AdviceEvent.ASKED, request, actor=actor, personal={"question": asked.question},
        after={"topic": asked.topic, "channel": str(asked.channel)}, **remembered_principal(partnership, actor),
    )  # fmt: skip
    notices.tell_asked(request)
    return request


def _as_before(known: AdviceRequest, asked: Question) -> AdviceRequest:
    said = (asked.topic, asked.question, asked.channel, asked.wished_times or None)
    if said != (known.topic, known.question, known.channel, known.wished_times):
        raise AnotherWasAsked
    return known


def decline(request: AdviceRequest, *, word: str, actor: User) -> None:
    """Closed without advice: it was settled otherwise, or is not the animator's to answer."""
    if not word:
        raise NothingSaid
    hold_open(request)
    _declined(request, word, actor)
    notices.tell_closed(request, actor=actor)


def close_those_open(partnership: Partnership, reason: str, actor: User) -> None:
    """A partnership that is closed by hand is advised no more. Its people are told of that itself."""
    for request in open_requests_of([partnership.id]):
        _wait_for(request)
        if request.is_open:
            _declined(request, reason, actor)


def _declined(request: AdviceRequest, word: str, actor: User) -> None:
    request.status, request.answer, request.closed_at = RequestStatus.DECLINED, word, clock.now()
    audit.record(
        AdviceEvent.DECLINED, request, actor=actor, personal={"answer": word},
        before={"status": str(RequestStatus.OPEN)}, after={"status": str(RequestStatus.DECLINED)},
    )  # fmt: skip
    db.session.flush()


def withdraw(request: AdviceRequest, *, actor: User) -> None:
    """The partnership needs no answer any more."""
    hold_open(request)
    request.status, request.closed_at = RequestStatus.WITHDRAWN, clock.now()
    audit.record(
        AdviceEvent.WITHDRAWN, request, actor=actor, before={"status": str(RequestStatus.OPEN)},
        after={"status": str(RequestStatus.WITHDRAWN)}, **remembered_principal(request.partnership, actor),
    )  # fmt: skip


def hold_open(request: AdviceRequest) -> None:
    """Two who answer at once: the second is told."""
    _wait_for(request)
    if not request.is_open:
        raise RequestIsClosed(str(request.status.label))


def _wait_for(request: AdviceRequest) -> None:
    """Whoever else answers it at this moment."""
    fresh = ["status", "consultation_id", "row_version"]
    db.session.refresh(request, attribute_names=fresh, with_for_update={"key_share": True})


def answered_by(
    request: AdviceRequest, consultation: Consultation, *, answer: str | None, actor: User
) -> None:
    """``answer``: in writing; None where they talked."""
    request.status, request.closed_at = RequestStatus.ANSWERED, clock.now()
    request.consultation, request.answer = consultation, answer
    db.session.flush()
    audit.record(
        AdviceEvent.ANSWERED, request, actor=actor, personal={"answer": answer} if answer else None,
        before={"status": str(RequestStatus.OPEN)}, after={"status": str(RequestStatus.ANSWERED)},
    )  # fmt: skip
    if answer:
        notices.tell_answered(request, actor=actor)
