"""Whom somebody may ring or write to: the people around their partnerships; the office, everybody there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from accounts.models import RoleGrant, User
from accounts.roles import Role
from contacts.kinds import ContactKind
from core import clock
from core.database import db
from core.mail_addresses import BouncedAddress
from core.text import fold
from municipalities.models import Municipality, Voivodeship
from partnerships.models import (
    AnimatorAssignment,
    AssignmentKind,
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
)
from partnerships.queries import advised_by, covers, led_by
from partnerships.workflow import PartnershipStatus

Rows = Select[*tuple[Any, ...]]

COLUMNS: Mapping[str, Any] = {
    "kind": String, "id": Integer, "name": String, "sort": String, "found": String, "email": String, "phone": String,
    "best_time": String, "function": String, "organisation": String, "org_type": String, "partnership_id": Integer, "place": String,
    "region": String, "since": Date, "never_came": Boolean,
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Empty values narrow nothing."""

    text: str = ""
    kind: ContactKind | None = None
    region: str = ""
    org_type: str = ""


def contact_rows(person: User, wanted: Wanted) -> Rows:
    """One for each duty of each person, in order; with whether mail comes back from the address."""
    rows = _everything(person).subquery()
    address = func.lower(rows.c.email)
    bounced = exists().where(BouncedAddress.address == address)
    query = select(*rows.c, bounced.label("bounced")).order_by(
        rows.c.sort, rows.c.name, rows.c.kind, rows.c.place, rows.c.id
    )
    for word in fold(wanted.text).split()[:8]:
        query = query.where(rows.c.found.contains(word, autoescape=True))
    if wanted.kind is not None:
        query = query.where(rows.c.kind == wanted.kind.value)
    if wanted.region:
        query = query.where(rows.c.region == wanted.region)
    if wanted.org_type:
        query = query.where(rows.c.org_type == wanted.org_type)
    return query


def contact(person: User, kind: ContactKind, record_id: int) -> Any | None:
    """One of them, if this person may see it."""
    rows = _everything(person).subquery()
    found = select(*rows.c).where(rows.c.kind == kind.value, rows.c.id == record_id)
    return db.session.execute(found).first()


def _everything(person: User) -> CompoundSelect[*tuple[Any, ...]]:
    everything = person.holds(Role.OFFICE, clock.today())
    around = true() if everything else Partnership.id.in_(_ids_around(person))
    parts = (
        _terms(around),
        _animators(around),
        _members(around, sees_phones=everything),
        _office(sees_phones=everything),
    )
    return union_all(*parts)


def _ids_around(person: User) -> Sequence[int]:
    """Partnerships that they lead today, help to lead or advise."""
    return db.session.scalars(select(Partnership.id).where(or_(led_by(person), advised_by(person)))).all()


def _tells(**told: Any) -> Rows:
    return select(*(_column(name, told.get(name)).label(name) for name in COLUMNS))


def _column(name: str, value: Any) -> ColumnElement[Any]:
    kind = COLUMNS[name]
    return cast(null(), kind) if value is None else type_coerce(value, kind)


def _person(kind: Any) -> dict[str, Any]:
    mail = func.coalesce(User.notification_email, User.email)
    return {
        "kind": kind, "name": User.name, "sort": User.sort_key, "email": mail, "phone": User.phone,
        "best_time": User.best_time, "never_came": func.coalesce(User.last_login_at.is_(None), False),
    }  # fmt: skip


def _place() -> dict[str, Any]:
    return {"partnership_id": Partnership.id, "place": Municipality.name, "region": Voivodeship.name}


def _words(*texts: Any) -> ColumnElement[str]:
    """What a search compares: name, address, and the municipality by every name that it had."""
    parts: list[ColumnElement[str]] = [func.coalesce(text, "") for text in texts]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.concat(" ").concat(part)
    return whole


def _at_places(query: Rows, around: ColumnElement[bool]) -> Rows:
    return (
        query.join(Municipality, Municipality.id == Partnership.municipality_id)
        .join(Voivodeship, Voivodeship.id == Municipality.voivodeship_id)
        .where(Partnership.status != PartnershipStatus.CLOSED, around)
    )


