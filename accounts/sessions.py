"""Being signed in: a row per browser, so that signing out, a new password or an administrator ends it at once."""

import secrets
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from flask import Flask, g, has_request_context, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import (
    ColumnElement,
    Exists,
    ScalarSelect,
    Select,
    Update,
    bindparam,
    event,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session, joinedload

from accounts.models import DismissedHint, SignInSession, User
from accounts.roles import Role
from accounts.second_factor.models import SecondFactor
from core import clock
from core.database import aside, db, table_of

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
IDLE_FOR_OFFICE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)
"""How exactly "last seen" is kept: a write on every page view would help nobody."""


def hashed(token: str) -> str:
    """A token has 256 random bits, so a plain hash is enough to keep a stolen table useless."""
    return sha256(token.encode()).hexdigest()


def idle_limit(person: User) -> timedelta:
    """People who see the whole programme are signed out sooner."""
    day = clock.today()
    sees_all = person.holds(Role.OFFICE, day) or person.holds(Role.ADMIN, day)
    return IDLE_FOR_OFFICE if sees_all else IDLE


def begin_session(person: User, *, browser: str) -> SignInSession:
    """Sign this browser in, under a new id: whatever was set in its cookie before is gone, and its old session too."""
    end_session()
    token = secrets.token_urlsafe(32)
    begun = SignInSession(token_hash=hashed(token), user=person, browser=browser[:200])
    db.session.add(begun)
    person.last_login_at = clock.now()
    person.session_token = token
    login_user(person)
    g.pop("roles", None)
    g.pop("seen_session_id", None)
    return begun


def end_session() -> None:
    """Sign this browser out."""
    token = session.get("_user_id")
    if token:
        _end(SignInSession.token_hash == hashed(str(token)))
    session.clear()


def end_all_sessions(person: User) -> None:
    """Sign a person out everywhere: after a new password, by their own wish, or by an administrator."""
    _end(SignInSession.user_id == person.id)


def _end(which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(SignInSession).where(which, SignInSession.ended_at.is_(None)).values(ended_at=clock.now())
    )


def load_person(token: str) -> User | None:
    """Who this browser is signed in as, if its session is still good."""
    row = db.session.execute(_open_session(), {"token": hashed(token)}).unique().one_or_none()
    if row is None:
        return None
    person, session_id, began_at, last_seen_at, hints, has_second_step = row
    moment = clock.now()
    if not person.is_active or moment >= _ends_at(began_at, last_seen_at, person):
        return None
    g.hints_put_away = frozenset((hints or "").split(","))
    if moment - last_seen_at > SEEN_EVERY:
        g.seen_session_id = session_id
        last_seen_at = moment
    person.session_token = token
    person.has_second_step = has_second_step
    g.session_ends_at = _ends_at(began_at, last_seen_at, person)
    g.preferred_language = person.language
    g.actor_id = person.id
    return person


@cache
def _open_session() -> Select[*tuple[User, int, datetime, datetime, str, bool]]:
    """Put together once: every page asks it, and wants no more of the session than this."""
    return (
        select(
            User,
            SignInSession.id,
            SignInSession.created_at,
            SignInSession.last_seen_at,
            _hints_put_away(),
            _has_second_step(),
        )
        .join(SignInSession, SignInSession.user_id == User.id)
        .where(SignInSession.token_hash == bindparam("token"), SignInSession.ended_at.is_(None))
        .options(joinedload(User.grants))
    )


def _hints_put_away() -> ScalarSelect[str]:
    """Read along with the session, so that pages with hints ask the database nothing more."""
    mine = select(func.aggregate_strings(DismissedHint.hint, ","))
    return mine.where(DismissedHint.user_id == SignInSession.user_id).scalar_subquery()


def _has_second_step() -> Exists:
    return exists(1).where(
        SecondFactor.user_id == SignInSession.user_id, SecondFactor.confirmed_at.is_not(None)
    )


def is_alive(found: SignInSession) -> bool:
    """Neither ended, nor too long ago begun or last used."""
    return found.ended_at is None and clock.now() < _ends_at(found.created_at, found.last_seen_at, found.user)


def _ends_at(began_at: datetime, last_seen_at: datetime, person: User) -> datetime:
    """If nothing more is asked in it."""
    return min(began_at + LONGEST, last_seen_at + idle_limit(person))


def is_this_one(found: SignInSession) -> bool:
    """It is the browser that sent this request."""
    return found.token_hash == hashed(str(session.get("_user_id", "")))


def seconds_left() -> int | None:
    """How long this browser stays signed in if nothing more is asked of us; None for a visitor."""
    ends_at: datetime | None = g.get("session_ends_at")
    return max(0, int((ends_at - clock.now()).total_seconds())) if ends_at else None


@event.listens_for(db.session, "before_commit")
def _remember_along(transaction: Session) -> None:
    """A request that writes anyway takes it along: one wait for the disk instead of two."""
    if has_request_context() and (session_id := g.pop("seen_session_id", None)) is not None:
        transaction.connection().execute(_seen(), {"session": session_id, "seen": clock.now()})


def _remember_seen(_: BaseException | None) -> None:
    """After the request's own transaction has ended without writing, in a short one of its own."""
    session_id = g.pop("seen_session_id", None)
    if session_id is not None:
        with aside() as transaction:
            transaction.connection().execute(_seen(), {"session": session_id, "seen": clock.now()})


@cache
def _seen() -> Update:
    """Past the mapper, and put together once: nobody reads the record any more."""
    table = table_of(SignInSession)
    return update(table).where(table.c.id == bindparam("session")).values(last_seen_at=bindparam("seen"))


def _to_sign_in() -> ResponseReturnValue:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wanted), 303)


def init_sessions(app: Flask) -> None:
    manager = LoginManager(app)
    # Nobody is remembered beyond a session; looking whether they are would make every file of ours differ by cookie.
    app.after_request_funcs[None].remove(manager._update_remember_cookie)
    manager.session_protection = None  # ours is the session row; the address of a phone changes all the time
    manager.user_loader(load_person)
    manager.unauthorized_handler(_to_sign_in)
    app.before_request(_know_the_person)
    app.teardown_request(_remember_seen)


def _know_the_person() -> None:
    """Before anything is said, so that it is said in the person's language."""
    if request.endpoint != "static":
        _ = current_user.is_authenticated
