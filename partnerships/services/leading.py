"""Who leads a partnership and who may act for the leader."""

from datetime import date, timedelta

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from core.i18n import DEFAULT_LANGUAGE, _, in_language
from partnerships import notices
from partnerships.errors import (
    AlreadyInOffice,
    BeforeFounding,
    BeginsInPast,
    EndsInPast,
    HandoverUnderWay,
    OnlyDeputies,
    ReasonMissing,
    SecondLeader,
    TermOver,
    TermTakenBack,
)
from partnerships.events import PartnershipEvent
from partnerships.handovers.queries import open_handover_of
from partnerships.models import LeaderTerm, Organisation, Partnership, TermKind
from partnerships.queries import terms_between
from partnerships.services.members import ensure_member
from partnerships.services.shared import (
    check_days,
    check_leads_alone,
    check_reviews_others,
    forget_term,
    hold,
    hold_person,
    iso,
    record_term_ended,
    said,
    wait_for_person,
)
from partnerships.services.taking_over import drop_handover
from programme.queries import the_programme


def appoint_leader(
    partnership: Partnership,
    user: User,
    *,
    starts_on: date,
    organisation: Organisation | None = None,
    actor: User,
) -> LeaderTerm:
    """Make a person the leader from a day on. Their own organisation counts as a member."""
    hold(partnership)
    _check_first_day(partnership, starts_on, actor)
    if _had_leader(partnership):
        _check_founded(partnership, starts_on)
    hold_person(user)
    terms = terms_between(partnership, starts_on)
    if any(term.kind is TermKind.LEADER for term in terms):
        raise SecondLeader
    check_leads_alone(user, partnership, starts_on)
    check_reviews_others(user, partnership, starts_on)
    _no_longer_deputy(terms, user, starts_on, actor)
    drop_handover_of_appointed(partnership, actor)

    with refusing(SecondLeader):
        term = LeaderTerm(
            partnership=partnership,
            user=user,
            kind=TermKind.LEADER,
            starts_on=starts_on,
            organisation=organisation,
        )
        db.session.add(term)
    audit.record(
        PartnershipEvent.LEADER_APPOINTED,
        term,
        actor=actor,
        personal=said(user.name, None),
        user_id=user.id,
        before={},
        after={"starts_on": iso(starts_on)},
    )
    if organisation is not None:
        ensure_member(partnership, organisation, role="leader", joined_on=starts_on, actor=actor)
    notices.tell_leader_appointed(term, actor=actor)
    return term


def drop_handover_of_appointed(partnership: Partnership, actor: User) -> None:
    """Somebody else is to lead now. The reason is kept, so it is not in the language of who happens to appoint."""
    with in_language(DEFAULT_LANGUAGE):
        reason = _("The programme office has appointed a leader.")
    drop_handover(partnership, reason=reason, actor=actor)


def _no_longer_deputy(terms: list[LeaderTerm], user: User, starts_on: date, actor: User) -> None:
    """A deputy who becomes the leader is deputy until the day before."""
    for term in terms:
        if term.user_id != user.id:
            continue
        if term.starts_on >= starts_on:
            raise AlreadyInOffice(user.name, term.starts_on)
        before, term.ends_on = term.ends_on, starts_on - timedelta(days=1)
        record_term_ended(term, before, reason=None, actor=actor)
    db.session.flush()


def appoint_deputy(
    partnership: Partnership,
    user: User,
    *,
    starts_on: date,
    ends_on: date | None = None,
    can_submit: bool,
    can_publish: bool,
    actor: User,
) -> LeaderTerm:
    """Let a person work on the plans with the leader; to submit and to publish are separate rights."""
    check_days(starts_on, ends_on)
    hold(partnership)
    _check_first_day(partnership, starts_on, actor)
    _check_founded(partnership, starts_on)
    hold_person(user)
    check_reviews_others(user, partnership, starts_on, ends_on)
    for term in terms_between(partnership, starts_on, ends_on):
        if term.user_id == user.id:
            raise AlreadyInOffice(user.name, term.starts_on)

    with refusing(lambda: AlreadyInOffice(user.name, starts_on)):
        term = LeaderTerm(
            partnership=partnership,
            user=user,
            kind=TermKind.DEPUTY,
            starts_on=starts_on,
            ends_on=ends_on,
            can_submit=can_submit,
            can_publish=can_publish,
        )
        db.session.add(term)
    audit.record(
        PartnershipEvent.DEPUTY_APPOINTED,
        term,
        actor=actor,
        personal=said(user.name, None),
        user_id=user.id,
        before={},
        after={"starts_on": iso(starts_on), **deputy_facts(term)},
    )
    notices.tell_deputy_appointed(term, actor=actor)
    return term


