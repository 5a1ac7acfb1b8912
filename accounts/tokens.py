"""Links that work once: made for a mail, found again by the hash of what stands in the address."""

import secrets
from datetime import timedelta
from hmac import compare_digest

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import joinedload

from accounts.errors import LinkNoLongerWorks
from accounts.models import OneTimeToken, TokenPurpose, User
from accounts.sessions import hashed
from core import clock
from core.database import db

RESET_VALID = timedelta(hours=1)
SIGN_IN_VALID = timedelta(minutes=15)


def one_at_a_time(person: User) -> None:
    """Of two who ask for a link of this person at the same moment the second waits, or both links would work."""
    db.session.execute(select(User.id).where(User.id == person.id).with_for_update(key_share=True))


def issue(
    person: User, purpose: TokenPurpose, *, valid: timedelta, browser: str | None = None
) -> tuple[OneTimeToken, str]:
    """A new link for this person; older ones for the same purpose stop working. Only the hash is kept.

    With the secret of a ``browser`` it works only there.
    """
    void(person, purpose)
    secret = secrets.token_urlsafe(32)
    token = OneTimeToken(
        token_hash=hashed(secret),
        user=person,
        purpose=purpose,
        valid_until=clock.now() + valid,
        browser_hash=hashed(browser) if browser else None,
    )
    db.session.add(token)
    db.session.flush()
    return token, secret


def open_token(secret: str, purpose: TokenPurpose) -> OneTimeToken | None:
    """The token of a link that would work now, with its person."""
    return db.session.scalar(
        select(OneTimeToken)
        .where(OneTimeToken.token_hash == hashed(secret), OneTimeToken.purpose == purpose, is_open())
        .options(joinedload(OneTimeToken.user, innerjoin=True))
    )


def is_for(token: OneTimeToken, browser: str) -> bool:
    """This is the browser that asked for the link."""
    return token.browser_hash is not None and compare_digest(token.browser_hash, hashed(browser))


def use(secret: str, purpose: TokenPurpose, *, browser: str | None = None) -> User:
    """Take the token: true for one of all who come with it at the same moment, from the browser it was made for."""
    right_browser = OneTimeToken.browser_hash == (hashed(browser) if browser else None)
    taken = db.session.execute(
        update(OneTimeToken)
        .where(
            OneTimeToken.token_hash == hashed(secret),
            OneTimeToken.purpose == purpose,
            right_browser,
            is_open(),
        )
        .values(used_at=clock.now())
        .returning(OneTimeToken.user_id)
    ).scalar()
    person = db.session.get(User, taken) if taken else None
    if person is None or not person.is_active:
        raise LinkNoLongerWorks
    return person


def void(person: User, purpose: TokenPurpose | None = None) -> None:
    """Links that were not used yet stop working: those for one purpose, or all."""
    mine = and_(OneTimeToken.user_id == person.id, is_open())
    if purpose is not None:
        mine = and_(mine, OneTimeToken.purpose == purpose)
    db.session.execute(update(OneTimeToken).where(mine).values(voided_at=clock.now()))


def issued_since(person: User, purpose: TokenPurpose, ago: timedelta) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                OneTimeToken.user_id == person.id,
                OneTimeToken.purpose == purpose,
                OneTimeToken.created_at > clock.now() - ago,
            )
        )
        or 0
    )


def is_open() -> ColumnElement[bool]:
    return and_(
        OneTimeToken.used_at.is_(None),
        OneTimeToken.voided_at.is_(None),
        OneTimeToken.valid_until > clock.now(),
    )
