"""The list of published plans: narrowed by region, type and size, in an order of choice, each choice removable."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlencode

import pytest

from core.database import db
from municipalities.models import Municipality, MunicipalityKind
from municipalities.sizes import BOUNDS, SizeClass
from plans.workflow import PlanStatus
from tests.make import Make
from tests.support.clocks import Clock
from tests.support.queries import Queries
from tests.visit import Page, Visits

Counting = Callable[[], AbstractContextManager[Queries]]


def published(
    make: Make,
    name: str,
    *,
    kind: MunicipalityKind = MunicipalityKind.RURAL,
    population: int | None = None,
    region: str = "opolskie",
) -> Municipality:
    county = make.county(f"{region} county", voivodeship=make.voivodeship(region, code=f"{len(region):02d}"))
    place = make.municipality(name, kind=kind, population=population, county=county)
    make.general_plan(PlanStatus.PUBLISHED, partnership=make.partnership(municipality=place))
    return place


def names_on(page: Page) -> list[str]:
    return [str(name) for name in page.tree.xpath("//li[contains(@class, 'plan-card')]/h2/a/text()")]


def chips_on(page: Page) -> list[str]:
    return [str(link.text_content()).strip() for link in page.tree.xpath("//ul[@class='chips']//a")]


@pytest.fixture
def places(make: Make, clock: Clock) -> None:
    published(make, "Łąki", population=4_999)
    clock.tick(days=1)
    published(make, "Zalesie", population=5_000, kind=MunicipalityKind.URBAN_RURAL)
    clock.tick(days=1)
    published(make, "Brzeg", population=60_000, kind=MunicipalityKind.URBAN, region="śląskie")
    clock.tick(days=1)
    published(make, "Ćmielów")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Brzeg", "Ćmielów", "Łąki", "Zalesie"]),
        ({"sort": "newest"}, ["Ćmielów", "Brzeg", "Zalesie", "Łąki"]),
        ({"sort": "population"}, ["Brzeg", "Zalesie", "Łąki", "Ćmielów"]),
        ({"kind": "urban"}, ["Brzeg"]),
        ({"kind": "rural"}, ["Ćmielów", "Łąki"]),
        ({"size": "under-5"}, ["Łąki"]),
        ({"size": "5-10"}, ["Zalesie"]),
        ({"size": "over-50"}, ["Brzeg"]),
        ({"size": "unknown"}, ["Ćmielów"]),
        ({"size": "10-20"}, []),
        ({"kind": "rural", "size": "unknown", "q": "cmiel"}, ["Ćmielów"]),
        ({"kind": "castle", "size": "huge", "sort": "luck"}, ["Brzeg", "Ćmielów", "Łąki", "Zalesie"]),
    ],
)
def test_the_list_is_narrowed_and_ordered(
    visit: Visits, places: None, asked: dict[str, str], expected: list[str]
):
    page = visit().open(f"/en/plans?{urlencode(asked)}")

    assert names_on(page) == expected


def test_a_choice_is_shown_and_can_be_taken_away(visit: Visits, places: None):
    page = visit().open("/en/plans", q="laki", kind="rural", size="under-5")

    assert chips_on(page) == [
        "Take away: “laki”", "Take away: rural municipality", "Take away: under 5,000 people",
    ]  # fmt: skip
    assert page.tree.xpath("//ul[@class='chips']//a/@href") == [
        "/en/plans?kind=rural&size=under-5", "/en/plans?q=laki&size=under-5", "/en/plans?q=laki&kind=rural",
    ]  # fmt: skip


def test_a_region_is_a_choice_like_the_others(visit: Visits, places: None):
    region = visit().open("/en/").follow("śląskie")

    assert names_on(region) == ["Brzeg"]
    assert chips_on(region) == ["Take away: śląskie voivodeship"]


def test_a_plan_in_the_list_shows_its_figures(visit: Visits, make: Make):
    published(make, "Łąki", population=4_321)

    card = visit().open("/en/plans").tree.xpath("//li[contains(@class, 'plan-card')]")[0]

    figures = {item.findtext("dt"): item.findtext("dd") for item in card.xpath(".//dl/div")}
    assert figures == {"Trainings": "8", "Hours": "64", "People": "120"}
    assert "opolskie voivodeship, 4,321 people" in " ".join(card.text_content().split())


def test_every_size_belongs_to_exactly_one_class():
    ends = [BOUNDS[size] for size in SizeClass if size is not SizeClass.UNKNOWN]

    assert ends[0][0] == 0
    assert [below for _, below in ends[:-1]] == [least for least, _ in ends[1:]]
    assert ends[-1][1] is None


def test_one_plan_and_many_take_the_same_number_of_queries(
    visit: Visits, make: Make, count_queries: Counting
):
    counts = []
    for several in (1, 4):
        for number in range(several):
            published(make, f"Place {several} {number}", population=4_000)
        db.session.expire_all()
        visitor = visit()
        with count_queries() as queries:
            visitor.open("/en/plans", kind="rural", size="under-5", q="place", sort="newest")
        counts.append(queries.count)

    assert counts[0] == counts[1] <= 6
