"""Ways in: invitations, links for a new password, and the password itself."""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from accounts import passwords, tokens
from accounts.addresses import is_mail_address, sign_in_name
from accounts.errors import (
    AccountIsInactive,
    AlreadyUsesTheSystem,
    LinkNoLongerWorks,
    NoSuchAddress,
    WrongPassword,
)
from accounts.events import AccountEvent
from accounts.models import OneTimeToken, TokenPurpose, User
from accounts.queries import person_by_email
from accounts.role_sources import reason_to_join
from accounts.roles import Role
from accounts.services.access import ensure_may_decide, grant_role
from accounts.sessions import end_all_sessions
from core import audit, mail
from core.database import db
from core.i18n import DEFAULT_LANGUAGE, LANGUAGES, LazyString
from core.text import clean
from programme.queries import current_programme, the_programme

MOST_RESET_MAILS = 5
"""In an hour and to one person, however many ask."""


def invite(
    email: str,
    name: str,
    *,
    actor: User | None,
    role: Role | None = None,
    reason: str | LazyString | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> User:
    """The person with this address; a new one receives a link to choose a password.

    ``reason`` says in the mail what the person is to do, where it is no ``role``: lead a partnership, for example. Whoever
    has a password already needs no link and is left as they are, but for the role.
    """
    person = person_by_email(email) or _new_person(email, name, language)
    if not person.is_active:
        raise AccountIsInactive
    if role is not None:
        ensure_may_decide(role, actor)
        if not person.holds_from_now(role):
            grant_role(person, role, actor=actor, tell=person.password_hash is not None)
    if person.password_hash is None:
        _send_invitation(person, actor=actor, what_for=reason or (role.label if role else None))
    return person


def resend_invitation(person: User, *, actor: User) -> None:
    """A new link; the one sent before stops working."""
    if person.password_hash is not None:
        raise AlreadyUsesTheSystem
    if not person.is_active:
        raise AccountIsInactive
    tokens.one_at_a_time(person)
    _send_invitation(person, actor=actor, what_for=reason_to_join(person))


def link_for_administrator(email: str, name: str) -> tuple[User, str]:
    """For whoever runs the installation: an administrator, made if need be, and a link that works once, sent to nobody."""
    person = person_by_email(email) or _new_person(email, name, DEFAULT_LANGUAGE)
    if not person.is_active:
        raise AccountIsInactive
    if not person.holds_from_now(Role.ADMIN):
        grant_role(person, Role.ADMIN, actor=None, tell=False)
    if person.password_hash is None:
        audit.record(AccountEvent.INVITED, person, actor=None)
        return person, _invitation_link(person)[1]
    _, secret = tokens.issue(person, TokenPurpose.PASSWORD_RESET, valid=tokens.RESET_VALID)
    audit.record(AccountEvent.PASSWORD_LINK_SENT, person, actor=None)
    return person, mail.link_to("accounts.new_password", token=secret)


def _new_person(email: str, name: str, language: str) -> User:
    if not is_mail_address(sign_in_name(email)):
        raise NoSuchAddress
    known_language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    person = User(email=email, name=clean(name), language=known_language, is_active=True, grants=[])
    try:
        with db.session.begin_nested():
            db.session.add(person)
            db.session.flush()
    except IntegrityError:
        invited_meanwhile = person_by_email(email)
        if invited_meanwhile is None:
            raise
        return invited_meanwhile
    return person


def _send_invitation(person: User, *, actor: User | None, what_for: str | LazyString | None) -> None:
    token, link = _invitation_link(person)
    audit.record(AccountEvent.INVITED, person, actor=actor)
    mail.queue(
        person,
        "accounts/mail/invitation",
        dedupe_key=f"invitation:{token.mark}",
        reply_to=actor.mail_address if actor else None,
        link=link,
        days=_invitation_days(),
        what_for=what_for,
        actor=actor,
    )


def _invitation_link(person: User) -> tuple[OneTimeToken, str]:
    valid = timedelta(days=_invitation_days())
    token, secret = tokens.issue(person, TokenPurpose.INVITATION, valid=valid)
    return token, mail.link_to("accounts.invitation", token=secret)


def _invitation_days() -> int:
    return the_programme().settings.invitation_valid_days


# --- Passwords -------------------------------------------------------------------------------------------


def accept_invitation(secret: str, password: str) -> User:
    """The invited person chooses a password and is in."""
    return _choose(secret, TokenPurpose.INVITATION, password, AccountEvent.INVITATION_ACCEPTED)


def set_new_password(secret: str, password: str) -> User:
    """With the link from the mail; every session of this person ends."""
    person = _choose(secret, TokenPurpose.PASSWORD_RESET, password, AccountEvent.PASSWORD_CHANGED)
    _tell_password_changed(person)
    return person


def change_password(person: User, *, current: str, password: str) -> None:
    """By a person who is signed in; every session ends, also this one: the caller begins a new one."""
    if not passwords.matches_between_transactions(current, person.password_hash):
        raise WrongPassword
    passwords.check(password, personal=_names_of(person))
    person.password_hash = passwords.hash_between_transactions(password)
    _after_new_password(person)
    audit.record(AccountEvent.PASSWORD_CHANGED, person, actor=person)
    _tell_password_changed(person)


def request_password_reset(email: str) -> None:
    """Send a link, if there is such a person; whoever asks learns nothing of it."""
    person = person_by_email(email)
    if person is None or not person.is_active:
        return
    tokens.one_at_a_time(person)
    if tokens.issued_since(person, TokenPurpose.PASSWORD_RESET, timedelta(hours=1)) >= MOST_RESET_MAILS:
        return
    token, secret = tokens.issue(person, TokenPurpose.PASSWORD_RESET, valid=tokens.RESET_VALID)
    audit.record(AccountEvent.PASSWORD_LINK_SENT, person, actor=None)
    mail.queue(
        person,
        "accounts/mail/new_password",
        dedupe_key=f"new-password:{token.mark}",
        link=mail.link_to("accounts.new_password", token=secret),
    )


def _choose(secret: str, purpose: TokenPurpose, password: str, event: AccountEvent) -> User:
    token = tokens.open_token(secret, purpose)
    if token is None:
        raise LinkNoLongerWorks
    passwords.check(password, personal=_names_of(token.user))
    hashed = passwords.hash_between_transactions(password)
    person = tokens.use(secret, purpose)
    person.password_hash = hashed
    _after_new_password(person)
    audit.record(event, person, actor=person)
    return person


def _after_new_password(person: User) -> None:
    tokens.void(person)
    end_all_sessions(person)


def _names_of(person: User) -> list[str]:
    """What somebody who knows this person would try."""
    programme = current_programme()
    return [
        "gromada",
        person.name,
        person.email,
        *([programme.name, programme.short_name] if programme else []),
    ]


def _tell_password_changed(person: User) -> None:
    key = f"password-changed:{person.id}:{person.updated_at.isoformat()}"
    mail.queue(person, "accounts/mail/password_changed", dedupe_key=key)