def _terms(around: ColumnElement[bool]) -> Rows:
    organisation = aliased(Organisation)
    query = (
        _tells(
            **_person(LeaderTerm.kind), **_place(), id=LeaderTerm.id, since=LeaderTerm.starts_on,
            organisation=organisation.name, org_type=organisation.org_type,
            found=_words(User.search_text, Municipality.search_text, organisation.search_text),
        )
        .join(User, User.id == LeaderTerm.user_id)
        .join(Partnership, Partnership.id == LeaderTerm.partnership_id)
        .outerjoin(organisation, organisation.id == LeaderTerm.organisation_id)
        .where(covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today()), User.is_active)
    )  # fmt: skip
    return _at_places(query, around)


def _animators(around: ColumnElement[bool]) -> Rows:
    """Of a cover also for whom, so that one sees who decides today."""
    main, away = aliased(AnimatorAssignment), aliased(User)
    today = clock.today()
    is_covered = (
        (AnimatorAssignment.kind == AssignmentKind.COVER)
        & (main.municipality_id == AnimatorAssignment.municipality_id)
        & (main.kind == AssignmentKind.MAIN)
        & covers(main.starts_on, main.ends_on, today)
    )
    query = (
        _tells(
            **_person(AnimatorAssignment.kind), **_place(), id=AnimatorAssignment.id, function=away.name,
            since=AnimatorAssignment.starts_on, found=_words(User.search_text, Municipality.search_text),
        )
        .join(User, User.id == AnimatorAssignment.animator_id)
        .join(Partnership, Partnership.municipality_id == AnimatorAssignment.municipality_id)
        .outerjoin(main, is_covered)
        .outerjoin(away, away.id == main.animator_id)
        .where(covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, today), User.is_active)
    )  # fmt: skip
    return _at_places(query, around)


def _members(around: ColumnElement[bool], *, sees_phones: bool) -> Rows:
    """Whoever keeps an organisation calls it, as ``Permission.ORGANISATION_CALL`` says."""
    phone, best_time = (
        column if sees_phones else case((Partnership.id == _keeper(), column))
        for column in (Organisation.phone, Organisation.best_time)
    )
    query = (
        _tells(
            **_place(), kind=literal(ContactKind.MEMBER.value), id=PartnershipMember.id, name=Organisation.name,
            sort=Organisation.search_text, phone=phone, best_time=best_time,
            function=PartnershipMember.contact_function,
            email=func.coalesce(PartnershipMember.contact_email, Organisation.office_email),
            org_type=Organisation.org_type, since=PartnershipMember.joined_on,
            found=_words(Organisation.search_text, Municipality.search_text),
        )
        .join(Organisation, Organisation.id == PartnershipMember.organisation_id)
        .join(Partnership, Partnership.id == PartnershipMember.partnership_id)
        .where(covers(PartnershipMember.joined_on, PartnershipMember.left_on, clock.today()))
    )  # fmt: skip
    return _at_places(query, around)


def _keeper() -> ColumnElement[int]:
    """The partnership at home or, where an organisation never belonged there, the first of those it belongs to."""
    member, partnership = aliased(PartnershipMember), aliased(Partnership)
    known = (
        select(partnership.id)
        .join(member, member.partnership_id == partnership.id)
        .where(member.organisation_id == Organisation.id, partnership.status != PartnershipStatus.CLOSED)
        .order_by(member.id)
        .limit(1)
        .correlate(Organisation)
    )
    at_home = known.where(partnership.municipality_id == Organisation.municipality_id)
    present = known.where(covers(member.joined_on, member.left_on, clock.today()))
    return func.coalesce(at_home.scalar_subquery(), present.scalar_subquery())


def _office(*, sees_phones: bool) -> Rows:
    """Everybody who has to do with a partnership may write to the office; private phones are its own."""
    told = _person(literal(ContactKind.OFFICE.value))
    if not sees_phones:
        told |= {"phone": None, "best_time": None}
    return (
        _tells(**told, id=RoleGrant.id, since=RoleGrant.starts_on, found=User.search_text)
        .join(User, User.id == RoleGrant.user_id)
        .where(
            RoleGrant.role == Role.OFFICE,
            covers(RoleGrant.starts_on, RoleGrant.ends_on, clock.today()),
            User.is_active,
        )
    )
