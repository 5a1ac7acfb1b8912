"""The way of a card: submitted by its animator, checked and locked by the office, or returned with a word."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from accounts.models import User
from animators.cards.content import Content, fingerprint, frozen, thawed
from animators.cards.errors import (
    ChangedSinceSeen,
    CorrectedLater,
    MonthNotOver,
    NothingToSubmit,
    OwnCard,
    ReasonMissing,
)
from animators.cards.events import CardEvent
from animators.cards.lines import first_of, last_of
from animators.cards.models import WorkCard
from animators.cards.queries import cards_of, content_of
from animators.cards.services.holding import hold
from animators.cards.workflow import CARD_WORKFLOW, CardAction, CardStatus
from core import audit, clock, mail
from core.database import db
from core.i18n import in_language


def seen_as(content: Content) -> str:
    """What a form sends along, so that nobody submits what they have not seen: the figures, in whatever language."""
    lines = [replace(line, about="") for line in content.lines]
    return fingerprint(frozen(Content(lines, content.rates)))


def submit_card(card: WorkCard, *, seen: str, actor: User) -> None:
    """From now on the card is what it is: what changes in the records later stands on the next one."""
    hold(card)
    status = CARD_WORKFLOW.after(CardAction.SUBMIT, card.status)
    if clock.today() < last_of(card.month):
        raise MonthNotOver(last_of(card.month))
    with in_language(card.animator.mail_language):
        content = content_of(card)
    if not content.lines:
        raise NothingToSubmit
    if seen_as(content) != seen:
        raise ChangedSinceSeen
    kept = frozen(content)
    card.content, card.content_hash = kept, fingerprint(kept)
    card.submitted_at, card.return_reason = clock.now(), None
    _move(card, status, CardEvent.SUBMITTED, actor=actor, minutes=content.minutes, km=content.km)


def take_back(card: WorkCard, *, actor: User) -> None:
    """By the animator, as long as nobody has checked it."""
    hold(card)
    status = CARD_WORKFLOW.after(CardAction.TAKE_BACK, card.status)
    _not_corrected_later(card)
    card.submitted_at = None
    _thaw(card)
    _move(card, status, CardEvent.TAKEN_BACK, actor=actor)


def check_card(card: WorkCard, *, actor: User) -> None:
    hold(card)
    status = CARD_WORKFLOW.after(CardAction.CHECK, card.status)
    _not_own(card, actor)
    card.checked_at = clock.now()
    _move(card, status, CardEvent.CHECKED, actor=actor)


def send_back(card: WorkCard, *, reason: str, actor: User) -> None:
    """The animator is told why, corrects it and submits it again."""
    hold(card)
    status = CARD_WORKFLOW.after(CardAction.SEND_BACK, card.status)
    _not_own(card, actor)
    if not reason.strip():
        raise ReasonMissing
    _not_corrected_later(card)
    returned = f"{card.row_version}"
    card.submitted_at = card.checked_at = None
    card.return_reason = reason
    _thaw(card)
    _move(card, status, CardEvent.RETURNED, actor=actor, personal={"reason": reason})
    mail.queue(
        card.animator,
        "cards/mail/returned",
        dedupe_key=f"card-returned:{card.id}:{returned}",
        reply_to=actor.mail_address,
        card=card,
        reason=reason,
    )


def lock_card(card: WorkCard, *, actor: User) -> None:
    """For good: the database itself refuses any change from here on."""
    hold(card)
    status = CARD_WORKFLOW.after(CardAction.LOCK, card.status)
    _not_own(card, actor)
    card.locked_at = clock.now()
    _move(card, status, CardEvent.LOCKED, actor=actor)


def _thaw(card: WorkCard) -> None:
    """Its lines follow the records again."""
    card.content, card.content_hash = None, None


def _move(card: WorkCard, status: CardStatus, event: CardEvent, *, actor: User, **details: Any) -> None:
    before, card.status = card.status, status
    db.session.flush()
    audit.record(
        event,
        card,
        actor=actor,
        before={"status": before.value},
        after={"status": status.value},
        content_hash=card.content_hash,
        **details,
    )


def _not_own(card: WorkCard, actor: User) -> None:
    if actor.id == card.animator_id:
        raise OwnCard


def _not_corrected_later(card: WorkCard) -> None:
    """Else the same minutes would stand on two cards, once whole and once as a difference."""
    later: Sequence[WorkCard] = [one for one in cards_of(card.animator) if one.month > card.month]
    for one in later:
        if not one.is_editable and one.content is not None:
            lines = thawed(one.content).lines
            if any(first_of(line.day) == card.month for line in lines):
                raise CorrectedLater
