"""What narrows the board beside its text and stage: tasks, size, hours, contacts, waiting; alone and together."""

import csv
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import StringIO

import pytest

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.models import HourBudget, LedgerEntry, LedgerKind, Pot
from core import clock
from core.database import db
from core.workbooks.limits import Limits
from core.workbooks.reader import read_workbook
from meetings.models import MeetingKind, PartnershipMeeting
from municipalities.models import MunicipalityKind
from partnerships.models import Partnership
from plans.workflow import PlanStatus
from tasks.models import TaskWaiver
from tasks.rules import TaskCode
from tests.make import Make
from tests.office.board_reading import as_shown, held_in, lines_of, said_on
from tests.support.forms import spoken
from tests.support.queries import Queries
from tests.visit import Page, Visits

pytestmark = pytest.mark.usefixtures("clock")  # days here and at UTC differ for an hour each night

Counting = Callable[[], AbstractContextManager[Queries]]


def names_on(page: Page) -> list[str]:
    return [link.text_content() for link in page.tree.xpath("//table//tbody//th/a")]


def an_advice(partnership: Partnership, *, days_ago: int, channel: Channel = Channel.PHONE) -> None:
    start = clock.now() - timedelta(days=days_ago)
    db.session.add(
        Consultation(
            municipality_id=partnership.municipality_id,
            channel=channel,
            actual_start=start,
            actual_minutes=60,
            status=ConsultationStatus.CONFIRMED,
        )
    )


def a_meeting(partnership: Partnership, *, days_ago: int) -> None:
    db.session.add(
        PartnershipMeeting(
            partnership_id=partnership.id,
            kind=MeetingKind.INITIATING,
            held_on=clock.today() - timedelta(days=days_ago),
            place="Library",
            people_count=12,
            calendar_uid=f"meeting-{partnership.id}-{days_ago}",
        )
    )


def taken(partnership: Partnership, *, granted: int, used: int) -> None:
    budget = HourBudget(municipality_id=partnership.municipality_id, pot=Pot.REMOTE, granted_minutes=granted)
    db.session.add(budget)
    db.session.flush()
    advice = Consultation(
        municipality_id=partnership.municipality_id,
        channel=Channel.PHONE,
        actual_start=clock.now() - timedelta(days=1),
        actual_minutes=used,
        status=ConsultationStatus.CONFIRMED,
    )
    db.session.add(advice)
    db.session.flush()
    db.session.add(
        LedgerEntry(
            budget_id=budget.id,
            consultation_id=advice.id,
            minutes=used,
            kind=LedgerKind.CONSULTATION,
            day=clock.today(),
        )
    )


@pytest.fixture
def country(make: Make) -> None:
    """Four municipalities in different straits.

    Brody: nobody leads it, nothing was done. Iłowa: a city; its last contact was a call 40 days ago. Łąki: a meeting
    yesterday, four hours left. Żary: a published plan, two tasks waived.
    """
    brody = make.partnership(municipality=make.municipality("Brody", population=4_999), led=False)
    ilowa = make.partnership(
        municipality=make.municipality("Iłowa", kind=MunicipalityKind.URBAN, population=120_000)
    )
    laki = make.partnership(municipality=make.municipality("Łąki", population=5_000))
    zary = make.partnership(municipality=make.municipality("Żary", population=20_000))
    make.general_plan(PlanStatus.PUBLISHED, partnership=zary)
    an_advice(ilowa, days_ago=40)
    a_meeting(laki, days_ago=1)
    taken(laki, granted=300, used=60)
    for code in (TaskCode.REMOTE, TaskCode.WEBINARS):
        waiver = TaskWaiver(partnership=zary, task=code, reason="x", waived_on=clock.today())
        db.session.add(waiver)
    brody.created_at = clock.now() - timedelta(days=30)
    db.session.commit()


ALL = ["Brody", "Iłowa", "Łąki", "Żary"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("task=T3_GENERAL_PLAN&task_state=done", ["Żary"]),
        ("task=T3_GENERAL_PLAN", ["Brody", "Iłowa", "Łąki"]),
        ("task=T7_WEBINARS&task_state=waived", ["Żary"]),
        ("task=T2_MEETINGS&task_state=in_progress", ["Łąki"]),
        ("task=T6_REMOTE&task_state=done", ["Iłowa", "Łąki"]),
        ("task=nonsense&task_state=done", ALL),
        ("settled_from=3", ["Żary"]),
        ("settled_to=0", ["Brody"]),
        ("settled_from=1&settled_to=2", ["Iłowa", "Łąki"]),
        ("settled_from=abc", ALL),
        ("kind=urban", ["Iłowa"]),
        ("size=under_5", ["Brody"]),
        ("size=from_5", ["Łąki"]),
        ("size=from_20", ["Żary"]),
        ("size=from_100", ["Iłowa"]),
        ("leader=none", ["Brody"]),
        ("waiting=29", ["Brody"]),
        ("waiting=30", []),
        ("no_contact=39", ["Brody", "Iłowa"]),
        ("no_contact=40", ["Brody"]),
        ("no_contact=0&q=laki", ["Łąki"]),
        ("hours_below=16", ["Łąki"]),
        ("hours_below=5", []),
        ("leader=none&size=under_5&no_contact=1&settled_to=1", ["Brody"]),
        ("kind=urban&task=T3_GENERAL_PLAN&task_state=done", []),
        ("sort=-tasks", ["Żary", "Iłowa", "Łąki", "Brody"]),
        ("sort=population", ["Brody", "Łąki", "Żary", "Iłowa"]),
        ("sort=hours", ["Łąki", "Brody", "Iłowa", "Żary"]),
        ("stage=published&no_contact=1", []),
    ],
)
def test_filters_leave_those_that_fit_all_of_them(
    visit: Visits, make: Make, country: None, asked: str, expected: list[str]
):
    page = visit(as_=make.office()).open(f"/office/board?{asked}")

    assert names_on(page) == expected


