"""Registering without an account: the form tells nobody who is known, the mailbox says the rest."""

import re

import pytest
from sqlalchemy import select

from accounts.models import MailLink
from core.database import db
from tests.support.calendar_programs import CalendarProgram
from tests.webinars.registrations.conftest import LINK, guest_seat
from webinars.registrations import queries, services
from webinars.registrations.models import AudienceGroup, GuestLink, RegistrationStatus, WebinarRegistration

FORM = {"name": "Ewa Lis", "email": "Ewa@Example.org"}


def links_in(mail) -> list[str]:
    return re.findall(r"http://localhost(/\S+)", mail.body)


def the_seat() -> WebinarRegistration:
    db.session.expire_all()
    return db.session.scalars(select(WebinarRegistration)).one()


def test_a_guest_confirms_the_address_and_has_a_seat_with_the_link_to_join(visit, webinar, outbox):
    coming = webinar()
    visitor = visit()

    page = visitor.open(f"/en/webinars/{coming.id}/register").submit(
        "Register for the webinar", needs=["live_captions"], **FORM
    )
    assert page.headings == ["Now look into your mailbox"]
    assert the_seat().status is RegistrationStatus.UNCONFIRMED
    [asked] = outbox()
    assert LINK not in asked.body
    [link] = links_in(asked)
    page = visitor.open(link)
    assert the_seat().status is RegistrationStatus.UNCONFIRMED, "opening the link changes nothing"
    page = page.submit("Register for the webinar")

    seat = the_seat()
    assert (seat.status, seat.email, seat.name, seat.access_needs, seat.group) == (
        RegistrationStatus.REGISTERED, "ewa@example.org", "Ewa Lis", ["live_captions"], AudienceGroup.OTHER,
    )  # fmt: skip
    assert "You are registered." in page.text
    mail = outbox()[-1]
    assert (mail.to_address, mail.subject) == ("ewa@example.org", "You are registered: Granty na sprzęt")
    assert LINK in mail.body


def test_the_link_works_once_and_for_48_hours(visit, webinar, outbox, clock):
    coming = webinar()
    visitor = visit()
    visitor.open(f"/en/webinars/{coming.id}/register").submit("Register for the webinar", **FORM)
    [link] = links_in(outbox()[0])

    clock.tick(hours=48, seconds=1)

    page = visitor.open(link, expect=410)
    assert "This link does not work any more" in page.text
    clock.tick(hours=-49)
    visitor.open(link).submit("Register for the webinar")
    visitor.open(link, expect=410)


def test_of_a_link_only_the_hash_is_kept_and_it_is_good_for_nothing_else(visit, webinar, outbox):
    coming = webinar()
    visitor = visit()
    visitor.open(f"/en/webinars/{coming.id}/register").submit("Register for the webinar", **FORM)
    [link] = links_in(outbox()[0])
    secret = link.rpartition("/")[2]

    [kept] = db.session.scalars(select(GuestLink)).all()

    assert len(secret) == 43
    assert secret not in (kept.token_hash, outbox()[0].dedupe_key)
    visitor.open(f"/en/seat/{secret}", expect=404)
    visitor.open(f"/en/seat/{secret}/give-up", expect=404)


def test_asked_again_only_the_newest_link_works(visit, webinar, outbox, clock):
    coming = webinar()
    visitor = visit()
    visitor.open(f"/en/webinars/{coming.id}/register").submit("Register for the webinar", **FORM)
    clock.tick(minutes=20)
    visitor.open(f"/en/webinars/{coming.id}/register").submit("Register for the webinar", **FORM)
    [[old], [new]] = [links_in(mail) for mail in outbox()]

    visitor.open(old, expect=410)
    visitor.open(new).submit("Register for the webinar")

    assert the_seat().status is RegistrationStatus.REGISTERED


def test_the_form_answers_alike_whoever_is_known(visit, make, webinar):
    known, coming = make.user(email="known@example.org"), webinar()
    guest_seat(coming, "guest@example.org")

    answers = {
        address: visit()
        .open(f"/en/webinars/{coming.id}/register")
        .submit("Register for the webinar", name="Ewa Lis", email=address)
        .text
        for address in (known.email, "guest@example.org", "new@example.org")
    }

    assert len(set(answers.values())) == 1


def test_the_address_of_an_account_gets_a_button_that_registers_the_account(visit, make, webinar, outbox):
    known, coming = make.user("Jan Kot", email="known@example.org"), webinar()
    visitor = visit()

    visitor.open(f"/en/webinars/{coming.id}/register").submit(
        "Register for the webinar", name="Somebody", email="known@example.org", needs=["large_print"]
    )

    assert not queries.is_registered(coming, known)
    [asked] = outbox()
    assert "It belongs to your account" in asked.body
    [link] = links_in(asked)
    visitor.open(link).submit("Register for the webinar")
    db.session.expire_all()
    seat = queries.seat_of(coming, known)
    assert (seat.status, seat.user_id, seat.email, seat.name, seat.access_needs) == (
        RegistrationStatus.REGISTERED, known.id, None, None, ["large_print"],
    )  # fmt: skip


