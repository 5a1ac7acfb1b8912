"""Who is told what about a partnership. Every mail says what to do next; each is promised once."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from core import clock, mail
from municipalities.models import Municipality, MunicipalityChange
from partnerships.changes.succession import Course
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership


def people_of(partnership: Partnership) -> list[User]:
    """Who leads it, helps to, or advises it today."""
    today = clock.today()
    leader, animator = partnership.leader(today), partnership.animator(today)
    return [person for person in (leader, *partnership.deputies(today), animator) if person is not None]


def everybody_around(partnership: Partnership) -> list[User]:
    """Those of today, and those who are to begin."""
    to_come = partnership.to_come(clock.today())
    return list({one.id: one for one in [*people_of(partnership), *(one.user for one in to_come)]}.values())


def tell_leader_appointed(term: LeaderTerm, *, actor: User) -> None:
    context = {"term": term, "partnership": term.partnership}
    _tell([term.user], "you_lead", f"{term.id}", actor, **context)
    others = [person for person in people_of(term.partnership) if person.id != term.user_id]
    _tell(others, "new_leader", f"{term.id}", actor, **context)


def tell_deputy_appointed(term: LeaderTerm, *, actor: User) -> None:
    context = {"term": term, "partnership": term.partnership}
    _tell([term.user], "you_deputise", f"{term.id}", actor, **context)
    leader = term.partnership.leader(clock.today())
    _tell([leader] if leader else [], "new_deputy", f"{term.id}", actor, **context)


def tell_deputy_changed(term: LeaderTerm, *, actor: User) -> None:
    """Each change is one of its own; the leader learns of what the office changed."""
    context = {"term": term, "partnership": term.partnership}
    leader = term.partnership.leader(clock.today())
    people = [term.user, *([leader] if leader else [])]
    _tell(people, "deputy_changed", f"{term.id}:{clock.now().isoformat()}", actor, **context)


def tell_term_ended(term: LeaderTerm, *, actor: User) -> None:
    _tell_of_end(term, f"{term.id}:{term.ends_on}", reason=term.end_reason, is_taken_back=False, actor=actor)


def tell_term_taken_back(term: LeaderTerm, *, reason: str, actor: User) -> None:
    """Whoever was to begin, and the others, who may have counted on them."""
    _tell_of_end(term, f"{term.id}:taken-back", reason=reason, is_taken_back=True, actor=actor)


def _tell_of_end(term: LeaderTerm, key: str, *, reason: str | None, is_taken_back: bool, actor: User) -> None:
    context = {
        "term": term,
        "partnership": term.partnership,
        "reason": reason,
        "is_taken_back": is_taken_back,
    }
    _tell([term.user], "your_term_ends", key, actor, **context)
    others = [person for person in people_of(term.partnership) if person.id != term.user_id]
    _tell(others, "term_ends", key, actor, **context)


def tell_assigned(
    assignment: AnimatorAssignment,
    municipality: Municipality,
    partnership: Partnership | None,
    former: AnimatorAssignment | None,
    *,
    actor: User,
) -> None:
    """``former``: whoever makes way for good, or is covered for."""
    context = {"assignment": assignment, "municipality": municipality, "partnership": partnership}
    _tell([assignment.animator], "you_advise", f"{assignment.id}", actor, **context)
    if former is not None:
        what = "you_are_covered" if assignment.kind is AssignmentKind.COVER else "you_no_longer_advise"
        _tell([former.animator], what, f"{assignment.id}", actor, **context)
    if partnership is not None:
        today = clock.today()
        leader = partnership.leader(today)
        authors = [*([leader] if leader else []), *partnership.deputies(today)]
        _tell(authors, "new_animator", f"{assignment.id}", actor, **context)


def tell_taken_back(
    given_up: Sequence[AnimatorAssignment],
    municipality: Municipality,
    *,
    in_favour_of: AnimatorAssignment,
    actor: User,
) -> None:
    """Whoever was to begin, and will not."""
    for one in given_up:
        _tell(
            [one.animator],
            "assignment_taken_back",
            f"{one.id}:{in_favour_of.id}",
            actor,
            assignment=one,
            municipality=municipality,
            instead=in_favour_of.animator,
        )


def tell_assignment_ends(
    assignment: AnimatorAssignment,
    municipality: Municipality,
    partnership: Partnership | None,
    *,
    ends_on: date,
    reason: str | None,
    actor: User,
) -> None:
    """The animator, and whoever has none from then on or gets their own back."""
    first = max(ends_on + timedelta(days=1), assignment.starts_on)  # a day without this assignment
    follows = partnership.assignment(first) if partnership is not None else None
    context = {
        "assignment": assignment,
        "municipality": municipality,
        "partnership": partnership,
        "ends_on": ends_on,
        "is_taken_back": ends_on < assignment.starts_on,
        "reason": reason,
        "follows": follows,
    }
    key = f"{assignment.id}:{ends_on}"
    _tell([assignment.animator], "your_assignment_ends", key, actor, **context)
    if partnership is not None:
        leader = partnership.leader(clock.today())
        authors = [*([leader] if leader else []), *partnership.deputies(clock.today())]
        _tell([*authors, *([follows.animator] if follows else [])], "assignment_ends", key, actor, **context)


def tell_closed(partnership: Partnership, people: Iterable[User], *, reason: str, actor: User) -> None:
    _tell(people, "closed", f"{partnership.id}", actor, partnership=partnership, reason=reason)


def tell_followed(
    change: MunicipalityChange, decided: Course, people: Iterable[User], *, actor: User | None
) -> None:
    """Everybody around partnerships that merged, moved or closed: what became of theirs, in one mail."""
    successor = decided.successor
    leader = successor.leader(clock.today()) if successor else None
    _tell(
        [*people, *([leader] if leader else [])],
        "followed",
        f"{change.id}:{change.row_version}",
        actor,
        change=change,
        partnership=successor,
        successor=successor,
        leader=leader,
        merged=decided.merged,
    )


def tell_change_undone(
    change: MunicipalityChange, partnerships: Sequence[Partnership], *, actor: User | None
) -> None:
    """Those who heard of it when it was applied: in one mail, whichever of the partnerships are theirs again."""
    theirs: dict[User, list[Partnership]] = {}
    for partnership in partnerships:
        for person in everybody_around(partnership):
            theirs.setdefault(person, []).append(partnership)
    for person, own in theirs.items():
        _tell([person], "change_undone", f"{change.id}", actor, change=change, partnerships=own)


def _tell(people: Iterable[User], what: str, about: str, actor: User | None, **context: Any) -> None:
    """One mail to each person but the one who did it; nobody did what an official file says."""
    for person in {person.id: person for person in people}.values():
        if actor is not None and person.id == actor.id:
            continue
        mail.queue(
            person,
            f"partnerships/mail/{what}",
            dedupe_key=f"partnership-{what}:{about}:{person.id}",
            reply_to=actor.mail_address if actor else None,
            actor=actor,
            **context,
        )
