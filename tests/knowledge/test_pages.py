"""The catalogue for everybody, the form that suggests an offer, and the office's pages."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.checked_links import CheckedLink, LinkState
from core.database import db
from core.help_links import help_for
from knowledge import services
from knowledge.models import CatalogueItem, OfferState, PriceKind, ProviderStatus
from tests.knowledge.conftest import URL, content

pytestmark = pytest.mark.usefixtures("clock")
FORM = {
    "title": "Żółta Gęś w sieci", "summary": "Cztery spotkania z tabletem.", "url": URL, "provider": "Dom Kultury",
    "life_areas": ["leisure"], "digcomp_areas": [], "audience": ["seniors", "adults"], "price_kind": "on_request",
    "languages": ["pl"],
}  # fmt: skip


# --- For everybody -----------------------------------------------------------------------------------------


def test_everybody_sees_what_is_published_and_nothing_else(office, published, visit):
    published("Kurs otwarty", provider_status=ProviderStatus.RECOMMENDED)
    published("Ćwiczenia")
    gone = published("Dawny kurs")
    services.outdate(gone, actor=office)
    waiting = services.write(content("Projekt"), actor=office)
    db.session.commit()

    assert visit().open("/en/offers").headings[1:3] == ["Kurs otwarty", "Ćwiczenia"]
    assert "Dawny kurs" not in visit().open("/en/offers").text
    assert "This offer is out of date" in visit().open(f"/en/offers/{gone.id}").text
    assert URL not in visit().open(f"/en/offers/{gone.id}").html
    visit().open(f"/en/offers/{waiting.id}", expect=404)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=zolta", ["Żółta Gęś"]),
        ("q=GES+jasny", ["Żółta Gęś"]),
        ("q=ekran&price=paid", ["Excel"]),
        ("q=olta", []),
        ("life_area=work", ["Excel"]),
        ("skill=content", ["Excel"]),
        ("audience=trainers", ["Excel"]),
        ("audience=seniors", ["Żółta Gęś"]),
        ("price=free", ["Żółta Gęś"]),
        ("life_area=health&price=paid", []),
        ("life_area=%22&skill=x&audience=y&price=z", ["Excel", "Żółta Gęś"]),
    ],
)
def test_the_list_is_narrowed_without_accents_and_by_what_offers_are_for(published, visit, asked, found):
    published("Żółta Gęś")
    published(
        "Excel",
        life_areas=["work"],
        digcomp_areas=["content"],
        audience=["trainers"],
        price_kind=PriceKind.PAID,
    )

    page = visit().open(f"/en/offers?{asked}")

    assert [one for one in page.headings if one in ("Excel", "Żółta Gęś")] == found
    assert ("No offer fits" in page.text) is (not found)


def test_an_empty_catalogue_says_what_will_be_there(visit):
    assert "What providers suggest will stand here" in visit().open("/en/offers").text


def test_the_page_of_an_offer_says_what_it_is_and_can_be_passed_on(published, visit):
    item = published(provider_website="https://kursy.example/")

    page = visit().open(f"/pl/oferty/{item.id}")

    assert f'href="{URL}"' in page.html
    assert f'value="http://localhost/pl/oferty/{item.id}"' in page.html
    english = visit().open(f"/en/offers/{item.id}").text
    assert all(word in english for word in ("Seniors", "health", "safety", "Free of charge", "Polish"))


def test_a_link_that_is_dead_is_not_shown(office, published, visit):
    item = published()
    db.session.add(CheckedLink(url=URL, state=LinkState.DEAD, failures=3))
    db.session.commit()

    assert URL not in visit().open(f"/en/offers/{item.id}").html
    assert "link does not work" in visit(as_=office).open("/office/offers").text


def test_search_engines_are_told_of_published_offers(office, published, visit):
    item, gone = published(), published("Dawny kurs")
    services.outdate(gone, actor=office)
    db.session.commit()

    sitemap = visit().open("/sitemap.xml").html

    assert f"http://localhost/pl/oferty/{item.id}<" in sitemap
    assert f"/oferty/{gone.id}<" not in sitemap


@pytest.mark.parametrize("path", ["/en/offers", "/office/offers"])
def test_lists_take_as_many_queries_for_one_as_for_many(office, published, visit, count_queries, path):
    visitor = visit(as_=office)

    def looked() -> int:
        with count_queries() as queries:
            visitor.open(path)
        return len(queries.statements)

    published()
    looked()
    few = looked()
    for number in range(6):
        published(f"Kurs {number}")

    assert looked() == few


# --- Suggesting --------------------------------------------------------------------------------------------


def test_anybody_suggests_an_offer_without_an_account(visit):
    page = visit().open("/en/offers").follow("Suggest an offer")

    page = page.submit("Send the suggestion", **FORM, contact_email="Biuro@Dom.example")

    assert page.url == "/en/offers/suggest/sent"
    (item,) = db.session.scalars(select(CatalogueItem)).all()
    assert (item.title, item.state, item.is_suggestion, item.contact_email, item.provider_status) == (
        "Żółta Gęś w sieci", OfferState.DRAFT, True, "biuro@dom.example", ProviderStatus.OTHER,
    )  # fmt: skip
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "offer.suggested"))
    assert event.actor_id is None


def test_whoever_is_signed_in_is_named_as_the_one_who_suggested_it(make, visit):
    person = make.user()

    visit(as_=person).open("/en/offers/suggest").submit("Send the suggestion", **FORM)

    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "offer.suggested"))
    assert event.actor_id == person.id


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "http://192.168.1.1/"}, "Enter a whole address that everybody can open"),
        ({"life_areas": []}, "Choose at least one area"),
        ({"audience": []}, "For whom: Fill in this field"),
        ({"contact_email": "biuro"}, "Enter an e-mail address such as"),
        ({"summary": "Zapisy: 601 222 333"}, "This names somebody"),
    ],
)
def test_a_suggestion_that_is_not_right_says_so_and_keeps_nothing(visit, wrong, said):
    page = visit().open("/en/offers/suggest").submit("Send the suggestion", expect=422, **{**FORM, **wrong})

    assert said in page.text
    assert db.session.scalars(select(CatalogueItem)).all() == []


def test_suggestions_from_one_place_are_slowed_down(visit):
    page = visit().open("/en/offers/suggest")
    for _number in range(10):
        page.submit("Send the suggestion", **FORM)

    page.submit("Send the suggestion", expect=429, **FORM)

    assert len(db.session.scalars(select(CatalogueItem)).all()) == 10


# --- The office --------------------------------------------------------------------------------------------


def test_the_office_looks_a_suggestion_through_and_publishes_it(office, visit):
    services.suggest(content(), contact_email="biuro@kursy.example", actor=None)
    db.session.commit()
    page = visit(as_=office).open("/office/offers")
    assert "One offer waits for the office." in page.text

    page = page.follow("Telefon bez obaw")
    assert "biuro@kursy.example" in page.text
    page = page.submit("Looked through: it fits")
    page = page.follow("Edit").submit("Save", title="Telefon bez strachu", provider_status="member")
    page = page.submit("Publish")

    assert "biuro@kursy.example" not in page.text
    assert "Telefon bez strachu" in visit().open("/en/offers").headings
    assert "Member of a partnership" in visit().open("/en/offers").text
    page = page.submit("Mark as out of date")
    assert "Telefon bez strachu" not in visit().open("/en/offers").text
    page.submit("Still as it says")
    assert "Telefon bez strachu" in visit().open("/en/offers").text


def test_the_office_adds_an_offer_and_narrows_its_list(office, published, visit):
    published("Excel")
    page = visit(as_=office).open("/office/offers").follow("Add an offer")

    page.submit("Save", **FORM, provider_status="recommended")

    assert visit(as_=office).open("/office/offers").headings[1:3] == ["Żółta Gęś w sieci", "Excel"]
    assert visit(as_=office).open("/office/offers?state=published").headings[1:2] == ["Excel"]
    assert visit(as_=office).open("/office/offers?q=ges&state=x").headings[1:2] == ["Żółta Gęś w sieci"]


def test_two_people_of_the_office_cannot_decide_twice(office, visit):
    item = services.suggest(content(), contact_email=None, actor=None)
    db.session.commit()
    left_open = visit(as_=office).open(f"/office/offers/{item.id}")
    visit(as_=office).open(f"/office/offers/{item.id}").submit("Do not take it")

    page = left_open.submit("Looked through: it fits", expect=409)

    assert "Someone has already moved this on" in page.text


def test_the_catalogue_is_taken_away_as_a_workbook_and_that_is_remembered(office, published, visit):
    published("=1+1", life_areas=["health", "work"], provider_website="https://kursy.example/")

    data = visit(as_=office).open("/office/offers/catalogue.xlsx").data
    rows = [list(row) for row in openpyxl.load_workbook(BytesIO(data)).active.iter_rows(values_only=True)]

    assert rows[-1][0] in ("=1+1", "'=1+1")
    assert rows[-1][6] == "health; work and career"
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "offer.taken_away"))
    assert event.actor_id == office.id


def test_nobody_but_the_office_decides_about_offers(make, visit, published):
    item = published()
    for person in (make.user(), make.animator()):
        visitor = visit(as_=person)
        for path in (
            "",
            "/new",
            "/catalogue.xlsx",
            "/template.xlsx",
            "/from-file",
            f"/{item.id}",
            f"/{item.id}/edit",
        ):
            visitor.open(f"/office/offers{path}", expect=403)


def test_who_plans_trainings_finds_a_link_to_the_catalogue(app, published):
    with app.test_request_context():
        assert "Offers of trainings and materials" not in [one.title for one in help_for("plan.trainings")]
        published()
        found = [(one.title, one.url, one.kind) for one in help_for("plan.trainings")]

    assert found == [("Offers of trainings and materials", "/en/offers", "One offer, by area of life")]


def test_an_address_nobody_can_open_is_told_along_with_the_rest(office, visit):
    page = visit().open("/en/offers/suggest")

    again = page.submit("Send the suggestion", expect=422, title="Kurs", url="javascript:alert(1)")

    assert "What it offers: Fill in this field" in again.text
    assert (
        "Enter a whole address that everybody can open, beginning with https:// or http://. Provider: Fill"
        in again.text
    )
