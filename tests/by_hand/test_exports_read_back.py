"""Whatever a page shows of the twelve, the file taken from it holds the same rows, in the same order."""

import csv
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml.html import HtmlElement
from openpyxl import load_workbook

from agenda import services as feeds
from core import clock as core_clock
from core.database import db
from core.workbooks.limits import Limits
from core.workbooks.reader import read_workbook
from municipalities.models import MunicipalityKind
from office.board.wanted import BoardColumn, Size, TaskState
from progress.stages import Stage
from reporting import freezing
from tasks.rules import TaskCode
from tests.agenda.plain_calendar import parts_of
from tests.by_hand.twelve import NOW, Twelve
from tests.office.board_reading import as_shown, held_in, lines_of, said_on
from tests.support.documents import text_of_pdf
from tests.support.forms import spoken
from tests.visit import Visitor

MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)


@pytest.fixture
def visitor(visit, make, twelve) -> Visitor:
    opened: Visitor = visit(as_=make.office())
    return opened


def rows_of(data: bytes, sheet: int = 0) -> list[tuple[Any, ...]]:
    """Below the heading."""
    return list(load_workbook(BytesIO(data)).worksheets[sheet].iter_rows(min_row=2, values_only=True))


def body(tree: HtmlElement) -> list[list[HtmlElement]]:
    return [list(row.xpath("./*")) for row in tree.xpath("//main//table/tbody/tr")]


# --- The board ---------------------------------------------------------------------------------------------

SORTS = ["municipality", *(one.value for one in BoardColumn)]
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["a", "gac", "ow", "wilk", "16", "ż"]),
        "stage": st.sampled_from([one.value for one in Stage]),
        "kind": st.sampled_from([one.value for one in MunicipalityKind]),
        "size": st.sampled_from([one.value for one in Size]),
        "leader": st.just("none"),
        "task": st.sampled_from([one.value for one in TaskCode]),
        "task_state": st.sampled_from([one.value for one in TaskState]),
        "settled_from": st.integers(0, 7),
        "settled_to": st.integers(0, 7),
        "waiting": st.sampled_from([0, 9, 21, 100]),
        "no_contact": st.sampled_from([0, 30, 60]),
        "hours_below": st.sampled_from([8, 15, 16, 17]),
        "column": st.lists(st.sampled_from([one.value for one in BoardColumn]), min_size=1, unique=True),
        "sort": st.sampled_from([f"{sign}{one}" for one in SORTS for sign in ("", "-")]),
    },
)


@MANY
@given(asked=ASKED)
def test_the_board_however_it_is_narrowed_sorted_and_cut(visitor, asked):
    with core_clock.at(NOW):
        question = urlencode(asked, doseq=True)
        page = visitor.open(f"/office/board?{question}")
        text = visitor.open(f"/office/board.csv?{question}").data.decode("utf-8-sig")
        book = read_workbook(visitor.open(f"/office/board.xlsx?{question}").data, limits=Limits()).sheets[0]

    shown = said_on(page) if page.tables else []
    assert [held_in(line) for line in csv.DictReader(StringIO(text), delimiter=";")] == shown
    assert [held_in(line) for line in lines_of(book)] == shown


# --- Contacts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    ["", "q=ewa", "kind=animator", "kind=leader&region=lubuskie", "kind=member&q=elblag", "org_type=library&region=opolskie"],
)  # fmt: skip
def test_contacts_as_a_workbook_and_as_cards(visitor, asked):
    page = visitor.open(f"/contacts?{asked}")
    book = rows_of(visitor.open(f"/contacts/contacts.xlsx?{asked}").data)
    cards = visitor.open(f"/contacts/contacts.vcf?{asked}").data

    shown = [_contact(cells) for cells in body(page.tree)]
    assert shown
    assert [_contact_in(row) for row in book][: len(shown)] == shown
    told = page.tree.get_element_by_id("results").get("data-said")
    assert told == ("One contact" if len(book) == 1 else f"{len(book)} contacts")
    assert [one["FN"] for name, one in parts_of(cards) if name == "VCARD"] == [row[0] for row in book]


def _contact(cells: list[HtmlElement]) -> tuple[str, ...]:
    name, role, place, mail, phone, since = cells[:6]
    where = place.xpath("./a")
    return (
        (name.text or "").strip(), spoken(role), where[0].text_content() if where else "",
        "".join(mail.xpath("./a")[0].text_content().split()) if mail.xpath("./a") else "",
        spoken(phone).replace("–", ""), spoken(since),
    )  # fmt: skip


def _contact_in(row: tuple[Any, ...]) -> tuple[str, ...]:
    name, role, function, place, _region, mail, phone, best_time, since = row
    words = f"{role} {function}" if function else str(role)
    called = f"{phone or ''} {best_time or ''}".strip()
    return (name, words, place or "", mail or "", called, _day(since) or "–")


def _day(value: datetime | None) -> str:
    return as_shown(value.date().isoformat()) if value else ""


# --- Reports -----------------------------------------------------------------------------------------------


