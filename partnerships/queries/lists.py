"""The list of partnerships, narrowed and ready to be sorted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from accounts.models import User
from core import clock
from core.database import db
from core.text import fold
from municipalities.models import County, Municipality, MunicipalityKind, Voivodeship
from municipalities.naming import county_label
from municipalities.search import matching
from partnerships.models import (
    AnimatorAssignment,
    AssignmentKind,
    LeaderTerm,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.queries.scopes import covers, has_animator, has_leader, visible_to
from partnerships.workflow import PartnershipStatus


@dataclass(frozen=True)
class ListRow:
    partnership_id: int
    name: str
    status: PartnershipStatus
    founded_on: date | None
    municipality: str
    kind: MunicipalityKind
    county_code: str
    county: str
    voivodeship: str
    leader: str | None
    animator: str | None
    members: int

    @property
    def is_open(self) -> bool:
        return self.status is not PartnershipStatus.CLOSED

    @property
    def county_label(self) -> str:
        return county_label(self.county_code, self.county)


_Term, _Leader, _Animator = aliased(LeaderTerm), aliased(User), aliased(User)
_Main, _Cover = aliased(AnimatorAssignment), aliased(AnimatorAssignment)

_MEMBERS = (
    select(func.count())
    .where(PartnershipMember.partnership_id == Partnership.id, PartnershipMember.left_on.is_(None))
    .scalar_subquery()
)

SORTING: dict[str, ColumnElement[Any]] = {
    "municipality": Municipality.sort_key.expression,
    "voivodeship": Voivodeship.sort_key.expression,
    "leader": _Leader.sort_key.expression,
    "animator": _Animator.sort_key.expression,
    "members": _MEMBERS,
    "founded": Partnership.founded_on.expression,
}
IN_ORDER = (Municipality.sort_key, Municipality.code, Partnership.id)


@dataclass(frozen=True)
class Wanted:
    """What narrows the list; empty values narrow nothing."""

    text: str = ""
    voivodeship: str = ""
    status: PartnershipStatus | None = None
    without: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Wanted()


def partnership_rows(person: User, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """One row for each partnership this person may see; without an order. ``as_row`` makes them readable."""
    today = clock.today()
    leads = (_Term.kind == TermKind.LEADER) & covers(_Term.starts_on, _Term.ends_on, today)
    query = (
        select(
            Partnership.id,
            Partnership.name,
            Partnership.status,
            Partnership.founded_on,
            Municipality.name,
            Municipality.kind,
            County.code,
            County.name,
            Voivodeship.name,
            _Leader.name,
            _Animator.name,
            _MEMBERS.label("members"),
        )
        .join(Partnership.municipality)
        .join(Municipality.county)
        .join(Municipality.voivodeship)
        .outerjoin(_Term, (_Term.partnership_id == Partnership.id) & leads)
        .outerjoin(_Leader, _Leader.id == _Term.user_id)
        .outerjoin(_Main, _of_today(_Main, AssignmentKind.MAIN))
        .outerjoin(_Cover, _of_today(_Cover, AssignmentKind.COVER))
        .outerjoin(_Animator, _Animator.id == func.coalesce(_Cover.animator_id, _Main.animator_id))
        .where(visible_to(person))
    )
    return _narrowed(query, wanted)


def _of_today(assignment: Any, kind: AssignmentKind) -> ColumnElement[bool]:
    return and_(
        assignment.municipality_id == Partnership.municipality_id,
        assignment.kind == kind,
        covers(assignment.starts_on, assignment.ends_on, clock.today()),
    )


def _narrowed(query: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    if wanted.text:
        query = query.where(_called(wanted.text))
    if wanted.voivodeship:
        query = query.where(Voivodeship.code == wanted.voivodeship)
    if wanted.status is not None:
        query = query.where(Partnership.status == wanted.status)
    if wanted.without == "leader":
        query = query.where(~has_leader())
    if wanted.without == "animator":
        query = query.where(~has_animator())
    return query


def _called(text: str) -> ColumnElement[bool]:
    """The municipality, its leader, or the partnership itself is called so."""
    leader = _Leader.search_text.contains(fold(text), autoescape=True)
    return matching(text) | leader | func.lower(Partnership.name).contains(text.lower(), autoescape=True)


def as_row(values: Any) -> ListRow:
    return ListRow(*values)


def municipalities_with_open_partnership(municipality_ids: Collection[int]) -> list[Municipality]:
    """Of these municipalities those that take part, in the order of the alphabet."""
    taking_part = select(Partnership.municipality_id).where(Partnership.status != PartnershipStatus.CLOSED)
    return list(
        db.session.scalars(
            select(Municipality)
            .where(Municipality.id.in_(municipality_ids), Municipality.id.in_(taking_part))
            .order_by(Municipality.sort_key, Municipality.id)
        )
    )


def with_open_partnership(municipality_ids: Collection[int]) -> dict[int, int]:
    """Of these municipalities those that have a partnership already, with its id."""
    found = db.session.execute(
        select(Partnership.municipality_id, Partnership.id).where(
            Partnership.municipality_id.in_(municipality_ids),
            Partnership.status != PartnershipStatus.CLOSED,
        )
    )
    return {row[0]: row[1] for row in found}
