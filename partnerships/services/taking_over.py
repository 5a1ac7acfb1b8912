"""The terms of a hand-over: written when it is confirmed, taken back when it is called off, and the day itself."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from core import audit, clock
from core.database import db
from partnerships.errors import HandoverInForce
from partnerships.events import PartnershipEvent
from partnerships.handovers import notices
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.open_work import move_open_work
from partnerships.handovers.queries import open_handover_of
from partnerships.handovers.workflow import HANDOVER_WORKFLOW, HandoverAction, HandoverStatus
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.queries import advises_between, leads_elsewhere, terms_between
from partnerships.services.members import ensure_member
from partnerships.services.shared import forget_term, hold, iso, record_term_ended, said, wait_for_person


def write_terms(handover: LeaderHandover, *, actor: User) -> None:
    """The former leader's term, and a deputy's who becomes leader, end the day before; the new one begins."""
    day_before = handover.effective_on - timedelta(days=1)
    before: dict[str, Any] = {}
    for term in terms_between(handover.partnership, handover.effective_on):
        if term.id != handover.from_term_id and term.user_id != handover.to_user_id:
            continue
        last_day, term.ends_on = term.ends_on, day_before
        before[str(term.id)] = iso(last_day)
        record_term_ended(term, last_day, reason=None, actor=actor)
    db.session.flush()  # before the new one, or for a moment there would be two
    new = LeaderTerm(
        partnership=handover.partnership,
        user=handover.to_user,
        kind=TermKind.LEADER,
        starts_on=handover.effective_on,
        organisation=handover.organisation,
    )
    db.session.add(new)
    handover.to_term, handover.before, handover.status = new, before, HandoverStatus.CONFIRMED


def finish_handover(handover: LeaderHandover) -> bool:
    """On its day: what is open moves, and both get one mail with the list. False where there is nothing to do (any more)."""
    hold(handover.partnership)
    db.session.refresh(handover)
    if not handover.is_in_force(clock.today()):
        return False
    if not handover.to_user.is_active:
        _fail(handover)
        return True
    partnership, former = handover.partnership, handover.from_user
    handover.status = HANDOVER_WORKFLOW.after(HandoverAction.FINISH, handover.status)
    handover.ended_at, handover.ended_how = clock.now(), HandoverAction.FINISH
    if handover.organisation is not None and handover.confirmed_by is not None:
        ensure_member(
            partnership,
            handover.organisation,
            role="leader",
            joined_on=handover.effective_on,
            actor=handover.confirmed_by,
        )
    work = move_open_work(partnership, former)
    _remember_done(handover, former, moved=len(work))
    db.session.expire(partnership, ["terms"])
    notices.tell_done(handover, former, work)
    return True


def _remember_done(handover: LeaderHandover, former: User | None, *, moved: int) -> None:
    names = [former.name] if former else []
    audit.record(
        PartnershipEvent.HANDOVER_DONE,
        handover,
        actor=None,
        personal={
            "note": " → ".join([*names, handover.to_user.name]),
            "before": {"leader": former.name if former else None},
            "after": {"leader": handover.to_user.name},
        },
        before={"leader_id": former.id if former else None},
        after={"leader_id": handover.to_user_id, "starts_on": iso(handover.effective_on)},
        moved=moved,
    )


def _fail(handover: LeaderHandover) -> None:
    """The account of the successor was suspended meanwhile: everything stays as it was."""
    _end(handover, HandoverAction.FAIL, PartnershipEvent.HANDOVER_FAILED, reason="", actor=None)


def called_off(
    handover: LeaderHandover,
    action: HandoverAction,
    event: PartnershipEvent,
    *,
    reason: str,
    actor: User | None,
    is_dropped: bool = False,
) -> None:
    """End it before its day, by whichever way: the terms are as they were before."""
    HANDOVER_WORKFLOW.after(action, handover.status)
    if handover.is_in_force(clock.today()):
        raise HandoverInForce(handover.effective_on)
    _end(handover, action, event, reason=reason, actor=actor, is_dropped=is_dropped)


def expire_handover(handover: LeaderHandover) -> bool:
    """Nobody accepted or confirmed in time. False where it is not so (any more)."""
    hold(handover.partnership)
    db.session.refresh(handover)
    if not handover.is_overdue(clock.today()):
        return False
    _end(handover, HandoverAction.EXPIRE, PartnershipEvent.HANDOVER_EXPIRED, reason="", actor=None)
    return True


def drop_handover(partnership: Partnership, *, reason: str, actor: User | None) -> None:
    """Something else decides who leads from now on, or that nobody does. One in force is done first."""
    handover = open_handover_of(partnership)
    if handover is None or finish_handover(handover):
        return
    event = PartnershipEvent.HANDOVER_CANCELLED
    called_off(handover, HandoverAction.CANCEL, event, reason=reason, actor=actor, is_dropped=True)


def _take_terms_back(handover: LeaderHandover, *, actor: User | None) -> None:
    """Only what the confirmation wrote: a last day that somebody set since stays, and a term taken back stays away."""
    term, day_before = handover.to_term, handover.effective_on - timedelta(days=1)
    if term is None:
        return
    handover.to_term, handover.status = None, HandoverStatus.CANCELLED
    db.session.flush()
    db.session.delete(term)
    db.session.flush()  # the room must be free before the former term takes it again
    known = [
        (db.session.get(LeaderTerm, int(key), populate_existing=True), day)
        for key, day in handover.before.items()
    ]
    shortened = [(one, day) for one, day in known if one is not None and one.ends_on == day_before]
    for one, last_day in sorted(shortened, key=lambda pair: pair[0].user_id):
        _restore(one, handover.effective_on, date.fromisoformat(last_day) if last_day else None, actor=actor)
    handover.before = {}
    db.session.flush()
    db.session.expire(handover.partnership, ["terms"])


def _restore(term: LeaderTerm, first: date, last_day: date | None, *, actor: User | None) -> None:
    """Unless they lead another partnership from that day on, or advise this one: what was decided since counts.

    Whoever goes on does not help as well from the day on which they would have stopped.
    """
    wait_for_person(term.user)
    before, event = term.ends_on, PartnershipEvent.TERM_NOT_RESTORED
    if _is_free(term, first, last_day):
        for other in terms_between(term.partnership, first, last_day):
            if other.user_id == term.user_id:
                forget_term(other, reason=None, actor=actor)
        term.ends_on, event = last_day, PartnershipEvent.TERM_RESTORED
    record_term_ended(term, before, event=event, reason=None, actor=actor)


def _is_free(term: LeaderTerm, first: date, last: date | None) -> bool:
    leads = term.kind is TermKind.LEADER and leads_elsewhere(term.user, term.partnership, first, last)
    return not leads and not advises_between(term.user, term.partnership, first, last)


def _end(
    handover: LeaderHandover,
    action: HandoverAction,
    event: PartnershipEvent,
    *,
    reason: str,
    actor: User | None,
    is_dropped: bool = False,
) -> None:
    was = handover.status
    _take_terms_back(handover, actor=actor)
    expires = action is HandoverAction.EXPIRE
    handover.status = HandoverStatus.EXPIRED if expires else HandoverStatus.CANCELLED
    handover.ended_at, handover.ended_how, handover.ended_by = clock.now(), action, actor
    handover.end_reason = reason or None
    audit.record(
        event,
        handover,
        actor=actor,
        personal=said(handover.to_user.name, reason),
        user_id=handover.to_user_id,
        effective_on=iso(handover.effective_on),
        before={"effective_on": iso(handover.effective_on)},
        after={},
    )
    notices.tell_ended(handover, was, actor=actor, is_dropped=is_dropped)
