"""Pages about the organisations that belong to a partnership."""

from datetime import date

import pytest

from core.database import db
from partnerships import services
from partnerships.workflow import PartnershipStatus
from tests.support.forms import saved_meanwhile

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_a_leader_adds_changes_and_ends_a_membership(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader, status=PartnershipStatus.FORMING)

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/members").follow("Add a member")
    page = page.submit(
        "Add the member",
        name="Biblioteka Publiczna",
        org_type="library",
        role="organiser",
        contribution=["room", "staff"],
        contact_email="biblioteka@gmina.example",
    )

    assert "Biblioteka Publiczna is a member now." in page.text
    assert page.tables[0][1][:5] == [
        "Biblioteka Publiczna library",
        "organiser",
        "room, staff",
        "– biblioteka@gmina.example",
        "15 Apr 2026",
    ]

    page = page.follow("Change Biblioteka Publiczna")
    page = page.submit("Save", role="trainer", contribution=[], contact_function="dyrektor")

    assert page.tables[0][1][1:4] == ["training provider", "–", "dyrektor biblioteka@gmina.example"]

    page = page.follow("Leaves Biblioteka Publiczna").submit("Record that it left")

    assert page.tables == []
    assert "Biblioteka Publiczna from 15 Apr 2026 to 15 Apr 2026" in page.text


def test_the_third_member_makes_the_partnership_active(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader, status=PartnershipStatus.FORMING)
    visitor = visit(as_=leader)

    for name in ("Szkoła", "Biblioteka", "OSP"):
        visitor.open(f"/partnerships/{partnership.id}/members/add").submit(
            "Add the member", name=name, org_type="other", role="other"
        )

    db.session.refresh(partnership)
    assert partnership.status is PartnershipStatus.ACTIVE


def test_a_member_twice_is_refused_at_the_name(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    make.member(partnership, make.organisation("Szkoła", municipality=partnership.municipality))

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/members/add")
    refused = page.submit("Add the member", name="SZKOŁA", org_type="school", role="other", expect=422)

    assert refused.links["This organisation is a member already."] == "#name"


def test_an_animator_reads_the_members_and_changes_none(make, visit):
    animator = make.animator()
    partnership = make.partnership(animator=animator)
    member = make.member(partnership)
    visitor = visit(as_=animator)

    page = visitor.open(f"/partnerships/{partnership.id}/members")

    assert "Add a member" not in page.links
    visitor.open(f"/partnerships/{partnership.id}/members/add", expect=403)
    visitor.open(f"/partnerships/members/{member.id}/edit", expect=403)
    visitor.open(f"/partnerships/members/{member.id}/leave", expect=403)


def test_parts_of_a_foreign_partnership_are_not_there(make, visit):
    leader, foreign = make.user(), make.partnership()
    make.partnership(leader=leader)
    member, term = make.member(foreign), make.term(foreign, make.user())
    visitor = visit(as_=leader)

    for address in (
        f"/partnerships/members/{member.id}/edit",
        f"/partnerships/members/{member.id}/leave",
        f"/partnerships/terms/{term.id}/end",
        f"/partnerships/{foreign.id}/members",
        f"/partnerships/{foreign.id}/edit",
    ):
        visitor.open(address, expect=404)


def test_in_a_closed_partnership_a_form_left_open_is_refused_in_words(make, visit):
    office, leader = make.office(), make.user()
    partnership = make.partnership(leader=leader)
    form = visit(as_=office).open(f"/partnerships/{partnership.id}/members/add")
    services.close_partnership(partnership, closed_on=TODAY, reason="Over", actor=office)

    refused = form.submit("Add the member", name="Szkoła", org_type="school", role="other", expect=422)

    assert "This partnership is closed: nothing in it changes any more." in refused.text


def test_members_ask_the_same_number_of_questions_for_one_and_for_three(make, visit, count_queries):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    make.member(partnership)
    visitor = visit(as_=leader)
    visitor.open(f"/partnerships/{partnership.id}/members")
    with count_queries() as one:
        visitor.open(f"/partnerships/{partnership.id}/members")

    make.member(partnership)
    make.member(partnership, left_on=YESTERDAY)
    with count_queries() as three:
        visitor.open(f"/partnerships/{partnership.id}/members")

    assert three.count == one.count, str(three)
    assert three.count <= 6, str(three)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Jan PESEL 44051401359", "A PESEL number stood here and was taken out."),
        ("Anna Nowak 600 700 800", "Phone numbers do not belong here."),
        ("Anna Nowak", "Enter a function, such as head teacher."),
    ],
)
def test_a_contact_is_a_function_never_a_person(make, visit, typed, said):
    partnership = make.partnership()
    member = make.member(partnership)

    page = visit(as_=make.office()).open(f"/partnerships/members/{member.id}/edit")
    page = page.submit("Save", contact_function=typed, expect=422)

    assert said in page.text
    assert "44051401359" not in page.html


