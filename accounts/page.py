"""What the frame of every page shows of the person who reads it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import current_app, has_request_context, request, url_for
from flask_login import current_user

from accounts.models import User
from accounts.policy import can
from accounts.role_sources import roles_of
from accounts.roles import Role
from accounts.sessions import seconds_left
from core.i18n import LANGUAGES, language
from core.navigation import menu

SHOWN_FIRST = (Role.OFFICE, Role.ADMIN, Role.ANIMATOR, Role.LEADER, Role.DEPUTY, Role.FUNDER)
"""Of several roles the page names the one with the widest view."""


@dataclass(frozen=True)
class Reader:
    id: int
    name: str
    initials: str
    role_label: str


@dataclass(frozen=True)
class LanguageLink:
    code: str
    label: str
    url: str
    current: bool
    method: str
    """``get`` for a place or a visitor's wish, ``post`` where it changes the person's account."""


def for_every_page() -> dict[str, Any]:
    """Mails are rendered with these names too, some of them where nobody asked: by a job.

    What only the frame of a page shows is a function, so that nothing is made of it for a mail.
    """
    visitor = current_user._get_current_object() if has_request_context() else None
    person = visitor if visitor and visitor.is_authenticated else None
    return {
        "can": lambda permission, subject=None: can(person, permission, subject),
        "person": _reader(person) if person else None,
        "navigation": cache(lambda: menu(current_app, visitor) if visitor else []),
        "language_links": cache(lambda: _language_links(is_person=person is not None) if visitor else []),
        "session_seconds": seconds_left() if visitor else None,
    }


def _reader(person: User) -> Reader:
    roles = roles_of(person)
    role = next((role for role in SHOWN_FIRST if role in roles), None)
    return Reader(person.id, person.name, person.initials, str(role.label) if role else "")


def _language_links(*, is_person: bool) -> list[LanguageLink]:
    return [
        LanguageLink(code, label, *_place_in(code, is_person=is_person)) for code, label in LANGUAGES.items()
    ]


def _place_in(code: str, *, is_person: bool) -> tuple[str, bool, str]:
    """A public page has an address in each language; every other page is shown in another language where it is."""
    is_current = code == language()
    if request.endpoint and "lang" in (request.view_args or {}):
        names = {**request.args.to_dict(), **(request.view_args or {}), "lang": code}
        return url_for(request.endpoint, **names), is_current, "get"
    if request.path.split("/")[1] in LANGUAGES:
        return f"{request.script_root}/{code}/", is_current, "get"
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    url = url_for("accounts.switch_language", language=code, next=here)
    return url, is_current, "post" if is_person else "get"
