"""Deputies of a partnership that merges help on where it goes on, until the day agreed with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from core import audit, clock
from core.database import db
from municipalities.journal import Journal
from partnerships.changes.advising import assignments_at, share_days
from partnerships.changes.succession import Course
from partnerships.events import PartnershipEvent
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.services.leading import deputy_facts
from partnerships.services.shared import iso, said

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Helping:
    """A deputy of a partnership that merges. The rights to submit and publish are the new leader's to give."""

    user: User
    starts_on: date
    ends_on: date | None
    organisation_id: int | None


def those_who_help_on(decided: Course) -> list[Helping]:
    """Asked before their terms are ended."""
    advising = those_who_advise(decided)
    return [one for one in _deputies(decided.merged) if one not in advising]


def those_who_advise(decided: Course) -> list[Helping]:
    """Deputies who would help with plans that they review."""
    there = assignments_at([decided.municipality_id])
    return [
        one
        for one in _deputies(decided.merged)
        if any(advises.animator_id == one.user.id and share_days(advises, one) for advises in there)
    ]


def _deputies(merged: Iterable[Partnership]) -> list[Helping]:
    """With their days as agreed."""
    today = clock.today()
    return [
        Helping(term.user, max(today, term.starts_on), term.ends_on, term.organisation_id)
        for partnership in merged
        for term in partnership.terms
        if term.kind is TermKind.DEPUTY
        and (term.ends_on is None or term.ends_on >= today)
        and term.user.is_active
    ]


def deputies_help(
    helping: Sequence[Helping],
    target: Partnership,
    leader: User | None,
    journal: Journal,
    *,
    actor: User | None,
) -> None:
    """They go on working on the plans. Whoever leads or helps here on some of those days does so once."""
    known = list(target.terms)
    for one in helping:
        if leader is not None and one.user.id == leader.id:
            continue
        for first, last in list(_days_left(one, [term for term in known if term.user_id == one.user.id])):
            term = LeaderTerm(
                partnership_id=target.id, user_id=one.user.id, kind=TermKind.DEPUTY, starts_on=first,
                ends_on=last, organisation_id=one.organisation_id,
            )  # fmt: skip
            known.append(term)
            _appoint(term, journal, actor=actor)
    db.session.expire(target, ["terms"])


def _days_left(one: Helping, taken: Iterable[LeaderTerm]) -> Iterator[tuple[date, date | None]]:
    """First and last day of each time on which none of the others holds."""
    first, last = one.starts_on, one.ends_on or date.max
    for term in sorted(taken, key=lambda term: term.starts_on):
        if term.starts_on > last:
            break
        if term.starts_on > first:
            yield first, term.starts_on - ONE_DAY
        if term.ends_on is None:
            return
        first = max(first, term.ends_on + ONE_DAY)
    if first <= last:
        yield first, one.ends_on


def _appoint(term: LeaderTerm, journal: Journal, *, actor: User | None) -> None:
    journal.add(term)
    journal.settle()
    audit.record(
        PartnershipEvent.DEPUTY_APPOINTED, term, actor=actor, personal=said(term.user.name, None),
        user_id=term.user_id, before={}, after={"starts_on": iso(term.starts_on), **deputy_facts(term)},
    )  # fmt: skip
