"""What every verb on a partnership needs: to be alone with it, and to know that it is open."""

from datetime import date

from sqlalchemy import select

from accounts.models import User
from core import audit
from core.database import db
from municipalities.models import Municipality
from partnerships.errors import (
    AdvisesHere,
    EndBeforeStart,
    LeadsElsewhere,
    PartnershipClosed,
    PersonSuspended,
)
from partnerships.events import PartnershipEvent
from partnerships.models import LeaderTerm, Partnership
from partnerships.queries import advises_between, leads_elsewhere

WAIT_FOR_OTHERS = {"key_share": True}
"""A lock that lets rows still refer to the record. SQLite needs none: there a writer is alone anyway."""


def hold(partnership: Partnership) -> None:
    """Wait for whoever else changes this partnership, and see it as they left it.

    The order in which all wait, or two might wait for each other: municipalities, partnerships, people; several of
    one kind by number.

    Terms and assignments with a last day may not overlap either, and for that no unique index can stand in.
    """
    fresh = ["status", "founded_on", "closed_on", "row_version"]
    db.session.refresh(partnership, attribute_names=fresh, with_for_update=WAIT_FOR_OTHERS)
    if not partnership.is_open:
        raise PartnershipClosed


def hold_municipality(municipality: Municipality) -> None:
    held = select(Municipality.id).where(Municipality.id == municipality.id)
    db.session.execute(held.with_for_update(key_share=True))


def hold_person(person: User) -> None:
    """The same for somebody who is to lead, to help or to advise: what somebody else makes of them waits meanwhile.

    After the municipality and the partnership, see ``hold``.
    """
    wait_for_person(person)
    if not person.is_active:
        raise PersonSuspended


def wait_for_person(person: User) -> None:
    """Also where their account is suspended."""
    db.session.refresh(person, attribute_names=["is_active"], with_for_update=WAIT_FOR_OTHERS)


def check_leads_alone(person: User, partnership: Partnership, first: date) -> None:
    """Nobody leads two partnerships. Asked after ``hold_person``, or both may be given at the same moment."""
    if leads_elsewhere(person, partnership, first):
        raise LeadsElsewhere


def check_reviews_others(
    person: User, partnership: Partnership, first: date, last: date | None = None
) -> None:
    """Who reviews the plans of a municipality writes none of them: nobody else could decide about these."""
    if advises_between(person, partnership, first, last):
        raise AdvisesHere(person.name)


def check_person(person: User) -> None:
    if not person.is_active:
        raise PersonSuspended(person.name)


def check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise EndBeforeStart(starts_on)


def said(name: str, reason: str | None) -> dict[str, str]:
    """What the history shows beside an event: whom it is about and, if somebody said so, why."""
    return {"note": f"{name}: {reason}" if reason else name}


def iso(value: date | None) -> str | None:
    """As the history keeps a day."""
    return value.isoformat() if value else None


def record_term_ended(
    term: LeaderTerm,
    before: date | None,
    *,
    event: PartnershipEvent = PartnershipEvent.TERM_ENDED,
    reason: str | None,
    actor: User | None,
) -> None:
    """``before``: the last day it had until now."""
    audit.record(
        event,
        term,
        actor=actor,
        personal=said(term.user.name, reason),
        user_id=term.user_id,
        kind=str(term.kind),
        before={"ends_on": iso(before)},
        after={"ends_on": iso(term.ends_on)},
    )


def record_term_taken_back(term: LeaderTerm, *, reason: str | None, actor: User | None) -> None:
    """Asked before it is deleted: the history keeps what it said."""
    audit.record(
        PartnershipEvent.TERM_TAKEN_BACK,
        term,
        actor=actor,
        personal=said(term.user.name, reason),
        user_id=term.user_id,
        kind=str(term.kind),
        before={"starts_on": iso(term.starts_on), "ends_on": iso(term.ends_on)},
        after={},
    )


def forget_term(term: LeaderTerm, *, reason: str | None, actor: User | None) -> None:
    """As if it had never been meant; the history keeps what it said."""
    record_term_taken_back(term, reason=reason, actor=actor)
    db.session.delete(term)
    db.session.flush()
    db.session.expire(term.partnership, ["terms"])
