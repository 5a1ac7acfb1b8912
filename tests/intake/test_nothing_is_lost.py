"""What a workbook holds and nobody reads is told: further sheets, and columns over which no heading stands."""

from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from core.database import db
from meetings.models import PartnershipMeeting
from tests.intake.bringing import bring, figures, problems
from tests.intake.workbooks import saved, workbook

MEETINGS = ("Gmina", "Data", "Liczba osób")


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def a_sheet_for_each_year() -> bytes:
    book = Workbook()
    book.worksheets[0].title = "Uwagi"
    book.worksheets[0].append(("Proszę nie zmieniać kolumn!",))
    for year in (2024, 2025):
        sheet = book.create_sheet(str(year))
        sheet.append(MEETINGS)
        sheet.append(("Dobra", f"1.05.{year}", 5))
    return saved(book)


def test_a_workbook_with_a_sheet_for_each_year_is_not_taken_for_read(office, dobra):
    told = ["These sheets are not read: 2025."]
    page = bring(office, a_sheet_for_each_year(), "meetings")
    assert (problems(page), figures(page)["New rows"]) == (told, 1)
    page.submit("Apply the file")

    page = bring(office, a_sheet_for_each_year(), "meetings")

    assert problems(page) == told
    assert "Everything in the file is there already." not in page.text
    again = office.open(page.links["Name the columns again"], sheet="2025", header="1")
    again.submit("Check the rows").submit("Apply the file")
    held = select(PartnershipMeeting.held_on).order_by(PartnershipMeeting.held_on)
    assert db.session.scalars(held).all() == [date(2024, 5, 1), date(2025, 5, 1)]


@pytest.mark.parametrize("head", [(*MEETINGS, None), (*MEETINGS[:2], None, MEETINGS[2])])
def test_a_column_without_a_heading_is_told_by_its_letter(office, dobra, head):
    """As over two columns with one heading, merged over both."""
    page = bring(office, workbook(head, ("Dobra", "1.05.2025", 5, 7)), "meetings")

    letter = "ABCD"[head.index(None)]
    assert (problems(page), figures(page)["New rows"]) == ([f"These columns are not read: {letter}."], 1)
