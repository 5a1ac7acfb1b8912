"""Erasing a person: whatever named them names nobody afterwards, wherever it was written; what they did stays counted."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from accounts.models import SignInSession, User
from accounts.roles import Role
from core import clock as clocks
from core import mail
from core.audit import AuditEvent, AuditPersonal, record
from core.database import db
from core.mail import MailStatus, OutboxMail
from core.mail_addresses import BouncedAddress
from office.erasures import services
from office.erasures.errors import NotOneself, StillAtWork
from office.erasures.models import ErasureRequest, ErasureStatus, PlaceDecision
from partnerships.events import PartnershipEvent
from partnerships.models import LeaderTerm, PartnershipMember
from phrases.models import Phrase, PhraseKind
from subscriptions.models import Frequency, Subscriber
from tests.support.at_once import at_once

NAME, EMAIL, OTHER_EMAIL, PHONE = (
    "Żaneta Markerowa",
    "zaneta@marker.example",
    "zm@marker.example",
    "+48 600 700 801",
)
MARKS = (NAME, EMAIL, OTHER_EMAIL, PHONE, "marker.example", "zaneta markerowa", "Markerowa")


def contents() -> Iterator[tuple[str, Any]]:
    """Every value that the database holds, with where it stands."""
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for column, value in row.items():
                yield f"{table.name}.{column}", value


def places_that_say(*marks: str) -> set[str]:
    said = set()
    for where, value in contents():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        if any(mark.casefold() in text.casefold() for mark in marks):
            said.add(where)
    return said


@pytest.fixture
def person(make, clock):
    """Somebody who led once, with traces wherever people leave them."""
    one = make.user(NAME, email=EMAIL, password="koza zielony rower 77")
    one.notification_email, one.phone, one.best_time = OTHER_EMAIL, PHONE, "after 5, ask for Markerowa"
    town = make.partnership(name="Partnerstwo dla Brzegu", leader=make.user("Nowa Liderka"))
    make.term(town, one, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    record(
        PartnershipEvent.RENAMED, town, actor=one, before={"name": "A"}, after={"name": "B"},
        personal={"note": f"{NAME} said so; call {PHONE}", "after": {"people": [NAME, {"mail": EMAIL}]}},
    )  # fmt: skip
    member = make.member(town)
    member.contact_email, member.notes = EMAIL, f"Ask {NAME}"
    mail.queue(one, "accounts/mail/password_changed", dedupe_key="marker-1", actor=None)
    db.session.add_all(
        [
            SignInSession(user_id=one.id, token_hash="m" * 64),
            Phrase(
                owner_id=one.id,
                kind=PhraseKind.REMARK,
                title="Mine",
                text=f"Greetings, {NAME}",
                search_text="zaneta",
            ),
            Subscriber(
                user_id=one.id,
                language="pl",
                frequency=Frequency.WEEKLY,
                confirmed_at=clocks.now(),
                told_until=clocks.now(),
                key="k" * 32,
                token_hash="t" * 64,
            ),
            BouncedAddress(address=OTHER_EMAIL, reason="no such user"),
        ]
    )
    db.session.commit()
    return one


def asked(person: User | None, actor: User, address: str = EMAIL) -> ErasureRequest:
    request = services.enter(address, received_on=date(2026, 4, 1), reason=f"Letter of {NAME}", actor=actor)
    db.session.commit()
    return request


def test_nothing_in_the_database_names_the_person_afterwards(make, person):
    admin = make.admin("Ada Admin")
    request = asked(person, admin)
    before = places_that_say(*MARKS)

    services.erase(request, actor=admin)
    db.session.commit()

    assert {
        "user.name",
        "user.email",
        "audit_personal.data",
        "partnership_member.contact_email",
        "outbox_mail.to_address",
    } <= before
    assert len(before) >= 12
    assert places_that_say(*MARKS) == set()


def test_what_they_did_stays_counted_under_a_neutral_name(make, person):
    admin = make.admin()
    kinds = (User, LeaderTerm, PartnershipMember, OutboxMail, AuditEvent)
    before = [db.session.query(kind).count() for kind in kinds]
    request = asked(person, admin)

    services.erase(request, actor=admin)
    db.session.commit()

    neutral = f"Former person {person.id}"
    after = [db.session.query(kind).count() for kind in kinds]
    assert after[:4] == before[:4]
    assert after[4] == before[4] + 2
    assert (person.name, person.is_active, person.password_hash, person.phone) == (neutral, False, None, None)
    assert [term.user.name for term in db.session.query(LeaderTerm).filter_by(user_id=person.id)] == [neutral]
    assert (
        db.session.query(SignInSession).count(),
        db.session.query(Phrase).count(),
        db.session.query(Subscriber).count(),
    ) == (0, 0, 0)
    assert {one.status for one in db.session.query(OutboxMail).filter_by(dedupe_key="marker-1")} == {
        MailStatus.STOPPED
    }
    words = db.session.query(AuditPersonal).filter(AuditPersonal.data.is_not(None)).all()
    assert any(f"{neutral} said so; call " == one.data.get("note") for one in words)


def test_nobody_else_is_touched(make, person):
    other = make.user("Anna Inna", email="anna@other.example")
    other.phone = "+48 600 700 802"
    town = make.partnership(name="Inne partnerstwo", leader=other)
    record(PartnershipEvent.RENAMED, town, actor=other, personal={"note": "Anna Inna, anna@other.example"})
    db.session.commit()
    admin = make.admin()
    before = sorted(str(one) for one in contents() if "Inn" in str(one[1]) or "other.example" in str(one[1]))
    request = asked(person, admin)

    services.erase(request, actor=admin)
    db.session.commit()

    assert (
        sorted(str(one) for one in contents() if "Inn" in str(one[1]) or "other.example" in str(one[1]))
        == before
    )


@pytest.mark.parametrize("kept", ["+48 600 700 801", "600700801", "0048 600-700-801"])
def test_a_telephone_number_goes_however_it_was_grouped(make, clock, kept):
    person = make.user("Adam Kowal", email="adam@kowal.example")
    person.phone = kept
    member = make.member(make.partnership())
    member.notes = (
        "600700801; 600 700 801; +48 600-700-801; 48600700801; not 600 700 802, 1600700801 and 6007008011"
    )
    admin = make.admin()
    request = asked(person, admin, person.email)

    services.erase(request, actor=admin)
    db.session.commit()

    db.session.refresh(member)
    assert member.notes == "; ; ; ; not 600 700 802, 1600700801 and 6007008011"


def test_somebody_whose_surname_or_number_only_begins_alike_keeps_both(make, clock):
    person = make.user("Adam Kowal", email="adam@kowal.example")
    person.phone = "600 700 80"
    make.user("Adam Kowalski", email="adam@kowalski.example")
    member = make.member(make.partnership())
    member.notes = "Adam Kowalski (600 700 801), before him Adam Kowal (600 700 80); see Adam Kowal_plan.pdf"
    admin = make.admin()
    request = asked(person, admin, person.email)

    services.erase(request, actor=admin)
    db.session.commit()

    db.session.refresh(member)
    neutral = f"Former person {person.id}"
    assert member.notes == f"Adam Kowalski (600 700 801), before him {neutral} (); see {neutral}_plan.pdf"


def test_an_address_goes_however_it_was_typed(make, person):
    typed = "Zaneta@Marker.Example"
    member = make.member(make.partnership())
    member.contact_email, member.notes = typed, f"Write to {typed}"
    record(PartnershipEvent.RENAMED, member.partnership, actor=None, personal={"note": f"<{typed}>"})
    db.session.add(
        OutboxMail(
            dedupe_key="invitation", to_address=typed, to_name="Biblioteka", language="pl", subject="Meeting",
            body="Good morning", status=MailStatus.QUEUED, reply_to=typed,
        )
    )  # fmt: skip
    db.session.commit()
    admin = make.admin()
    request = asked(person, admin)

    services.erase(request, actor=admin)
    db.session.commit()

    assert places_that_say("marker.example") == set()
    invitation = db.session.query(OutboxMail).filter_by(dedupe_key="invitation").one()
    assert (invitation.status, invitation.body) == (MailStatus.STOPPED, "")


def test_words_that_name_a_namesake_as_well_stay(make, person):
    make.user(NAME, email="another@elsewhere.example")
    admin = make.admin()
    request = asked(person, admin)
    left = {place.where: PlaceDecision.LEAVE for place in services.preview(request).places}

    services.settle(request, left, actor=admin)
    services.erase(request, actor=admin)
    db.session.commit()

    assert places_that_say(EMAIL, OTHER_EMAIL, PHONE) == set()
    assert (
        db.session.scalar(select(PartnershipMember.notes).where(PartnershipMember.notes.is_not(None)))
        == f"Ask {NAME}"
    )


@pytest.mark.parametrize("work", ["leads", "advises", "holds a role"])
def test_whoever_still_has_work_in_their_hands_is_not_erased_and_it_is_said_what_to_do(
    make, visit, person, work
):
    town = make.partnership()
    if work == "leads":
        make.term(town, person)
    elif work == "advises":
        make.assignment(make.municipality(), person)
    else:
        make._kept(_grant(person))
    admin = make.admin()
    request = asked(person, admin)

    with pytest.raises(StillAtWork):
        services.erase(request, actor=admin)
    db.session.rollback()

    page = visit(as_=admin).open(f"/office/erasures/{request.id}")
    assert "To be done first" in page.text
    assert "Erase for good" not in page.buttons
    assert person.name == NAME


def _grant(person: User) -> Any:
    from accounts.models import RoleGrant

    return RoleGrant(user=person, role=Role.OFFICE, starts_on=date(2026, 1, 1))


def test_the_office_enters_looks_and_erases_in_two_steps(make, visit, person):
    visitor = visit(as_=make.office("Olga Office"))
    page = visitor.open("/office/erasures").submit(
        "Enter the request", address=EMAIL.upper(), reason="By letter"
    )

    assert NAME in page.headings[0]
    assert "Words in the history: " in page.text
    assert "What stays, and why" in page.headings
    unsure = page.submit("Erase for good", expect=422)
    assert "Tick that you have checked it" in unsure.text
    done = page.submit("Erase for good", sure=True)

    assert "Done: nothing tells any more who it was." in done.text
    assert NAME not in visitor.open("/office/erasures").text
    (request,) = db.session.query(ErasureRequest).all()
    assert (request.status, request.address, request.reason) == (ErasureStatus.DONE, None, None)
    again = visitor.client.post(f"/office/erasures/{request.id}/erase", data={"sure": "y"})
    assert again.status_code in (400, 422)


def test_a_request_may_be_closed_with_a_reason_and_nothing_happens(make, visit, person):
    visitor = visit(as_=make.admin())
    page = visitor.open("/office/erasures").submit("Enter the request", address=EMAIL, reason="By phone")

    page.submit("Close the request", reason="It was somebody else who called.")

    assert person.name == NAME
    assert db.session.query(ErasureRequest).one().status is ErasureStatus.REFUSED
    events = db.session.scalars(
        select(AuditEvent.event).where(AuditEvent.event.like("erasure.%")).order_by(AuditEvent.id)
    )
    assert list(events) == ["erasure.entered", "erasure.refused"]


@pytest.mark.parametrize("guest", [None, "gosc@marker.example"])
def test_a_request_that_was_refused_once_names_nobody_after_another_was_met(make, person, guest):
    if guest:
        db.session.add(BouncedAddress(address=guest))
    admin = make.admin()
    refused = asked(None, admin, guest or EMAIL)
    services.refuse(refused, reason=f"It was not {NAME} who called.", actor=admin)
    request = asked(None, admin, guest or EMAIL)
    left = {place.where: PlaceDecision.LEAVE for place in services.preview(request).places}
    services.settle(request, left, actor=admin)

    services.erase(request, actor=admin)
    db.session.commit()

    assert (refused.status, refused.address, refused.reason) == (ErasureStatus.REFUSED, None, None)
    about = select(AuditEvent.id).where(AuditEvent.record_kind == "erasure_request")
    words = db.session.scalars(select(AuditPersonal.data).where(AuditPersonal.event_id.in_(about)))
    assert set(map(str, words)) == {"{}"}


def test_an_unknown_address_and_a_second_request_are_refused(make, visit, person):
    visitor = visit(as_=make.admin())
    page = visitor.open("/office/erasures")

    nobody = page.submit("Enter the request", address="nobody@nowhere.example", reason="x", expect=422)
    page.submit("Enter the request", address=EMAIL, reason="x")
    twice = page.submit("Enter the request", address=EMAIL, reason="x", expect=422)

    assert "Nothing here is about this address." in nobody.text
    assert "There is an open request for this person already." in twice.text


def test_of_two_who_enter_the_same_request_at_the_same_moment_one_does(app, make, person):
    admin = make.admin().id

    def enter():
        actor = db.session.get_one(User, admin)
        services.enter(EMAIL, received_on=date(2026, 4, 1), reason="A letter", actor=actor)

    assert at_once(app, enter, enter) == ["AskedAlready", "done"]


def test_nobody_erases_themselves(make, clock):
    admin = make.admin()
    request = asked(None, admin, admin.email)

    with pytest.raises(NotOneself):
        services.erase(request, actor=admin)


def test_nobody_but_office_and_administrators_sees_any_of_it(make, visit, person):
    request = asked(person, make.admin())

    for other in (make.animator(), make.user()):
        visit(as_=other).open("/office/erasures", expect=403)
        visit(as_=other).open(f"/office/erasures/{request.id}", expect=403)


def test_a_guest_without_an_account_is_erased_by_their_address(make, clock):
    guest = "gosc@marker.example"
    db.session.add_all(
        [
            BouncedAddress(address=guest, reason=f"{guest} unknown"),
            OutboxMail(
                dedupe_key="guest", to_address=guest, to_name="Gość", language="pl", subject="Seat", body=f"To {guest}",
                status=MailStatus.SENT,
            ),
        ]
    )  # fmt: skip
    db.session.commit()
    admin = make.admin()
    request = asked(None, admin, guest)

    services.erase(request, actor=admin)
    db.session.commit()

    assert places_that_say(guest) == set()
    assert db.session.query(OutboxMail).filter_by(dedupe_key="guest").one().subject == "Seat"


def test_an_erased_person_cannot_sign_in_any_more(make, visit, person):
    browser = visit(as_=person)
    browser.open("/home")
    admin = make.admin()
    services.erase(asked(person, admin), actor=admin)
    db.session.commit()

    assert browser.open("/home").title.startswith("Sign in")
    assert clocks.now() == person.erased_at
