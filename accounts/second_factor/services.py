"""Switching the second step on and off, and asking for it."""

from enum import Enum

from sqlalchemy import delete, func, select, update

from accounts.events import AccountEvent
from accounts.models import User
from accounts.roles import Role
from accounts.second_factor import codes
from accounts.second_factor.errors import NothingBegun, WrongCode
from accounts.second_factor.models import RecoveryCode, SecondFactor
from core import audit, clock, mail
from core.database import db
from programme.queries import the_programme


class Source(Enum):
    """Where a code came from."""

    APP, PAPER = "app", "paper"


ROLES_IN_NEED = (Role.OFFICE, Role.ADMIN)
"""They see everybody's data, and can change who sees what."""


def factor_of(person: User) -> SecondFactor | None:
    """The one in force; one that was only begun asks for nothing."""
    found = db.session.get(SecondFactor, person.id)
    return found if found is not None and found.confirmed_at is not None else None


def begun_by(person: User) -> SecondFactor | None:
    found = db.session.get(SecondFactor, person.id)
    return found if found is not None and found.confirmed_at is None else None


def is_needed(person: User) -> bool:
    """By the programme's setting."""
    today = clock.today()
    has_such_role = any(person.holds(role, today) for role in ROLES_IN_NEED)
    return has_such_role and the_programme().settings.second_step_for_office


def begin(person: User) -> SecondFactor:
    """A new square code; one that was only begun before no longer counts. One in force stays as it is."""
    db.session.execute(select(User.id).where(User.id == person.id).with_for_update(key_share=True))
    found = factor_of(person)
    if found is not None:
        return found
    begun = begun_by(person) or SecondFactor(user_id=person.id)
    begun.salt, begun.created_at, begun.last_step = codes.new_salt(), clock.now(), 0
    db.session.add(begun)
    return begun


def confirm(person: User, code: str) -> list[str]:
    """The first code from the app switches it on; returns the recovery codes, which are shown this once."""
    begun = begun_by(person)
    if begun is None:
        raise NothingBegun
    step = codes.step_of(codes.tidied(code), begun.salt)
    if step is None:
        raise WrongCode
    begun.confirmed_at, begun.last_step = clock.now(), step
    return _changed(person, AccountEvent.SECOND_STEP_ON)


def check(person: User, code: str) -> None:
    """For signing in: take a code, from the app or from paper, once; raises ``WrongCode``."""
    if _taken(person, code) is Source.PAPER:
        _tell(person, AccountEvent.RECOVERY_CODE_USED, actor=person)


def _taken(person: User, code: str) -> Source:
    factor, plain = factor_of(person), codes.tidied(code)
    if factor is not None and _take(factor, plain):
        return Source.APP
    if factor is not None and _take_recovery(person, plain):
        return Source.PAPER
    raise WrongCode


def renew_codes(person: User, code: str) -> list[str]:
    """New recovery codes; the old ones no longer work."""
    _taken(person, code)
    return _changed(person, AccountEvent.RECOVERY_CODES_RENEWED)


def switch_off(person: User, code: str) -> None:
    """Where nobody asks for it, see ``is_needed``."""
    _taken(person, code)
    _forget(person)
    _tell(person, AccountEvent.SECOND_STEP_OFF, actor=person)


def take_away(person: User, *, actor: User | None) -> None:
    """For somebody whose phone and paper are gone. Where it is needed they set it up anew when they next sign in."""
    if db.session.get(SecondFactor, person.id) is not None:
        _forget(person)
        _tell(person, AccountEvent.SECOND_STEP_OFF, actor=actor)


def codes_left(person: User) -> int:
    unused = (RecoveryCode.user_id == person.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def _take(factor: SecondFactor, code: str) -> bool:
    """Decided by the database: of two who send the same code at the same moment one comes in."""
    step = codes.step_of(code, factor.salt)
    if step is None:
        return False
    taken = db.session.execute(
        update(SecondFactor)
        .where(SecondFactor.user_id == factor.user_id, SecondFactor.last_step < step)
        .values(last_step=step)
        .returning(SecondFactor.user_id)
    )
    return taken.first() is not None


def _take_recovery(person: User, code: str) -> bool:
    taken = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == person.id,
            RecoveryCode.code_hash == codes.recovery_hash(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
    )
    return taken.first() is not None


def _changed(person: User, event: AccountEvent) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == person.id))
    fresh = [codes.new_recovery_code() for _ in range(codes.RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(user_id=person.id, code_hash=codes.recovery_hash(code)) for code in fresh)
    _tell(person, event, actor=person)
    return fresh


def _forget(person: User) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == person.id))
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == person.id))


def _tell(person: User, event: AccountEvent, *, actor: User | None) -> None:
    """In the history, and by mail: whoever did not do it themselves must hear of it."""
    audit.record(event, person, actor=actor)
    key = f"{event.value}:{person.id}:{clock.now().isoformat()}"
    helper = actor if actor is not None and actor.id != person.id else None
    mail.queue(
        person,
        "accounts/mail/second_step",
        dedupe_key=key,
        reply_to=helper.mail_address if helper else None,
        what=event.label,
        left=codes_left(person),
    )
