"""A partnership begins and ends."""

from datetime import date, timedelta

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from municipalities.models import Municipality
from partnerships import notices
from partnerships.behalf import acts_without_leader
from partnerships.closing import call_off_what_was_to_come
from partnerships.errors import (
    ClosedInFuture,
    ClosedTooEarly,
    FoundedInFuture,
    MunicipalityGone,
    PartnershipExists,
)
from partnerships.events import PartnershipEvent
from partnerships.models import Organisation, Partnership
from partnerships.queries import open_partnership_of, terms_between
from partnerships.services.leading import appoint_leader
from partnerships.services.members import settle_status
from partnerships.services.shared import forget_term, hold, iso, record_term_ended
from partnerships.services.taking_over import drop_handover
from partnerships.workflow import PARTNERSHIP_WORKFLOW, PartnershipAction, PartnershipStatus
from programme.queries import the_programme


def found_partnership(
    municipality: Municipality,
    *,
    name: str,
    founded_on: date | None,
    leader: User | None = None,
    leader_organisation: Organisation | None = None,
    actor: User,
) -> Partnership:
    """Enter a municipality's partnership: planned while it has no day of founding. There is only one at a time."""
    _check_founding(founded_on)
    if municipality.valid_to is not None and municipality.valid_to < clock.today():
        raise MunicipalityGone(municipality.valid_to)
    if open_partnership_of(municipality) is not None:
        raise PartnershipExists

    partnership = Partnership(
        programme_id=the_programme().id,
        municipality_id=municipality.id,
        name=name,
        founded_on=founded_on,
        status=PartnershipStatus.FORMING if founded_on else PartnershipStatus.PLANNED,
    )
    with refusing(PartnershipExists):
        db.session.add(partnership)
    event = PartnershipEvent.FOUNDED if founded_on else PartnershipEvent.PLANNED
    after = {"founded_on": iso(founded_on)}
    audit.record(event, partnership, actor=actor, note=name, before={}, after=after)
    if leader is not None:
        starts_on = founded_on or clock.today()
        appoint_leader(
            partnership, leader, starts_on=starts_on, organisation=leader_organisation, actor=actor
        )
    return partnership


def record_founding(partnership: Partnership, *, name: str, founded_on: date | None, actor: User) -> None:
    """Keep the name and the day of founding. With its first day a planned partnership is forming."""
    _check_founding(founded_on)
    hold(partnership)
    founded_on = founded_on or partnership.founded_on
    before = {"name": partnership.name, "founded_on": iso(partnership.founded_on)}
    after = {"name": name, "founded_on": iso(founded_on)}
    if before == after:
        return
    first_day = partnership.founded_on is None and founded_on is not None
    partnership.name, partnership.founded_on = name, founded_on
    if first_day:
        partnership.status = PARTNERSHIP_WORKFLOW.after(PartnershipAction.FOUND, partnership.status)
    event = PartnershipEvent.FOUNDED if first_day else PartnershipEvent.RENAMED
    renaming = f"{before['name']} → {name}" if before["name"] != name else None
    audit.record(
        event,
        partnership,
        actor=actor,
        on_behalf_of=acts_without_leader(partnership, actor),
        before=before,
        after=after,
        note=renaming,
    )
    settle_status(partnership, actor=actor)


def close_partnership(partnership: Partnership, *, closed_on: date, reason: str, actor: User) -> None:
    """End it, with the terms of those who lead it and whatever was still to come there. Its municipality may found another one."""
    hold(partnership)
    if closed_on > clock.today():
        raise ClosedInFuture
    if partnership.founded_on is not None and closed_on < partnership.founded_on:
        raise ClosedTooEarly(partnership.founded_on)
    told = notices.people_of(partnership)
    call_off_what_was_to_come(partnership, reason=reason, actor=actor)
    drop_handover(partnership, reason=reason, actor=actor)
    told += _to_begin(partnership)
    partnership.status = PARTNERSHIP_WORKFLOW.after(PartnershipAction.CLOSE, partnership.status)
    partnership.closed_on = closed_on
    _end_terms(partnership, closed_on, reason=reason, actor=actor)
    audit.record(
        PartnershipEvent.CLOSED,
        partnership,
        actor=actor,
        personal={"reason": reason},
        before={"closed_on": None},
        after={"closed_on": iso(closed_on)},
    )
    notices.tell_closed(partnership, told, reason=reason, actor=actor)


def _to_begin(partnership: Partnership) -> list[User]:
    """Who was to lead or to help from a later day on."""
    return [term.user for term in terms_between(partnership, clock.today()) if term.is_to_come]


def _end_terms(partnership: Partnership, closed_on: date, *, reason: str, actor: User) -> None:
    """One that has not begun leaves no day behind."""
    for term in terms_between(partnership, closed_on + timedelta(days=1)):
        if term.is_to_come:
            forget_term(term, reason=reason, actor=actor)
            continue
        before, term.ends_on = term.ends_on, max(term.starts_on, closed_on)
        record_term_ended(term, before, reason=reason, actor=actor)


def _check_founding(founded_on: date | None) -> None:
    if founded_on is not None and founded_on > clock.today():
        raise FoundedInFuture
