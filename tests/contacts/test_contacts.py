"""Contacts: whom somebody sees there, what it tells, and what can be taken along."""

from datetime import date

import pytest

from contacts.files import CONTACTS
from core.database import db
from core.mail_addresses import BouncedAddress
from core.vcards import Card, cards_file
from partnerships.models import AssignmentKind
from tests.agenda.plain_calendar import parts_of
from tests.visit import Page

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def luban(make):
    """A partnership with everybody around it, and another one elsewhere."""
    leader, animator, deputy = make.user("Ewa Żak"), make.animator("Jan Lis"), make.user("Ola Maj")
    partnership = make.partnership(municipality=make.municipality("Lubań"), leader=leader, animator=animator)
    make.term(partnership, deputy, starts_on=date(2026, 2, 1))
    leader.phone, deputy.phone, animator.phone = "600 100 200", "600 100 201", "600 100 202"
    school = make.organisation(
        "Szkoła; Nr 1, Lubań", municipality=partnership.municipality, org_type="school"
    )
    school.office_email = "szkola@luban.example"
    make.member(partnership, school).contact_function = "dyrekcja"
    make.partnership(
        municipality=make.municipality("Bochnia"),
        leader=make.user("Adam Obcy"),
        animator=make.animator("Iza Obca"),
    )
    make.office("Marta Biuro").phone = "600 900 900"
    db.session.commit()
    return partnership


def names(page: Page) -> list[str]:
    return [row[0] for table in page.tables for row in table[1:]]


def test_each_sees_the_people_around_their_partnerships_and_the_office_everybody(luban, make, visit):
    day = date(2026, 4, 15)
    leader, animator = luban.leader(day), luban.animator(day)
    own = ["Marta Biuro", "Jan Lis", "Ola Maj", "Szkoła; Nr 1, Lubań", "Ewa Żak"]

    seen = [
        names(visit(as_=person).open("/contacts")) for person in (leader, animator, luban.deputies(day)[0])
    ]
    everybody = names(visit(as_=make.office("Zofia Zet")).open("/contacts"))

    assert [sorted(one) for one in seen] == [sorted(own)] * 3
    assert {name.removesuffix(" never signed in") for name in everybody} == {
        *own,
        "Adam Obcy",
        "Iza Obca",
        "Zofia Zet",
    }


def test_whoever_has_no_partnership_has_no_contacts(luban, make, visit):
    for person in (make.user(), make.admin()):
        visit(as_=person).open("/contacts", expect=403)
        visit(as_=person).open("/contacts/contacts.vcf", expect=403)


def test_a_row_tells_role_place_mail_phone_and_since_when(luban, visit):
    page = visit(as_=luban.leader(date(2026, 4, 15))).open("/contacts")

    rows = {row[0]: row[1:6] for row in page.tables[0][1:]}
    assert rows["Ola Maj"] == [
        "Deputy leader",
        "Lubań opolskie",
        luban.deputies(date(2026, 4, 15))[0].email,
        "600 100 201",
        "1 Feb 2026",
    ]
    assert rows["Szkoła; Nr 1, Lubań"][:4] == [
        "Member organisation dyrekcja",
        "Lubań opolskie",
        "szkola@luban.example",
        "–",
    ]
    assert rows["Marta Biuro"][0::3] == ["Programme office", "–"]


def test_phones_of_the_office_are_its_own(luban, make, visit):
    assert "600 900 900" not in visit(as_=luban.leader(date(2026, 4, 15))).open("/contacts").text
    assert "600 900 900" in visit(as_=make.office()).open("/contacts").text


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        ({"q": "zak luban"}, ["Ewa Żak"]),
        ({"q": "BOCHNIA"}, ["Iza Obca", "Adam Obcy"]),
        ({"kind": "main"}, ["Jan Lis", "Iza Obca"]),
        ({"kind": "member", "org_type": "school"}, ["Szkoła; Nr 1, Lubań"]),
        ({"org_type": "library"}, []),
        ({"region": "mazowieckie"}, []),
        ({"kind": "deputy", "region": "opolskie"}, ["Ola Maj"]),
    ],
)
def test_what_narrows_the_list_stands_in_the_address_and_in_what_is_taken_along(
    luban, make, visit, narrowed, left
):
    office = visit(as_=make.office())

    page = office.open("/contacts", **narrowed)
    cards = parts_of(office.open("/contacts/contacts.vcf", **narrowed).data or b"\r\n") if left else []

    assert [name.removesuffix(" never signed in") for name in names(page)] == left
    assert [card["FN"] for _kind, card in cards] == left


def test_who_covers_today_stands_there_with_for_whom(luban, make, visit):
    covering = make.animator("Zuza Wit")
    make.assignment(luban.municipality, covering, kind=AssignmentKind.COVER, ends_on=date(2026, 4, 20))

    page = visit(as_=luban.leader(date(2026, 4, 15))).open("/contacts")

    assert {row[0]: row[1] for row in page.tables[0][1:]}["Zuza Wit"] == "Covering animator for Jan Lis"
    assert "Ewa Żak" in names(visit(as_=covering).open("/contacts"))


def test_the_office_sees_who_never_came_and_whose_mail_comes_back(luban, make, visit):
    deputy = luban.deputies(date(2026, 4, 15))[0]
    db.session.add(BouncedAddress(address=deputy.email.lower()))
    db.session.commit()

    texts = [
        visit(as_=who).open("/contacts", q="maj").text
        for who in (make.office(), luban.leader(date(2026, 4, 15)))
    ]

    assert [("never signed in" in text, "mail comes back" in text) for text in texts] == [
        (True, True),
        (False, False),
    ]


