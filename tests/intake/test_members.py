"""Members of one partnership: taken as a workbook, changed, brought back with every wrong cell named."""

from datetime import date

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from partnerships.models import Organisation, PartnershipMember
from partnerships.workflow import PartnershipStatus
from tests.intake.bringing import figures, problems
from tests.intake.workbooks import changed, table, upload, workbook
from tests.support.spreadsheets import saved_by_libreoffice

HEAD = (
    "Organisation",
    "Type",
    "Role",
    "Contributes",
    "Contact: function",
    "Contact: e-mail",
    "Joined on",
    "Left on",
)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def partnership(make):
    return make.partnership(
        municipality=make.municipality("Dobra"), leader=make.user("Jan Lis"), founded_on=date(2026, 1, 10)
    )


@pytest.fixture
def leader(partnership, visit):
    return visit(as_=partnership.terms[0].user)


def bring(visitor, partnership, data: bytes, *, expect: int = 303):
    page = visitor.open(f"/partnerships/{partnership.id}/members/file")
    return page.submit("Check the workbook", file=upload(data), expect=expect)


def line(
    name: object = "Biblioteka", kind: object = "biblioteka", role: object = "organizator", *rest: object
):
    return (name, kind, role, *rest, *[None] * (5 - len(rest)))


def test_namesakes_come_back_as_they_went_out_and_each_is_changed_by_its_own_row(make, partnership, leader):
    for org_type, address in (("school", "sp@dobra.example"), ("library", "mbp@dobra.example")):
        organisation = make.organisation("Razem", municipality=partnership.municipality, org_type=org_type)
        make.member(partnership, organisation, joined_on=date(2026, 2, 1)).contact_email = address
    db.session.commit()
    rows = [
        line("Razem", "library", "organizator", None, None, "mbp@dobra.example", "2026-02-01"),
        line("Razem", "school", "organizator", None, None, "nowy@dobra.example", "2026-02-01"),
    ]

    page = bring(leader, partnership, workbook(HEAD, *rows))

    assert problems(page) == []
    found = figures(page)
    assert (found["Changed rows"], found["Unchanged rows"], found["Not in the file"]) == (1, 1, 0)
    page.submit("Apply the file")
    kept = db.session.execute(
        select(Organisation.org_type, PartnershipMember.contact_email)
        .join(Organisation)
        .order_by(Organisation.id)
    )
    assert [tuple(one) for one in kept] == [
        ("school", "nowy@dobra.example"),
        ("library", "mbp@dobra.example"),
    ]


def test_a_row_that_is_left_out_for_a_wrong_cell_is_in_the_file_all_the_same(make, partnership, leader):
    for name in ("Biblioteka", "Parafia"):
        make.member(partnership, make.organisation(name, municipality=partnership.municipality))

    page = bring(leader, partnership, workbook(HEAD, line("Biblioteka", "nie wiadomo co")))

    assert len(problems(page)) == 1
    assert figures(page)["Not in the file"] == 1
    assert "Parafia" in page.tree.get_element_by_id("missing").text_content()


def test_new_members_join_and_enough_of_them_make_the_partnership_active(make, partnership, leader):
    partnership.status = PartnershipStatus.FORMING
    known = make.organisation("OSP Dobra", municipality=partnership.municipality, org_type="fire_brigade")
    page = bring(leader, partnership, workbook(
        HEAD,
        line("Biblioteka w Dobrej", "library", "realizator szkoleń", "sala, sprzęt", "dyrektor", "b@dobra.example", "15.03.2026"),
        line("OSP Dobra", "OSP", "użycza", "kadra", None, None, "2026-03-16"),
        line("KGW Dobra", "koło gospodyń wiejskich", "promocja"),
    ))  # fmt: skip
    assert (problems(page), figures(page)["New rows"]) == ([], 3)

    page.submit("Apply the file")

    members = db.session.scalars(select(PartnershipMember).order_by(PartnershipMember.id)).all()
    assert [
        (
            one.organisation.name,
            one.role,
            one.contribution,
            one.contact_function,
            one.joined_on,
            one.taken_over,
        )
        for one in members
    ] == [
        ("Biblioteka w Dobrej", "trainer", ["room", "equipment"], "dyrektor", date(2026, 3, 15), False),
        ("OSP Dobra", "lender", ["staff"], None, date(2026, 3, 16), False),
        ("KGW Dobra", "promotion", [], None, date(2026, 1, 10), False),
    ]
    assert members[1].organisation_id == known.id
    db.session.refresh(partnership)
    assert partnership.status is PartnershipStatus.ACTIVE


