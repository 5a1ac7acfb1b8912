"""Somebody who is erased has a seat at a webinar to come: it goes to who waits, and no mail goes to nobody."""

from datetime import timedelta

import pytest

from core.database import db
from office.erasures.forgetting import Subject, forget
from tests.webinars.registrations.conftest import STARTS, guest_seat
from webinars.models import WebinarStatus
from webinars.registrations import jobs, queries, services
from webinars.registrations.models import RegistrationStatus

GUEST = "ewa@example.org"


@pytest.fixture
def full(make, webinar):
    """One seat, taken by somebody whom ``whose`` says; one waits."""

    def fill(whose):
        coming = webinar(capacity=1)
        seat = guest_seat(coming, GUEST) if whose == "guest" else services.register(coming, make.user())
        waiting = services.register(coming, make.user())
        db.session.commit()
        return seat, waiting

    return fill


@pytest.mark.parametrize("whose", ["guest", "account"])
def test_the_seat_of_somebody_erased_goes_to_who_waits(full, outbox, clock, whose):
    seat, waiting = full(whose)
    before = len(outbox())

    forget(Subject(seat.user, GUEST if whose == "guest" else "", "Former person 7"))
    db.session.commit()

    assert (seat.status, waiting.status) == (RegistrationStatus.CANCELLED, RegistrationStatus.REGISTERED)
    assert queries.counts_of(seat.webinar).total == 2
    assert [mail.to_address for mail in outbox()[before:]] == [waiting.mail_address]
    clock.move_to(STARTS - timedelta(hours=20))
    jobs.send_reminders()
    assert {mail.to_address for mail in outbox()[before:]} == {waiting.mail_address}


def test_of_a_webinar_that_was_it_stays_counted_as_taken(webinar):
    seat = guest_seat(webinar(starts_at=STARTS - timedelta(days=60), status=WebinarStatus.HELD), GUEST)

    forget(Subject(None, GUEST, "Former person 7"))

    assert (seat.status, seat.email) == (RegistrationStatus.REGISTERED, None)
