"""Slows down guessing: a try is counted before it is made, so that many at once count like many in a row.

Counted are failures per account, per place and per account and place; a success takes its own back. A browser in which
this person has signed in before has a count of its own, so nobody can lock the owner out by guessing from elsewhere. An
account that does not exist is counted like any other.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import delete, or_, select, text
from sqlalchemy.orm import Session

from accounts.addresses import network_of
from accounts.models import SignInAttempt
from core import clock
from core.database import aside, db

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Limits:
    """How many failures a quarter of an hour may bring."""

    name: str
    account: int
    account_from_place: int
    place: int
    known_device: int


SIGN_IN = Limits("sign-in", account=10, account_from_place=5, place=25, known_device=10)
PASSWORD_LINK = Limits("password-link", account=5, account_from_place=3, place=15, known_device=3)
SIGN_IN_LINK = Limits("sign-in-link", account=5, account_from_place=3, place=15, known_device=3)
SECOND_STEP = Limits("second-step", account=10, account_from_place=10, place=25, known_device=10)
MAIL_LINK = Limits("mail-link", account=25, account_from_place=25, place=25, known_device=25)
"""Only links that do not exist are counted: a town hall behind one address may open as many good ones as it likes."""


@dataclass(frozen=True)
class Try:
    """One try, known only by hashes."""

    account: str
    place: str
    device: str | None = None


def a_try(limits: Limits, *, account: str, address: str | None, device: str | None = None) -> Try:
    return Try(
        keyed(limits.name, account),
        keyed(limits.name, network_of(address)),
        keyed(limits.name, device) if device else None,
    )


def admit(limits: Limits, attempt: Try) -> int:
    """Count a try that is about to be made; returns 0, or in how many seconds to come back when it may not be.

    Call it before anything is changed: it is a transaction of its own, because a failure changes nothing else.
    """
    with aside() as transaction:
        _one_at_a_time(transaction)
        wait = _wait(limits, attempt, _recent(attempt, transaction))
        if not wait:
            transaction.add(
                SignInAttempt(
                    account_hash=attempt.account, address_hash=attempt.place, device_hash=attempt.device
                )
            )
    return wait


def forgive(attempt: Try) -> None:
    """A success: failures for this account from this place, or this browser, are forgotten with its transaction."""
    same_origin = SignInAttempt.address_hash == attempt.place
    if attempt.device:
        same_origin = or_(same_origin, SignInAttempt.device_hash == attempt.device)
    db.session.execute(
        delete(SignInAttempt).where(SignInAttempt.account_hash == attempt.account, same_origin)
    )


def keyed(*parts: str) -> str:
    """A hash that nobody can look up in a list of addresses, as it needs the installation's key."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, "\0".join(("throttle", *parts)).encode(), sha256).hexdigest()


def _one_at_a_time(transaction: Session) -> None:
    """Of two tries at the same moment the second sees the first. SQLite has one writer at a time anyway."""
    if transaction.get_bind().dialect.name == "postgresql":
        transaction.execute(text("LOCK TABLE sign_in_attempt IN SHARE ROW EXCLUSIVE MODE"))


def _recent(attempt: Try, transaction: Session) -> list[SignInAttempt]:
    """Few rows: what is refused is not counted."""
    return list(
        transaction.scalars(
            select(SignInAttempt)
            .where(
                or_(
                    SignInAttempt.account_hash == attempt.account,
                    SignInAttempt.address_hash == attempt.place,
                ),
                SignInAttempt.at > clock.now() - WINDOW,
            )
            .order_by(SignInAttempt.at)
        )
    )


def _wait(limits: Limits, attempt: Try, recent: Iterable[SignInAttempt]) -> int:
    rows = list(recent)
    if attempt.device:
        mine = [row.at for row in rows if row.device_hash == attempt.device]
        return _seconds_until(mine, limits.known_device)
    strangers = [row for row in rows if row.device_hash is None]
    account = [row.at for row in strangers if row.account_hash == attempt.account]
    place = [row.at for row in strangers if row.address_hash == attempt.place]
    both = [
        row.at
        for row in strangers
        if row.account_hash == attempt.account and row.address_hash == attempt.place
    ]
    return max(
        _seconds_until(account, limits.account),
        _seconds_until(place, limits.place),
        _seconds_until(both, limits.account_from_place),
    )


def _seconds_until(failures: list[datetime], most: int) -> int:
    """When the oldest of so many has passed out of sight; 0 while there are fewer."""
    if len(failures) < most:
        return 0
    return int((failures[-most] + WINDOW - clock.now()).total_seconds()) + 1
