"""Commands for whoever runs the installation."""

import dataclasses

import pytest
from sqlalchemy import select

from accounts.models import User
from accounts.roles import Role
from config import Mode
from core import clock
from core.database import db
from tests.support.applications import app_on
from tests.support.clients import OutsideClient
from tests.support.reading import found

pytestmark = pytest.mark.usefixtures("fast_hashing")

EMAIL = "ada@gromada.example"
GOOD = "wrona lubi zielony herbatnik"


@pytest.fixture
def command(app):
    def run(*words):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["admin", *words])

    return run


def ada():
    return db.session.scalars(
        select(User).where(User.email == EMAIL).execution_options(populate_existing=True)
    ).one()


def test_the_first_administrator_of_a_new_installation_comes_in_with_a_printed_link(command, visit, outbox):
    printed = command("invite", "Ada@gromada.example", "--name", "Ada Admin").output
    link = found(r"http://localhost(\S+)", printed)

    page = visit().open(link)
    page.submit("Utwórz konto", password=GOOD, repeated=GOOD)  # invited in the programme's own language

    assert page.headings[0] == "Witamy, Ada Admin"
    assert ada().holds(Role.ADMIN, clock.today())
    assert outbox() == []
    visit().open(link, expect=404)


def test_in_production_the_link_begins_with_the_public_address(config):
    production = dataclasses.replace(config, mode=Mode.PRODUCTION, public_url="https://plany.example")
    db.session.rollback()
    with app_on(production) as app:
        printed = app.test_cli_runner().invoke(args=["admin", "invite", EMAIL]).output
        path = found(r"https://plany\.example(/invitation/\S+)", printed)
        page = OutsideClient(app).get(path, base_url="https://plany.example")

    assert page.status_code == 200
    assert "Witamy, ada" in page.text


def test_an_administrator_who_is_locked_out_gets_a_link_for_a_new_password(command, make, visit):
    make.user("Ada Admin", email=EMAIL, password="an older password")

    printed = command("invite", EMAIL).output

    link = found(r"http://localhost(/new-password/\S+)", printed)
    visit().open(link).submit("Save the password and sign in", password=GOOD, repeated=GOOD)
    assert ada().holds(Role.ADMIN, clock.today())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("invite", "nobody"), "Enter an e-mail address"),
        (("invite", "closed@gromada.example"), "This account is inactive"),
        (("grant", "nobody@gromada.example", "office"), "nobody signs in as"),
        (("grant", EMAIL, "leader"), "Invalid value"),
        (("grant", EMAIL, "office"), "has the role already"),
        (("revoke", EMAIL, "animator"), "is not animator"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(command, make, words, told):
    make.user(email="closed@gromada.example", is_active=False)
    make.office().email = EMAIL

    answer = command(*words)

    assert answer.exit_code != 0
    assert told in answer.output
    assert {grant.role for grant in ada().grants} == {Role.OFFICE}


def test_a_role_is_granted_and_revoked(command, make):
    make.user(email=EMAIL)

    assert command("grant", EMAIL, "office").output == f"{EMAIL} is office from today on\n"
    assert ada().holds(Role.OFFICE, clock.today())
    assert command("revoke", EMAIL, "office").output == f"{EMAIL} is no longer office\n"
    assert not ada().holds(Role.OFFICE, clock.today())


def test_a_new_installation_has_no_account_at_all(app):
    assert db.session.scalars(select(User)).all() == []
