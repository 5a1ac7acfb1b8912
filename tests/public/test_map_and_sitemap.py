"""The map on the programme's page, and what search engines are told."""

from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest

from config import Mode
from core.database import db
from partnerships.workflow import PartnershipStatus
from plans.workflow import PlanStatus

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026."""


@pytest.fixture
def two_regions(make):
    """Two published plans in Opolskie, one draft in Lubuskie."""
    lubuskie = make.county("żarski", voivodeship=make.voivodeship("lubuskie", code="08"))
    made = [
        make.general_plan(
            PlanStatus.PUBLISHED, partnership=make.partnership(municipality=make.municipality(name))
        )
        for name in ("Brody", "Łąki")
    ]
    make.general_plan(partnership=make.partnership(municipality=make.municipality("Żary", county=lubuskie)))
    return made


def listed(page) -> dict[str, tuple[str | None, dict[str, str]]]:
    """By address: when it changed, and its addresses by language."""
    root = ET.fromstring(page.data)  # noqa: S314 (our own answer)
    return {
        entry.findtext(f"{SITEMAP}loc") or "": (
            entry.findtext(f"{SITEMAP}lastmod"),
            {link.get("hreflang", ""): link.get("href", "") for link in entry.iter(LINK)},
        )
        for entry in root
    }


@pytest.mark.parametrize(("lang", "said"), [("en", "opolskie: 2 published plans"), ("pl", "opolskie")])
def test_the_map_leads_to_the_plans_of_a_region(two_regions, visit, lang, said):
    page = visit().open(f"/{lang}/")
    links = page.tree.xpath("//figure[contains(@class, 'region-map')]//a[@href]")

    assert [link.get("aria-label").startswith(said) for link in links] == [True]
    plans = page.visitor.open(links[0].get("href"))
    assert ("Brody" in plans.text, "Łąki" in plans.text) == (True, True)


def test_the_list_beside_the_map_holds_the_same_numbers(two_regions, visit):
    page = visit().open("/en/")
    drawn = page.tree.xpath("//figure[contains(@class, 'region-map')]/svg")[0]
    beside = page.tree.get_element_by_id(drawn.get("aria-details"))

    assert [" ".join(item.text_content().split()) for item in beside] == ["lubuskie 0", "opolskie 2"]
    assert [one.get("aria-label") for one in drawn.xpath("./*[@aria-label]")] == [
        "lubuskie: 0 published plans", "opolskie: 2 published plans",
    ]  # fmt: skip


def test_the_page_says_when_it_last_changed(two_regions, visit):
    assert "Last change: 15 Apr 2026" in visit().open("/en/").text


def test_every_page_with_content_of_ours_says_and_tells_when_it_changed(
    two_regions, announced, series, make, visit
):
    """What a page says at its foot is what search engines are told of it, also where the last of it is a day old."""
    announced(series_id=series.id)
    found = listed(visit().open("/sitemap.xml"))
    base = next(iter(found)).removesuffix("/pl/")

    undated = set()
    for address, (changed, _others) in found.items():
        page = visit().open(address.removeprefix(base))
        said = page.tree.xpath(
            "//p[@class='small muted' and (contains(., 'Last change:') or contains(., 'Ostatnia'))]"
        )
        if changed is None:
            undated.add(address.removeprefix(base).rpartition("/")[2])
        else:
            assert len(said) == 1, address
            assert changed == "2026-04-15"
    assert undated == {
        "animatorzy", "animators", "sprawdz-plik", "check-a-file", "prywatnosc", "privacy", "dostepnosc", "announcements", "aktualnosci", "digest", "biuletyn", "accessibility", "offers", "oferty", "initiatives", "inicjatywy",
        *(address.rpartition("/")[2] for address, (changed, _others) in found.items() if "zary" in address),
    }  # fmt: skip


def test_nothing_is_said_to_have_changed_before_there_is_anything(visit):
    page = visit().open("/en/")

    assert ("Last change" in page.text, "region-map" in page.html) == (False, False)


def test_a_founding_to_come_is_no_change_yet(make, visit):
    make.partnership(founded_on=date(2027, 1, 1))

    assert "Last change" not in visit().open("/en/").text


def test_a_webinar_to_come_is_counted(announced, visit):
    announced()

    assert "webinar to come 1" in visit().open("/en/").text


def test_every_address_is_there_with_its_other_language(two_regions, visit):
    found = listed(visit().open("/sitemap.xml"))
    base = next(iter(found)).removesuffix("/pl/")

    assert found[f"{base}/en/"] == (
        "2026-04-15",
        {"pl": f"{base}/pl/", "en": f"{base}/en/", "x-default": f"{base}/pl/"},
    )
    for _changed, others in found.values():
        assert set(others) == {"pl", "en", "x-default"}
        assert set(others.values()) <= set(found)


def test_every_address_answers(two_regions, announced, series, visit):
    announced(series_id=series.id)
    found = listed(visit().open("/sitemap.xml"))
    base = next(iter(found)).removesuffix("/pl/")
    client = visit().client

    answers = {address: client.get(address.removeprefix(base)).status_code for address in found}
    assert answers == dict.fromkeys(found, 200)
    assert len(found) == 2 * (11 + 3 + 2 + 1 + 1)


def test_a_draft_or_what_is_closed_is_not_told(two_regions, visit):
    partnership = two_regions[0].partnership
    partnership.status, partnership.closed_on = PartnershipStatus.CLOSED, date(2026, 4, 15)
    db.session.commit()

    addresses = " ".join(listed(visit().open("/sitemap.xml")))

    assert ("brody" in addresses, "laki/plan" in addresses, "zary/plan" in addresses, "zary" in addresses) == (
        False, True, False, True,
    )  # fmt: skip


def test_a_plan_changed_when_it_was_published(two_regions, clock, visit):
    clock.move_to(datetime.fromisoformat("2026-05-20T10:00:00+00:00"))

    found = listed(visit().open("/sitemap.xml"))

    assert {changed for address, (changed, _others) in found.items() if "laki" in address} == {"2026-04-15"}


def test_the_sitemap_asks_as_little_for_many(two_regions, make, visit, count_queries):
    visit().open("/sitemap.xml")
    with count_queries() as few:
        visit().open("/sitemap.xml")
    for _ in range(4):
        make.partnership()
    with count_queries() as many:
        visit().open("/sitemap.xml")

    assert few.count == many.count < 14, str(many)


def test_robots_keep_out_of_a_demonstration(visit):
    lines = visit().open("/robots.txt").data.decode().splitlines()

    assert lines[:2] == ["User-agent: *", "Disallow: /"]
    assert lines[2].endswith("/sitemap.xml")


def test_robots_read_all_of_real_work(monkeypatch, app, visit):
    settings = replace(app.config["GROMADA"], mode=Mode.PRODUCTION)
    monkeypatch.setitem(app.config, "GROMADA", settings)

    assert visit().open("/robots.txt").data.decode().splitlines()[:2] == ["User-agent: *", "Disallow:"]
