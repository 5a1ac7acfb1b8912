"""People as others ask for them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.addresses import sign_in_name
from accounts.models import OneTimeToken, RoleGrant, SignInSession, TokenPurpose, User
from accounts.role_sources import holders_of
from accounts.roles import GRANTED_ROLES, Role
from accounts.states import PersonState
from accounts.tokens import is_open
from core import clock
from core.database import db
from core.text import fold


def person_by_id(person_id: int) -> User | None:
    return db.session.get(User, person_id, options=[selectinload(User.grants)])


def person_by_email(email: str) -> User | None:
    """Whose sign-in address this is, however it is written."""
    return db.session.scalar(select(User).where(User.email == sign_in_name(email)))


def office_people() -> Sequence[User]:
    """Everybody who works for the programme office today."""
    return db.session.scalars(
        select(User).where(User.is_active, holds_grant(Role.OFFICE, clock.today())).order_by(User.sort_key)
    ).all()


def administrators(on: date) -> Sequence[User]:
    return db.session.scalars(select(User).where(User.is_active, holds_grant(Role.ADMIN, on))).all()


def holds_grant(role: Role, on: date) -> ColumnElement[bool]:
    """This role for the whole programme, on that day; a condition on ``User``."""
    return exists().where(
        RoleGrant.user_id == User.id,
        RoleGrant.role == role,
        RoleGrant.starts_on <= on,
        or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= on),
    )


def open_sessions_of(person: User) -> Sequence[SignInSession]:
    """Where a person is signed in, the last seen first. Some may have run out since."""
    return db.session.scalars(
        select(SignInSession)
        .where(SignInSession.user_id == person.id, SignInSession.ended_at.is_(None))
        .order_by(SignInSession.last_seen_at.desc())
    ).all()


# --- The list of people ----------------------------------------------------------------------------------


def people(
    *, words: str = "", role: Role | None = None, state: PersonState | None = None
) -> Select[User, bool]:
    """``(User, whether an invitation is open)`` for the list; narrowed, not yet sorted."""
    query = select(User, has_open_invitation().label("is_invited")).options(selectinload(User.grants))
    for word in fold(words).split():
        query = query.where(User.search_text.contains(word, autoescape=True))
    if role is not None:
        query = query.where(holds(role, clock.today()))
    if state is not None:
        query = query.where(in_state(state))
    return query


def has_open_invitation() -> ColumnElement[bool]:
    return exists().where(
        OneTimeToken.user_id == User.id, OneTimeToken.purpose == TokenPurpose.INVITATION, is_open()
    )


def holds(role: Role, on: date) -> ColumnElement[bool]:
    """A role from whatever gives it: a grant, or the records of a package that said so."""
    ways = [holds_grant(role, on)] if role in GRANTED_ROLES else []
    ways += [User.id.in_(ids) for ids in holders_of(role, on)]
    return or_(*ways) if ways else literal(False)


def in_state(state: PersonState) -> ColumnElement[bool]:
    """The same as ``accounts.states.state_of``, for lists."""
    came = User.last_login_at.is_not(None)
    return {
        PersonState.INACTIVE: ~User.is_active,
        PersonState.ACTIVE: and_(User.is_active, came),
        PersonState.INVITED: and_(User.is_active, ~came, has_open_invitation()),
        PersonState.NEVER_CAME: and_(User.is_active, ~came, ~has_open_invitation()),
    }[state]


def roles_of_many(ids: Sequence[int], on: date) -> dict[int, set[Role]]:
    """Roles that come from elsewhere than grants, for the people of one page, in one query."""
    parts = [
        select(literal(role.value).label("role"), found.subquery().c[0].label("user_id"))
        for role in Role
        for found in holders_of(role, on)
    ]
    roles: dict[int, set[Role]] = {person_id: set() for person_id in ids}
    if not parts or not ids:
        return roles
    union = parts[0].union_all(*parts[1:]).subquery()
    for role, person_id in db.session.execute(select(union).where(union.c.user_id.in_(ids))):
        roles[person_id].add(Role(role))
    return roles


def is_invited(person: User) -> bool:
    """An invitation of this person still works."""
    return bool(db.session.scalar(select(has_open_invitation()).where(User.id == person.id)))


def grant_by_id(person_id: int, grant_id: int) -> RoleGrant | None:
    return db.session.scalar(
        select(RoleGrant)
        .where(RoleGrant.id == grant_id, RoleGrant.user_id == person_id)
        .options(joinedload(RoleGrant.user, innerjoin=True).selectinload(User.grants))
    )
