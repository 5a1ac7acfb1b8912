"""Two people who decide about one person at the same moment, and one who presses twice. On PostgreSQL both are let in."""

from datetime import date

import pytest
from sqlalchemy import func, select, update

from accounts import services
from accounts.models import RoleGrant, User
from accounts.queries import administrators
from accounts.roles import Role
from core import clock as clocks
from core.database import db
from tests.support.at_once import at_once

EMAIL = "ewa@gromada.example"

pytestmark = pytest.mark.usefixtures("clock")


def person_of(id_: int) -> User:
    return db.session.get_one(User, id_)


def how_many(model, *which) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*which)) or 0


def test_of_two_administrators_who_end_each_other_one_stays(app, make):
    ids = [make.admin(name).grants[0].id for name in ("Ada", "Ala")]
    db.session.execute(update(RoleGrant).values(starts_on=date(2025, 1, 1)))

    def ending(grant_id):
        return lambda: services.end_grant(db.session.get_one(RoleGrant, grant_id), actor=None)

    assert at_once(app, *map(ending, ids)) == ["LastAdministrator", "done"]
    assert len(administrators(clocks.today())) == 1


def test_a_role_given_twice_at_the_same_moment_is_held_once(app, make):
    office, person = make.office().id, make.user().id

    def give():
        services.grant_role(person_of(person), Role.ANIMATOR, actor=person_of(office))

    assert at_once(app, give, give) == ["RoleHeldAlready", "done"]
    assert how_many(RoleGrant, RoleGrant.user_id == person) == 1