def test_a_leader_whose_account_is_inactive_is_found_with_no_leader(visit: Visits, make: Make, country: None):
    make.partnership(municipality=make.municipality("Lesko"), leader=make.user(is_active=False))

    page = visit(as_=make.office()).open("/office/board?leader=none")

    assert names_on(page) == ["Brody", "Lesko"]


def test_the_last_contact_is_the_latest_of_advice_meeting_and_submission(visit: Visits, make: Make, country):
    page = visit(as_=make.office()).open("/office/board?column=contact&sort=-contact")

    told = {row[1][:4]: row[2] for row in page.tables[0][1:]}
    today = clock.today()
    assert told["Brod"] == "none yet"
    assert told["Iłow"] == as_shown((today - timedelta(days=40)).isoformat())
    assert told["Łąki"] == as_shown((today - timedelta(days=1)).isoformat())
    assert names_on(page)[-1] == "Brody"


def test_seven_marks_say_in_words_what_they_show(visit: Visits, make: Make, country):
    page = visit(as_=make.office()).open("/office/board?q=zary")

    cell = page.tree.xpath("//td[.//*[@class='marks']]")[0]
    states = [mark.get("data-state") for mark in cell.xpath(".//i")]
    assert states[2] == "done"
    assert states[5:] == ["waived", "waived"]
    assert "3 of 7" in spoken(cell) or "4 of 7" in spoken(cell)
    words = cell.xpath(".//*[@class='ds-sr-only']")[0].text_content()
    assert words.count("Waived: ") == 1
    assert cell.xpath(".//*[@class='marks']")[0].get("aria-hidden") == "true"


def test_only_the_columns_asked_for_are_shown_and_exported_in_their_order(visit: Visits, make: Make, country):
    visitor = visit(as_=make.office())
    asked = "column=hours&column=leader&column=population&sort=-population&kind=rural"

    page = visitor.open(f"/office/board?{asked}")
    text = visitor.open(f"/office/board.csv?{asked}").data.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text), delimiter=";"))

    assert page.tables[0][0][1:] == ["Municipality", "Inhabitants", "Leader", "Hours left"]
    assert lines[0] == ["Code", "Municipality", "Type", "County", "Inhabitants", "Leader", "Minutes left"]
    assert [line[1] for line in lines[1:]] == names_on(page) == ["Żary", "Łąki", "Brody"]


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "settled_to=2&sort=-tasks",
        "task=T3_GENERAL_PLAN&column=tasks&column=contact",
        "no_contact=1&column=animator&column=since&sort=-since",
        "hours_below=16&column=hours",
    ],
)
def test_both_exports_read_back_equal_to_the_page(visit: Visits, make: Make, country, asked: str):
    """Every column that is shown, row by row: what the page says against what the file holds."""
    visitor = visit(as_=make.office())

    page = visitor.open(f"/office/board?{asked}")
    text = visitor.open(f"/office/board.csv?{asked}").data.decode("utf-8-sig")
    book = read_workbook(visitor.open(f"/office/board.xlsx?{asked}").data, limits=Limits()).sheets[0]

    shown = said_on(page)
    assert shown
    assert [held_in(line) for line in csv.DictReader(StringIO(text), delimiter=";")] == shown
    assert [held_in(line) for line in lines_of(book)] == shown


def test_ticked_rows_are_exported_alone(visit: Visits, make: Make, country):
    visitor = visit(as_=make.office())
    page = visitor.open("/office/board?sort=-municipality")
    ids = [box.get("value") for box in page.tree.xpath("//td[@class='tick']/input")]

    text = visitor.open(f"/office/board.csv?sort=-municipality&id={ids[0]}&id={ids[2]}").data

    lines = csv.DictReader(StringIO(text.decode("utf-8-sig")), delimiter=";")
    assert [line["Municipality"] for line in lines] == ["Żary", "Iłowa"]


@pytest.mark.parametrize(
    "asked",
    [
        "task=T1_FOUND&settled_from=0&no_contact=1&hours_below=99&sort=-tasks&column=tasks&column=hours&column=contact",
        "sort=hours&stage=draft",
        "leader=none&size=under_5&kind=rural&voivodeship=1&animator=1",
    ],
)
def test_however_it_is_narrowed_the_board_takes_fewer_than_ten_queries(
    visit: Visits, make: Make, country, count_queries: Counting, asked: str
):
    visitor = visit(as_=make.office())
    counts = []
    for _ in range(2):
        with count_queries() as queries:
            visitor.open(f"/office/board?{asked}")
        counts.append(queries.count)
        for _ in range(20):
            make.partnership()

    assert counts[0] <= 9, counts
    assert counts[1] <= 9, counts


def test_moments_without_sense_in_the_address_do_no_harm(visit: Visits, make: Make, country):
    for asked in (
        "waiting=99999999999",
        "no_contact=-1",
        "hours_below=٣",
        "size=large&kind=town",
        "column=x",
    ):
        assert names_on(visit(as_=make.office()).open(f"/office/board?{asked}")) == ALL


@pytest.mark.parametrize("asked", ["0000009999999", "9" * 5000])
@pytest.mark.parametrize("name", ["waiting", "no_contact", "hours_below"])
def test_a_number_beyond_any_sense_filters_nothing(visit: Visits, make: Make, name: str, asked: str):
    make.partnership(municipality=make.municipality("Borki"))

    page = visit(as_=make.office()).open(f"/office/board?{name}={asked}")

    assert names_on(page) == ["Borki"]