def change_deputy(
    term: LeaderTerm, *, ends_on: date | None, can_submit: bool, can_publish: bool, actor: User
) -> None:
    """Give a deputy more rights or fewer, or another last day. What they did with the old ones stays."""
    _hold(term)
    if term.kind is not TermKind.DEPUTY:
        raise OnlyDeputies
    if term.ends_on is not None and term.ends_on < clock.today():
        raise TermOver(term.ends_on)
    check_days(max(term.starts_on, clock.today()), ends_on)
    _check_alone(term, ends_on)
    _check_new_days(term, ends_on)
    before, wanted = deputy_facts(term), (iso(ends_on), can_submit, can_publish)
    after = dict(zip(before, wanted, strict=True))
    if before == after:
        return
    with refusing(lambda: AlreadyInOffice(term.user.name, term.starts_on)):
        term.ends_on, term.can_submit, term.can_publish = ends_on, can_submit, can_publish
    audit.record(
        PartnershipEvent.DEPUTY_CHANGED,
        term,
        actor=actor,
        personal=said(term.user.name, None),
        user_id=term.user_id,
        before={name: value for name, value in before.items() if value != after[name]},
        after={name: value for name, value in after.items() if value != before[name]},
    )
    notices.tell_deputy_changed(term, actor=actor)


def _check_first_day(partnership: Partnership, starts_on: date, actor: User) -> None:
    """The office records what was; a leader decides from today on. A day that is over makes evidence of attendances."""
    today = clock.today()
    if starts_on < today and actor.id in partnership.term_editors(today):
        raise BeginsInPast


def _check_founded(partnership: Partnership, starts_on: date) -> None:
    """Not asked of the first leader, who brings the members together before there is an agreement."""
    founded_on = partnership.founded_on
    if founded_on is not None and starts_on < founded_on:
        raise BeforeFounding(founded_on)


def _had_leader(partnership: Partnership) -> bool:
    return any(term.kind is TermKind.LEADER for term in terms_between(partnership, date.min))


def _check_last_day(term: LeaderTerm, ends_on: date, actor: User, *, reason: str) -> None:
    """The same for a last day, but for yesterday: rights that end at once. Long ago the office says why."""
    today, settings = clock.today(), the_programme().settings
    if ends_on < today - timedelta(days=1) and actor.id in term.term_editors(today):
        raise EndsInPast
    if not reason and ends_on < today - timedelta(days=settings.backdate_reason_days):
        raise ReasonMissing


def deputy_facts(term: LeaderTerm) -> dict[str, str | bool | None]:
    return {"ends_on": iso(term.ends_on), "can_submit": term.can_submit, "can_publish": term.can_publish}


def _check_new_days(term: LeaderTerm, ends_on: date | None) -> None:
    """Fewer rights or days are never refused; of more days only those are asked about."""
    known = term.ends_on
    if known is not None and (ends_on is None or ends_on > known):
        wait_for_person(term.user)
        check_reviews_others(term.user, term.partnership, known + timedelta(days=1), ends_on)


def _check_alone(term: LeaderTerm, ends_on: date | None) -> None:
    """Made longer it must not reach into another term of the same person."""
    for other in terms_between(term.partnership, term.starts_on, ends_on):
        if other.user_id == term.user_id and other.id != term.id:
            raise AlreadyInOffice(term.user.name, other.starts_on)


def _hold(term: LeaderTerm) -> None:
    """Alone with the partnership, and the term as whoever came before left it, if they left it."""
    hold(term.partnership)
    if db.session.get(LeaderTerm, term.id, populate_existing=True) is None:
        raise TermTakenBack


def end_term(term: LeaderTerm, *, ends_on: date, reason: str, actor: User) -> None:
    """End a term with a last day. A partnership whose leader goes keeps its deputies and its plans.

    One that has not begun by then leaves no day behind, so it is taken back.
    """
    _hold(term)
    if term.is_to_come and ends_on < term.starts_on:
        _take_back(term, reason=reason, actor=actor)
        return
    if term.ends_on is not None and term.ends_on <= ends_on:
        raise TermOver(term.ends_on)
    check_days(term.starts_on, ends_on)
    _check_last_day(term, ends_on, actor, reason=reason)
    before, term.ends_on, term.end_reason = term.ends_on, ends_on, reason or None
    record_term_ended(term, before, reason=reason, actor=actor)
    notices.tell_term_ended(term, actor=actor)


def _take_back(term: LeaderTerm, *, reason: str, actor: User) -> None:
    """What a hand-over wrote, only that takes back."""
    handover = open_handover_of(term.partnership)
    if handover is not None and handover.to_term_id == term.id:
        raise HandoverUnderWay(handover.to_user.name)
    notices.tell_term_taken_back(term, reason=reason, actor=actor)
    forget_term(term, reason=reason, actor=actor)
