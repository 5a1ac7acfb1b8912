"""Browsers in which people have signed in before: a signed cookie remembers for whom, so that guessing from elsewhere
cannot lock them out. It signs nobody in, and a new password makes it worthless.
"""

import secrets
from dataclasses import dataclass

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from accounts.models import User
from accounts.throttle import keyed

COOKIE = "gromada_device"
SECONDS = 400 * 24 * 3600
MOST_PEOPLE = 8
"""People who share one browser, as in a community room."""


@dataclass(frozen=True)
class Device:
    id: str
    people: tuple[str, ...] = ()

    def knows(self, person: User | None) -> bool:
        return person is not None and _mark(person) in self.people

    def knowing(self, person: User) -> "Device":
        others = [mark for mark in self.people if mark != _mark(person)]
        return Device(self.id, (_mark(person), *others[: MOST_PEOPLE - 1]))


def this_device() -> Device:
    """The browser that sent this request; a new one when its cookie is missing, old or not ours."""
    try:
        data = _signer().loads(request.cookies.get(_cookie(), ""), max_age=SECONDS)
        return Device(str(data["id"]), tuple(str(mark) for mark in data["people"]))
    except (BadSignature, KeyError, TypeError):
        return Device(secrets.token_urlsafe(16))


def remember(response: Response, person: User) -> None:
    device = this_device().knowing(person)
    response.set_cookie(
        _cookie(),
        _signer().dumps({"id": device.id, "people": device.people}),
        max_age=SECONDS,
        secure=current_app.config["GROMADA"].secure,
        httponly=True,
        samesite="Lax",
    )


def _mark(person: User) -> str:
    return keyed("device", str(person.id), person.password_hash or "")[:22]


def _cookie() -> str:
    return f"__Host-{COOKIE}" if current_app.config["GROMADA"].secure else COOKIE


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known-device")