def test_the_list_taken_and_brought_back_as_it_is_changes_nothing(make, partnership, leader):
    make.member(partnership, role="organiser")
    make.member(partnership, left_on=date(2026, 2, 1))
    for query in ("", "?former=1"):
        taken = leader.open(f"/partnerships/{partnership.id}/members.xlsx{query}").data

        page = bring(leader, partnership, taken)

        assert (problems(page), figures(page)["New rows"], figures(page)["Changed rows"]) == ([], 0, 0)
        assert figures(page)["Unchanged rows"] == (2 if query else 1)


def test_a_workbook_saved_by_libreoffice_says_the_same(make, partnership, leader, tmp_path):
    make.member(partnership, role="organiser")
    path = tmp_path / "members.xlsx"
    path.write_bytes(leader.open(f"/partnerships/{partnership.id}/members.xlsx").data)
    saved = saved_by_libreoffice(path, tmp_path)
    if saved is None:
        pytest.skip("LibreOffice is not installed here")

    page = bring(leader, partnership, saved)

    assert (problems(page), figures(page)["Unchanged rows"]) == ([], 1)


def test_a_change_is_shown_old_and_new_and_remembered(make, partnership, leader):
    member = make.member(
        partnership, make.organisation("OSP", municipality=partnership.municipality), role="organiser"
    )
    taken = leader.open(f"/partnerships/{partnership.id}/members.xlsx").data

    page = bring(leader, partnership, changed(taken, C2="użyczający", H2="01.04.2026"))
    told = [one.text_content() for one in page.tree.get_element_by_id("changes").iter("del", "ins")]
    page.submit("Apply the file")

    db.session.refresh(member)
    assert (member.role, member.left_on) == ("lender", date(2026, 4, 1))
    assert told == ["organiser", "lender", "01.04.2026"]
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.event.startswith("partnership.member")).order_by(AuditEvent.id)
    ).all()
    assert [(one.event, one.data["before"], one.data["after"]) for one in events] == [
        ("partnership.member_changed", {"role": "organiser"}, {"role": "lender"}),
        ("partnership.member_left", {"left_on": None}, {"left_on": "2026-04-01"}),
    ]


def test_who_is_not_in_the_file_stays_and_is_named(make, partnership, leader):
    member = make.member(
        partnership, make.organisation("Parafia w Dobrej", municipality=partnership.municipality)
    )

    page = bring(leader, partnership, workbook(HEAD, line()))

    assert figures(page)["Not in the file"] == 1
    assert "Parafia w Dobrej" in page.tree.get_element_by_id("missing").text_content()
    page.submit("Apply the file")
    db.session.refresh(member)
    assert member.left_on is None


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (line(kind="bibloteka"), "B2 Type: “bibloteka” is not on the list."),
        (line(kind=None), "B2 Type: The cell is empty."),
        (line("Szkoła", "school", "organiser", None, "dyrektor", "szkola(at)x"), "F2 Contact: e-mail: “szkola(at)x” cannot be read."),
        (line("Szkoła", "school", "organiser", None, "Anna Nowak"), "E2 Contact: function: This is somebody's name. The cell is left out and not kept."),
        (line("Szkoła", "school", "organiser", None, "tel. 501 234 567"), "E2 Contact: function: There is a phone number here. The cell is left out and not kept."),
        (line("Szkoła 44051401458"), "A2 Organisation: There is a PESEL number here. The cell is left out and not kept."),
        (line("Szkoła", "school", "organiser", None, None, "szkola@gmail.com"), "F2 Contact: e-mail: This looks like a private mailbox. It is kept."),
        (line("Szkoła", "school", "organiser", None, None, None, "15.05.2026"), "G2 Joined on: The day lies in the future. Add the organisation once it has joined."),
        (
            line("Szkoła", "school", "organiser", None, None, None, "15.03.2026", "14.03.2026"),
            "H2 Left on: The organisation joined on 15 Mar 2026: it cannot have left before.",
        ),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_named(partnership, leader, cells, told):
    assert told in problems(bring(leader, partnership, workbook(HEAD, cells)))


