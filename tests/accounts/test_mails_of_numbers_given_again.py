"""What is tidied away or taken back may leave its number to the next: whoever gets that one is told all the same."""

import pytest

from accounts import services
from accounts.jobs import remind_of_invitations, tidy
from accounts.models import OneTimeToken
from accounts.roles import Role
from core.database import db
from tests.support.reading import found

pytestmark = pytest.mark.usefixtures("clock", "fast_hashing")

GOOD = "wrona lubi zielony herbatnik"


@pytest.fixture
def office(make):
    return make.office()


@pytest.fixture
def told(outbox):
    """The addresses of the mails whose key begins so, the oldest first."""

    def addresses(what):
        return [mail.to_address for mail in outbox() if mail.dedupe_key.startswith(f"{what}:")]

    return addresses


def two_nights_later(clock):
    """Nothing is left of the links of before."""
    db.session.commit()
    clock.tick(days=2)
    tidy()
    assert db.session.query(OneTimeToken).count() == 0


def test_who_is_invited_after_another_came_gets_an_invitation(office, clock, outbox, told):
    services.invite("ewa@gromada.example", "Ewa Nowak", actor=office)
    services.accept_invitation(found(r"/invitation/(\S+)", outbox()[-1].body), GOOD)
    two_nights_later(clock)

    services.invite("jan@gromada.example", "Jan Kos", actor=office)

    assert told("invitation") == ["ewa@gromada.example", "jan@gromada.example"]


def test_both_are_told_that_their_invitation_ends(office, clock, told):
    """The first one has ended and is tidied away when the second is sent."""
    for address in ("ewa@gromada.example", "jan@gromada.example"):
        services.invite(address, "Somebody", actor=office)
        db.session.commit()
        clock.tick(days=12)
        remind_of_invitations()
        clock.tick(days=3)
        two_nights_later(clock)

    assert told("invitation-ends") == ["ewa@gromada.example", "jan@gromada.example"]


@pytest.mark.parametrize(
    ("what", "ask"),
    [
        ("sign-in-link", lambda address: services.request_sign_in_link(address, browser="hers")),
        ("new-password", services.request_password_reset),
    ],
)
def test_who_asks_for_a_link_after_another_did_gets_one(make, clock, told, what, ask):
    for name in ("ewa", "jan"):
        make.user(email=f"{name}@gromada.example", password=GOOD)
        ask(f"{name}@gromada.example")
        two_nights_later(clock)

    assert told(what) == ["ewa@gromada.example", "jan@gromada.example"]


def test_who_gets_the_role_that_another_had_by_mistake_is_told(make, office, told):
    ewa, jan = make.user(email="ewa@gromada.example"), make.user(email="jan@gromada.example")
    by_mistake = services.grant_role(ewa, Role.ANIMATOR, actor=office)
    services.end_grant(by_mistake, actor=office)

    services.grant_role(jan, Role.ANIMATOR, actor=office)

    assert told("role") == ["ewa@gromada.example", "jan@gromada.example"]


def test_who_gets_a_role_again_on_the_same_day_is_told_again(make, office, clock, told):
    ewa = make.user(email="ewa@gromada.example")
    services.end_grant(services.grant_role(ewa, Role.ANIMATOR, actor=office), actor=office)
    clock.tick(minutes=5)

    services.grant_role(ewa, Role.ANIMATOR, actor=office)

    assert told("role") == ["ewa@gromada.example", "ewa@gromada.example"]
