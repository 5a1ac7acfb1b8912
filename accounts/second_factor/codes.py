"""Codes: those an app shows (RFC 6238: six digits, half a minute, SHA-1, as every app knows them), and those on paper."""

import hmac
import secrets
from base64 import b32encode
from hashlib import sha256

import pyotp
from flask import current_app

from core import clock

STEP = 30
"""Seconds for which an app shows a code."""
DRIFT = 1
"""Steps before and after, for clocks that do not quite agree."""
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""


def new_salt() -> str:
    return secrets.token_hex(32)


def key_of(salt: str) -> str:
    """What app and server share, as an app takes it. It follows from the installation's key: a stolen table is useless."""
    shared = hmac.new(current_app.config["SECRET_KEY"].encode(), f"second factor\0{salt}".encode(), sha256)
    return b32encode(shared.digest()[:20]).decode()


def address_of(salt: str, *, name: str, issuer: str) -> str:
    """What the square code says to the app."""
    return pyotp.TOTP(key_of(salt)).provisioning_uri(name=name, issuer_name=issuer)


def code_now(salt: str) -> str:
    """What an app shows at this moment."""
    return pyotp.TOTP(key_of(salt)).at(int(clock.now().timestamp()))


def step_of(code: str, salt: str) -> int | None:
    """The half minute this code belongs to, if it is right for about now."""
    app, now = pyotp.TOTP(key_of(salt)), int(clock.now().timestamp()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(app.at(step * STEP), code):
            return step
    return None


def new_recovery_code() -> str:
    half = ["".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2)]
    return "-".join(half)


def recovery_hash(code: str) -> str:
    """Short codes could be tried out one by one against a stolen table, so the installation's key is part of it."""
    return hmac.new(
        current_app.config["SECRET_KEY"].encode(), f"recovery\0{code}".encode(), sha256
    ).hexdigest()


def tidied(code: str) -> str:
    """As people copy it: with spaces, in capitals, without the dash."""
    plain = "".join(code.split()).replace("-", "").lower()
    return plain if plain.isdigit() or len(plain) != 10 else f"{plain[:5]}-{plain[5:]}"
