"""What people needed and who guests were is deleted 30 days after the webinar; how many there were stays."""

from datetime import timedelta

from sqlalchemy import func, select

from core.database import db
from tests.webinars.registrations.conftest import STARTS, guest_seat
from webinars.models import WebinarStatus
from webinars.registrations import jobs, queries, services
from webinars.registrations.models import AudienceGroup, GuestLink, RegistrationStatus, WebinarRegistration

ENDS = STARTS + timedelta(minutes=90)


def test_thirty_days_after_it_needs_and_guests_are_forgotten_and_counts_stay(make, visit, webinar, clock):
    person, coming = make.user("Anna Nowak"), webinar()
    mine = services.register(coming, person)
    mine.access_needs, mine.access_note = ["other"], "By the door"
    guest = guest_seat(coming, "ewa@example.org", access_needs=["sign_language"])
    db.session.add(
        GuestLink(token_hash="x" * 64, purpose="seat", registration_id=guest.id, valid_until=clock.now)
    )
    coming.status = WebinarStatus.HELD
    db.session.commit()

    clock.move_to(ENDS + timedelta(days=30) - timedelta(seconds=1))
    assert jobs.forget() == "0 forgotten, 0 never answered"
    clock.tick(seconds=1)
    assert jobs.forget() == "2 forgotten, 0 never answered"
    assert jobs.forget() == "0 forgotten, 0 never answered"

    db.session.expire_all()
    assert (mine.user_id, mine.access_needs, mine.access_note) == (person.id, [], None)
    assert (guest.name, guest.email, guest.access_needs, guest.forgotten_at) == (None, None, [], clock.now)
    assert db.session.scalar(select(func.count()).select_from(GuestLink)) == 0
    assert queries.counts_of(coming).of(RegistrationStatus.REGISTERED, AudienceGroup.OTHER) == 2
    page = visit(as_=make.office()).open(f"/office/webinars/{coming.id}/registrations")
    assert "deleted" in page.text
    assert "ewa@example.org" not in page.text


def test_of_two_guests_forgotten_both_stay_counted(webinar, clock):
    coming = webinar()
    for name in ("ewa", "jan"):
        guest_seat(coming, f"{name}@example.org")
    clock.move_to(ENDS + timedelta(days=31))

    jobs.forget()

    assert queries.counts_of(coming).total == 2


def test_an_address_that_never_answered_is_deleted(webinar, clock):
    coming = webinar()
    services.ask(coming, services.Guest("Ewa", "ewa@example.org"))
    db.session.commit()

    clock.tick(hours=48)
    assert jobs.forget() == "0 forgotten, 0 never answered"
    clock.tick(seconds=1)
    assert jobs.forget() == "0 forgotten, 1 never answered"

    assert db.session.scalars(select(WebinarRegistration)).all() == []


def test_asked_again_the_48_hours_begin_anew(webinar, clock):
    coming = webinar()
    services.ask(coming, services.Guest("Ewa", "ewa@example.org"))
    clock.tick(hours=40)
    services.ask(coming, services.Guest("Ewa", "ewa@example.org"))
    db.session.commit()

    clock.tick(hours=40)

    assert jobs.forget() == "0 forgotten, 0 never answered"


def test_who_had_been_registered_before_stays_cancelled(webinar, clock):
    coming = webinar()
    seat = guest_seat(coming, "ewa@example.org")
    services.cancel(seat, actor=None)
    services.ask(coming, services.Guest("Ewa", "ewa@example.org"))
    db.session.commit()
    clock.tick(hours=49)

    jobs.forget()

    db.session.expire_all()
    assert seat.status is RegistrationStatus.CANCELLED