def test_of_two_who_change_a_member_the_later_sees_what_the_earlier_saved(make, visit):
    partnership = make.partnership()
    member = make.member(partnership, role="organiser")
    address = f"/partnerships/members/{member.id}/edit"
    left_open = visit(as_=make.office()).open(address)
    visit(as_=make.office()).open(address).submit(
        "Save", contact_function="head teacher", contribution=["room"]
    )

    refused = left_open.submit("Save", expect=422, contact_email="biblioteka@gmina.example")

    assert "Somebody else changed this while you were at it." in refused.text
    assert saved_meanwhile(refused.tree) == {"contribution": "room", "contact_function": "head teacher"}
    db.session.refresh(member)
    assert (member.contact_function, member.contact_email) == ("head teacher", None)
    refused.submit("Save")
    db.session.refresh(member)
    assert (member.contact_function, member.contact_email) == ("head teacher", "biblioteka@gmina.example")
    assert (member.role, member.contribution) == ("organiser", ["room"])


def test_saving_the_same_twice_is_no_conflict(make, visit):
    partnership = make.partnership("Together")
    address = f"/partnerships/{partnership.id}/edit"
    left_open = visit(as_=make.office()).open(address)
    visit(as_=make.office()).open(address).submit("Save", name="Together again")

    assert "Name and founding are saved." in left_open.submit("Save", name="Together again").text


def test_an_organisation_stays_a_part_of_what_somebody_else_put_it_in_meanwhile(make, visit):
    room = make.organisation("Świetlica")
    room.phone = "86 123 45 67"
    for name in ("Dom Kultury", "Urząd"):
        make.organisation(name, municipality=room.municipality)
    address = f"/partnerships/organisations/{room.id}/edit"
    left_open, also_open = (visit(as_=make.office()).open(address) for _ in range(2))
    visit(as_=make.office()).open(address).submit("Save", parent="Dom Kultury")

    refused = left_open.submit("Save", expect=422)
    assert saved_meanwhile(refused.tree) == {"parent": "Dom Kultury"}
    refused.submit("Save", best_time="po 16")
    refused = also_open.submit("Save", expect=422, parent="Urząd")

    assert saved_meanwhile(refused.tree) == {"parent": "Dom Kultury", "best_time": "po 16"}
    held = refused.form("Save").values
    assert (held["parent"], held["best_time"]) == ("Urząd", "po 16")
    db.session.refresh(room)
    assert (room.parent.name, room.best_time, room.phone) == ("Dom Kultury", "po 16", "86 123 45 67")


def test_a_leader_corrects_the_last_day_of_a_former_member(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    make.member(partnership, make.organisation("Klub"), joined_on=date(2026, 3, 1), left_on=YESTERDAY)

    page = (
        visit(as_=leader).open(f"/partnerships/{partnership.id}/members").follow("Correct the last day Klub")
    )
    refused = page.submit("Save", left_on=TOMORROW, expect=422)
    saved = page.submit("Save", left_on=date(2026, 3, 31))

    assert "The day lies in the future." in refused.text
    assert "from 1 Mar 2026 to 31 Mar 2026" in saved.text
