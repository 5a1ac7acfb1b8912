"""Two people who decide about one person at the same moment, and one who presses twice. On PostgreSQL both are let in."""

from datetime import date

import pytest
from sqlalchemy import func, select, update

from accounts import services
from accounts.models import OneTimeToken, RoleGrant, User
from accounts.queries import administrators
from accounts.roles import Role
from accounts.second_factor import services as second_factor
from accounts.tokens import is_open
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


def test_somebody_invited_twice_at_the_same_moment_is_one_person_with_one_link(app, make, outbox):
    office = make.office().id

    def invite():
        services.invite(EMAIL, "Ewa Nowak", role=Role.ANIMATOR, actor=person_of(office))

    assert set(at_once(app, invite, invite)) <= {"RoleHeldAlready", "done"}
    ewa = db.session.scalars(select(User).where(User.email == EMAIL)).one()
    assert how_many(RoleGrant, RoleGrant.user_id == ewa.id) == 1
    assert how_many(OneTimeToken, is_open()) == 1
    assert outbox()[-1].to_address == EMAIL


@pytest.mark.parametrize("link", ["new password", "sign-in", "invitation"])
def test_of_links_asked_for_at_the_same_moment_one_alone_works(app, make, link):
    office, password = make.office().id, None if link == "invitation" else "koza zielony rower 77"
    ewa = make.user(email=EMAIL, password=password).id
    ask = {
        "new password": lambda: services.request_password_reset(EMAIL),
        "sign-in": lambda: services.request_sign_in_link(EMAIL, browser="b" * 32),
        "invitation": lambda: services.resend_invitation(person_of(ewa), actor=person_of(office)),
    }[link]

    assert at_once(app, ask, ask, ask) == ["done"] * 3
    assert how_many(OneTimeToken, is_open()) == 1


def test_a_second_step_begun_twice_at_the_same_moment_is_one(app, make):
    person = make.user().id

    def begin():
        second_factor.begin(person_of(person))

    assert at_once(app, begin, begin) == ["done", "done"]
    assert second_factor.begun_by(person_of(person)) is not None
