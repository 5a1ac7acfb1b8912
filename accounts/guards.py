"""Guards on views: every route has one, or is on the short public list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, Generic, TypeVar

from flask import abort, current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import User
from accounts.policy import Permission, can

Record = TypeVar("Record")
View = Callable[..., ResponseReturnValue]

GUARD = "guard"
"""Attribute of a guarded view: what the list of routes shows."""


@dataclass(frozen=True)
class Source(Generic[Record]):
    """How the record named in an address is loaded, and who may know that it exists."""

    load: Callable[..., Record | None]
    read: Permission


def current_person() -> User:
    """Who is signed in. Only for guarded views."""
    person: User = current_user._get_current_object()
    return person


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    setattr(view, GUARD, "public")
    return view


def allowed(permission: Permission) -> Callable[[View], View]:
    """For pages about no single record: a person without the permission is told so (403)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**names: Any) -> ResponseReturnValue:
            person = current_person()
            if not person.is_authenticated:
                return _to_sign_in()
            if not can(person, permission):
                abort(403)
            return view(**names)

        setattr(guarded, GUARD, permission)
        return guarded

    return guard


def allowed_on(permission: Permission, source: Source[Any]) -> Callable[[View], View]:
    """For pages about one record: the view gets the record, checked, instead of its id.

    A record that is not there and one that this person may not see get the same answer (404). One that they may see,
    without this permission, is "not for your role" (403). What the address names beside the record (a year) goes on to
    the view.
    """
    names_record = frozenset(signature(source.load).parameters)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**names: Any) -> ResponseReturnValue:
            person = current_person()
            if not person.is_authenticated:
                return _to_sign_in()
            if not can(person, permission) and not can(person, source.read):
                abort(403)
            record = source.load(**{name: value for name, value in names.items() if name in names_record})
            if record is None or not can(person, source.read, record):
                abort(404)
            if not can(person, permission, record):
                abort(403)
            return view(record, **{name: value for name, value in names.items() if name not in names_record})

        setattr(guarded, GUARD, permission)
        return guarded

    return guard


def _to_sign_in() -> ResponseReturnValue:
    answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # set by Flask-Login
    return answer
