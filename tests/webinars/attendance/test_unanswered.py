"""Somebody asked for a seat and never answered the mail: they may come all the same, but nobody knows who they are."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import db
from tests.webinars.attendance.conftest import WAS, attendances, guest_of, report_of
from webinars.attendance import by_hand, reports
from webinars.registrations import jobs
from webinars.registrations.models import RegistrationStatus, WebinarRegistration


@pytest.fixture
def unanswered(held):
    """A webinar, and a guest who filled in the form an hour before it."""
    webinar = held()
    seat = guest_of(webinar, "Ola Wróż", "ola@gosc.example")
    seat.status, seat.asked_at = RegistrationStatus.UNCONFIRMED, WAS - timedelta(hours=1)
    db.session.commit()
    return webinar, seat


def test_whoever_never_answered_is_deleted_although_a_report_names_them(unanswered, office, clock):
    webinar, _seat = unanswered
    report = reports.take_in(webinar, report_of(("Ola Wróż", "ola@gosc.example", 60)), actor=office)
    reports.save(report, actor=office)
    db.session.commit()

    clock.tick(days=3)

    assert jobs.forget() == "0 forgotten, 1 never answered"
    assert db.session.scalars(select(WebinarRegistration)).all() == []
    assert [line.state.value for line in reports.lines_of(report)] == ["unknown"]


def test_nor_can_they_be_ticked(unanswered, office):
    webinar, seat = unanswered

    assert by_hand.tick(webinar, [seat.id], actor=office) == 0
    assert attendances(webinar) == []