def figures_on(tree: HtmlElement) -> dict[str, str]:
    """By name, as a page of a report says them."""
    return {
        (cells[0].text or "").strip(): (cells[1].xpath("./a")[0].text or "").strip() for cells in body(tree)
    }


def figures_in(data: bytes) -> dict[str, str]:
    return {row[0]: _said(row[1], row[2]) for row in rows_of(data)}


def _said(value: Any, unit: str) -> str:
    if unit != "minutes":
        return f"{value:,}"
    whole, rest = divmod(int(value), 60)
    return " ".join([f"{whole} h"] * (whole > 0 or rest == 0) + [f"{rest} min"] * (rest > 0))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(first=st.dates(date(2026, 1, 1), date(2027, 2, 10)), days=st.integers(0, 400))
def test_a_report_of_any_days(visitor, first, days):
    with core_clock.at(NOW):
        span = f"first={first}&last={first + timedelta(days=days)}"
        page = visitor.open(f"/office/reports/activity?{span}")
        data = visitor.open(f"/office/reports/activity.xlsx?{span}").data

    assert figures_in(data) == figures_on(page.tree) != {}
    evidence: dict[str, int] = {}
    for figure, _kind, _record, _place, amount in rows_of(data, 1):
        evidence[figure] = evidence.get(figure, 0) + amount
    sums = {row[0]: row[1] for row in rows_of(data) if row[1] and row[2] != "working days"}
    assert {name: evidence[name] for name in sums} == sums


def test_a_frozen_report_as_a_workbook_and_as_a_document(visitor, make, twelve: Twelve):
    office = make.office()
    period = next(one for one in freezing.periods_begun() if one.begins_on == date(2026, 10, 1))
    freezing.begin_closing(period, actor=office)
    freezing.freeze(period, actor=office)
    db.session.commit()

    page = visitor.open(f"/office/reports/{period.id}")
    data = visitor.open(f"/office/reports/{period.id}/report.xlsx").data
    document = " ".join(text_of_pdf(visitor.open(f"/office/reports/{period.id}/report.pdf").data).split())

    shown = figures_on(page.tree)
    assert figures_in(data) == shown
    assert len(shown) == 22
    for name, value in shown.items():
        assert name in document
        assert value in document


# --- Members, the register, the calendar ---------------------------------------------------------------------


def test_the_members_of_a_partnership(visitor, twelve: Twelve):
    partnership = twelve["Elbląg"]
    page = visitor.open(f"/partnerships/{partnership.id}/members")
    book = rows_of(visitor.open(f"/partnerships/{partnership.id}/members.xlsx").data)

    shown = [(spoken(cells[0]), spoken(cells[1]), (cells[4].text or "").strip()) for cells in body(page.tree)]
    assert [(f"{row[0]} {row[1]}", row[2], _day(row[6])) for row in book] == shown
    assert len(shown) == 2


def test_the_register_says_of_everybody_what_the_board_says(visitor):
    """Except who covers: beside the main animator that stands in a sheet of its own."""
    columns = "column=voivodeship&column=leader&column=animator"
    board = {row["Municipality"][0]: row for row in said_on(visitor.open(f"/office/board?{columns}"))}  # type: ignore[index]  # a pair
    book = load_workbook(BytesIO(visitor.open("/office/register.xlsx").data))
    register = list(book["Municipalities taking part"].iter_rows(min_row=2, values_only=True))
    covers = {
        row[1]: row[3]
        for row in book["Animators"].iter_rows(min_row=2, values_only=True)
        if row[2] == "Covering animator"
    }

    said = {row[1]: (row[4], row[7] or "", covers.get(row[1]) or row[11] or "") for row in register}
    assert said == {name: (row["Voivodeship"], row["Leader"], row["Animator"]) for name, row in board.items()}
    left = {
        row[1]: row[5]
        for row in book["Hours"].iter_rows(min_row=2, values_only=True)
        if row[2] == "Remote advice"
    }
    assert left == {"Anielin": 445, "Elbląg": 440, "Gać": 420}


def test_the_private_calendar_has_every_date_of_the_page(visitor, visit, client, twelve: Twelve):
    """Of the animator of Gać and Hrubieszów: visits, reviews and webinars of the months around."""
    person = twelve["Gać"].animator(NOW.date())
    assert person is not None
    address = feeds.make_address(person, actor=person)
    db.session.commit()
    on_page = set()
    for month in ("2026-10", "2026-12", "2027-02"):
        page = visit(as_=person).open(f"/calendar?month={month}")
        for cell in page.tree.xpath("//td[.//li]"):
            day = cell.find(".//time").get("datetime")
            on_page |= {
                (day, one.text_content().split()[0])
                for one in cell.xpath(".//li")
                if ":" in one.text_content()
            }

    feed = Calendar.from_ical(client.get(f"/feed/{address}.ics").data)
    begins = [event["dtstart"].dt for event in feed.walk("VEVENT")]
    moments = [core_clock.local(one) for one in begins if isinstance(one, datetime)]
    in_feed = {(f"{one:%Y-%m-%d}", f"{one:%H:%M}") for one in moments}
    assert on_page
    assert on_page <= in_feed
