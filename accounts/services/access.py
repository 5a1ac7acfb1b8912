"""What people may do for the whole programme, and whether they may come in at all."""

from datetime import timedelta

from sqlalchemy import select

from accounts import tokens
from accounts.errors import (
    LastAdministrator,
    NotYourself,
    OnlyAnAdministrator,
    RoleHeldAlready,
    RoleNotGranted,
)
from accounts.events import AccountEvent
from accounts.models import RoleGrant, User
from accounts.queries import administrators, holds_grant
from accounts.roles import GRANTED_ROLES, Role
from accounts.sessions import end_all_sessions
from core import audit, clock, mail
from core.database import db
from core.workflow import NotNow

WAIT_FOR_OTHERS = {"key_share": True}
"""A lock that lets rows still refer to the person. SQLite needs none: there a writer is alone anyway."""


def grant_role(person: User, role: Role, *, actor: User | None, tell: bool = True) -> RoleGrant:
    """From today on. Sessions end, so that the new rights hold from the next sign-in."""
    ensure_may_decide(role, actor)
    _hold(person)
    if person.holds_from_now(role):
        raise RoleHeldAlready
    grant = RoleGrant(user=person, role=role, starts_on=clock.today())
    db.session.add(grant)
    db.session.flush()
    end_all_sessions(person)
    audit.record(AccountEvent.ROLE_GRANTED, person, actor=actor, role=role.value)
    if tell:
        # one that was taken back leaves its number to the next
        key = f"role:{grant.id}:{person.id}:{grant.created_at.isoformat()}"
        mail.queue(person, "accounts/mail/role_granted", dedupe_key=key, role=role, actor=actor)
    return grant


def end_grant(grant: RoleGrant, *, actor: User | None) -> None:
    """Today was not the last day: it ends at once. One of today leaves no day behind, so it is taken back."""
    ensure_may_decide(grant.role, actor)
    person, yesterday = grant.user, clock.today() - timedelta(days=1)
    if grant.ends_on is not None and grant.ends_on <= yesterday:
        return  # by somebody else, whom this page has not heard of: its last day stays
    if grant.role is Role.ADMIN:
        _ensure_not_last_administrator(person)
    if grant.starts_on > yesterday:
        person.grants.remove(grant)
        db.session.delete(grant)
    else:
        grant.ends_on = yesterday
    db.session.flush()
    end_all_sessions(person)
    audit.record(AccountEvent.ROLE_ENDED, person, actor=actor, role=grant.role.value)


def deactivate(person: User, *, actor: User) -> None:
    """The person cannot sign in any more; everything they did stays under their name."""
    if person.id == actor.id:
        raise NotYourself
    if person.holds(Role.ADMIN, clock.today()):
        ensure_may_decide(Role.ADMIN, actor)
        _ensure_not_last_administrator(person)
    person.is_active = False
    tokens.void(person)
    end_all_sessions(person)
    mail.stop_mails_to(person.id)
    audit.record(AccountEvent.DEACTIVATED, person, actor=actor)


def activate(person: User, *, actor: User) -> None:
    """Nobody is behind an account that was erased."""
    if person.erased_at is not None:
        raise NotNow
    if person.holds(Role.ADMIN, clock.today()):
        ensure_may_decide(Role.ADMIN, actor)
    person.is_active = True
    audit.record(AccountEvent.ACTIVATED, person, actor=actor)


def sign_out_everywhere(person: User, *, actor: User) -> None:
    end_all_sessions(person)
    audit.record(AccountEvent.SIGNED_OUT_EVERYWHERE, person, actor=actor)


def ensure_may_decide(role: Role, actor: User | None) -> None:
    """Nobody makes themselves an administrator. No actor means the one who runs the installation."""
    if role not in GRANTED_ROLES:
        raise RoleNotGranted
    if role is Role.ADMIN and actor is not None and not actor.holds(Role.ADMIN, clock.today()):
        raise OnlyAnAdministrator


def _hold(person: User) -> None:
    """Until the end of the request, and with their roles as they are now: of two who give one the second sees it."""
    db.session.refresh(person, attribute_names=["is_active", "grants"], with_for_update=WAIT_FOR_OTHERS)


def _ensure_not_last_administrator(person: User) -> None:
    """Whoever decides about another one at the same moment waits, and then counts anew."""
    held = select(User.id).where(User.is_active, holds_grant(Role.ADMIN, clock.today())).order_by(User.id)
    db.session.execute(held.with_for_update(key_share=True))
    if [admin.id for admin in administrators(clock.today())] == [person.id]:
        raise LastAdministrator
