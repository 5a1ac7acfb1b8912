"""Which roles a person has on a day: granted ones, and those that records of other packages give."""

from collections.abc import Callable, Set
from datetime import date

from flask import g, has_request_context
from sqlalchemy import Select

from accounts.models import User
from accounts.roles import Role
from core.clock import today

RoleSource = Callable[[User, date], Set[Role]]

RoleHolders = Callable[[date], Select[int]]

_sources: list[RoleSource] = []
_holders: dict[Role, list[RoleHolders]] = {}


def register_role_source(source: RoleSource) -> None:
    """A package to the left tells which roles its records give, as leader terms make leaders."""
    if source not in _sources:
        _sources.append(source)


def register_role_holders(role: Role, holders: RoleHolders) -> None:
    """The same for lists: the query for the ids of everybody who has the role on a day."""
    known = _holders.setdefault(role, [])
    if holders not in known:
        known.append(holders)


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
