"""Signing in without a password: a link by mail, for the one account and the one browser that asked."""

from datetime import timedelta

from accounts import tokens
from accounts.events import AccountEvent
from accounts.models import TokenPurpose, User
from accounts.queries import person_by_email
from accounts.role_sources import duties_of
from core import audit, clock, mail

MOST_LINK_MAILS = 5
"""In an hour and to one person, however many ask."""


def request_sign_in_link(email: str, *, browser: str) -> None:
    """Send a link that works in this browser, if there is such a person; whoever asks learns nothing of it."""
    person = person_by_email(email)
    if person is None or not person.is_active:
        return
    if person.password_hash is None:
        _point_to_invitation(person)
        return
    tokens.one_at_a_time(person)
    if tokens.issued_since(person, TokenPurpose.SIGN_IN, timedelta(hours=1)) >= MOST_LINK_MAILS:
        return
    token, secret = tokens.issue(person, TokenPurpose.SIGN_IN, valid=tokens.SIGN_IN_VALID, browser=browser)
    audit.record(AccountEvent.SIGN_IN_LINK_SENT, person, actor=None)
    mail.queue(
        person,
        "accounts/mail/sign_in_link",
        dedupe_key=f"sign-in-link:{token.mark}",
        link=mail.link_to("accounts.sign_in_by_link", token=secret),
        minutes=int(tokens.SIGN_IN_VALID.total_seconds() // 60),
        duties=duties_of(person),
    )


def use_sign_in_link(secret: str, *, browser: str) -> User:
    """Whose link it is: for one of all who come with it, and only in the browser that asked for it."""
    return tokens.use(secret, TokenPurpose.SIGN_IN, browser=browser)


def _point_to_invitation(person: User) -> None:
    """Only in the mailbox is it said that there is an invitation; once a day is enough."""
    key = f"invitation-first:{person.id}:{clock.today().isoformat()}"
    mail.queue(person, "accounts/mail/invitation_first", dedupe_key=key)
