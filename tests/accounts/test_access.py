"""What people decide about the access of others, and what they cannot."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import services
from accounts.models import User
from accounts.roles import Role
from core import clock
from core.audit import AuditEvent
from core.database import db
from core.mail_addresses import BouncedAddress


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


def test_the_office_does_not_lead_the_mails_of_an_administrator_elsewhere(visit, make, office):
    admin, other = make.admin("Ada Admin"), make.admin("Ala Admin")
    before = admin.mail_address
    db.session.add(BouncedAddress(address=admin.email))
    db.session.commit()
    wanted = {"notification_email": "olga@gromada.example"}

    page = visit(as_=office).open(f"/people/{admin.id}").submit("Correct the address", **wanted, expect=422)

    assert "Only an administrator decides about administrators" in page.text
    assert fresh(admin).mail_address == before
    visit(as_=other).open(f"/people/{admin.id}").submit("Correct the address", **wanted)
    assert fresh(admin).mail_address == "olga@gromada.example"


def test_an_account_that_was_erased_is_not_opened_again(visit, make, office):
    person = make.user("Ewa Nowak")
    person.is_active = False
    db.session.commit()
    page = visit(as_=office).open(f"/people/{person.id}")
    person.erased_at = clock.now()
    db.session.commit()

    page.submit("Activate the account", expect=409)

    assert not fresh(person).is_active
    assert "Activate the account" not in visit(as_=office).open(f"/people/{person.id}").buttons
