"""Offers of a workbook come in as drafts, all or none."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from knowledge.models import CatalogueItem, OfferState, PriceKind, ProviderStatus
from knowledge.sheets import offers_sheet
from programme import list_changes
from tests.knowledge.conftest import URL, content
from tests.visit import Upload

pytestmark = pytest.mark.usefixtures("app", "clock")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATH = "/office/offers/from-file"
ROW = [
    "Żółta Gęś", "Cztery spotkania.", "Dom Kultury", "Recommended by the programme", None, URL,
    "zdrowie; work and career", "bezpieczeństwo", "Seniors, Adults", "Free of charge", "Polish; Ukrainian",
]  # fmt: skip


def filled(template: bytes, *rows: list[str | None]) -> Upload:
    book = openpyxl.load_workbook(BytesIO(template))
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            book.active.cell(number, column, value)
    kept = BytesIO()
    book.save(kept)
    return Upload(kept.getvalue(), "oferty.xlsx", XLSX)


def kept() -> list[CatalogueItem]:
    return list(db.session.scalars(select(CatalogueItem).order_by(CatalogueItem.id)))


def test_a_filled_template_comes_in_as_drafts_once(office, visit):
    visitor = visit(as_=office)
    template = visitor.open("/office/offers/template.xlsx").data
    file = filled(template, ROW, ["Film", *ROW[1:]])

    page = visitor.open(PATH).submit("Take the offers in", file=file)
    again = visitor.open(PATH).submit("Take the offers in", file=file)

    assert "Taken in: 2. There already: 0." in page.text
    assert "Taken in: 0. There already: 2." in again.text
    first, second = kept()
    assert (first.title, first.state, first.provider_status, first.price_kind, first.is_suggestion) == (
        "Żółta Gęś", OfferState.DRAFT, ProviderStatus.RECOMMENDED, PriceKind.FREE, False,
    )  # fmt: skip
    assert (first.life_areas, first.digcomp_areas, first.audience, first.languages) == (
        ["health", "work"], ["safety"], ["seniors", "adults"], ["pl", "uk"],
    )  # fmt: skip
    written = db.session.scalars(
        select(AuditEvent.record_id).where(AuditEvent.event == "offer.written")
    ).all()
    assert list(written) == [first.id, second.id]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, "x" * 201, "Enter 1 to 200 characters"),
        (6, "gardening", "Choose one or more of these, separated by semicolons: education"),
        (9, "cheap", "Choose one of: Free of charge"),
        (5, "http://192.168.1.1/", "Enter a whole address that everybody can open"),
    ],
)
def test_a_file_with_anything_wrong_brings_nothing_and_says_where(office, visit, column, value, said):
    wrong = [*ROW]
    wrong[column] = value
    visitor = visit(as_=office)
    template = visitor.open("/office/offers/template.xlsx").data

    page = visitor.open(PATH).submit("Take the offers in", expect=422, file=filled(template, ROW, wrong))

    assert "Nothing was taken in." in page.text
    assert said in page.text
    assert ("3" in page.tree.xpath("string(//code[@class='cell'])")) is True
    assert kept() == []


def test_an_offer_without_an_area_is_named_by_its_row(office, visit):
    visitor = visit(as_=office)
    template = visitor.open("/office/offers/template.xlsx").data
    bare = [*ROW]
    bare[6] = bare[7] = None

    page = visitor.open(PATH).submit("Take the offers in", expect=422, file=filled(template, bare))

    assert "row 2 Choose at least one area" in " ".join(page.text.split())


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (Upload(b"PK\x03\x04 nothing", "oferty.xlsx", XLSX), "Something needs correcting"),
        (None, "Choose the workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(office, visit, file, said):
    fields = {"file": file} if file else {}

    page = visit(as_=office).open(PATH).submit("Take the offers in", expect=422, **fields)

    assert said in page.text


def test_an_empty_template_says_that_there_is_nothing_in_it(office, visit):
    file = Upload(offers_sheet().blank(), "oferty.xlsx", XLSX)

    page = visit(as_=office).open(PATH).submit("Take the offers in", expect=422, file=file)

    assert "There is no offer in this file." in page.text


def test_what_the_office_took_along_comes_back_as_it_was(office, published):
    item = published(provider_website="https://kursy.example/", languages=["pl", "pjm"])
    data = offers_sheet().workbook([item])

    reading = offers_sheet().read(data)

    assert (reading.rows, reading.problems) == (
        [content(provider_website="https://kursy.example/", languages=["pl", "pjm"])], [],
    )  # fmt: skip


def test_a_workbook_that_was_taken_along_fits_also_after_an_area_was_retired(
    office, published, visit, make, clock
):
    item = published()
    data = offers_sheet().workbook([item])
    list_changes.retire("life_area", "health", on=date(2026, 4, 16), actor=make.admin())
    db.session.commit()
    clock.tick(days=2)
    visitor = visit(as_=office)
    file = Upload(data, "oferty.xlsx", XLSX)

    page = visitor.open(PATH).submit("Take the offers in", file=file)

    assert "Taken in: 0. There already: 1." in page.text


def test_an_area_with_a_comma_in_its_name_is_read_as_it_is_written(office, published, visit, make):
    words = {"pl": "zdrowie, opieka", "en": "health, care"}
    list_changes.change_label("life_area", "health", words, actor=make.admin())
    db.session.commit()
    visitor = visit(as_=office)
    file = filled(
        visitor.open("/office/offers/template.xlsx").data,
        [*ROW[:6], "health, care; work and career", *ROW[7:]],
    )

    visitor.open(PATH).submit("Take the offers in", file=file)

    assert [one.life_areas for one in kept()] == [["health", "work"]]
