"""Which roles a person has on a day: granted ones, and those that records of other packages give."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from flask import g, has_request_context
from sqlalchemy import Select

from accounts.models import User
from accounts.roles import Role
from core.clock import today

RoleSource = Callable[[User, date], Set[Role]]

RoleHolders = Callable[[date], Select[int]]


@dataclass(frozen=True)
class Duty:
    """A role, and where it holds if that is one place."""

    role: Role
    place: str | None = None


DutySource = Callable[[User, date], Sequence[Duty]]

_sources: list[RoleSource] = []
_holders: dict[Role, list[RoleHolders]] = {}
_duties: list[DutySource] = []


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


def duties_of(person: User, on: date | None = None) -> list[Duty]:
    """What a person does in the programme, the places by name; roles without a place of their own come last."""
    day = on or today()
    placed = [duty for source in _duties for duty in source(person, day)]
    named = {duty.role for duty in placed}
    return placed + [Duty(role) for role in Role if role in roles_of(person, day) - named]


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