def test_who_is_registered_already_is_told_so_by_mail_and_nothing_changes(visit, webinar, outbox):
    coming = webinar()
    guest_seat(coming, "ewa@example.org", name="Ewa Lis", access_needs=["live_captions"])

    visit().open(f"/en/webinars/{coming.id}/register").submit(
        "Register for the webinar", name="Mallory", email="ewa@example.org"
    )

    seat = the_seat()
    assert (seat.name, seat.status, seat.access_needs) == (
        "Ewa Lis", RegistrationStatus.REGISTERED, ["live_captions"],
    )  # fmt: skip
    [mail] = outbox()
    assert mail.subject == "You are on the list already: Granty na sprzęt"


def test_one_address_gets_few_mails_however_often_the_form_is_sent(visit, webinar, outbox):
    coming = webinar()

    for _ in range(4):
        visit().open(f"/en/webinars/{coming.id}/register").submit("Register for the webinar", **FORM)
    visit().open(f"/en/webinars/{coming.id}/register").submit("Register for the webinar", expect=429, **FORM)

    assert len(outbox()) <= 4


def test_links_nobody_was_sent_are_slowed_down(visit):
    visitor = visit()

    answers = [visitor.client.get(f"/en/seat/{'x' * 40}{n:03}").status_code for n in range(102)]

    assert answers == [404] * 100 + [429] * 2


def test_a_guest_cancels_with_one_button_and_has_a_page_of_their_own(visit, webinar, outbox):
    coming = webinar()
    visitor = visit()
    visitor.open(f"/en/webinars/{coming.id}/register").submit("Register for the webinar", **FORM)
    visitor.open(links_in(outbox()[0])[0]).submit("Register for the webinar")
    own, give_up = links_in(outbox()[-1])

    page = visitor.open(own).submit("Save", needs=["large_print"])
    assert "Saved." in page.text
    assert the_seat().access_needs == ["large_print"]
    calendar_file = visitor.open(page.links["Calendar file"])
    assert b"BEGIN:VCALENDAR" in calendar_file.data
    visitor.open(give_up)
    assert the_seat().status is RegistrationStatus.REGISTERED, "opening the link changes nothing"
    page = visitor.open(give_up).submit("Cancel my registration")

    assert the_seat().status is RegistrationStatus.CANCELLED
    assert "You are not registered any more." in page.text
    calendar = CalendarProgram("ewa@example.org")
    for mail in outbox()[1:]:
        calendar.take(mail.calendar)
    assert [entry.is_cancelled for entry in calendar.events.values()] == [True]


def test_a_guest_from_a_partnership_s_municipality_or_member_counts_as_a_participant(make, webinar):
    coming = webinar()
    partnership = make.partnership(municipality=make.municipality("Zielonki"))
    member = make.member(partnership)
    member.contact_email = "Biblioteka@Example.org"
    db.session.commit()
    elsewhere = make.municipality("Daleko")

    services.ask(coming, services.Guest("A", "a@example.org", partnership.municipality))
    services.ask(coming, services.Guest("B", "biblioteka@example.org"))
    services.ask(coming, services.Guest("C", "c@example.org", elsewhere))
    services.ask(coming, services.Guest("D", "d@example.org"))

    found = db.session.scalars(select(WebinarRegistration).order_by(WebinarRegistration.id)).all()
    assert [(one.group, one.municipality) for one in found] == [
        (AudienceGroup.PARTICIPANT, partnership.municipality),
        (AudienceGroup.PARTICIPANT, partnership.municipality),
        (AudienceGroup.OTHER, elsewhere),
        (AudienceGroup.OTHER, None),
    ]


def test_a_municipality_is_typed_and_of_namesakes_one_is_chosen(make, visit, webinar):
    coming, first, second = webinar(), make.municipality("Brzeziny"), make.municipality("Brzeziny")
    visitor = visit()

    page = visitor.open(f"/en/webinars/{coming.id}/register")
    unknown = page.submit("Register for the webinar", place="Nigdzie", expect=422, **FORM)
    assert "We know no municipality of this name." in unknown.text
    several = page.submit("Register for the webinar", place="brzeziny", expect=422, **FORM)
    assert "Several municipalities are called so. Choose yours." in several.text
    several.submit("Register for the webinar", municipality=second.code)

    assert the_seat().municipality_id == second.id
    assert first.id != second.id


def test_a_guest_reads_polish_where_they_asked_in_polish(visit, webinar, outbox):
    coming = webinar()

    visit().client.get(f"/pl/webinaria/{coming.id}/zapisy")
    services.ask(coming, services.Guest("Ewa", "ewa@example.org"))

    [mail] = outbox()
    assert mail.language == "en", "the language of whoever asks"


@pytest.mark.parametrize("address", ["no address", "a@b", "ewa@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_refused(visit, webinar, outbox, address):
    coming = webinar()

    visit().open(f"/en/webinars/{coming.id}/register").submit(
        "Register for the webinar", name="Ewa", email=address, expect=422
    )

    assert outbox() == []
    assert db.session.scalars(select(MailLink)).all() == []
