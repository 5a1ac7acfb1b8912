"""Signing in with a password."""

import logging
from dataclasses import dataclass

from accounts import passwords, throttle
from accounts.addresses import sign_in_name
from accounts.devices import Device
from accounts.errors import SignInRefused, TooManyAttempts
from accounts.models import User
from accounts.queries import person_by_email
from core.database import db

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Origin:
    """Where a request comes from, as far as guessing is concerned."""

    address: str | None
    device: Device


def person_for(email: str, password: str, *, origin: Origin) -> User:
    """Who this is, if the password is right. Takes the same time and gives the same answer whatever is wrong."""
    account = sign_in_name(email)
    person = person_by_email(account)
    stored = person.password_hash if person is not None and person.is_active else None
    known = origin.device.id if origin.device.knows(person) else None
    attempt = throttle.a_try(throttle.SIGN_IN, account=account, address=origin.address, device=known)
    if wait := throttle.admit(throttle.SIGN_IN, attempt):
        logger.warning("sign-in held back account=%s place=%s", attempt.account[:12], attempt.place[:12])
        raise TooManyAttempts(wait)
    if not passwords.matches_between_transactions(password, stored) or person is None:
        logger.warning("sign-in refused account=%s place=%s", attempt.account[:12], attempt.place[:12])
        raise SignInRefused
    _rehash_if_outdated(person, password, stored or "")
    throttle.forgive(attempt)
    logger.info("sign-in person=%s place=%s", person.id, attempt.place[:12])
    return person


def _rehash_if_outdated(person: User, password: str, stored: str) -> None:
    if passwords.is_outdated(stored):
        fresh = passwords.hash_between_transactions(password)
        person.password_hash = fresh
        db.session.flush()
