"""A copy of the database brings people back; a list beside it knows whom to erase again, and names nobody."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from accounts.models import User
from core import clock as clocks
from core.audit import AuditEvent
from core.database import db
from office.erasures import ledger, repeating, services
from office.erasures.events import ErasureEvent
from office.erasures.models import ErasurePlace, ErasureRequest, ErasureStatus, PlaceDecision
from partnerships.models import PartnershipMember
from webinars.models import Webinar, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

NAME, EMAIL, NOTE = "Żaneta Markerowa", "zaneta@marker.example", "Dzwonić do p. Markerowej"


@pytest.fixture
def member(make, clock) -> PartnershipMember:
    member: PartnershipMember = make.member(make.partnership(leader=make.user("Nowa Liderka")))
    member.notes = NOTE
    db.session.commit()
    return member


@pytest.fixture
def person(make, member) -> User:
    one: User = make.user(NAME, email=EMAIL)
    return one


@pytest.fixture
def admin(make) -> User:
    one: User = make.admin()
    return one


def erased(person: User, admin: User) -> ErasureRequest:
    request = services.enter(EMAIL, received_on=date(2026, 4, 1), reason="By letter", actor=admin)
    chosen = {one.where: PlaceDecision.REPLACE for one in services.preview(request).places}
    services.settle(request, chosen, actor=admin)
    services.erase(request, actor=admin)
    db.session.commit()
    return request


def restored(person: User, member: PartnershipMember) -> None:
    """The database as a copy has it that was made before the request."""
    for model in (ErasurePlace, ErasureRequest):
        db.session.query(model).delete()
    member.notes = NOTE
    person.name, person.email, person.erased_at, person.is_active = NAME, EMAIL, None, True
    db.session.commit()


def test_the_list_names_nobody(person, admin, member):
    erased(person, admin)

    (line,) = ledger.ledger_file().read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert kept == {
        "who": kept["who"],
        "at": clocks.now().isoformat(),
        "words": [["partnership_member", "notes", member.id]],
    }
    assert (len(kept["who"]), str(person.id) == kept["who"]) == (64, False)
    assert not [word for word in ("marker", "Marker", "aneta", EMAIL) if word in line]
    assert oct(ledger.ledger_file().stat().st_mode)[-3:] == "600"


def test_after_a_copy_is_restored_one_command_erases_again(app, person, admin, member):
    erased(person, admin)
    restored(person, member)

    said = app.test_cli_runner().invoke(args=["erasures", "repeat"])

    db.session.expire_all()
    assert (said.exit_code, said.output) == (0, "erased again: 1\n")
    assert (person.name, person.email) == (f"Former person {person.id}", f"former-{person.id}@erased.invalid")
    assert member.notes == f"Dzwonić do p. Former person {person.id}"
    assert db.session.query(AuditEvent).filter_by(event=ErasureEvent.REPEATED).count() == 1
    assert app.test_cli_runner().invoke(args=["erasures", "repeat"]).output == "erased again: 0\n"


def test_preparing_the_database_does_so_by_itself(app, person, admin, member):
    erased(person, admin)
    restored(person, member)

    said = app.test_cli_runner().invoke(args=["database", "prepare"])

    db.session.expire_all()
    assert said.exit_code == 0, said.output
    assert person.name == f"Former person {person.id}"


def test_somebody_else_with_the_same_number_is_not_erased(make, person, admin, member):
    erased(person, admin)
    restored(person, member)
    later = person.created_at + timedelta(seconds=1)
    db.session.execute(update(User).where(User.id == person.id).values(created_at=later))
    db.session.commit()

    assert repeating.repeat_erasures() == repeating.Repeated()
    assert person.name == NAME


def test_another_installation_erases_nobody_by_this_list(app, person, admin, member, monkeypatch):
    erased(person, admin)
    restored(person, member)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another-key-that-is-long-enough-too")

    assert repeating.repeat_erasures() == repeating.Repeated()


def test_whoever_leads_again_is_handed_over_first_and_said_so(app, make, person, admin, member):
    erased(person, admin)
    restored(person, member)
    make.term(make.partnership(), person)

    said = app.test_cli_runner().invoke(args=["erasures", "repeat"])

    assert said.exit_code == 1
    assert f"accounts {person.id}. Hand their work over" in said.output
    assert person.name == NAME


def test_an_erasure_that_was_rolled_back_is_not_in_the_list(person, admin, member):
    request = services.enter(EMAIL, received_on=date(2026, 4, 1), reason="By letter", actor=admin)
    services.settle(
        request, {one.where: PlaceDecision.LEAVE for one in services.preview(request).places}, actor=admin
    )
    services.erase(request, actor=admin)
    db.session.rollback()
    make_a_commit = User(name="Inna", email="inna@elsewhere.example")
    db.session.add(make_a_commit)
    db.session.commit()

    assert ledger.entries() == {}


def test_an_open_request_of_the_copy_is_closed(person, admin, member):
    erased(person, admin)
    restored(person, member)
    again = services.enter(EMAIL, received_on=date(2026, 4, 1), reason="By letter of hers", actor=admin)
    db.session.commit()

    repeating.run()

    db.session.expire_all()
    assert (again.status, again.reason) == (ErasureStatus.DONE, None)


def test_a_guest_who_came_back_with_the_copy_goes_and_one_who_came_anew_stays(make, admin, clock):
    seat = guest_at(clocks.now() - timedelta(days=3))
    request = services.enter(EMAIL, received_on=date(2026, 4, 1), reason="By letter", actor=admin)
    services.erase(request, actor=admin)
    db.session.commit()
    anew = guest_at(clocks.now() + timedelta(days=1))

    assert (repeating.repeat_erasures().done, anew.email) == (0, EMAIL)
    db.session.delete(anew)
    seat.email, seat.name, seat.forgotten_at = EMAIL, NAME, None
    db.session.commit()
    assert (repeating.repeat_erasures().done, seat.email, seat.name) == (1, None, None)


def test_the_requests_of_a_guest_who_came_back_name_nobody_either(make, admin, clock):
    seat = guest_at(clocks.now() - timedelta(days=3))
    request = services.enter(EMAIL, received_on=date(2026, 4, 1), reason="By letter", actor=admin)
    services.erase(request, actor=admin)
    db.session.commit()
    seat.email, seat.name, seat.forgotten_at = EMAIL, NAME, None
    request.address, request.reason, request.status = EMAIL, f"Letter of {NAME}", ErasureStatus.OPEN
    db.session.commit()

    repeating.run()

    db.session.expire_all()
    assert (request.status, request.address, request.reason) == (ErasureStatus.DONE, None, None)


def guest_at(asked_at) -> WebinarRegistration:
    webinar = Webinar(title="Hasła", starts_at=asked_at, minutes=60, status=WebinarStatus.ANNOUNCED)
    seat = WebinarRegistration(
        webinar=webinar, name=NAME, email=EMAIL, language="pl", group=AudienceGroup.OTHER,
        status=RegistrationStatus.REGISTERED, asked_at=asked_at, created_at=asked_at,
    )  # fmt: skip
    db.session.add(seat)
    db.session.commit()
    return seat


def test_a_list_that_is_lost_is_written_again_from_the_database(person, admin, member):
    erased(person, admin)
    before = {who: entry.words for who, entry in ledger.entries().items()}
    ledger.ledger_file().unlink()

    said = repeating.run()

    assert said == "0 repeated, 0 wait, 1 added to the list"
    assert {who: entry.words for who, entry in ledger.entries().items()} == before


@pytest.mark.parametrize("line", ["", "no json", '{"who": 1}', '{"who": "a", "at": "x", "words": []}', "[]"])
def test_a_line_that_cannot_be_read_keeps_no_other_back(person, admin, member, line):
    erased(person, admin)
    with ledger.ledger_file().open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    restored(person, member)

    assert repeating.repeat_erasures().done == 1
