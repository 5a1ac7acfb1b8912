"""An invitation that nobody has used: its reader is told once, three days before it ends."""

from datetime import date, timedelta

import pytest

from accounts import services
from accounts.jobs import remind_of_invitations
from accounts.roles import Role
from core.database import db
from tests.support.days import run_on_days
from tests.support.reading import found

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test begins on one day, at noon in Warsaw."""


@pytest.fixture
def invite(make):
    def invited(name="Ewa Nowak", email="ewa@gromada.example"):
        person = services.invite(email, name, actor=make.office(), role=Role.ANIMATOR, language="en")
        db.session.commit()
        return person

    return invited


def days(first, count):
    return [first + timedelta(days=number) for number in range(count)]


def reminders(outbox):
    return [
        (mail.to_address, mail.subject) for mail in outbox() if mail.dedupe_key.startswith("invitation-ends:")
    ]


def test_its_reader_is_told_once_before_it_ends(invite, clock, outbox):
    invite()

    said = run_on_days(remind_of_invitations, clock, days(TODAY + timedelta(days=1), 30))

    assert said == {date(2026, 4, 27): "1 reminded"}
    ((address, subject),) = reminders(outbox)
    assert address == "ewa@gromada.example"
    assert subject.endswith("ends on 29 Apr 2026, 12:00")
    assert "http" not in outbox()[-1].body.replace("http://localhost/", "")


def test_after_a_gap_they_are_told_while_it_works_and_not_after(invite, clock):
    invite()
    assert run_on_days(remind_of_invitations, clock, [date(2026, 4, 29)]) == {date(2026, 4, 29): "1 reminded"}

    invite("Jan Kos", "jan@gromada.example")

    assert run_on_days(remind_of_invitations, clock, days(date(2026, 5, 20), 5)) == {}


def test_whoever_came_or_was_switched_off_is_told_nothing(invite, make, clock, outbox, visit):
    link = found(r"http://localhost(\S+)", (invite(), outbox()[-1].body)[1])
    services.accept_invitation(link.rpartition("/")[2], "wrona lubi zielony herbatnik")
    services.deactivate(invite("Jan Kos", "jan@gromada.example"), actor=make.admin())
    db.session.commit()

    assert run_on_days(remind_of_invitations, clock, days(TODAY + timedelta(days=1), 30)) == {}


def test_of_two_invitations_only_the_one_that_works_is_spoken_of(invite, make, clock, outbox):
    person = invite()
    clock.tick(days=10)
    services.resend_invitation(person, actor=make.office())
    db.session.commit()

    said = run_on_days(remind_of_invitations, clock, days(date(2026, 4, 26), 20))

    assert said == {date(2026, 5, 7): "1 reminded"}
