"""What people decide about the access of others, and what they cannot."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import services
from accounts.models import User
from accounts.roles import Role
from core.audit import AuditEvent
from core.database import db


def fresh(person):
    return db.session.get(User, person.id, populate_existing=True)


@pytest.fixture
def office(make):
    return make.office("Olga Biuro")


def test_a_role_that_has_ended_keeps_its_last_day_when_it_is_ended_again(make, office, clock):
    person = make.user("Ewa Nowak")
    grant = services.grant_role(person, Role.ANIMATOR, actor=office)
    for _ in range(3):
        clock.tick(days=10)
        services.end_grant(grant, actor=office)
        db.session.commit()

    assert [one.ends_on for one in fresh(person).grants] == [grant.starts_on + timedelta(days=9)]
    ended = select(AuditEvent).where(AuditEvent.event == "account.role_ended")
    assert len(db.session.scalars(ended).all()) == 1
