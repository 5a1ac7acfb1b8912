"""What is kept about organisations, and their end. An organisation may belong to several partnerships."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.models import User
from accounts.roles import Role
from core import audit, clock
from core.database import db
from core.text import clean
from partnerships.behalf import acts_without_leader
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import attach, close_to, replace
from partnerships.models import Organisation, Partnership, PartnershipMember
from partnerships.organisations.errors import (
    BelongedLonger,
    EndedBeforeJoining,
    EndedInFuture,
    HasParts,
    MemberElsewhere,
    MissingPowerHolder,
    NoSuchParent,
    OrganisationOver,
    PartOfItself,
    PartsInCircle,
)
from partnerships.organisations.events import OrganisationEvent
from partnerships.organisations.registries import registry_number
from partnerships.queries import organisations_of
from partnerships.services.members import member_left
from partnerships.services.shared import hold_municipality, iso


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """Everything the page of an organisation asks for. Empty texts say nothing."""

    name: str
    org_type: str
    sector: str | None = None
    parent: Organisation | None = None
    address: str | None = None
    office_email: str | None = None
    website: str | None = None
    phone: str | None = None
    best_time: str | None = None
    registry_kind: str | None = None
    registry_no: str | None = None
    signatory_function: str | None = None
    signatory_name: str | None = None
    power_of_attorney: str | None = None


PERSONAL = ("phone", "best_time", "signatory_name", "power_of_attorney")
"""What tells of a person, and lies where it can be erased."""
_TEXTS = tuple(field.name for field in fields(OrganisationFacts) if field.name != "parent")


def change_organisation(organisation: Organisation, facts: OrganisationFacts, *, actor: User) -> None:
    """Keep what is known of an organisation, for every partnership it belongs to."""
    hold_municipality(organisation.municipality)
    _check_still_there(organisation)
    if facts.power_of_attorney and not facts.signatory_function:
        raise MissingPowerHolder
    _check_parent(organisation, facts.parent)
    wanted: dict[str, Any] = {name: clean(getattr(facts, name) or "") or None for name in _TEXTS}
    wanted["registry_no"] = registry_number(facts.registry_kind, facts.registry_no)
    before = {name: getattr(organisation, name) for name in _TEXTS} | {"parent": _name(organisation.parent)}
    for name, value in wanted.items():
        if getattr(organisation, name) != value:
            setattr(organisation, name, value)
    organisation.parent = facts.parent
    after = {**wanted, "parent": _name(facts.parent)}
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        _remember_change(organisation, changed, before, after, actor=actor)


def _remember_change(
    organisation: Organisation,
    changed: list[str],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    actor: User,
) -> None:
    plain = [name for name in changed if name not in PERSONAL]
    about_people = [name for name in changed if name in PERSONAL]
    audit.record(
        OrganisationEvent.CHANGED,
        organisation,
        actor=actor,
        note=organisation.name,
        before={name: before[name] for name in plain},
        after={name: after[name] for name in plain},
        personal={
            "before": {name: before[name] for name in about_people},
            "after": {name: after[name] for name in about_people},
        }
        if about_people
        else None,
    )


def parent_called(organisation: Organisation, name: str) -> Organisation | None:
    """The organisation of the same municipality that was named as the one above; None for an empty name."""
    wanted = clean(name).casefold()
    if not wanted:
        return None
    found = next(
        (one for one in organisations_of(organisation.municipality) if one.name.casefold() == wanted), None
    )
    if found is None:
        raise NoSuchParent
    return found


def _check_parent(organisation: Organisation, parent: Organisation | None) -> None:
    """A community room is a part of its culture centre, that of the municipality: never the other way round as well."""
    if parent is None:
        return
    if parent.id == organisation.id:
        raise PartOfItself
    if parent.municipality_id != organisation.municipality_id:
        raise NoSuchParent
    if parent.ended_on is not None:
        raise OrganisationOver(parent.name, parent.ended_on)
    rows = db.session.execute(
        select(Organisation.id, Organisation.parent_id).where(
            Organisation.municipality_id == organisation.municipality_id
        )
    )
    above: dict[int, int | None] = {row.id: row.parent_id for row in rows}
    step, seen = above.get(parent.id), {parent.id}
    while step is not None and step not in seen:
        if step == organisation.id:
            raise PartsInCircle(parent.name, organisation.name)
        seen.add(step)
        step = above.get(step)


def end_organisation(organisation: Organisation, *, ended_on: date, actor: User) -> None:
    """It no longer exists, and leaves every partnership it belongs to on that day. What it did until then stays."""
    hold_municipality(organisation.municipality)
    _check_still_there(organisation)
    if ended_on > clock.today():
        raise EndedInFuture
    part = db.session.scalar(
        select(Organisation).where(Organisation.parent_id == organisation.id, Organisation.ended_on.is_(None))
    )
    if part is not None:
        raise HasParts(part.name)
    memberships = _open_memberships(organisation)
    _check_memberships(memberships, ended_on, actor)
    _check_former_memberships(organisation, ended_on)
    for member in memberships:
        member_left(member, left_on=ended_on, actor=actor)
    organisation.ended_on = ended_on
    audit.record(
        OrganisationEvent.ENDED,
        organisation,
        actor=actor,
        note=organisation.name,
        before={"ended_on": None},
        after={"ended_on": iso(ended_on)},
    )


def _open_memberships(organisation: Organisation) -> list[PartnershipMember]:
    """In partnerships that are closed nothing changes any more."""
    found = db.session.scalars(
        select(PartnershipMember).where(
            PartnershipMember.organisation_id == organisation.id, PartnershipMember.left_on.is_(None)
        )
    )
    return [member for member in found if member.partnership.is_open]


def _check_memberships(memberships: list[PartnershipMember], ended_on: date, actor: User) -> None:
    """Everything is asked before anything changes. Who leads one partnership does not change another."""
    today = clock.today()
    for member in memberships:
        partnership = member.partnership
        own = partnership.leader_ids(today) | partnership.deputy_ids(today)
        if actor.id not in own and not actor.holds(Role.OFFICE, today):
            raise MemberElsewhere(partnership.name)
        if ended_on < member.joined_on:
            raise EndedBeforeJoining(member.joined_on)


def _check_former_memberships(organisation: Organisation, ended_on: date) -> None:
    """In partnerships that are closed nobody could put the day right."""
    found = db.session.scalars(
        select(PartnershipMember)
        .where(PartnershipMember.organisation_id == organisation.id, PartnershipMember.left_on > ended_on)
        .order_by(PartnershipMember.left_on.desc())
    )
    for member in found:
        if member.partnership.is_open and member.left_on is not None:
            raise BelongedLonger(member.partnership.name, member.left_on)


def _check_still_there(organisation: Organisation) -> None:
    db.session.refresh(organisation, attribute_names=["ended_on", "parent_id"])
    if organisation.ended_on is not None:
        raise OrganisationOver(organisation.name, organisation.ended_on)


def _name(organisation: Organisation | None) -> str | None:
    return organisation.name if organisation else None


def keep_agreement(
    owner: Partnership | PartnershipMember, *, data: bytes, name: str, title: str, actor: User
) -> Attachment:
    """The signed scan falls into its place: of a partnership or of one of its members. A newer one replaces it."""
    partnership = owner if isinstance(owner, Partnership) else owner.partnership
    present = db.session.get(Attachment, owner.agreement_id) if owner.agreement_id else None
    # that of a member who came over from a merged partnership stays with it: nothing in it changes any more
    if present is not None and present.is_kept and present.partnership_id == partnership.id:
        close_to(present, FileClass.PARTNERSHIP, actor=actor)
        replace(present, data=data, name=name, actor=actor)
        return present
    attachment = attach(
        partnership, data=data, name=name, file_class=FileClass.PARTNERSHIP, title=title, actor=actor
    )
    owner.agreement_id = attachment.id
    db.session.flush()
    audit.record(
        OrganisationEvent.AGREEMENT,
        owner,
        actor=actor,
        on_behalf_of=acts_without_leader(partnership, actor),
        note=title,
    )
    return attachment
