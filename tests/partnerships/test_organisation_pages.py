"""Pages about organisations, the agreements of members, and who heads a municipality."""

from datetime import date

import pytest
from sqlalchemy import select

from core.database import db
from municipalities.services.mayors import enter_mayor
from partnerships.files.models import Attachment
from partnerships.models import Organisation, Partnership, PartnershipMember
from tests.support import documents
from tests.support.forms import Upload

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
PDF = documents.pdf()


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


# --- Founding and members --------------------------------------------------------------------------------


def test_spaces_alone_are_no_name_and_what_is_kept_stays(make, visit):
    office, partnership = visit(as_=make.office()), make.partnership("Together")
    organisation = make.member(partnership, make.organisation("Library")).organisation

    for address in (
        f"/partnerships/{partnership.id}/edit",
        f"/partnerships/organisations/{organisation.id}/edit",
    ):
        refused = office.open(address).submit("Save", name=" \u00a0 ", expect=422)
        assert "Fill in this field" in refused.text

    db.session.expire_all()
    assert (partnership.name, organisation.name) == ("Together", "Library")


def test_the_office_founds_a_partnership_with_its_signed_agreement(make, visit):
    office, municipality = make.office(), make.municipality("Łomża")

    page = visit(as_=office).open(f"/partnerships/new/{municipality.id}")
    page.submit(
        "Enter the partnership",
        name="Partnerstwo",
        founded_on=YESTERDAY,
        file=Upload(PDF, "Porozumienie.pdf"),
    )

    [partnership] = db.session.scalars(select(Partnership))
    agreement = db.session.get_one(Attachment, partnership.agreement_id)
    assert (partnership.founded_on, agreement.title, agreement.file_name) == (
        YESTERDAY,
        "Partnership agreement",
        "Porozumienie.pdf",
    )


def test_a_founding_whose_agreement_is_no_document_is_not_entered(make, visit):
    office, municipality = make.office(), make.municipality("Łomża")

    page = visit(as_=office).open(f"/partnerships/new/{municipality.id}")
    refused = page.submit(
        "Enter the partnership", name="Partnerstwo", file=Upload(b"<html>", "a.pdf"), expect=422
    )

    assert "its content is a web page" in refused.text
    assert db.session.scalars(select(Partnership)).all() == []