def test_a_value_nearly_on_the_list_is_answered_by_the_nearest(partnership, leader):
    page = bring(leader, partnership, workbook(HEAD, line(kind="bibloteka")))

    assert "Perhaps you mean: library." in page.text


def test_equal_findings_are_told_once_with_all_their_cells(partnership, leader):
    page = bring(leader, partnership, workbook(HEAD, line("A", None), line("B", None), line("C", None)))

    assert problems(page) == ["B2 B3 B4 Type: The cell is empty."]


def test_text_that_would_run_in_a_spreadsheet_leaves_as_text(make, partnership, leader):
    make.member(partnership, make.organisation("=HYPERLINK(1)", municipality=partnership.municipality))

    taken = leader.open(f"/partnerships/{partnership.id}/members.xlsx").data

    assert table(taken)[1][0] == "=HYPERLINK(1)"
    assert b"<f>" not in taken


def test_leader_deputy_and_office_bring_members_others_do_not(make, visit, partnership):
    deputy, stranger = make.user(), make.user()
    make.term(partnership, deputy)
    make.partnership(leader=stranger)
    path = f"/partnerships/{partnership.id}/members/file"

    for person in (deputy, make.office()):
        assert visit(as_=person).open(path).title
    visit(as_=partnership.animator(date(2026, 4, 15))).open(path, expect=403)
    visit(as_=stranger).open(path, expect=404)


def test_a_file_of_one_partnership_is_not_there_for_another(make, visit, partnership, leader):
    stranger = make.user()
    make.partnership(leader=stranger)
    page = bring(leader, partnership, workbook(HEAD, line()))

    for path in (page.url, f"{page.url}/file.xlsx", f"{page.url}/columns"):
        visit(as_=stranger).open(path, expect=404)
    client = visit(as_=stranger).client
    assert client.post(f"{page.url}/apply").status_code in (400, 404)
    assert db.session.scalars(select(Organisation.name).where(Organisation.name == "Biblioteka")).all() == []


def test_who_left_before_it_joined_is_told_though_the_day_of_joining_is_known_only_here(
    make, partnership, leader
):
    library = make.organisation("Biblioteka", municipality=partnership.municipality, org_type="library")
    member = make.member(partnership, library, role="organiser", joined_on=date(2026, 3, 1))
    cells = line("Biblioteka", "library", "organiser", None, None, None, None, "1.02.2026")

    page = bring(leader, partnership, workbook(HEAD, cells))

    assert problems(page) == [
        "H2 Left on: The organisation joined on 1 Mar 2026: it cannot have left before."
    ]
    assert "Apply the file" not in page.buttons
    db.session.refresh(member)
    assert member.left_on is None


@pytest.mark.parametrize("joined", ["1.02.2026", None, "3.02.2026"])
def test_a_corrected_day_of_leaving_changes_the_membership_that_is_there(make, partnership, leader, joined):
    library = make.organisation("Biblioteka", municipality=partnership.municipality, org_type="library")
    joined_on, left_on = date(2026, 2, 1), date(2026, 3, 1)
    former = make.member(partnership, library, role="organiser", joined_on=joined_on, left_on=left_on)
    cells = line("Biblioteka", "library", "organiser", None, None, None, joined, "1.04.2026")

    bring(leader, partnership, workbook(HEAD, cells)).submit("Apply the file")

    db.session.expire_all()
    assert db.session.scalars(select(PartnershipMember.id)).all() == [former.id]
    assert former.left_on == date(2026, 4, 1)
    event = db.session.scalars(
        select(AuditEvent).where(AuditEvent.event.startswith("partnership.member"))
    ).one()
    assert (event.data["before"]["left_on"], event.data["after"]["left_on"]) == ("2026-03-01", "2026-04-01")


def test_an_earlier_membership_that_ended_before_the_present_one_began_is_a_membership_of_its_own(
    make, partnership, leader
):
    library = make.organisation("Biblioteka", municipality=partnership.municipality, org_type="library")
    present = make.member(partnership, library, role="organiser", joined_on=date(2026, 3, 1))
    cells = line("Biblioteka", "library", "organiser", None, None, None, "10.01.2026", "1.02.2026")

    page = bring(leader, partnership, workbook(HEAD, cells))

    assert (figures(page)["New rows"], figures(page)["Changed rows"]) == (1, 0)
    page.submit("Apply the file")
    db.session.refresh(present)
    assert present.left_on is None