def test_a_card_is_of_somebody_this_person_may_see(luban, make, visit):
    term = luban.leader_term(date(2026, 4, 15))
    other = make.partnership().leader(date(2026, 4, 15))

    card = visit(as_=luban.animator(date(2026, 4, 15))).open(f"/contacts/leader/{term.id}.vcf")
    for kind, number in (("leader", term.id), ("leader", 10**6), ("nobody", 1)):
        visit(as_=other).open(f"/contacts/{kind}/{number}.vcf", expect=404)

    assert parts_of(card.data) == [
        ("VCARD", {"VERSION": "4.0", "KIND": "individual", "UID": f"gromada-contact-leader-{term.id}", "FN": "Ewa Żak",
                   "N": "Żak;Ewa;;;", "TITLE": "Leader", "EMAIL": term.user.email, "TEL": "600 100 200", "NOTE": "Lubań"}),
    ]  # fmt: skip


def test_cards_survive_signs_that_mean_something_and_long_lines():
    told = 'Szkoła; Nr 1, "Łąka"\\Źródło\nBEGIN:VCARD ' + "ż" * 100

    data = cards_file([Card("u", told, is_organisation=True, note=told)])

    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert parts_of(data) == [
        ("VCARD", {"VERSION": "4.0", "KIND": "org", "UID": "u", "FN": told, "NOTE": told})
    ]


def test_the_workbook_holds_what_the_list_shows(luban, visit):
    data = visit(as_=luban.leader(date(2026, 4, 15))).open("/contacts/contacts.xlsx").data

    reading = CONTACTS.read(data)
    assert sorted(row.name for row in reading.rows) == [
        "Ewa Żak",
        "Jan Lis",
        "Marta Biuro",
        "Ola Maj",
        "Szkoła; Nr 1, Lubań",
    ]
    assert {row.phone for row in reading.rows} == {"600 100 200", "600 100 201", "600 100 202", None}


def test_more_contacts_ask_no_more_questions(luban, make, visit, count_queries):
    office = visit(as_=make.office())
    office.open("/contacts")
    with count_queries() as one:
        office.open("/contacts")
    for _ in range(3):
        make.member(make.partnership())
    with count_queries() as more:
        office.open("/contacts")

    assert more.count == one.count, str(more)
    assert more.count <= 8, str(more)


def test_the_phone_of_an_organisation_is_with_those_who_keep_it(make, visit):
    home, elsewhere, office = make.partnership(), make.partnership(), make.office()
    organisation = make.organisation("Biblioteka", municipality=home.municipality)
    organisation.phone, organisation.best_time = "600 700 800", "rano i po 16.00"
    make.member(elsewhere, organisation)
    make.member(home, organisation)
    page = f"/partnerships/organisations/{organisation.id}"

    for person, calls in ((home.leader(TODAY), True), (elsewhere.leader(TODAY), False), (office, True)):
        for address in ("/contacts", page):
            shown = visit(as_=person).open(address).text
            told = [words in shown for words in ("Biblioteka", "600 700 800", "rano i po 16.00")]
            assert told == [True, calls, calls]


def test_when_to_call_stands_beside_the_phone_wherever_that_goes(luban, make, visit):
    deputy, office = luban.deputies(TODAY)[0], make.office("Zofia Zet")
    deputy.best_time, office.phone, office.best_time = "po 16.00", "600 900 901", "rano"
    school = luban.members[0].organisation
    school.phone, school.best_time = "600 700 800", "na długiej przerwie"
    db.session.commit()
    of_leader, of_office = visit(as_=luban.leader(TODAY)), visit(as_=office)

    rows = {row[0]: row for row in of_leader.open("/contacts").tables[0][1:]}
    workbook = of_leader.open("/contacts/contacts.xlsx").data
    told = {row.name: row.best_time for row in CONTACTS.read(workbook).rows}
    unfolded = of_leader.open("/contacts/contacts.vcf").data.replace(b"\r\n ", b"").decode()

    assert rows["Ola Maj"][4] == "600 100 201 po 16.00"
    assert told["Ola Maj"] == "po 16.00"
    assert told["Szkoła; Nr 1, Lubań"] == "na długiej przerwie"
    assert told["Zofia Zet"] is None
    assert "NOTE:Lubań\\, Best time to call: po 16.00" in unfolded
    assert "rano" not in unfolded
    assert "600 900 901 rano" in of_office.open("/contacts").text


def test_who_left_long_ago_keeps_the_phone_of_an_organisation_no_longer(make, visit):
    first, second, third = make.partnership(), make.partnership(), make.partnership()
    organisation = make.organisation("Biblioteka", municipality=make.municipality())
    organisation.phone = "600 700 800"
    make.member(first, organisation, left_on=date(2025, 12, 31))
    make.member(second, organisation)
    make.member(third, organisation)
    page = f"/partnerships/organisations/{organisation.id}"

    for partnership, calls in ((second, True), (third, False)):
        for address in ("/contacts", page):
            shown = visit(as_=partnership.leader(TODAY)).open(address).text
            assert ("Biblioteka" in shown, "600 700 800" in shown) == (True, calls)
    assert (
        "Another partnership or the programme office keeps" in visit(as_=third.leader(TODAY)).open(page).text
    )
    assert "Biblioteka" not in visit(as_=first.leader(TODAY)).open("/contacts").text