def test_a_leader_puts_the_agreement_in_its_place_later_and_a_newer_one_over_it(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    visitor = visit(as_=leader)

    for name, data in {"Stare.pdf": PDF, "Nowe.png": documents.png()}.items():
        visitor.open(f"/partnerships/{partnership.id}/edit").submit("Save", file=Upload(data, name))
    page = visitor.open(f"/partnerships/{partnership.id}/edit")

    assert "Partnership agreement (PNG, 1 kB)" in page.text
    files = visitor.open(f"/partnerships/{partnership.id}/files")
    assert "1 earlier file Stare.pdf (PDF, 1 kB)" in files.text


def test_a_member_joins_with_its_signed_agreement(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    visitor = visit(as_=leader)

    page = visitor.open(f"/partnerships/{partnership.id}/members/add").submit(
        "Add the member", name="Szkoła", org_type="school", role="trainer", file=Upload(PDF, "Deklaracja.pdf")
    )

    [member] = db.session.scalars(select(PartnershipMember))
    assert page.links["Agreement (PDF, 1 kB)"] == f"/partnerships/files/{member.agreement_id}"
    assert visitor.client.get(f"/partnerships/files/{member.agreement_id}").data == PDF


def test_a_member_whose_agreement_is_no_document_does_not_join(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)

    refused = visit(as_=leader).open(f"/partnerships/{partnership.id}/members/add").submit(
        "Add the member",
        name="Szkoła", org_type="school", role="trainer", file=Upload(b"MZ", "a.docx"), expect=422,
    )  # fmt: skip

    assert "it is called DOCX, but its content is something else" in refused.text
    assert db.session.scalars(select(PartnershipMember)).all() == []
    assert db.session.scalars(select(Organisation)).all() == []


def test_an_organisation_from_elsewhere_is_found_by_its_name_and_joins_without_being_entered_twice(
    make, visit
):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    known = make.organisation(
        "Fundacja Łąka", municipality=make.municipality("Suwałki"), org_type="foundation"
    )
    make.member(make.partnership(municipality=known.municipality), known)

    page = (
        visit(as_=leader)
        .open(f"/partnerships/{partnership.id}/members/add")
        .submit("Find", q="laka", expect=200)
    )
    assert "Fundacja Łąka foundation" in page.text
    assert "Suwałki (rural municipality, opolski county)" in page.text
    page = page.follow("Choose Fundacja Łąka, Suwałki").submit("Add the member", role="trainer")

    assert "Fundacja Łąka is a member now." in page.text
    assert "foundation, Suwałki" in page.text
    assert [one.name for one in db.session.scalars(select(Organisation))] == ["Fundacja Łąka"]
    page = page.follow("Add a member").submit("Find", q="łąka", expect=200)
    assert "a member already" in page.text


def test_what_is_nowhere_is_said_so_and_a_made_up_number_chooses_nothing(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    over = make.organisation("Dawny Klub")
    over.ended_on = YESTERDAY
    visitor = visit(as_=leader)

    page = visitor.open(f"/partnerships/{partnership.id}/members/add", q="klub")

    assert "Nothing is called that yet. Enter it below." in page.text
    for number in (over.id, 0, -1, 98765, 2**31, 2**70, "x"):
        page = visitor.open(f"/partnerships/{partnership.id}/members/add", organisation=number)
        assert "Enter a new organisation" in page.headings


# --- Organisations ---------------------------------------------------------------------------------------


def test_a_leader_keeps_what_is_known_of_an_organisation(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    room = make.organisation("Świetlica", municipality=partnership.municipality, org_type="community_room")
    centre = make.organisation(
        "Dom Kultury", municipality=partnership.municipality, org_type="culture_centre"
    )
    make.member(partnership, room)
    make.member(partnership, centre)

    page = (
        visit(as_=leader).open(f"/partnerships/{partnership.id}/members").follow("Świetlica").follow("Change")
    )
    page = page.submit(
        "Save", sector="public", parent="dom kultury", website="www.swietlica.example", phone="86 123 45 67",
        best_time="po 16", registry_kind="regon", registry_no="123 456 785", signatory_function="kierownik",
        power_of_attorney="4/2026",
    )  # fmt: skip

    assert "The organisation is saved." in page.text
    for words in (
        "Part of Dom Kultury", "86 123 45 67 po 16", "business register (REGON) 123456785",
        "kierownik by power of attorney no. 4/2026", "https://www.swietlica.example",
    ):  # fmt: skip
        assert words in page.text
    assert (
        "Świetlica community room" in visit(as_=leader).open(f"/partnerships/organisations/{centre.id}").text
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("parent", "Klub", "No organisation of this municipality is called that."),
        ("parent", "Świetlica", "An organisation cannot be a part of itself."),
        ("registry_no", "123456784", "This is no REGON number"),
        ("website", "javascript:alert(1)", "Enter an address such as www.biblioteka.pl"),
        ("website", 'www.a.pl" onclick="alert(1)', "Enter an address such as www.biblioteka.pl"),
        ("office_email", "nowak", "Enter an e-mail address such as name@gmina.pl"),
        ("power_of_attorney", "4/2026", "Write the function of the person who signs"),
        ("name", "", "Fill in this field"),
    ],
)
def test_what_cannot_be_kept_about_an_organisation_is_answered_with_a_sentence(
    make, visit, field, typed, sentence
):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    room = make.organisation("Świetlica", municipality=partnership.municipality)
    make.member(partnership, room)

    page = visit(as_=leader).open(f"/partnerships/organisations/{room.id}/edit")
    refused = page.submit("Save", **{"registry_kind": "regon", field: typed}, expect=422)

    assert sentence in refused.text
    db.session.expire_all()
    assert (room.name, room.parent_id, room.registry_no, room.website) == ("Świetlica", None, None, None)


def test_a_leader_records_the_end_of_an_organisation(make, visit):
    leader = make.user()
    partnership = make.partnership("Partnerstwo Łomża", leader=leader)
    member = make.member(partnership)

    page = visit(as_=leader).open(f"/partnerships/organisations/{member.organisation_id}")
    page = page.follow("The organisation has ended")
    assert "On that day it also leaves these partnerships." in page.text
    page = page.submit("Record the end", ended_on=YESTERDAY)

    assert f"The end of {member.organisation.name} is recorded." in page.text
    former = visit(as_=leader).open(f"/partnerships/{partnership.id}/members")
    assert "Former members" in former.headings


def test_a_phone_is_seen_by_those_who_work_together_and_the_office_alone(make, visit):
    leader, deputy, animator = make.user("Anna Lis"), make.user(), make.animator()
    partnership = make.partnership(leader=leader, animator=animator)
    make.term(partnership, deputy)
    organisation = make.member(partnership).organisation
    organisation.phone = leader.phone = "86 123 45 67"
    organisation.best_time = leader.best_time = "po 16"
    other, admin, office = make.partnership(), make.admin(), make.office()
    db.session.commit()

    for person in (leader, deputy, animator, office):
        for address in (f"/partnerships/{partnership.id}", f"/partnerships/organisations/{organisation.id}"):
            assert "86 123 45 67 po 16" in visit(as_=person).open(address).text
    for person in (other.leader(TODAY), other.animator(TODAY), admin):
        visit(as_=person).open(
            f"/partnerships/organisations/{organisation.id}", expect=403 if person is admin else 404
        )
    assert "86 123 45 67" in visit(as_=office).open(f"/people/{leader.id}").text
    assert "86 123 45 67" not in visit(as_=admin).open(f"/people/{leader.id}").html
    place = partnership.municipality.address_name
    for address in ("/en", "/en/plans", f"/en/municipalities/{place}"):
        assert "86 123 45 67" not in visit().open(address).html


def test_a_person_says_when_they_like_to_be_called(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)

    visit(as_=leader).open("/account").submit("Save", phone="86 1", best_time="po 16")

    assert "86 1 po 16" in visit(as_=leader).open(f"/partnerships/{partnership.id}").text


def test_the_page_of_an_organisation_asks_the_same_number_of_questions_for_one_and_for_three(
    make, visit, count_queries
):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    organisation = make.member(partnership).organisation
    visitor, address = visit(as_=leader), f"/partnerships/organisations/{organisation.id}"
    visitor.open(address)
    with count_queries() as one:
        visitor.open(address)

    for _ in range(2):
        make.member(make.partnership(), organisation)
        part = make.organisation(municipality=partnership.municipality)
        part.parent = organisation
    db.session.commit()
    with count_queries() as three:
        visitor.open(address)

    assert three.count == one.count, str(three)
    assert three.count <= 8, str(three)


# --- Who heads a municipality ----------------------------------------------------------------------------


def test_a_leader_writes_down_who_heads_the_municipality_and_puts_it_right(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    page = visit(as_=leader).open(f"/municipalities/{partnership.municipality_id}")
    assert "Nobody has written down yet who heads it." in page.text

    page = page.follow("Enter a new one").submit(
        "Save", title="wojt", name="Jan Stary", valid_from=date(2018, 11, 20)
    )
    page = page.follow("Enter a new one").submit(
        "Save", title="burmistrz", name="Ana Nowa", valid_from=date(2024, 5, 7)
    )
    page = page.follow("Change Ana Nowa").submit("Save", name="Anna Nowa")

    assert "burmistrz (mayor of a town) Anna Nowa since 7 May 2024" in page.text
    assert "wójt (head of a rural municipality) Jan Stary from 20 Nov 2018 to 6 May 2024" in page.text
    refused = page.follow("Change Jan Stary").submit("Save", valid_to=date(2024, 6, 1), expect=422)
    assert "Anna Nowa is in office since 7 May 2024. Choose days that do not overlap." in refused.text
    page = refused.submit("Remove this entry")
    assert "Jan Stary" not in page.text


def test_everybody_who_is_signed_in_reads_who_heads_it_and_only_its_leader_and_the_office_write(make, visit):
    partnership, office = make.partnership(), make.office()
    deputy = make.user()
    make.term(partnership, deputy)
    mayor = enter_mayor(
        partnership.municipality, title="wojt", name="Jan Wójt", valid_from=YESTERDAY, actor=office
    )
    others = [deputy, partnership.animator(TODAY), make.partnership().leader(TODAY)]
    db.session.commit()
    municipality_id, mayor_id = partnership.municipality_id, mayor.id

    for person in others:
        page = visit(as_=person).open(f"/municipalities/{municipality_id}")
        assert "Jan Wójt" in page.text
        assert "Enter a new one" not in page.links
        visit(as_=person).open(f"/partnerships/mayors/{mayor_id}/edit", expect=403)
        visit(as_=person).open(f"/partnerships/mayors/of/{municipality_id}/add", expect=403)
    assert "Enter a new one" in visit(as_=office).open(f"/municipalities/{municipality_id}").links


def test_the_name_of_a_mayor_is_on_no_page_for_everybody(make, visit):
    plan = make.general_plan()
    municipality = plan.partnership.municipality
    enter_mayor(municipality, title="wojt", name="Jan Wójt", valid_from=YESTERDAY, actor=make.office())
    db.session.commit()

    for address in ("/en", "/en/plans", f"/en/municipalities/{municipality.address_name}"):
        assert "Jan Wójt" not in visit().open(address).html
