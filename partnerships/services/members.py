"""The organisations that belong to a partnership."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from core.text import clean
from municipalities.models import Municipality
from partnerships.behalf import acts_without_leader
from partnerships.errors import (
    AlreadyLeft,
    AlreadyMember,
    BelongedThen,
    JoinedInFuture,
    LeftBeforeJoining,
    LeftInFuture,
    NotLeftYet,
)
from partnerships.events import PartnershipEvent
from partnerships.models import Organisation, Partnership, PartnershipMember
from partnerships.organisations.errors import OrganisationOver
from partnerships.queries import count_members, is_member, memberships_between, organisations_of
from partnerships.services.shared import hold, iso
from partnerships.workflow import PARTNERSHIP_WORKFLOW, PartnershipAction, PartnershipStatus
from programme.queries import the_programme


def organisation_in(municipality: Municipality, *, name: str, org_type: str) -> Organisation:
    """The organisation of this name in the municipality, entered now if nobody has done so yet."""
    wanted = clean(name)
    for known in organisations_of(municipality):
        if known.name.casefold() == wanted.casefold():
            return known
    organisation = Organisation(name=wanted, org_type=org_type, municipality_id=municipality.id)
    db.session.add(organisation)
    db.session.flush()
    return organisation


def add_member(
    partnership: Partnership,
    organisation: Organisation,
    *,
    role: str,
    contribution: Sequence[str] = (),
    contact_function: str | None = None,
    contact_email: str | None = None,
    joined_on: date,
    actor: User,
) -> PartnershipMember:
    """An organisation joins. With enough members a founded partnership is active."""
    check_days_of_member(joined_on)
    if organisation.ended_on is not None and organisation.ended_on < joined_on:
        raise OrganisationOver(organisation.name, organisation.ended_on)
    hold(partnership)
    for other in memberships_between(partnership, organisation, joined_on)[:1]:
        raise AlreadyMember if other.left_on is None else BelongedThen(other.joined_on, other.left_on)
    with refusing(AlreadyMember):
        member = PartnershipMember(
            partnership=partnership,
            organisation=organisation,
            role=role,
            contribution=list(contribution),
            contact_function=contact_function or None,
            contact_email=contact_email or None,
            joined_on=joined_on,
        )
        db.session.add(member)
    audit.record(
        PartnershipEvent.MEMBER_JOINED,
        member,
        actor=actor,
        on_behalf_of=acts_without_leader(partnership, actor),
        note=organisation.name,
        before={},
        after=facts_of_joining(member),
        personal=_contact(member),
    )
    settle_status(partnership, actor=actor)
    return member


def facts_of_joining(member: PartnershipMember) -> dict[str, Any]:
    """What the history says of a new member."""
    return {
        "role": member.role,
        "contribution": list(member.contribution),
        "joined_on": iso(member.joined_on),
    }


def _contact(member: PartnershipMember) -> dict[str, Any] | None:
    """Where somebody is reached is kept apart, so that it can be erased."""
    after = {"contact_function": member.contact_function, "contact_email": member.contact_email}
    return {"after": after} if any(after.values()) else None


def check_days_of_member(joined_on: date, left_on: date | None = None) -> None:
    """What happened has happened, and in this order. Files that bring members are held to the same."""
    today = clock.today()
    if left_on is None and joined_on > today:
        raise JoinedInFuture
    if left_on is not None and left_on < joined_on:
        raise LeftBeforeJoining(joined_on)
    if left_on is not None and left_on > today:
        raise LeftInFuture


def ensure_member(
    partnership: Partnership, organisation: Organisation, *, role: str, joined_on: date, actor: User
) -> None:
    """Make an organisation a member unless it is one: from then on, or since it left. One that leaves with today stays,
    and one that is no more joins nothing.
    """
    if organisation.ended_on is not None or is_member(partnership, organisation):
        return
    day = min(joined_on, clock.today())
    for former in memberships_between(partnership, organisation, day)[:1]:
        day = max(day, former.left_on or day) + timedelta(days=1)
        if day > clock.today():
            _set_last_day(former, None, actor=actor)
            return
    add_member(partnership, organisation, role=role, joined_on=day, actor=actor)


def change_member(
    member: PartnershipMember,
    *,
    role: str,
    contribution: Sequence[str],
    contact_function: str | None,
    contact_email: str | None,
    actor: User,
) -> None:
    """Keep what an organisation does in the partnership and whom to write to there."""
    _hold(member)
    if member.left_on is not None:
        raise AlreadyLeft(member.left_on)
    wanted = {
        "role": role,
        "contribution": list(contribution),
        "contact_function": contact_function or None,
        "contact_email": contact_email or None,
    }
    before = {field: getattr(member, field) for field in wanted}
    changed = [field for field, value in wanted.items() if before[field] != value]
    for field in changed:
        setattr(member, field, wanted[field])
    if changed:
        plain, contact = ("role", "contribution"), ("contact_function", "contact_email")
        said = {
            side: {field: of[field] for field in contact if field in changed}
            for side, of in (("before", before), ("after", wanted))
        }
        audit.record(
            PartnershipEvent.MEMBER_CHANGED,
            member,
            actor=actor,
            on_behalf_of=acts_without_leader(member.partnership, actor),
            note=member.organisation.name,
            before={field: before[field] for field in plain if field in changed},
            after={field: wanted[field] for field in plain if field in changed},
            personal=said if said["after"] else None,
        )


def _hold(member: PartnershipMember) -> None:
    """Alone with the partnership, and the member as whoever came before left it."""
    hold(member.partnership)
    db.session.refresh(member)


def member_left(member: PartnershipMember, *, left_on: date, actor: User) -> None:
    """An organisation leaves; what it did until then stays."""
    _hold(member)
    if member.left_on is not None:
        raise AlreadyLeft(member.left_on)
    check_days_of_member(member.joined_on, left_on)
    member.left_on = left_on
    audit.record(
        PartnershipEvent.MEMBER_LEFT,
        member,
        actor=actor,
        on_behalf_of=acts_without_leader(member.partnership, actor),
        note=member.organisation.name,
        before={"left_on": None},
        after={"left_on": iso(left_on)},
    )


def correct_last_day(member: PartnershipMember, *, left_on: date, actor: User) -> None:
    """The last day of a former member was written down wrong."""
    _hold(member)
    before = member.left_on
    if before is None:
        raise NotLeftYet
    check_days_of_member(member.joined_on, left_on)
    organisation = member.organisation
    if organisation.ended_on is not None and organisation.ended_on < left_on:
        raise OrganisationOver(organisation.name, organisation.ended_on)
    for other in memberships_between(member.partnership, organisation, member.joined_on, left_on):
        if other.id != member.id:
            raise BelongedThen(other.joined_on, other.left_on)
    if left_on != before:
        _set_last_day(member, left_on, actor=actor)


def _set_last_day(member: PartnershipMember, left_on: date | None, *, actor: User) -> None:
    before, member.left_on = member.left_on, left_on
    audit.record(
        PartnershipEvent.MEMBER_CHANGED,
        member,
        actor=actor,
        on_behalf_of=acts_without_leader(member.partnership, actor),
        note=member.organisation.name,
        before={"left_on": iso(before)},
        after={"left_on": iso(left_on)},
    )


def settle_status(partnership: Partnership, *, actor: User) -> None:
    """A founded partnership is active from the moment it has enough members."""
    if partnership.status is not PartnershipStatus.FORMING:
        return
    members = count_members(partnership)
    if members < the_programme().settings.min_members:
        return
    partnership.status = PARTNERSHIP_WORKFLOW.after(PartnershipAction.COMPLETE, partnership.status)
    audit.record(
        PartnershipEvent.ACTIVE,
        partnership,
        actor=actor,
        on_behalf_of=acts_without_leader(partnership, actor),
        members=members,
    )
