"""A guest who got an account after registering came once, from where they said."""

import pytest

from core.database import db
from tests.webinars.attendance.conftest import attendances, guest_of, report_of
from webinars.attendance import by_hand, reports
from webinars.attendance.queries import not_there_yet


@pytest.fixture
def seat(make, held):
    return guest_of(held(), "Ola Wróż", "ola@gosc.example", make.municipality("Zielonki"))


def read(webinar, actor):
    report = reports.take_in(webinar, report_of(("Ola", "ola@gosc.example", 60)), actor=actor)
    reports.save(report, actor=actor)
    db.session.commit()


def test_they_stand_there_with_their_account_and_are_not_ticked_again(make, seat, office):
    make.user("Ola Wróż", email="ola@gosc.example")

    read(seat.webinar, office)

    assert attendances(seat.webinar) == [("Ola Wróż", "Zielonki", 1, 60, "import")]
    assert not_there_yet(seat.webinar) == []


def test_ticked_first_the_report_finds_them_there(make, seat, office):
    make.user("Ola Wróż", email="ola@gosc.example")

    by_hand.tick(seat.webinar, [seat.id], actor=office)
    read(seat.webinar, office)

    assert attendances(seat.webinar) == [("Ola Wróż", "Zielonki", 1, None, "manual")]


def test_who_came_as_a_guest_does_not_come_again_with_an_account_of_later(make, seat, office):
    read(seat.webinar, office)
    make.user("Ola Wróż", email="ola@gosc.example")

    read(seat.webinar, office)

    assert attendances(seat.webinar) == [("Ola Wróż", "Zielonki", 1, 60, "import")]
