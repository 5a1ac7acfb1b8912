"""Signing in without typing a password: the real session row and cookie, made directly."""

import secrets

from flask.testing import FlaskClient

from accounts.models import SignInSession, User
from accounts.sessions import hashed
from core.database import db


def session_token(person: User) -> str:
    """The token of a new session of this person, as the cookie holds it."""
    token = secrets.token_urlsafe(32)
    db.session.add(SignInSession(token_hash=hashed(token), user=person, browser="tests"))
    db.session.commit()
    return token


def sign_in(client: FlaskClient, person: User) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = session_token(person)
        cookie["_fresh"] = True
