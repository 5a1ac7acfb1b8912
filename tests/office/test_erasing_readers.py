"""Who is erased gets no news any more, nor keeps a seat, under any of their addresses: not only that of the account."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core import mail
from core.database import db
from core.mail import MailStatus, OutboxMail
from office.erasures import services
from subscriptions import jobs
from subscriptions import services as news
from subscriptions.models import Frequency, Subscriber, Subscription, SubscriptionRequest
from subscriptions.wanted import Wanted
from tests.subscriptions.conftest import announced, later, office, reads
from webinars.models import Webinar, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

__all__ = ["announced", "office", "reads"]

EMAIL, OTHER = "zaneta@marker.example", "z.m@post.example"
WEBINARS = Wanted("webinars")
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def erase(make, clock):
    admin = make.admin()

    def erase_them(address: str) -> None:
        request = services.enter(address, received_on=date(2026, 4, 1), reason="A letter", actor=admin)
        services.erase(request, actor=admin)
        db.session.commit()

    return erase_them


@pytest.fixture
def person(make):
    one = make.user("Żaneta Markerowa", email=EMAIL)
    one.notification_email = OTHER
    db.session.commit()
    return one


def readers() -> list[str | None]:
    db.session.expire_all()
    return list(db.session.scalars(select(Subscriber.email).order_by(Subscriber.id)))


@pytest.mark.parametrize("address", [EMAIL, OTHER])
def test_whoever_read_under_an_address_of_the_account_reads_no_more(
    person, reads, announced, erase, outbox, clock, address
):
    reads(address, WEBINARS)
    reads("other@readers.example", WEBINARS)
    news.ask(address, [WEBINARS], Frequency.DAILY)
    db.session.commit()

    erase(EMAIL)

    assert readers() == ["other@readers.example"]
    assert len(db.session.scalars(select(Subscription)).all()) == 1
    asked = db.session.scalars(select(SubscriptionRequest.email)).all()
    assert set(asked) == {"other@readers.example"}
    announced()
    later(clock)
    news_mails = len(outbox())
    assert jobs.tell_at_once() == "1 mails"
    assert outbox()[news_mails].to_address == "other@readers.example"


def test_the_choice_made_in_the_account_ends_with_it(person, reads, erase):
    reads("", WEBINARS, person=person)

    erase(EMAIL)

    assert readers() == []


def test_a_reader_without_an_account_is_erased_and_nobody_whose_address_is_like_theirs(reads, erase):
    reads("ann@readers.example", WEBINARS)
    reads("joann@readers.example", WEBINARS)

    erase("ann@readers.example")

    assert readers() == ["joann@readers.example"]


def test_two_erased_people_who_were_guests_of_one_webinar_stay_counted(make, erase):
    webinar = Webinar(title="Hasła", starts_at=AT, minutes=60, status=WebinarStatus.ANNOUNCED)
    people = [make.user(f"Person {number} Markerowa") for number in range(2)]
    for number, one in enumerate(people):
        one.notification_email = f"guest{number}@post.example"
        db.session.add(
            WebinarRegistration(
                webinar=webinar, name=one.name, email=one.notification_email, language="pl",
                group=AudienceGroup.OTHER, status=RegistrationStatus.REGISTERED, asked_at=AT,
                access_needs=["other"], access_note="By the door",
            )
        )  # fmt: skip
    db.session.commit()

    for one in people:
        erase(one.email)

    db.session.expire_all()
    seats = db.session.scalars(select(WebinarRegistration)).all()
    assert [(one.name, one.email, one.access_needs, one.access_note) for one in seats] == [
        (None, None, [], None)
    ] * 2
    assert all(one.forgotten_at for one in seats)


def test_a_mailbox_that_others_read_as_well_stays_theirs(person, reads, erase, make):
    other = make.user("Jan Kowal", email="jan@gmina.example")
    person.notification_email = other.notification_email = "biuro@gmina.example"
    member = make.member(make.partnership(leader=other))
    member.contact_email = member.organisation.office_email = "biuro@gmina.example"
    for one in (person, other):
        mail.queue(one, "accounts/mail/password_changed", dedupe_key=one.name)
    reads("biuro@gmina.example", WEBINARS)
    db.session.commit()

    erase(EMAIL)

    db.session.expire_all()
    kept = {one.dedupe_key: (one.status, one.to_address) for one in db.session.scalars(select(OutboxMail))}
    assert kept[other.name] == (MailStatus.QUEUED, "biuro@gmina.example")
    assert kept["Żaneta Markerowa"] == (MailStatus.STOPPED, "")
    assert {member.contact_email, member.organisation.office_email} == {"biuro@gmina.example"}
    assert readers() == ["biuro@gmina.example"]


def test_the_line_of_an_office_stays_while_somebody_else_answers_it(person, erase, make):
    other = make.user("Jan Kowal")
    person.phone, other.phone = "+48 600 700 801", "600700801"
    member = make.member(make.partnership(leader=other))
    member.notes = "Office: 600 700 801"
    db.session.commit()

    erase(EMAIL)

    db.session.refresh(member)
    assert member.notes == "Office: 600 700 801"
