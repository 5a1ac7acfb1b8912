"""Invented people: names as they occur in Poland, addresses that lead nowhere, one password for all."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from accounts.demo_sign_ins import DEMO_PASSWORD
from accounts.events import AccountEvent
from accounts.models import RoleGrant, User
from accounts.passwords import hash_password
from accounts.roles import Role
from core import audit, clock
from core.database import db
from core.text import slug
from demo.calendar import Calendar
from demo.chance import Chance
from demo.library import DATA, data_file

WOMEN = 68
"""Per cent: libraries, schools and culture centres employ mostly women."""

HEAD_OFFICE = "gromada.example"


@cache
def _names() -> dict[str, Any]:
    return data_file(DATA / "names.toml")


def invented_name(chance: Chance) -> tuple[str, str]:
    """First name and surname, the surname in the form that goes with the first name."""
    is_woman = chance.happens(WOMEN)
    first = chance.weighted(_names()["women" if is_woman else "men"])
    surname = chance.weighted(_names()["surnames"])
    return first, _feminine(surname) if is_woman else surname


def _feminine(surname: str) -> str:
    """Surnames that are adjectives have a form for women; the others stay as they are."""
    return f"{surname[:-1]}a" if surname.endswith(("ski", "cki", "dzki")) else surname


def invited(name: str, *, domain: str) -> User:
    """Somebody by name, invited at this moment of a story, who came soon after."""
    first, _, surname = name.rpartition(" ")
    person = User(
        email=f"{slug(first)}.{slug(surname)}@{domain}",
        name=name,
        password_hash=hash_password(DEMO_PASSWORD),
        is_active=True,
        last_login_at=clock.now(),
        grants=[],
    )
    db.session.add(person)
    db.session.flush()
    audit.record(AccountEvent.INVITED, person, actor=None)
    audit.record(AccountEvent.INVITATION_ACCEPTED, person, actor=person)
    return person


class People:
    """Everybody of one demonstration. No two of them share a name or an address."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._taken: set[str] = set()
        self._password_hash = hash_password(DEMO_PASSWORD)

    def person(
        self, *about: object, domain: str, since: datetime, email: str = "", name: str = "", came: bool = True
    ) -> User:
        """Somebody who was invited then and, unless they never ``came``, has been here lately."""
        chance = Chance("person", *about)
        first, surname = self._new_name(chance, name, domain)
        with clock.at(since):
            person = User(
                email=email or f"{slug(first)}.{slug(surname)}@{domain}",
                name=f"{first} {surname}",
                password_hash=self._password_hash,
                is_active=True,
                last_login_at=self.calendar.moment(chance.whole(0, 21), chance) if came else None,
                grants=[],
            )
            db.session.add(person)
            db.session.flush()
            audit.record(AccountEvent.INVITED, person, actor=None)
        if came:
            with clock.at(min(since + timedelta(hours=chance.whole(1, 70)), self.calendar.now)):
                audit.record(AccountEvent.INVITATION_ACCEPTED, person, actor=person)
        return person

    def holder(self, role: Role, *about: object, since: datetime, email: str = "", name: str = "") -> User:
        """Somebody of the programme itself, with a role for all of it."""
        person = self.person(role.value, *about, domain=HEAD_OFFICE, since=since, email=email, name=name)
        person.grants.append(RoleGrant(role=role, starts_on=clock.local(since).date(), created_at=since))
        with clock.at(since):
            audit.record(AccountEvent.ROLE_GRANTED, person, actor=None, role=role.value)
        return person

    def _new_name(self, chance: Chance, wanted: str, domain: str) -> tuple[str, str]:
        """Nobody shares a name with somebody else, nor a surname with a colleague: a reader would look for the reason."""
        first, _, surname = wanted.rpartition(" ")
        while not first or not self._names(first, surname, domain).isdisjoint(self._taken):
            first, surname = invented_name(chance)
        self._taken |= self._names(first, surname, domain)
        return first, surname

    @staticmethod
    def _names(first: str, surname: str, domain: str) -> set[str]:
        return {slug(f"{first} {surname}"), f"{slug(surname).removesuffix('a').removesuffix('i')}@{domain}"}
