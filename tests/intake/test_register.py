"""The office brings a list of municipalities with leaders and animators, and takes the register away."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from animators.hours.models import HourBudget, Pot
from core.audit import AuditEvent, AuditPersonal
from core.database import db
from meetings.models import PartnershipMeeting
from municipalities.models import Mayor, MunicipalityKind
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from tests.intake.bringing import HEAD, bring, figures, problems, row
from tests.intake.workbooks import table, workbook

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def office(make, visit):
    return visit(as_=make.office("Biuro"))


def test_a_list_becomes_partnerships_with_leaders_and_animators(make, office):
    dobra, wola = make.municipality("Dobra", code="1601012"), make.municipality("Wola", code="1601022")
    animator = make.animator("Anna Lis")
    page = bring(office, workbook(
        HEAD,
        row("1601012", "Dobra", "Cyfrowa Dobra", "15.03.2026", "Jan Lis", "jan@dobra.example", "Biblioteka w Dobrej",
            "biblioteka", animator.email),
        row("1601022", "Wola"),
    ))  # fmt: skip
    assert figures(page) == {
        "To correct": 0,
        "New rows": 2,
        "Changed rows": 0,
        "Unchanged rows": 0,
        "Not in the file": 0,
    }
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0

    result = page.submit("Apply the file")

    assert "2 new, 0 changed" in result.text
    first, second = db.session.scalars(select(Partnership).order_by(Partnership.id)).all()
    assert (first.municipality, first.name, first.founded_on, first.status) == (
        dobra, "Cyfrowa Dobra", date(2026, 3, 15), PartnershipStatus.FORMING,
    )  # fmt: skip
    assert (second.municipality, second.founded_on, second.status) == (wola, None, PartnershipStatus.PLANNED)
    leader = first.leader(TODAY)
    assert (leader.name, leader.email, leader.password_hash) == ("Jan Lis", "jan@dobra.example", None)
    assert [(one.organisation.name, one.role, one.joined_on) for one in first.members] == [
        ("Biblioteka w Dobrej", "leader", date(2026, 3, 15))
    ]
    assert (first.animator(TODAY), second.animator(TODAY)) == (animator, None)


def test_what_was_entered_is_told_in_the_history_as_if_typed(make, office):
    make.municipality("Dobra", code="1601012")
    animator = make.animator("Anna Lis")
    data = workbook(
        HEAD,
        row("1601012", "", "Dobra", date(2026, 3, 1), "Jan Lis", "j@d.example", "OSP", "OSP", animator.email),
    )

    bring(office, data).submit("Apply the file")

    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.story_kind == "partnership").order_by(AuditEvent.id)
    ).all()
    assert [(one.event, one.record_kind) for one in events] == [
        ("partnership.founded", "partnership"),
        ("partnership.member_joined", "partnership_member"),
        ("partnership.leader_appointed", "leader_term"),
        ("partnership.animator_assigned", "animator_assignment"),
    ]
    personal = {one.event_id: one.data for one in db.session.scalars(select(AuditPersonal))}
    assert personal[events[2].id] == {"note": "Jan Lis"}
    assert all("Jan" not in str(one.data) for one in events)


def test_a_municipality_whose_row_is_left_out_is_in_the_file_all_the_same(make, office):
    for name, code in (("Dobra", "1601012"), ("Zła", "1601022")):
        make.partnership(municipality=make.municipality(name, code=code))

    page = bring(office, workbook(HEAD, row("1601012", "", "Dobra", "kiedyś", "", "")))

    assert len(problems(page)) == 1
    assert page.tree.get_element_by_id("missing").text_content().count("Zła") == 1
    assert figures(page)["Not in the file"] == 1


def test_the_same_file_again_changes_nothing(make, office):
    make.municipality("Dobra", code="1601012")
    data = workbook(HEAD, row("1601012", "", "Dobra", "01.03.2026", "Jan Lis", "j@d.example"))
    bring(office, data).submit("Apply the file")

    again = bring(office, data)

    assert figures(again) == {
        "To correct": 0,
        "New rows": 0,
        "Changed rows": 0,
        "Unchanged rows": 1,
        "Not in the file": 0,
    }
    assert "Nothing would change" in again.headings
    assert "Apply the file" not in again.buttons


def test_export_and_import_without_changes_give_an_empty_difference(make, office):
    for name in ("Dobra", "Łękawica", "Żółta Gęś"):
        partnership = make.partnership(municipality=make.municipality(name))
        make.member(partnership)
    make.partnership(led=False, advised=False, status=PartnershipStatus.PLANNED)
    exported = office.open("/office/register.xlsx").data
    assert [line[1] for line in table(exported)[1:]][:2] == ["Dobra", "Gmina 13"] or len(table(exported)) == 5

    page = bring(office, exported)

    assert figures(page) == {
        "To correct": 0,
        "New rows": 0,
        "Changed rows": 0,
        "Unchanged rows": 4,
        "Not in the file": 0,
    }
    assert problems(page) == ["These columns are not read: Status, Members."]


def test_the_whole_register_has_a_sheet_for_each_kind_of_record(make, office):
    dobra = make.partnership(municipality=make.municipality("Dobra", code="1601012"))
    make.member(dobra)
    db.session.add_all([
        PartnershipMeeting(
            partnership=dobra, held_on=date(2026, 3, 1), place="Urząd", people_count=12, calendar_uid="a@b.example"
        ),
        HourBudget(municipality_id=dobra.municipality_id, pot=Pot.REMOTE, granted_minutes=480),
        Mayor(municipality_id=dobra.municipality_id, title="wojt", name="Ewa Nowak", valid_from=date(2024, 5, 7)),
    ])  # fmt: skip
    db.session.flush()

    book = load_workbook(BytesIO(office.open("/office/register.xlsx").data))

    assert book.sheetnames == [
        "Municipalities taking part", "Leaders and deputies", "Members", "Animators", "Meetings", "Plans",
        "Plans approved earlier", "Visits", "Remote advice", "Webinar attendance", "Handbooks", "Hours",
        "Heads of municipalities",
    ]  # fmt: skip
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    rows = {
        sheet.title: [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book
    }
    assert rows["Meetings"] == [["1601012", "Dobra", "Meeting", datetime(2026, 3, 1), 12]]
    assert rows["Hours"] == [["1601012", "Dobra", Pot.REMOTE.label, 480, 0, 480, 0]]
    assert rows["Heads of municipalities"][0][3:] == ["Ewa Nowak", datetime(2024, 5, 7), None]
    assert [len(rows[name]) for name in ("Leaders and deputies", "Members", "Animators", "Handbooks")] == [
        1,
        1,
        1,
        0,
    ]


def test_the_export_asks_as_often_for_many_partnerships_as_for_one(make, office, count_queries):
    def asked() -> int:
        with count_queries() as queries:
            office.open("/office/register.xlsx")
        return int(queries.count)

    make.member(make.partnership())
    once = asked()
    for _ in range(4):
        make.member(make.partnership())

    assert asked() == once


def test_an_export_is_remembered_with_its_size(make, office):
    make.partnership()

    office.open("/office/register.xlsx")

    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "import.exported")).all()
    assert event.data == {"kind": "register", "rows": 1}


def test_what_differs_is_shown_old_and_new_and_only_that_changes(make, office):
    partnership = make.partnership("Stara nazwa", municipality=make.municipality("Dobra", code="1601012"))
    other = make.partnership(municipality=make.municipality("Wola", code="1601022"))
    former, new = partnership.animator(TODAY), make.animator("Ewa Nowa")
    data = workbook(HEAD, row("1601012", "Dobra", "Nowa nazwa", *[None] * 5, new.email))

    page = bring(office, data)

    assert figures(page) == {
        "To correct": 0,
        "New rows": 0,
        "Changed rows": 1,
        "Unchanged rows": 0,
        "Not in the file": 1,
    }
    changes = page.tree.get_element_by_id("changes")
    assert [(one.text_content()) for one in changes.iter("del", "ins")] == [
        "Stara nazwa", "Nowa nazwa", former.name, "Ewa Nowa",
    ]  # fmt: skip
    page.submit("Apply the file")
    db.session.expire_all()
    assert (partnership.name, partnership.row_version) == ("Nowa nazwa", 2)
    assert partnership.animator(TODAY) == new
    assert partnership.animator(TODAY - timedelta(days=1)) == former
    assert other.row_version == 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (row("9999999"), "A2 Territorial code: No municipality has the code 9999999."),
        (row("abc"), "A2 Territorial code: “abc” cannot be read."),
        (row("1601012", "Wola"), "B2 Municipality: The code belongs to Dobra (1601012), not to “Wola”."),
        (row("", "Dobraa"), "B2 Municipality: No municipality is called “Dobraa”."),
        (row("1601012", "", "", "31.02.2026"), "D2 Founded on: “31.02.2026” cannot be read."),
        (row("1601012", "", "", "15.05.2026"), "D2 Founded on: The founding lies in the future. Leave the day empty until it has happened."),
        (row("1601012", "", "", "", "Jan Lis"), "F2 Leader: e-mail: A leader needs a name and an e-mail address."),
        (row("1601012", "", "", "", "Jan Lis", "jan.dobra"), "F2 Leader: e-mail: “jan.dobra” cannot be read."),
        (row("1601012", *[None] * 7, "nikt@x.example"), "I2 Animator: e-mail: No animator has this name or address."),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_named_with_what_is_wrong(make, office, cells, told):
    make.municipality("Dobra", code="1601012")

    assert told in problems(bring(office, workbook(HEAD, cells)))


def test_nobody_advises_where_they_lead_or_come_to_lead(make, office):
    animator = make.animator("Ola Maj")
    make.partnership(municipality=make.municipality("Dobra", code="1601012"), leader=animator)
    deputy_in = make.partnership(municipality=make.municipality("Wola", code="1601022"))
    make.term(deputy_in, animator)
    make.municipality("Lipa", code="1601032")
    cells = [row(code, *[None] * 7, animator.email) for code in ("1601012", "1601022")]
    both = make.animator("Jan Bor").email
    cells.append(row("1601032", None, None, None, "Jan Bor", both, None, None, both))

    told = problems(bring(office, workbook(HEAD, *cells)))

    assert [one.partition(":")[0] + one.partition(" leads")[1] for one in told] == [
        "I2 Animator leads", "I3 Animator leads", "I4 Animator leads",
    ]  # fmt: skip


def test_a_wrong_name_is_answered_by_the_nearest_with_its_code(make, office):
    make.municipality("Żółta Gęś", code="1601012")

    page = bring(office, workbook(HEAD, row("", "Zolta Ges1")))

    assert "Perhaps you mean: Żółta Gęś (rural municipality, opolski county): 1601012." in page.text


def test_twins_are_never_told_apart_by_their_name_alone(make, office):
    near, far = make.county("brzeski"), make.county("nyski")
    make.municipality("Dobra", code="1601012", county=near)
    twin = make.municipality("Dobra", code="1607022", county=far)
    make.municipality("Dobra", code="1607011", county=far, kind=MunicipalityKind.URBAN)
    head = ("Gmina", "Powiat", "Typ gminy", "Nazwa partnerstwa")
    data = workbook(head, ("Dobra", None, None, "A"), ("Dobra", "powiat nyski", "wiejska", "B"))

    page = bring(office, data)

    assert problems(page) == ["A2 Municipality: 3 municipalities are called “Dobra”."]
    page.submit("Apply the rest")
    (entered,) = db.session.scalars(select(Partnership)).all()
    assert (entered.name, entered.municipality_id) == ("B", twin.id)


def test_a_leading_zero_that_a_spreadsheet_dropped_is_put_back(make, office):
    place = make.municipality(
        "Bolesławiec",
        code="0201011",
        county=make.county("bolesławiecki", voivodeship=make.voivodeship("dolnośląskie", code="02")),
    )

    bring(office, workbook(HEAD, row(201011))).submit("Apply the file")  # a number, as Excel has it

    assert db.session.scalars(select(Partnership.municipality_id)).all() == [place.id]


def test_a_second_leader_is_refused_in_a_sentence_and_the_rest_goes_on(make, office):
    partnership = make.partnership("A", municipality=make.municipality("Dobra", code="1601012"))
    leader = partnership.leader(TODAY)
    page = bring(office, workbook(HEAD, row("1601012", "", "B", "", "Ewa Nowa", "ewa@d.example")))
    assert problems(page) == ["F2 Leader: e-mail: Dobra (1601012) has another leader already."]

    page.submit("Apply the rest")

    db.session.expire_all()
    assert (partnership.name, partnership.leader(TODAY)) == ("B", leader)


def test_a_municipality_named_twice_counts_once(make, office):
    make.municipality("Dobra", code="1601012")

    page = bring(office, workbook(HEAD, row("1601012", "", "A"), row("1601012", "", "B")))

    assert problems(page) == ["B3 Municipality: The same as in row 2. The row is left out."]
    assert figures(page)["New rows"] == 1


def test_a_replaced_animator_has_the_end_of_their_assignment_in_the_history(make, office, outbox):
    partnership = make.partnership("A", municipality=make.municipality("Dobra", code="1601012"))
    former, new = partnership.animator(TODAY), make.animator("Ewa Nowa")
    assigned = partnership.assignments[0]
    page = bring(office, workbook(HEAD, row("1601012", "", *[None] * 6, new.email)))

    assert problems(page) == [
        "I2 Animator: e-mail: Another animator advises here from today. Nobody is told of it by e-mail."
    ]
    page.submit("Apply the file")

    ended, begun = db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.event.in_(["partnership.assignment_ended", "partnership.animator_assigned"]))
        .order_by(AuditEvent.id)
    )
    known = {
        "user_id": former.id,
        "assigned_as": "main",
        "starts_on": assigned.starts_on.isoformat(),
        "ends_on": None,
    }
    assert (ended.record_id, ended.data) == (
        assigned.id,
        {"before": known, "after": {**known, "ends_on": "2026-04-14"}},
    )
    assert begun.data["former_id"] == former.id
    told = {one.event_id: one.data for one in db.session.scalars(select(AuditPersonal))}
    assert told[ended.id] == {"note": former.name}
    assert told[begun.id] == {
        "note": "Ewa Nowa",
        "before": {"animator": former.name},
        "after": {"animator": "Ewa Nowa"},
    }
    assert outbox() == []


def test_another_name_or_organisation_of_the_leader_who_is_there_is_told(make, office):
    partnership = make.partnership("A", municipality=make.municipality("Dobra", code="1601012"))
    leader = partnership.leader(TODAY)
    cells = ("Dobra", None, None, "Zupełnie Inna", leader.email, "Nowa Biblioteka", "biblioteka")

    page = bring(office, workbook(HEAD, row("1601012", *cells)))

    assert problems(page) == [
        "E2 Leader: name: The leader with this address has another name here. It is not changed by a file.",
        "G2 Leader: organisation: The leader comes from another organisation here. It is not changed by a file.",
    ]
    assert figures(page)["Unchanged rows"] == 1
