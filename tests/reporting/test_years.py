"""A funder reads sums of annual plans, never the totals of one municipality, and is invited by the office."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from accounts.models import User
from accounts.roles import Role
from core.audit import AuditEvent
from core.database import db
from programme import changes
from tests.plans.years.conftest import DONE, IN_JUNE, training, year_of
from tests.plans.years.test_sharing import COUNTS, agree


@pytest.fixture
def funder(make, visit, clock):
    clock.move_to(IN_JUNE)
    return visit(as_=make.holder(Role.FUNDER, "Fabian Fundator"))


@pytest.fixture
def shared(make):
    """Annual plans of so many municipalities, whose leaders share the totals."""

    def made(count: int):
        return [agree(year_of(make, training("1", quarter="q1", **DONE, **COUNTS))) for _ in range(count)]

    return made


def test_sums_are_shown_of_five_plans_and_of_fewer_none(funder, shared):
    shared(4)
    few = funder.open("/office/reports").follow("Years in numbers")
    shared(1)
    many = funder.open("/office/reports/years")

    assert ("at least 5 partnerships" in few.text, few.tables) == (True, [])
    assert many.tables[0][1:] == [
        ["Quarter I", "5 of 5", "70 of 60", "40 of 40", "0 of 500"],
        ["All together", "5 of 5", "70 of 60", "40 of 40", "0 of 500"],
    ]
    assert "What 5 annual plans came to together" in many.text


def test_a_quarter_of_one_municipality_is_not_shown_nor_can_it_be_worked_out(funder, shared, make):
    """Of five plans one alone has trainings in July: with the first quarter told, the rest would be that one's."""
    shared(4)
    third = training("2", quarter="q3", **DONE, **COUNTS)
    agree(year_of(make, training("1", quarter="q1", **DONE, **COUNTS), third))

    page = funder.open("/office/reports/years")
    book = load_workbook(io.BytesIO(page.follow("XLSX").data))

    assert [row[0] for row in page.tables[0][1:]] == ["All together"]
    assert [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == ["All together"]


def test_how_many_are_added_up_at_least_is_a_number_of_the_programme(funder, shared, make):
    shared(2)
    changes.change_numbers({"small_count_limit": "2"}, actor=make.admin())
    db.session.commit()

    assert "70" not in funder.open("/office/reports/years").text
    assert "28 of 24" in funder.open("/office/reports/years").text


def test_no_municipality_person_or_training_is_named(funder, shared):
    plans = shared(5)

    page = funder.open("/office/reports/years")

    names = [plan.partnership.municipality.name for plan in plans]
    people = [plan.partnership.terms[0].user.name for plan in plans]
    assert [word for word in (*names, *people, "Szkolenie") if word in page.html.split("<main")[1]] == []


def test_what_is_not_shared_is_not_added_up(funder, shared, make):
    shared(5)
    year_of(make, training("1", quarter="q1", **DONE, **COUNTS))

    assert "70 of 60" in funder.open("/office/reports/years").text


def test_the_workbook_says_what_the_page_says_and_that_it_was_taken_is_remembered(funder, shared):
    shared(5)

    data = funder.open("/office/reports/years.xlsx", year="2026").data
    rows = [
        list(row)[:3] for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    ]

    assert rows[1:] == [["Quarter I", 5, 5], ["All together", 5, 5]]
    taken = db.session.scalars(
        select(AuditEvent).where(AuditEvent.event == "reporting.year_downloaded")
    ).one()
    assert taken.data == {"year": 2026, "rows": 2}


def test_the_workbook_of_a_year_with_too_few_plans_is_empty(funder, shared):
    shared(4)

    sheet = load_workbook(io.BytesIO(funder.open("/office/reports/years.xlsx").data)).worksheets[0]

    assert sheet.max_row == 1


def test_a_year_outside_of_the_programme_is_none(funder, clock):
    for year in ("1999", "2026x", "99999"):
        funder.open("/office/reports/years", year=year, expect=404)


def test_a_funder_finds_nothing_but_reports(funder, make):
    partnership = make.partnership()

    home = funder.open("/home")
    assert home.follow("Open the reports").title.startswith("Reports")
    assert "You have no role" not in home.text
    entries = home.tree.xpath("//nav[contains(@class, 'menu')]//a/text()")

    assert "Reports" in home.text
    for address in (f"/partnerships/{partnership.id}", "/office/annual-totals", "/office/board", "/contacts"):
        status = funder.client.get(address).status_code
        assert (address, status in (403, 404)) == (address, True), entries


def test_the_office_invites_a_funder_who_signs_in_and_reads_reports(make, visit, clock):
    office = visit(as_=make.office())
    page = office.open("/people/invite")

    page = page.submit(
        "Send the invitation", expect=303, name="Fabian Fundator", email="fabian@fund.example", role="funder"
    )

    person = db.session.scalars(select(User).where(User.email == "fabian@fund.example")).one()
    assert person.holds(Role.FUNDER, clock.now.date())
    visit(as_=person).open("/office/reports")
