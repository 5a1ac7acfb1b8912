"""A guest who gets an account before the webinar: what they registered for is the account's, and counted once."""

from core.database import db
from tests.webinars.registrations.conftest import guest_seat
from webinars.registrations import queries, services


def test_a_guest_who_has_an_account_by_now_does_not_take_a_second_seat(make, webinar, outbox):
    coming = webinar(capacity=5)
    seat = guest_seat(coming, "ewa@example.org", access_needs=["large_print"])
    person = make.user("Ewa Lis", email="ewa@example.org")

    mine = services.register(coming, person)

    assert (mine.id, mine.user_id, mine.email, mine.access_needs) == (
        seat.id,
        person.id,
        None,
        ["large_print"],
    )
    assert (queries.seats_taken(coming), outbox()) == (1, [])


def test_nor_when_they_ask_in_the_public_form_again(make, webinar, outbox):
    coming = webinar(capacity=5)
    guest_seat(coming, "ewa@example.org")
    make.user("Ewa Lis", email="ewa@example.org")

    services.ask(coming, services.Guest("Ewa", "ewa@example.org"))

    assert [mail.subject for mail in outbox()] == ["You are on the list already: Granty na sprzęt"]
    assert queries.counts_of(coming).total == 1


def test_whoever_has_registered_with_the_account_too_keeps_both(make, webinar):
    """From before: which of the two is given up is theirs to say."""
    coming, person = webinar(), make.user(email="ewa@example.org")
    mine = services.register(coming, person)
    other = guest_seat(coming, "ewa@example.org")

    assert services.register(coming, person) is mine
    db.session.expire_all()
    assert other.email == "ewa@example.org"
