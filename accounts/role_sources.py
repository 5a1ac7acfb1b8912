"""Which roles a person has on a day: granted ones, and those that records of other packages give."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from flask import g, has_request_context
from sqlalchemy import Select

from accounts.models import User
from accounts.roles import Role
from core.clock import today
from core.i18n import LazyString

RoleSource = Callable[[User, date], Set[Role]]

RoleHolders = Callable[[date], Select[int]]


@dataclass(frozen=True)
class Duty:
    """A role, and where it holds if that is one place."""

    role: Role
    place: str | None = None


@dataclass(frozen=True)
class Charge:
    """What a person has in hand at one place until somebody ends it there, whether they can sign in or not."""

    words: str
    place: str
    endpoint: str
    """The page where it is ended."""
    values: Mapping[str, int]


DutySource = Callable[[User, date], Sequence[Duty]]
ChargeSource = Callable[[User, date], Sequence[Charge]]
ReasonSource = Callable[[User], LazyString | None]

_sources: list[RoleSource] = []
_holders: dict[Role, list[RoleHolders]] = {}
_duties: list[DutySource] = []
_reasons: list[ReasonSource] = []
_charges: list[ChargeSource] = []


def register_role_source(source: RoleSource) -> None:
    """A package to the left tells which roles its records give, as leader terms make leaders."""
    if source not in _sources:
        _sources.append(source)


def register_role_holders(role: Role, holders: RoleHolders) -> None:
    """The same for lists: the query for the ids of everybody who has the role on a day."""
    known = _holders.setdefault(role, [])
    if holders not in known:
        known.append(holders)


def register_duties(source: DutySource) -> None:
    """The same in words, for a reader who has to know which of several people is meant."""
    if source not in _duties:
        _duties.append(source)


def register_reason_to_join(source: ReasonSource) -> None:
    """A package to the left tells what waits for somebody who has no password yet, for an invitation that is sent again."""
    if source not in _reasons:
        _reasons.append(source)


def reason_to_join(person: User) -> LazyString | None:
    return next((reason for source in _reasons if (reason := source(person)) is not None), None)


def duties_of(person: User, on: date | None = None) -> list[Duty]:
    """What a person does in the programme, the places by name; roles without a place of their own come last."""
    day = on or today()
    placed = [duty for source in _duties for duty in source(person, day)]
    named = {duty.role for duty in placed}
    return placed + [Duty(role) for role in Role if role in roles_of(person, day) - named]


def register_charges(source: ChargeSource) -> None:
    """Each by itself, for whoever has to give them to somebody else."""
    if source not in _charges:
        _charges.append(source)


def charges_of(person: User) -> list[Charge]:
    return [charge for source in _charges for charge in source(person, today())]


def holders_of(role: Role, on: date) -> list[Select[int]]:
    """Queries for the ids of those who have this role by other ways than a grant."""
    return [holders(on) for holders in _holders.get(role, [])]


def roles_of(person: User, on: date | None = None) -> frozenset[Role]:
    """All roles a person has on a day; asked once in a request."""
    day = on or today()
    known: dict[tuple[int, date], frozenset[Role]] = (
        g.setdefault("roles", {}) if has_request_context() else {}
    )
    key = (person.id, day)
    if key not in known:
        granted = {grant.role for grant in person.grants if grant.covers(day)}
        known[key] = frozenset(granted.union(*(source(person, day) for source in _sources)))
    return known[key]
