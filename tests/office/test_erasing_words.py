"""A surname alone, in whatever case: the office settles each text, and only then is the person erased."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from core import mail
from core.database import db
from core.mail import MailStatus, OutboxMail
from meetings.models import PartnershipMeeting
from meetings.services import When, call_meeting
from office.erasures import places, services
from office.erasures.errors import WordsToSettle
from office.erasures.models import ErasurePlace, ErasureStatus, PlaceDecision
from office.letters.models import Letter, LetterDelivery
from partnerships.models import PartnershipMember

NAME, EMAIL = "Żaneta Markerowa", "zaneta@marker.example"
NOTE = "Dzwonić do p. Markerowej po 15. Tablica markerowa jest w szkole."
AGENDA = "Powitanie: Żaneta Markerowa\nGłos pani Markerowej"


@pytest.fixture
def person(make, clock):
    return make.user(NAME, email=EMAIL)


@pytest.fixture
def member(make, person) -> PartnershipMember:
    town = make.partnership(name="Partnerstwo dla Brzegu", leader=make.user("Nowa Liderka"))
    member: PartnershipMember = make.member(town)
    member.notes = NOTE
    db.session.commit()
    return member


@pytest.fixture
def meeting(member) -> PartnershipMeeting:
    town = member.partnership
    when = When(date(2026, 12, 20), None, 90, "Świetlica", AGENDA)
    meeting = call_meeting(town, when, invite=False, actor=town.leader(date(2026, 4, 15)))
    db.session.commit()
    return meeting


def request_of(person, actor):
    request = services.enter(EMAIL, received_on=date(2026, 4, 1), reason="By letter", actor=actor)
    db.session.commit()
    return request


def test_each_text_is_shown_with_its_words_and_where_it_is(make, person, member, meeting):
    found = services.preview(request_of(person, make.admin())).places

    told = {one.table: (one.field, [piece.word for piece in one.pieces], one.address) for one in found}
    assert {table: told[table] for table in ("partnership_member", "partnership_meeting")} == {
        "partnership_member": (
            "notes", ["Markerowej"], ("partnerships.members", {"partnership_id": member.partnership_id}),
        ),
        "partnership_meeting": ("agenda", ["Markerowej"], ("meetings.show", {"meeting_id": meeting.id})),
    }  # fmt: skip


def test_nobody_is_erased_before_every_text_is_settled(make, person, member, meeting):
    admin = make.admin()
    request = request_of(person, admin)
    chosen = {("partnership_member", "notes", member.id): PlaceDecision.REPLACE}

    with pytest.raises(WordsToSettle):
        services.erase(request, actor=admin)
    left = services.settle(request, chosen, actor=admin)
    with pytest.raises(WordsToSettle):
        services.erase(request, actor=admin)

    assert left == 1
    assert (person.name, member.notes) == (NAME, NOTE)


def test_what_the_office_chose_is_done_and_no_more(make, person, member, meeting):
    admin = make.admin()
    request = request_of(person, admin)
    where = {one.table: one.where for one in services.preview(request).places}
    chosen = {
        where["partnership_member"]: PlaceDecision.REPLACE,
        where["partnership_meeting"]: PlaceDecision.LEAVE,
    }
    neutral = f"Former person {person.id}"

    assert services.settle(request, chosen, actor=admin) == 0
    services.erase(request, actor=admin)
    db.session.commit()

    db.session.expire_all()
    assert member.notes == f"Dzwonić do p. {neutral} po 15. Tablica markerowa jest w szkole."
    assert meeting.agenda == f"Powitanie: {neutral}\nGłos pani Markerowej"
    assert (request.status, request.outcome["words"]) == (ErasureStatus.DONE, 1)


def test_what_is_kept_of_a_decision_holds_no_word_of_the_person(make, person, member):
    admin = make.admin()
    request = request_of(person, admin)
    services.settle(request, {("partnership_member", "notes", member.id): PlaceDecision.REPLACE}, actor=admin)

    (kept,) = db.session.scalars(select(ErasurePlace)).all()
    assert (kept.table, kept.field, kept.record_id, kept.decision) == (
        "partnership_member", "notes", member.id, PlaceDecision.REPLACE,
    )  # fmt: skip


def test_a_text_in_small_letters_for_the_search_follows(make, person, member):
    admin = make.admin()
    organisation = member.organisation
    organisation.name, organisation.search_text = "Biuro Markerowej", "biuro markerowej"
    db.session.commit()
    request = request_of(person, admin)
    chosen = {one.where: PlaceDecision.REPLACE for one in services.preview(request).places}
    services.settle(request, chosen, actor=admin)
    services.erase(request, actor=admin)
    db.session.commit()

    db.session.expire_all()
    neutral = f"Former person {person.id}"
    assert (organisation.name, organisation.search_text) == (f"Biuro {neutral}", f"biuro {neutral.lower()}")


def test_letters_of_the_board_to_the_person_are_emptied_at_once(make, person, member):
    admin, other = make.admin(), make.user("Inna Osoba")
    letter = Letter(author_id=admin.id, subject="Dla {leader}", body="Dzień dobry, {leader}")
    db.session.add(letter)
    db.session.flush()
    second = make.partnership()
    for town, one in ((member.partnership, person), (second, other)):
        db.session.add(
            LetterDelivery(
                letter_id=letter.id, partnership_id=town.id, recipient_id=one.id,
                subject="Zaproszenie", body=f"Pani {one.name.split()[0]}, ulica Cicha 5",
            )
        )  # fmt: skip
    member.notes = None
    db.session.commit()
    request = request_of(person, admin)

    services.erase(request, actor=admin)
    db.session.commit()

    db.session.expire_all()
    kept = db.session.query(LetterDelivery).order_by(LetterDelivery.id)
    assert [(one.recipient_id, one.subject, one.body) for one in kept] == [
        (person.id, None, None), (other.id, "Zaproszenie", "Pani Inna, ulica Cicha 5"),
    ]  # fmt: skip
    assert request.outcome["board_letter_delivery"] == 1


def test_the_office_goes_through_them_on_a_page(make, visit, person, member, meeting):
    admin = make.office()
    request = request_of(person, admin)
    page = visit(as_=admin).open(f"/office/erasures/{request.id}")
    assert "Erase for good" not in page.buttons
    assert "The surname alone may stand in 2 texts that nobody has settled." in page.text

    page = page.follow("Go through them")
    assert "Dzwonić do p. Markerowej po 15." in page.text
    page = page.submit("Save what I chose", **{f"partnership_member.notes.{member.id}": "replace"})
    assert "One text is left to settle." in page.text
    page = page.submit("Leave all the others")

    assert "Every text is settled." in page.text
    page = page.submit("Erase for good", sure=True)
    assert "Texts with the surname alone: 1" in page.text
    db.session.expire_all()
    assert "Markerowej" not in member.notes
    assert "Markerowej" in meeting.agenda


def test_nothing_chosen_is_said_and_changes_nothing(make, visit, person, member):
    admin = make.office()
    request = request_of(person, admin)

    page = visit(as_=admin).open(f"/office/erasures/{request.id}/words")
    page = page.submit("Save what I chose", expect=422)

    assert "Choose for at least one text what becomes of it." in page.text
    assert db.session.query(ErasurePlace).count() == 0


def test_more_texts_than_one_page_holds_come_after_the_first_are_settled(make, person, member, monkeypatch):
    monkeypatch.setattr(places, "MOST_PLACES", 2)
    admin, town = make.admin(), member.partnership
    for number in range(3):
        make.member(town, make.organisation(f"Świetlica {number}")).notes = "u Markerowej"
    db.session.commit()
    request = request_of(person, admin)

    rounds = []
    while found := [one for one in services.preview(request).places if one.decision is None]:
        rounds.append(len(found))
        services.settle(request, {one.where: PlaceDecision.LEAVE for one in found}, actor=admin)

    assert rounds == [2, 2]


def test_every_page_that_a_text_leads_to_is_there(app):
    columns = {table: db.metadata.tables[table].columns.keys() for table in places.PAGES}
    rules = {rule.endpoint: rule.arguments for rule in app.url_map.iter_rules()}

    assert {
        table: column in columns[table] for table, (_e, _a, column) in places.PAGES.items()
    } == dict.fromkeys(places.PAGES, True)
    assert [rules[endpoint] for endpoint, _argument, _column in places.PAGES.values()] == [
        {argument} for _endpoint, argument, _column in places.PAGES.values()
    ]


@pytest.mark.parametrize("has_namesake", [False, True])
def test_the_subjects_of_mails_to_the_person_do_not_name_them_either(make, person, has_namesake):
    if has_namesake:
        make.user(NAME, email="another@elsewhere.example")
    mail.queue(person, "accounts/mail/invitation_first", dedupe_key="first")
    db.session.execute(
        insert(OutboxMail).values(
            dedupe_key="letter", to_address=EMAIL, to_name=NAME, language="pl", subject="Pani Markerowa: pytanie",
            body="", recipient_id=person.id, status=MailStatus.SENT,
        )
    )  # fmt: skip
    admin = make.admin()
    request = request_of(person, admin)

    services.erase(request, actor=admin)
    db.session.commit()

    neutral = f"Former person {person.id}"
    subjects = db.session.scalars(select(OutboxMail.subject).order_by(OutboxMail.id)).all()
    assert subjects == [f"First use your invitation, {neutral}", f"Pani {neutral}: pytanie"]
