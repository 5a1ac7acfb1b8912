"""The page on which somebody says what each column of a workbook is."""

from datetime import date

import pytest
from sqlalchemy import select

from animators.consultations.models import Consultation
from core.database import db
from intake.models import ColumnMapping, RecordKind
from meetings.models import PartnershipMeeting
from tests.intake.bringing import bring, figures, problems
from tests.intake.workbooks import workbook
from webinars.models import Attendance, Webinar

DAY = "03.04.2025"
ROWS: dict[RecordKind, dict[str, object]] = {
    RecordKind.REGISTER: {"code": "1601012", "partnership": "Cyfrowa Dobra"},
    RecordKind.MEMBERS: {"code": "1601012", "name": "Remiza", "org_type": "OSP", "role": "organizator"},
    RecordKind.MEETINGS: {"code": "1601012", "held_on": DAY, "people_count": 12},
    RecordKind.VISITS: {"code": "1601012", "day": DAY, "minutes": 4},
    RecordKind.CONSULTATIONS: {"code": "1601012", "day": DAY, "channel": "telefon", "minutes": 1},
    RecordKind.HOURS: {"code": "1601012", "pot": "zdalne", "minutes": 2},
    RecordKind.HANDBOOKS: {"code": "1601012", "edition": "1", "sent_on": DAY, "sent_count": 4},
    RecordKind.PLANS: {"code": "1601012", "year_from": 2024, "status": "zaakceptowany"},
    RecordKind.WEBINARS: {"code": "1601012", "title": "Hasła", "day": DAY, "people_count": 5},
}
TIMED = {RecordKind.VISITS, RecordKind.CONSULTATIONS, RecordKind.HOURS, RecordKind.WEBINARS}


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.mark.parametrize("kind", RecordKind)
def test_the_columns_of_every_kind_of_records_can_be_named_on_the_page(office, dobra, kind):
    row = ROWS[kind]
    page = bring(office, workbook([f"Kolumna {key}" for key in row], list(row.values())), kind.value)
    assert page.title.startswith("Which column is what?")
    assert ("Bare numbers of time are" in page.text) is (kind in TIMED)

    columns = {f"column_{number}": key for number, key in enumerate(row, start=1)}
    checked = page.submit("Check the rows", **columns)

    counted = figures(checked)
    assert (counted["To correct"], counted["New rows"] + counted["Changed rows"]) == (0, 1)
    assert [told for told in problems(checked) if "edition" not in told] == []


HEAD = ("Gdzie to", "Kiedy to", "Ilu przyszło")


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ((*HEAD, "Nowa"), ("Dobra", "03/04/2025", 10, "x")),
        (("Ilu przyszło", "Gdzie to", "Kiedy to"), (10, "Dobra", "03/04/2025")),
    ],
    ids=["one is added", "they moved"],
)
def test_columns_are_filled_in_as_last_time_though_one_is_added_or_they_moved(office, dobra, head, row):
    first = bring(office, workbook(HEAD, ("Dobra", "02/03/2025", 10)), "meetings")
    columns = {"column_1": "municipality", "column_2": "held_on", "column_3": "people_count"}
    first.submit("Check the rows", day_order="mdy", **columns).submit("Apply the file")

    page = bring(office, workbook(head, row), "meetings")

    assert page.title.startswith("Which column is what?")
    checked = page.submit("Check the rows")
    assert figures(checked)["New rows"] == 1
    checked.submit("Apply the file")
    (*_, last) = db.session.scalars(select(ColumnMapping.mapping).order_by(ColumnMapping.id))
    assert "gdzie" not in str(last).casefold(), "headings may be anything: only their signatures are kept"
    held = db.session.scalars(select(PartnershipMeeting.held_on).order_by(PartnershipMeeting.held_on))
    assert held.all() == [date(2025, 2, 3), date(2025, 3, 4)]


def test_the_order_of_days_is_taken_from_a_workbook_with_the_same_heading_of_a_day_only(office, dobra):
    first = bring(office, workbook(("Gmina", "Kiedy to", "Osób"), ("Dobra", "02/03/2025", 10)), "meetings")
    first.submit("Check the rows", day_order="mdy", column_2="held_on").submit("Apply the file")

    page = bring(office, workbook(("Gmina", "Data", "Osób", "X"), ("Dobra", "03.04.2025", 10, 1)), "meetings")
    page.submit("Check the rows").submit("Apply the file")

    held = db.session.scalars(select(PartnershipMeeting.held_on).order_by(PartnershipMeeting.held_on))
    assert held.all() == [date(2025, 2, 3), date(2025, 4, 3)]


