"""Public pages: the same place in either language, moved addresses, and nothing of people on any of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from core import clock, storage
from core.database import db
from core.workbooks.limits import Limits
from core.workbooks.reader import read_workbook
from handbooks.models import HandbookEdition
from municipalities.models import Municipality, MunicipalityCode, MunicipalityName
from partnerships.services import close_partnership
from plans.definitions import PlanContent
from plans.services import flow, review
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plan_content import general_content, row
from tests.support.clients import OutsideClient
from tests.support.queries import Queries
from tests.visit import Visits

Counting = Callable[[], AbstractContextManager[Queries]]

PRIVATE = {
    "leader_name": "Zbigniew Ukryty",
    "leader_email": "ukryty.lider@gromada.example",
    "deputy_name": "Bożena Schowana",
    "animator_name": "Cezary Tajny",
    "authors": "Zespół Niewidoczny",
    "contact_function": "sekretarka za drzwiami",
    "contact_email": "schowana.biblioteka@gromada.example",
}
"""A marker for every private column; each must be absent from what everybody sees."""


def private_content() -> PlanContent:
    plain = general_content(2026)
    metadata, partner = plain.rows("metadata")[0].values, plain.rows("partners")[0].values
    own = {key: text for key, text in PRIVATE.items() if not key.startswith("contact")}
    contact = {key: text for key, text in PRIVATE.items() if key.startswith("contact")}
    return general_content(
        2026,
        metadata=(row("metadata", **{**metadata, **own}),),
        partners=(row("row-p1-0001", **{**partner, **contact}),),
    )


def published(make: Make, name: str = "Łąki", *, content: PlanContent | None = None) -> Municipality:
    partnership = make.partnership(municipality=make.municipality(name, population=4321))
    return make.general_plan(
        PlanStatus.PUBLISHED, partnership=partnership, content=content
    ).partnership.municipality


# --- Languages -------------------------------------------------------------------------------------------


def test_the_root_leads_to_the_readers_language(client: OutsideClient):
    answers = [
        client.get("/", headers={"Accept-Language": wish}).headers["Location"] for wish in ("pl", "en", "de")
    ]

    assert answers == ["/pl/", "/en/", "/pl/"]


def test_every_public_page_names_itself_in_both_languages(visit: Visits, make: Make):
    place = published(make).address_name
    pairs = {
        "/pl/": "/en/",
        "/pl/plany?q=laki": "/en/plans?q=laki",
        f"/pl/gminy/{place}": f"/en/municipalities/{place}",
        f"/pl/gminy/{place}/plan": f"/en/municipalities/{place}/plan",
        f"/pl/gminy/{place}/plan/wersje/1": f"/en/municipalities/{place}/plan/versions/1",
        "/pl/prywatnosc": "/en/privacy",
        "/pl/dostepnosc": "/en/accessibility",
    }

    for polish, english in pairs.items():
        page = visit().open(polish)
        alternates = {
            link.get("hreflang"): link.get("href") for link in page.tree.xpath("//link[@rel='alternate']")
        }
        assert alternates == {
            "pl": f"http://localhost{polish}",
            "en": f"http://localhost{english}",
            "x-default": f"http://localhost{polish}",
        }
        assert page.tree.xpath("//link[@rel='canonical']/@href") == [f"http://localhost{polish}"]
        assert page.tree.xpath("//meta[@name='description']/@content")[0]
        assert page.tree.get("lang") == "pl"
        other = page.follow("English")
        assert (other.url, other.tree.get("lang")) == (english, "en")


def test_short_addresses_of_what_every_page_refers_to(client: OutsideClient):
    assert client.get("/privacy", headers={"Accept-Language": "en"}).headers["Location"] == "/en/privacy"
    assert (
        client.get("/accessibility", headers={"Accept-Language": "pl"}).headers["Location"]
        == "/pl/dostepnosc"
    )


def test_the_pages_about_data_and_access_say_whom_to_reach(visit: Visits):
    for address in ("/en/privacy", "/en/accessibility"):
        page = visit().open(address)
        assert "Gromada Example Foundation" in page.text
        assert page.links["biuro@gromada.example"] == "mailto:biuro@gromada.example"


def test_a_demonstration_stays_out_of_search_engines(client: OutsideClient, visit: Visits):
    assert client.get("/pl/").headers["X-Robots-Tag"] == "noindex, nofollow"
    assert visit().open("/pl/").tree.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]


# --- Plans -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["/pl/gminy/{place}/plan", "/en/municipalities/{place}/plan", "/pl/gminy/{place}", "/pl/", "/pl/plany"],
)
def test_no_page_shows_anything_private(visit: Visits, make: Make, address: str):
    municipality = published(make, content=private_content())

    page = visit().open(address.format(place=municipality.address_name))

    assert "Łąki" in page.text
    assert [marker for marker in PRIVATE.values() if marker in page.html] == []


def test_the_markers_are_there_for_those_who_may_see_them(visit: Visits, make: Make):
    plan = make.general_plan(content=private_content())

    page = visit(as_=plan.partnership.terms[0].user).open(f"/plans/{plan.id}")

    assert [marker for marker in PRIVATE.values() if marker not in page.html] == []


def test_the_public_file_holds_nothing_private(visit: Visits, make: Make):
    municipality = published(make, content=private_content())

    file = visit().open(f"/pl/gminy/{municipality.address_name}/plan.xlsx").data

    parts = [
        ZipFile(BytesIO(file)).read(name).decode("utf-8", "replace")
        for name in ZipFile(BytesIO(file)).namelist()
    ]
    found = [marker for marker in PRIVATE.values() if any(marker in part for part in parts)]
    cells = [
        value
        for sheet in read_workbook(file, limits=Limits()).sheets
        for one in sheet.rows
        for value in one.cells.values()
    ]
    assert found == []
    assert "Seniorzy nie załatwiają spraw w internecie" in cells


def test_a_plan_that_is_not_published_is_nobodys_business(visit: Visits, make: Make):
    for status in (PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW, PlanStatus.APPROVED):
        place = make.general_plan(status).partnership.municipality.address_name
        visit().open(f"/pl/gminy/{place}/plan", expect=404)
        visit().open(f"/pl/gminy/{place}/plan.xlsx", expect=404)
        assert "The plan is on its way" in visit().open(f"/en/municipalities/{place}").text


def test_an_earlier_version_stays_readable_and_leads_to_the_one_in_force(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.PUBLISHED)
    leader, animator = plan.partnership.terms[0].user, plan.partnership.assignments[0].animator
    later = flow.start_new_round(plan, actor=leader)
    flow.submit_plan(later, actor=leader)
    review.start_review(later, actor=animator)
    review.approve_plan(later, checks=set(review.ApprovalCheck), note="", actor=animator)
    flow.publish_plan(later, actor=leader)
    db.session.commit()
    place = plan.partnership.municipality.address_name

    earlier = visit().open(f"/en/municipalities/{place}/plan/versions/1")
    in_force = earlier.follow("Read the version in force")

    assert earlier.headings[1] == "This is an earlier version of the plan"
    assert in_force.url == f"/en/municipalities/{place}/plan"
    assert in_force.links["Version 1"] == f"/en/municipalities/{place}/plan/versions/1"


def test_what_a_closed_partnership_published_stays_public_at_its_address(visit: Visits, make: Make):
    leader, office = make.user(), make.office()
    partnership = make.partnership(municipality=make.municipality("Łąki"), leader=leader)
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)
    close_partnership(partnership, closed_on=clock.today(), reason="Over", actor=office)
    db.session.commit()
    place = f"/en/municipalities/{partnership.municipality.address_name}"

    inside = visit(as_=office).open(f"/partnerships/{partnership.id}")

    assert "What was published stays public." in inside.text
    assert inside.links["Public page"] == f"{place}/plan"
    assert "General plan 2026–2028: Łąki" in visit().open(f"{place}/plan").headings
    assert visit().open(place).links["Read the plan"] == f"{place}/plan"
    assert visit().open(f"{place}/plan.csv").status == 200

    make.partnership(municipality=partnership.municipality, advised=False)
    assert "The plan is on its way" in visit().open(place).headings
    assert "General plan 2026–2028: Łąki" in visit().open(f"{place}/plan").headings


def test_an_old_address_leads_to_the_one_of_today(client: OutsideClient, make: Make):
    municipality = published(make)
    municipality.codes.append(MunicipalityCode(code="9901012", six_digits="990101"))
    municipality.names.append(MunicipalityName(name="Stare Łąki", slug="stare-laki"))
    db.session.commit()
    now = municipality.address_name

    for old in ("9901012-laki", f"{municipality.code}-stare-laki", "9901012-stare-laki", municipality.code):
        for rest in ("", "/plan", "/plan.xlsx", "/plan/wersje/1"):
            answer = client.get(f"/pl/gminy/{old}{rest}")
            assert (answer.status_code, answer.headers["Location"]) == (301, f"/pl/gminy/{now}{rest}")


# --- Lists -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"), [("", ["Łąki", "Zalesie"]), ("laki", ["Łąki"]), ("nowhere", [])]
)
def test_the_list_is_found_without_accents_and_stands_by_the_polish_alphabet(
    visit: Visits, make: Make, asked: str, expected: list[str]
):
    for name in ("Zalesie", "Łąki"):
        published(make, name)

    page = visit().open("/en/plans", q=asked)

    assert [heading for heading in page.headings if heading in ("Łąki", "Zalesie")] == expected
    assert ("No published plan fits" in page.text) is (not expected)


def test_the_home_page_counts_and_leads_to_regions(visit: Visits, make: Make):
    published(make)
    make.partnership()

    page = visit().open("/en/")

    counts = {item.findtext("dt"): item.findtext("dd") for item in page.tree.xpath("//dl/div")}
    assert counts == {
        "municipal partnerships": "2",
        "voivodeship they work in": "1",
        "plan anybody can read": "1",
    }
    assert page.follow("opolskie").headings[1:] == ["Łąki"]


@pytest.mark.parametrize("address", ["/en/", "/en/plans"])
def test_a_list_asks_the_same_number_of_questions_for_one_and_for_many(
    visit: Visits, make: Make, count_queries: Counting, address: str
):
    counts = []
    for several in (1, 4):
        for _ in range(several):
            published(make, "")
        db.session.expire_all()
        visitor = visit()
        with count_queries() as queries:
            visitor.open(address)
        counts.append(queries.count)

    assert counts[0] == counts[1] <= 7


def test_a_public_plan_takes_few_queries(visit: Visits, make: Make, count_queries: Counting):
    address = f"/en/municipalities/{published(make).address_name}/plan"
    db.session.expire_all()

    with count_queries() as queries:
        visit().open(address)

    assert queries.count <= 7, str(queries)


# --- Handbook and passing on -----------------------------------------------------------------------------


def test_everybody_can_download_the_handbook_from_the_programmes_page(visit, make):
    kept = storage.keep(b"%PDF-1.7 handbook", name="poradnik.pdf", media_type="application/pdf")
    db.session.add(
        HandbookEdition(
            title="How to plan together",
            edition="2, corrected",
            published_on=date(2026, 2, 1),
            is_current=True,
            file=kept,
        )
    )
    db.session.commit()

    page = visit().open("/en/")

    assert "How to plan together edition 2, corrected, 1 Feb 2026" in page.text
    assert page.follow("Download the handbook (PDF)").data == b"%PDF-1.7 handbook"


def test_without_a_handbook_there_is_no_word_of_it(visit):
    assert "handbook" not in visit().open("/en/").text.lower()


def test_an_address_is_passed_on_as_it_is_and_nobody_is_told(visit, make):
    """No counters, no parameters that tell who passed it on, nothing of others in the page."""
    plan = make.general_plan(
        PlanStatus.PUBLISHED, partnership=make.partnership(municipality=make.municipality("Łąki"))
    )

    page = visit().open(f"/en/municipalities/{plan.partnership.municipality.address_name}/plan?from=friend")

    address = page.tree.get_element_by_id("share-address").get("value")
    assert address == page.tree.xpath("//link[@rel='canonical']/@href")[0]
    assert "?" not in address
    mail = page.tree.xpath("//aside[contains(@class, 'public-foot')]//a/@href")
    assert [unquote(one) for one in mail] == [f"mailto:?subject={page.headings[0]}&body={address}"]
    outside = [
        one
        for one in page.tree.xpath("//@src | //@href | //@action")
        if "://" in one and "localhost" not in one
    ]
    assert outside == []


def test_an_address_that_is_somebodys_own_is_not_offered_to_be_passed_on(visit):
    assert "share-address" not in visit().open("/en/news").html
