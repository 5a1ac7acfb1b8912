"""Who is told what about a hand-over. Whoever has to do something next is told so; both leaders get one mail at the end."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from accounts.models import User
from accounts.queries import office_people
from core import clock, mail
from core.reminders import Reminder
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.open_work import OpenWork
from partnerships.handovers.workflow import HandoverStatus
from programme.queries import the_programme


def tell_requested(handover: LeaderHandover, *, actor: User) -> None:
    """Whoever has no account yet is told in the invitation. A leader for whom the office asks is told as well."""
    successor, leader = handover.to_user, handover.from_user
    if successor.password_hash is not None:
        _tell([successor], "handover_asked", handover, actor)
    _tell([leader] if leader else [], "handover_asked_for_you", handover, actor)


def tell_accepted(handover: LeaderHandover, *, actor: User) -> None:
    _tell(_confirmers(handover), "handover_to_confirm", handover, actor)
    _tell(_askers(handover), "handover_accepted", handover, actor)


def reminders_of(handover: LeaderHandover) -> Iterator[Reminder]:
    """Whoever has to say something before it expires. Who has no account yet has an invitation with a day of its own."""
    is_accepted = handover.status is HandoverStatus.ACCEPTED
    if is_accepted:
        people = _confirmers(handover)
    else:
        people = [handover.to_user] if handover.to_user.password_hash is not None else []
    until = handover.effective_on if is_accepted else min(handover.answer_until, handover.effective_on)
    context = {
        "handover": handover,
        "partnership": handover.partnership,
        "is_accepted": is_accepted,
        "until": until,
    }
    for person in people:
        key = f"handover-waits:{handover.id}:{handover.status}:{person.id}"
        yield Reminder(person, "partnerships/mail/handover_waits", key, context)


def tell_confirmed(handover: LeaderHandover, *, actor: User) -> None:
    people = [handover.to_user, *_askers(handover), *handover.partnership.deputies(clock.today())]
    _tell(people, "handover_confirmed", handover, actor)


def tell_done(handover: LeaderHandover, former: User | None, work: Sequence[OpenWork]) -> None:
    """One mail to each of both, with the same list. The others learn who leads now, if the new leader still does."""
    today = clock.today()
    leads = handover.to_term is not None and handover.to_term.covers(today)
    _tell([handover.to_user] if leads else [], "handover_yours", handover, None, former=former, work=work)
    _tell([former] if former else [], "handover_over", handover, None, former=former, work=work)
    if not leads:
        return
    animator = handover.partnership.animator(today)
    others = [*handover.partnership.deputies(today), *([animator] if animator else [])]
    both = {handover.to_user_id, former.id if former else None}
    left = [person for person in others if person.id not in both]
    _tell(left, "new_leader", handover, None, term=handover.to_term)


def tell_ended(
    handover: LeaderHandover, was: HandoverStatus, *, actor: User | None, is_dropped: bool = False
) -> None:
    """Everybody who was waiting for it, and the office where nobody leads, or soon will. Dropped: what becomes of the
    partnership is decided elsewhere.
    """
    partnership = handover.partnership
    term = partnership.leader_term(clock.today())
    leads_on = partnership.leader(max(handover.effective_on, clock.today())) is not None
    people = [handover.to_user, *_askers(handover)]
    if was is not HandoverStatus.REQUESTED:
        people += _confirmers(handover)
    people += [] if leads_on or is_dropped else office_people()
    _tell(
        people,
        "handover_ended",
        handover,
        actor,
        leader=term.user if term else None,
        last_day=term.ends_on if term and not leads_on else None,
        is_dropped=is_dropped,
    )


def _confirmers(handover: LeaderHandover) -> Sequence[User]:
    """The animator of today; where there is none who may decide, the office."""
    animator = handover.partnership.deciding_animator(clock.today())
    return [animator] if animator else office_people()


def _askers(handover: LeaderHandover) -> list[User]:
    leader = handover.from_user
    return [handover.requested_by, *([leader] if leader else [])]


def _tell(
    people: Iterable[User], what: str, handover: LeaderHandover, actor: User | None, **context: Any
) -> None:
    """One mail to each person but the one who did it."""
    for person in {person.id: person for person in people if person.is_active}.values():
        if actor is not None and person.id == actor.id:
            continue
        mail.queue(
            person,
            f"partnerships/mail/{what}",
            dedupe_key=f"partnership-{what}:handover-{handover.id}:{person.id}",
            reply_to=actor.mail_address if actor else the_programme().contact_email or None,
            handover=handover,
            partnership=handover.partnership,
            actor=actor,
            **context,
        )
