"""Advice to organisations outside the partnerships: work that counts for the animator, and is taken from no pot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from accounts.models import User
from animators.advice.errors import AnotherWasSentOutside, NoOrganisation, NoPlace, NoReason, TakenBackAlready
from animators.advice.events import AdviceEvent
from animators.advice.models import OutsideAdvice
from animators.advice.queries import outside_with_key
from animators.advice.services import checks
from animators.consultations.models import Channel
from core import audit, clock
from core.database import db
from municipalities.models import Municipality


@dataclass(frozen=True)
class OutsideTalk:
    organisation: str
    channel: Channel
    minutes: int | None
    topics: Sequence[str]
    day: date
    municipality_id: int | None = None
    summary: str | None = None
    late_reason: str | None = None


def log_outside(talk: OutsideTalk, *, key: str, actor: User) -> OutsideAdvice:
    """Enter it once, however often its form was sent."""
    kept_key = checks.own_key(actor, key)
    known = outside_with_key(kept_key)
    if known is not None:
        return _as_before(known, talk)
    if not talk.organisation:
        raise NoOrganisation
    checks.check_minutes(talk.minutes)
    checks.check_channel(talk.channel)
    checks.check_day(talk.day, talk.late_reason)
    if talk.municipality_id and db.session.get(Municipality, talk.municipality_id) is None:
        raise NoPlace
    entry = OutsideAdvice(
        animator_id=actor.id, organisation=talk.organisation, municipality_id=talk.municipality_id, channel=talk.channel,
        minutes=talk.minutes, topics=checks.check_topics(talk.topics), day=talk.day, summary=talk.summary or None,
        late_entry_reason=talk.late_reason or None, entry_key=kept_key,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(entry)
            db.session.flush()
    except IntegrityError:
        known = outside_with_key(kept_key)
        if known is None:
            raise
        return _as_before(known, talk)
    audit.record(
        AdviceEvent.LOGGED_OUTSIDE, entry, actor=actor,
        after={
            "organisation": entry.organisation, "channel": str(entry.channel), "minutes": entry.minutes,
            "topics": entry.topics, "day": entry.day.isoformat(),
        },
    )  # fmt: skip
    return entry


def _as_before(known: OutsideAdvice, talk: OutsideTalk) -> OutsideAdvice:
    said = (talk.organisation, talk.municipality_id, talk.channel, talk.minutes, talk.day)
    if said != (known.organisation, known.municipality_id, known.channel, known.minutes, known.day):
        raise AnotherWasSentOutside(known.organisation, known.day, known.minutes)
    return known


def take_back_outside(entry: OutsideAdvice, *, reason: str, actor: User) -> None:
    """Entered wrongly: it counts no more, and is logged anew if need be."""
    if not reason:
        raise NoReason
    db.session.refresh(entry, attribute_names=["taken_back_at", "row_version"], with_for_update=True)
    if entry.taken_back_at is not None:
        raise TakenBackAlready
    entry.taken_back_at, entry.taken_back_reason = clock.now(), reason
    audit.record(
        AdviceEvent.TAKEN_BACK_OUTSIDE, entry, actor=actor, personal={"reason": reason},
        before={"minutes": entry.minutes}, after={"minutes": 0},
    )  # fmt: skip
