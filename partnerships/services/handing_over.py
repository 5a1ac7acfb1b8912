"""A leader hands over: asked, accepted, confirmed. The day itself is in ``taking_over``."""

from datetime import date, timedelta

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from partnerships.behalf import acts_for
from partnerships.errors import (
    AlreadyInOffice,
    ConfirmedForAnimator,
    DecidesOwnHandover,
    HandoverInPast,
    HandoverOverdue,
    HandoverTooEarly,
    HandoverToOneself,
    HandoverUnderWay,
    ReasonMissing,
    SecondLeader,
)
from partnerships.events import PartnershipEvent
from partnerships.handovers import notices
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.queries import open_handover_of
from partnerships.handovers.workflow import HANDOVER_WORKFLOW, HandoverAction, HandoverStatus
from partnerships.models import LeaderTerm, Organisation, Partnership, TermKind
from partnerships.queries import terms_between
from partnerships.services.shared import (
    check_leads_alone,
    check_reviews_others,
    hold,
    hold_person,
    iso,
    said,
)
from partnerships.services.taking_over import called_off, finish_handover, write_terms
from programme.queries import the_programme


def request_handover(
    partnership: Partnership,
    successor: User,
    *,
    effective_on: date,
    organisation: Organisation | None = None,
    note: str | None = None,
    actor: User,
) -> LeaderHandover:
    """Ask somebody to lead from a day on. Nothing changes before they accept and the animator confirms."""
    hold(partnership)
    present = partnership.leader_term(clock.today())
    _check_free(partnership)
    check_successor(partnership, present, successor, effective_on)
    valid_until = clock.today() + timedelta(days=the_programme().settings.invitation_valid_days)

    with refusing(lambda: HandoverUnderWay(successor.name)):
        handover = LeaderHandover(
            partnership=partnership,
            from_term=present,
            to_user=successor,
            organisation=organisation,
            effective_on=effective_on,
            answer_until=min(effective_on, valid_until),
            note=note or None,
            requested_at=clock.now(),
            requested_by=actor,
        )
        db.session.add(handover)
    audit.record(
        PartnershipEvent.HANDOVER_REQUESTED,
        handover,
        actor=actor,
        on_behalf_of=acts_for(partnership, actor),
        personal=said(successor.name, note),
        user_id=successor.id,
        effective_on=iso(effective_on),
        before={},
        after={"effective_on": iso(effective_on)},
    )
    notices.tell_requested(handover, actor=actor)
    return handover


def accept_handover(handover: LeaderHandover, *, actor: User) -> None:
    """The successor agrees. Now the animator confirms."""
    _move(handover, HandoverAction.ACCEPT)
    check_successor(handover.partnership, handover.from_term, handover.to_user, handover.effective_on)
    handover.status, handover.accepted_at = HandoverStatus.ACCEPTED, clock.now()
    _remember(PartnershipEvent.HANDOVER_ACCEPTED, handover, actor=actor)
    notices.tell_accepted(handover, actor=actor)


def confirm_handover(handover: LeaderHandover, *, reason: str = "", actor: User) -> None:
    """The animator of this minute confirms, or the office in their place. From its day on the new leader leads."""
    _move(handover, HandoverAction.CONFIRM)
    for_animator = _confirms_for(handover, actor, reason=reason)
    check_successor(handover.partnership, handover.from_term, handover.to_user, handover.effective_on)
    with refusing(SecondLeader):
        write_terms(handover, actor=actor)
    handover.confirmed_at, handover.confirmed_by = clock.now(), actor
    _remember(
        PartnershipEvent.HANDOVER_CONFIRMED, handover, actor=actor, reason=reason, on_behalf_of=for_animator
    )
    if handover.effective_on <= clock.today():
        finish_handover(handover)
    else:
        notices.tell_confirmed(handover, actor=actor)


def _confirms_for(handover: LeaderHandover, actor: User, *, reason: str) -> User | None:
    """The animator, when the office confirms in their place: that needs a reason, and is marked."""
    today = clock.today()
    _check_not_their_own(handover, actor)
    if actor.id in handover.animator_ids(today):
        return None
    if not reason:
        raise ConfirmedForAnimator
    return handover.partnership.animator(today)


def _check_not_their_own(handover: LeaderHandover, actor: User) -> None:
    if actor.id in handover.own_ids(clock.today()):
        raise DecidesOwnHandover


def decline_handover(handover: LeaderHandover, *, reason: str, actor: User) -> None:
    """The successor says no, or changes their mind before the day has come."""
    _hold(handover)
    called_off(
        handover, HandoverAction.DECLINE, PartnershipEvent.HANDOVER_DECLINED, reason=reason, actor=actor
    )


def refuse_handover(handover: LeaderHandover, *, reason: str, actor: User) -> None:
    """The animator does not confirm, and says why."""
    _hold(handover)
    _check_not_their_own(handover, actor)
    if not reason:
        raise ReasonMissing
    called_off(handover, HandoverAction.REFUSE, PartnershipEvent.HANDOVER_REFUSED, reason=reason, actor=actor)


def cancel_handover(handover: LeaderHandover, *, reason: str, actor: User) -> None:
    """Whoever asked takes it back before its day."""
    _hold(handover)
    called_off(
        handover, HandoverAction.CANCEL, PartnershipEvent.HANDOVER_CANCELLED, reason=reason, actor=actor
    )


def check_successor(
    partnership: Partnership, present: LeaderTerm | None, successor: User, effective_on: date
) -> None:
    """Asked at every step: between two of them people are suspended, appointed and assigned."""
    if effective_on < clock.today():
        raise HandoverInPast
    if present is not None and present.user_id == successor.id:
        raise HandoverToOneself
    hold_person(successor)
    if present is not None and effective_on <= present.starts_on:
        raise HandoverTooEarly(present.starts_on)
    check_leads_alone(successor, partnership, effective_on)
    check_reviews_others(successor, partnership, clock.today())  # whoever advises today would confirm it
    for term in terms_between(partnership, effective_on):
        if present is not None and term.id == present.id:
            continue
        if term.kind is TermKind.LEADER:
            raise SecondLeader
        if term.user_id == successor.id and term.starts_on >= effective_on:
            raise AlreadyInOffice(successor.name, term.starts_on)


def _check_free(partnership: Partnership) -> None:
    under_way = open_handover_of(partnership)
    if under_way is not None:
        raise HandoverUnderWay(under_way.to_user.name)


def _hold(handover: LeaderHandover) -> None:
    """Alone with the partnership, and the hand-over as whoever came before left it."""
    hold(handover.partnership)
    db.session.refresh(handover)


def _move(handover: LeaderHandover, action: HandoverAction) -> None:
    """The step must be possible, and in time."""
    _hold(handover)
    HANDOVER_WORKFLOW.after(action, handover.status)
    if handover.is_overdue(clock.today()):
        raise HandoverOverdue


def _remember(
    event: PartnershipEvent,
    handover: LeaderHandover,
    *,
    actor: User,
    reason: str = "",
    on_behalf_of: User | None = None,
) -> None:
    audit.record(
        event,
        handover,
        actor=actor,
        on_behalf_of=on_behalf_of,
        personal=said(handover.to_user.name, reason),
        user_id=handover.to_user_id,
        effective_on=iso(handover.effective_on),
    )
