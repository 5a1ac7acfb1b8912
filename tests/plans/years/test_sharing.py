"""An annual plan is private; a leader chooses what is shared: nothing, the totals with the office, the plan with the animator."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import select

from accounts.policy import Permission, can
from core.audit import AuditEvent
from core.database import db
from plans.definitions import Value
from plans.models import PlanVersion
from plans.services import years
from tests.plans.test_flow import animator_of, leader_of
from tests.plans.years.conftest import DONE, closed, training, year_of


def people_around(make, version: PlanVersion) -> tuple[object, object, object]:
    return leader_of(version), animator_of(version), make.office()


def agree(version: PlanVersion, *, animator: bool = False) -> PlanVersion:
    years.choose_shared(version, totals=True, animator=animator, actor=leader_of(version))
    db.session.commit()
    return version


COUNTS: dict[str, Value] = {
    "women_actual": 9,
    "seniors_actual": 3,
    "disability_actual": 6,
    "cost_planned": "100",
}


def town(make, name: str, *rows, voivodeship=None) -> PlanVersion:
    """A municipality with a year under way."""
    county = make.county(name, voivodeship=voivodeship) if voivodeship else None
    municipality = make.municipality(name, county=county) if county else make.municipality(name)
    partnership = make.partnership(
        municipality=municipality,
        leader=make.user(f"Leader of {name}"),
        animator=make.animator(f"Animator of {name}"),
    )
    make.general_plan(partnership=partnership)
    return year_of(make, *rows, partnership=partnership)


@pytest.mark.parametrize(
    ("ticked", "readers", "in_totals"),
    [
        ((), [True, False, False], 0),
        (("totals",), [True, False, False], 1),
        (("animator",), [True, True, False], 0),
        (("totals", "animator"), [True, True, False], 1),
    ],
)
def test_the_leader_chooses_and_nobody_sees_more(make, visit, in_june, ticked, readers, in_totals):
    version = year_of(make, training("1", **DONE))
    leader, animator, office = people_around(make, version)
    fields = {name: name in ticked for name in ("totals", "animator")}

    visit(as_=leader).open(f"/plans/{version.id}/shared").submit("Save", **fields)

    db.session.expire_all()
    assert [can(one, Permission.PLAN_READ, version) for one in (leader, animator, office)] == readers
    expected = "One partnership shares" if in_totals else "Nothing is shared for this year"
    assert expected in visit(as_=office).open("/office/annual-totals").text


@pytest.mark.parametrize("path", ["year", "year/numbers", "year/row-1", "shared", ""])
def test_the_office_never_sees_a_row_of_it(make, visit, in_june, path):
    version = agree(year_of(make, training("1", **DONE)))

    page = visit(as_=make.office()).open(f"/plans/{version.id}/{path}".rstrip("/"), expect=404)

    assert "Szkolenie 1" not in page.text


def test_the_totals_hold_no_row_of_it(make, visit, in_june):
    version = agree(year_of(make, training("1", **DONE, remarks="Sekret", venue="Sekretne miejsce")))
    office = visit(as_=make.office())

    found = [office.open(f"/office/annual-totals{kind}").data for kind in ("", ".csv")]

    assert version.partnership.municipality.name.encode() in found[0]
    assert [b"Szkolenie" in one or b"Sekret" in one for one in found] == [False, False]


def test_an_animator_reads_the_year_only_where_it_is_shared(make, visit, in_june):
    version = year_of(make, training("1", **DONE))
    animator = visit(as_=animator_of(version))
    animator.open(f"/plans/{version.id}/year", expect=404)

    agree(version, animator=True)

    page = animator.open(f"/plans/{version.id}/year")
    assert ("Szkolenie 1" in page.text, "Record" in page.text, page.buttons) == (True, False, page.buttons)
    animator.open(f"/plans/{version.id}/year/row-1", expect=403)
    animator.open(f"/plans/{version.id}/shared", expect=403)


@pytest.mark.parametrize("who", ["leader", "animator", "admin"])
def test_the_agreed_totals_are_for_the_office_alone(make, visit, in_june, who):
    version = agree(year_of(make, training("1", **DONE)))
    person = {"leader": leader_of(version), "animator": animator_of(version), "admin": make.admin()}[who]

    for kind in ("", ".csv", ".xlsx"):
        visit(as_=person).open(f"/office/annual-totals{kind}", expect=403)


def test_totals_are_added_up_by_quarter_municipality_and_region(make, visit, in_june):
    opole, silesia = make.voivodeship("opolskie", code="16"), make.voivodeship("śląskie", code="24")
    agree(
        town(make, "Brzozy", training("1", quarter="q1", **DONE, **COUNTS), training("2"), voivodeship=opole)
    )
    agree(closed(town(make, "Lipy", training("1", **DONE, **COUNTS), voivodeship=opole)))
    agree(town(make, "Sosny", training("1", status="cancelled"), training("2"), voivodeship=silesia))
    town(make, "Dęby", training("1", **DONE, **COUNTS), voivodeship=silesia)

    page = visit(as_=make.office()).open("/office/annual-totals")

    quarters, places = page.tables
    assert quarters[1:] == [
        ["Quarter I", "1 of 1", "14 of 12", "8 of 8", "0 of 100"],
        ["Quarter II", "1 of 3", "14 of 36", "8 of 24", "0 of 100"],
        ["All together", "2 of 4", "28 of 48", "16 of 32", "0 of 200"],
    ]
    assert [line[:6] for line in places[1:]] == [
        ["opolskie 2", "2 of 3", "28 of 36", "18", "6", "12"],
        ["Brzozy", "1 of 2", "14 of 24", "9", "< 5", "6"],
        ["Lipy", "1 of 1", "14 of 12", "9", "< 5", "6"],
        ["śląskie 1", "0 of 1", "0 of 12", "0", "0", "0"],
        ["Sosny", "0 of 1", "0 of 12", "0", "0", "0"],
        ["All together", "2 of 4", "28 of 48", "18", "6", "12"],
    ]


def test_one_small_number_among_large_ones_hides_another(make, visit, in_june):
    agree(town(make, "Brzozy", training("1", **DONE, **{**COUNTS, "seniors_actual": 2})))
    agree(town(make, "Lipy", training("1", **DONE, **{**COUNTS, "seniors_actual": 7})))
    agree(town(make, "Sosny", training("1", **DONE, **{**COUNTS, "seniors_actual": 14})))

    places = visit(as_=make.office()).open("/office/annual-totals").tables[1]

    assert [line[4] for line in places[1:]] == ["23", "< 5", "–", "14", "23"]


def test_the_files_hold_the_lines_of_the_page_and_who_took_them_is_remembered(make, visit, in_june):
    agree(town(make, "Brzozy", training("1", **DONE, **COUNTS)))
    office = visit(as_=make.office())

    lines = list(
        csv.reader(StringIO(office.open("/office/annual-totals.csv").data.decode("utf-8-sig")), delimiter=";")
    )
    book = openpyxl.load_workbook(BytesIO(office.open("/office/annual-totals.xlsx").data))

    assert lines[0][-3:] == ["Women", "People aged 60 or more", "People with disabilities"]
    assert [[line[1], *line[-3:]] for line in lines[1:]] == [
        ["Brzozy", "9", "< 5", "6"], ["opolskie", "9", "< 5", "6"], ["All together", "9", "< 5", "6"],
    ]  # fmt: skip
    assert book.sheetnames == ["Municipalities", "Quarters"]
    assert [row[1] for row in book["Municipalities"].iter_rows(min_row=2, values_only=True)] == [
        line[1] for line in lines[1:]
    ]
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.totals_exported")).all()
    assert [(one.data["form"], one.data["rows"]) for one in events] == [("csv", 3), ("xlsx", 3)]


def test_a_year_outside_the_programme_is_no_page(make, visit):
    office = visit(as_=make.office())

    for asked in ("1999", "20260", "abc", "²026"):
        office.open("/office/annual-totals", year=asked, expect=404)


def test_the_office_page_asks_as_much_for_one_plan_as_for_three(make, visit, in_june, count_queries):
    office = visit(as_=make.office())
    agree(town(make, "Brzozy", training("1", **DONE)))
    office.open("/office/annual-totals")

    with count_queries() as one:
        office.open("/office/annual-totals")
    agree(town(make, "Lipy", training("1", **DONE)))
    agree(town(make, "Sosny", training("1", **DONE)))
    with count_queries() as three:
        office.open("/office/annual-totals")

    assert three.count == one.count


def test_sharing_totals_stands_in_the_history(make, visit, in_june):
    version = agree(year_of(make, training("1")))
    years.choose_shared(version, totals=False, animator=False, actor=leader_of(version))
    db.session.commit()

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    assert "Shared the totals with the programme office" in page.text
    assert "Stopped sharing the totals with the programme office" in page.text
