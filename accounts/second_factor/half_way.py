"""Who has given the password, and not yet the code: said by a signed cookie of its own, for ten minutes."""

from datetime import timedelta
from typing import NamedTuple

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from accounts.addresses import own_path
from accounts.events import AccountEvent
from accounts.models import User
from accounts.queries import person_by_id
from accounts.throttle import keyed
from core import clock

COOKIE = "gromada_half_way"
LONGEST = timedelta(minutes=10)


class HalfWay(NamedTuple):
    person: User
    way_on: str
    event: AccountEvent


def remember(response: Response, here: HalfWay) -> None:
    response.set_cookie(
        _cookie(),
        signed(here),
        max_age=int(LONGEST.total_seconds()),
        secure=current_app.config["GROMADA"].secure,
        httponly=True,
        samesite="Lax",
    )


def who_is_half_way() -> HalfWay | None:
    """Nobody after ten minutes, after a new password, or once the account is inactive."""
    try:
        data = _signer().loads(request.cookies.get(_cookie(), ""))
        person, is_late = person_by_id(data["person"]), clock.now().timestamp() > data["until"]
        here = HalfWay(person, own_path(data["way_on"]), AccountEvent(data["event"])) if person else None
    except (BadSignature, KeyError, TypeError, ValueError):
        return None
    if here is None or is_late or not here.person.is_active or _mark(here.person) != data["mark"]:
        return None
    return here


def forget(response: Response) -> None:
    response.delete_cookie(
        _cookie(), secure=current_app.config["GROMADA"].secure, httponly=True, samesite="Lax"
    )


def signed(here: HalfWay) -> str:
    until = int((clock.now() + LONGEST).timestamp())
    known = {"person": here.person.id, "mark": _mark(here.person), "until": until}
    return str(_signer().dumps({**known, "way_on": here.way_on, "event": here.event.value}))


def _mark(person: User) -> str:
    """Another one after a new password."""
    return keyed("half way", str(person.id), person.password_hash or "")[:22]


def _cookie() -> str:
    return f"__Host-{COOKIE}" if current_app.config["GROMADA"].secure else COOKIE


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="half-way")