@pytest.mark.parametrize(
    ("heading", "minutes"), [("Ile minut", [90]), ("Ile godzin", []), ("Ile to trwało", [])]
)
def test_a_heading_that_says_minutes_counts_whatever_is_chosen(office, dobra, heading, minutes):
    """Ninety hours in one day are told as wrong; ninety minutes are not."""
    page = bring(
        office,
        workbook(["Gmina", "Kiedy to", "Forma", heading], ["Dobra", DAY, "telefon", 90]),
        "consultations",
    )
    columns = {"column_1": "municipality", "column_2": "day", "column_3": "channel", "column_4": "minutes"}

    checked = page.submit("Check the rows", unit="hours", **columns)

    assert figures(checked)["New rows"] == len(minutes)
    if minutes:
        checked.submit("Apply the file")
    assert list(db.session.scalars(select(Consultation.actual_minutes))) == minutes


def test_the_last_naming_of_a_heading_goes_before_its_usual_meaning(office, dobra):
    """A file is checked at once only where every heading means what it usually does."""
    head = ("Gmina", "Data", "Liczba osób", "Obecnych")
    first = bring(office, workbook((*head, "X"), ("Dobra", "1.05.2025", 99, 10, 1)), "meetings")
    first.submit("Check the rows", column_3="", column_4="people_count").submit("Apply the file")

    page = bring(office, workbook(head, ("Dobra", "2.05.2025", 99, 11)), "meetings")

    assert page.title.startswith("Which column is what?")
    page.submit("Check the rows").submit("Apply the file")
    counted = db.session.scalars(select(PartnershipMeeting.people_count).order_by(PartnershipMeeting.held_on))
    assert counted.all() == [10, 11]


def test_what_was_said_for_all_rows_of_one_file_is_asked_again_for_the_next(office, dobra):
    """Attendance comes as a file for each webinar, and which one it was stands in none of them."""
    first = bring(office, workbook(("Gmina", "Osób"), ("Dobra", 5)), "webinars")
    first.submit("Check the rows", default_title="Hasła", default_day="1.05.2025").submit("Apply the file")

    page = bring(office, workbook(("Gmina", "Osób"), ("Dobra", 7)), "webinars")

    assert page.title.startswith("Which column is what?")
    filled = [page.tree.get_element_by_id(f"default_{key}").get("value") for key in ("title", "day")]
    assert filled == ["Hasła", "1.05.2025"]
    (folded,) = page.tree.xpath("//details[.//*[@id='default_title']]")
    assert "open" in folded.attrib, "what is filled in is not hidden"
    page.submit("Check the rows", default_title="Zakupy", default_day="2.05.2025").submit("Apply the file")
    counted = select(Webinar.title, Attendance.people_count).join(Webinar).order_by(Attendance.id)
    assert [tuple(one) for one in db.session.execute(counted)] == [("Hasła", 5), ("Zakupy", 7)]


def test_a_file_whose_days_somebody_reads_otherwise_meanwhile_is_looked_at_again(office, dobra):
    """Its rows differ in nothing but their days from what the page has shown."""
    page = bring(office, workbook(("Gmina", "Data", "Liczba osób"), ("Dobra", DAY, 10)), "meetings")
    meanwhile = office.open(page.links["Name the columns again"])
    meanwhile.submit("Check the rows", day_order="mdy")

    refused = page.submit("Apply the file")

    assert "Nothing was changed. Somebody changed the records after you saw this page." in refused.text
    assert db.session.scalars(select(PartnershipMeeting.held_on)).all() == []


def test_a_row_of_totals_says_nothing_about_the_unit_of_one_row(office, dobra):
    """Thirteen calls of two hours come to more than a day has."""
    head = ("Gmina", "Data", "Forma", "Czas trwania")
    calls = [("Dobra", f"{day}.04.2025", "telefon", 2) for day in range(1, 14)]

    page = bring(office, workbook(head, *calls, ("Razem", None, None, 26)), "consultations")

    assert page.tree.xpath("//input[@name='unit' and @checked]/@value") == ["hours"]
