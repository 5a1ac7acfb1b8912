"""Whoever the office has taken out stays out: what is settled or deleted later does not bring them back."""

import pytest
from sqlalchemy import select

from core.database import db
from tests.webinars.attendance.conftest import attendances, guest_of, report_of
from webinars.attendance import by_hand, jobs, reports
from webinars.attendance.models import LineState
from webinars.models import Attendance


@pytest.fixture
def saved(office):
    def save(webinar, *people):
        report = reports.take_in(webinar, report_of(*people), actor=office)
        reports.save(report, actor=office)
        db.session.commit()
        return report

    return save


def take_out(number, actor):
    rows = db.session.scalars(select(Attendance).order_by(Attendance.id)).all()
    by_hand.remove(rows[number], actor=actor)
    db.session.commit()


def line(report, name):
    return next(one for one in reports.lines_of(report) if one.name == name)


def test_somebody_taken_for_another_stays_out_when_the_next_one_is_settled(held, office, saved):
    webinar = held()
    guest_of(webinar, "Ola Wróż", "ola@gosc.example")
    report = saved(webinar, ("Ola Wróż", "", 60), ("obcy", "", 30))

    take_out(0, office)
    reports.settle_as_other(line(report, "obcy"), actor=office)

    assert attendances(webinar) == [(None, None, 1, None, "import")]


def test_who_it_was_can_be_said_anew(make, held, office, saved):
    webinar, namesake = held(), make.user("Ola Wróż")
    guest_of(webinar, "Ola Wróż", "ola@gosc.example")
    report = saved(webinar, ("Ola Wróż", "", 60))

    take_out(0, office)
    assert line(report, "Ola Wróż").state is LineState.UNKNOWN
    reports.settle_as_user(line(report, "Ola Wróż"), namesake, actor=office)

    assert db.session.scalars(select(Attendance.user_id)).all() == [namesake.id]


def test_who_it_was_is_forgotten_with_the_names_and_counted_as_from_elsewhere(held, office, saved, clock):
    webinar = held()
    guest_of(webinar, "Ola Wróż", "ola@gosc.example")
    saved(webinar, ("Ola Wróż", "", 60), ("obcy", "", 30))

    take_out(0, office)
    clock.tick(days=31)

    assert jobs.forget() == "1 forgotten"
    assert attendances(webinar) == [(None, None, 2, None, "import")]


def test_a_count_that_was_taken_out_stays_out(make, held, office, saved):
    webinar, place = held(), make.municipality("Zielonki")
    report = saved(webinar, ("biblioteka", "", 48), ("szkoła", "", 48))
    reports.settle_as_place(line(report, "biblioteka"), place, actor=office)

    take_out(0, office)
    reports.settle_rest(report, actor=office)

    assert attendances(webinar) == [(None, None, 1, None, "import")]


def test_whoever_led_two_partnerships_stays_in_the_one_that_is_left(make, held, office, saved):
    webinar, leader = held(), make.user("Łucja Gęś")
    for name in ("Zielonki", "Bolesław"):
        make.partnership(municipality=make.municipality(name), leader=leader)
    report = saved(webinar, ("Łucja Gęś", "", 60), ("obcy", "", 30))

    take_out(0, office)
    reports.settle_as_other(line(report, "obcy"), actor=office)

    assert attendances(webinar) == [
        ("Łucja Gęś", "Bolesław", 1, 60, "import"), (None, None, 1, None, "import"),
    ]  # fmt: skip
