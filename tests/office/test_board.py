"""The board: where every municipality stands, narrowed and sorted, and its exports cell by cell."""

import csv
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from core.workbooks.limits import Limits
from core.workbooks.reader import read_workbook
from municipalities.models import MunicipalityKind
from plans.services import flow
from plans.workflow import PlanStatus
from tests.make import Make
from tests.support.queries import Queries
from tests.visit import Page, Visits

Counting = Callable[[], AbstractContextManager[Queries]]


def names_on(page: Page) -> list[str]:
    return [link.text_content() for link in page.tree.xpath("//table//tbody//th/a")]


def a_small_country(make: Make) -> None:
    """Three municipalities in two voivodeships: a draft, a published plan, and none."""
    lubuskie = make.county("żarski", voivodeship=make.voivodeship("lubuskie", code="08"))
    animator, other = make.animator("Ewa Doradna"), make.animator("Adam Inny")
    lead, advise = make.user("Łucja Śliwa"), make.user("Zenon Wilk")
    make.general_plan(
        partnership=make.partnership(
            municipality=make.municipality("Żary", county=lubuskie), leader=lead, animator=animator
        )
    )
    make.general_plan(
        PlanStatus.PUBLISHED,
        partnership=make.partnership(municipality=make.municipality("Łąki"), leader=advise, animator=other),
    )
    make.partnership(
        municipality=make.municipality("Brody", kind=MunicipalityKind.URBAN), led=False, advised=False
    )


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_municipality_stands_on_the_board(visit: Visits, make: Make, language: str):
    a_small_country(make)
    office = make.office()
    office.language = language
    db.session.commit()

    page = visit(as_=office).open("/office/board")

    assert names_on(page) == ["Brody", "Łąki", "Żary"]
    assert page.tree.get("lang") == language


def test_a_row_says_who_leads_who_advises_and_where_it_stands(visit: Visits, make: Make):
    a_small_country(make)

    rows = visit(as_=make.office()).open("/office/board").tables[0]

    assert [cells[3:7] for cells in rows[1:]] == [
        ["opolskie", "No leader", "–", "No plan yet"],
        ["opolskie", "Zenon Wilk", "Adam Inny", "Published"],
        ["lubuskie", "Łucja Śliwa", "Ewa Doradna", "Draft"],
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("q=laki", ["Łąki"]),
        ("q=sliwa", ["Żary"]),
        ("stage=draft", ["Żary"]),
        ("stage=no_plan", ["Brody"]),
        ("stage=nonsense", ["Brody", "Łąki", "Żary"]),
        ("animator=0", []),
        ("voivodeship=999", []),
        ("sort=-municipality", ["Żary", "Łąki", "Brody"]),
        ("sort=leader", ["Żary", "Łąki", "Brody"]),
        ("page=99", ["Brody", "Łąki", "Żary"]),
    ],
)
def test_the_address_narrows_and_sorts(visit: Visits, make: Make, asked: str, expected: list[str]):
    a_small_country(make)

    page = visit(as_=make.office()).open(f"/office/board?{asked}")

    assert names_on(page) == expected


def test_stages_are_counted_and_narrow_the_board(visit: Visits, make: Make):
    a_small_country(make)

    page = visit(as_=make.office()).open("/office/board?q=a")

    assert {"All 2", "Draft 1", "Published 1"} <= set(page.links)
    assert names_on(page.follow("Draft 1")) == ["Żary"]
    assert "q=a" in page.follow("Draft 1").url


def test_a_newer_draft_does_not_hide_that_a_plan_is_public(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.PUBLISHED)
    flow.start_new_round(plan, actor=plan.partnership.terms[0].user)
    db.session.commit()

    page = visit(as_=make.office()).open("/office/board")

    assert page.tables[0][1][6] == "Draft an earlier version is public"


def test_an_empty_board_and_an_empty_filter_say_how_to_go_on(visit: Visits, make: Make):
    office = make.office()

    assert "No partnership yet" in visit(as_=office).open("/office/board").text
    make.partnership()
    assert "Nothing fits" in visit(as_=office).open("/office/board?q=nowhere").text


def test_only_the_office_sees_the_board(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.SUBMITTED)

    for person in (plan.partnership.terms[0].user, plan.partnership.assignments[0].animator, make.admin()):
        for address in ("/office/board", "/office/board.xlsx", "/office/board.csv"):
            visit(as_=person).open(address, expect=403)


@pytest.mark.parametrize("asked", ["", "?stage=draft", "?q=laki&sort=-stage", "?voivodeship=999"])
def test_both_exports_hold_exactly_what_the_board_shows(visit: Visits, make: Make, asked: str):
    a_small_country(make)
    visitor = visit(as_=make.office())

    shown = names_on(visitor.open(f"/office/board{asked}"))
    workbook = visitor.open(f"/office/board.xlsx{asked}").data
    text = visitor.open(f"/office/board.csv{asked}").data.decode("utf-8-sig")

    assert municipalities_of_workbook(workbook) == shown
    assert [line["Municipality"] for line in csv.DictReader(StringIO(text), delimiter=";")] == shown


def test_an_export_holds_every_page(visit: Visits, make: Make):
    for number in range(53):
        make.partnership(municipality=make.municipality(f"Gmina {number:03}"), led=False, advised=False)
    visitor = visit(as_=make.office())

    assert len(names_on(visitor.open("/office/board"))) == 50
    assert len(municipalities_of_workbook(visitor.open("/office/board.xlsx?page=2").data)) == 53


def test_a_name_that_looks_like_a_formula_stays_text(visit: Visits, make: Make):
    leader = make.user("=HYPERLINK(A1)")
    make.partnership(municipality=make.municipality("Łąki"), leader=leader)
    visitor = visit(as_=make.office())

    raw = read_workbook(visitor.open("/office/board.xlsx").data, limits=Limits())
    text = visitor.open("/office/board.csv").data.decode("utf-8-sig")

    assert "=HYPERLINK(A1)" in [value for one in raw.sheets[0].rows for value in one.cells.values()]
    assert b"<f>" not in sheet_of(visitor.open("/office/board.xlsx").data)
    assert [line["Leader"] for line in csv.DictReader(StringIO(text), delimiter=";")] == ["'=HYPERLINK(A1)"]


def test_an_export_is_remembered_with_its_number_of_rows(visit: Visits, make: Make):
    a_small_country(make)
    office = make.office()

    visit(as_=office).open("/office/board.csv?stage=draft")

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "office.board_exported")).one()
    assert (event.actor_id, event.data) == (office.id, {"form": "csv", "rows": 1})


def test_the_board_takes_at_most_eight_queries_for_three_rows_and_for_many(
    visit: Visits, make: Make, count_queries: Counting
):
    a_small_country(make)
    visitor = visit(as_=make.office())
    counts = []
    for _ in range(2):
        with count_queries() as queries:
            visitor.open("/office/board")
        counts.append(queries.count)
        assert queries.count <= 8, str(queries)
        for _ in range(60):
            make.partnership()

    assert counts[0] == counts[1]


def municipalities_of_workbook(data: bytes) -> list[str]:
    rows = [list(one.cells.values()) for one in read_workbook(data, limits=Limits()).sheets[0].rows]
    head = next(number for number, cells in enumerate(rows) if "Municipality" in cells)
    column = rows[head].index("Municipality")
    return [str(cells[column]) for cells in rows[head + 1 :]]


def sheet_of(data: bytes) -> bytes:
    return ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
