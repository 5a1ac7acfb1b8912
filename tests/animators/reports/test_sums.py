"""A figure on a page is the sum of the rows it leads to, whatever is chosen; and what is left is what the ledger says."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from animators.hours.balances import balances_with_usual
from animators.hours.models import Pot
from animators.reports.figures import CONSULTATIONS
from animators.reports.places import place_rows
from animators.reports.selection import Selection
from core.database import db
from core.formatting import hours, number
from municipalities.models import Municipality
from tests.animators.reports.world import World
from tests.journeys.test_what_goes_along import apply, merging, used
from tests.municipalities.ostrowice import OSTROWICE, Drawsko, unit
from tests.support.forms import spoken
from tests.visit import Page, Visitor

SELECTIONS = (
    "",
    "since=2026-02&until=2026-03",
    "since=2026-04",
    "until=2026-03&pot=remote",
    "pot=visit&by=quarter",
    "since=2026-Q1&until=2026-Q1&animator=EWA",
    "voivodeship=OPOLSKIE&by=year",
)


def linked(page: Page) -> Iterator[tuple[str, str]]:
    """What each cell with figures says, and where it leads."""
    for cell in page.tree.xpath("//table[@id='hours-table']//td[contains(@class, 'num')]"):
        amounts = cell.xpath(".//span[contains(@class, 'amount')]") or [cell]
        for amount in amounts:
            for link in amount.xpath(".//a"):
                yield spoken(amount), link.get("href")


def rows_behind(visitor: Visitor, url: str) -> tuple[int, str]:
    """How many rows there are, and how long they are together."""
    page = visitor.open(url)
    if url.startswith("/office/hours/municipalities"):
        owed = re.search(r"(One|[0-9]+) visits? owed", page.text)
        return len(page.tree.xpath("//tbody/tr")), owed[1].replace("One", "1") if owed else "0"
    line = page.tree.find_class("sum-line")
    if not line:
        return 0, hours(0)
    found = re.fullmatch(r"(?:One entry|(\d+) (?:rows|entries)), together (.+)", spoken(line[0]))
    assert found, spoken(line[0])
    return int(found[1] or 1), found[2]


def fits(said: str, count: int, together: str) -> bool:
    """``2 7 h``: so many, so long; ``7 h used``: so long."""
    bare = re.sub(r" ?(waits|refused|used|in the period)$", "", said)
    return bare in {f"{number(count)} {together}", together, number(count)}


@pytest.mark.parametrize("page", ["", "/municipalities", "/animators"])
@pytest.mark.parametrize("asked", SELECTIONS)
def test_every_figure_is_the_sum_of_its_rows(visit, world: World, page: str, asked: str):
    asked = asked.replace("OPOLSKIE", str(world.brody.voivodeship_id)).replace("EWA", str(world.ewa.id))
    visitor = visit(as_=world.office)

    figures = list(linked(visitor.open(f"/office/hours{page}?{asked}")))

    assert figures
    wrong = [
        (said, url, behind)
        for said, url in dict.fromkeys(figures)
        for behind in [rows_behind(visitor, url)]
        if not fits(said, *behind)
    ]
    assert wrong == []


def test_what_a_cell_says_is_compared_as_a_whole():
    """The guard of the guard."""
    assert fits("2 7 h", 2, "7 h")
    assert not fits("2 7 h", 3, "7 h")
    assert not fits("2 7 h", 2, "17 h")
    assert fits("5 h used", 1, "5 h")
    assert not fits("15 h used", 1, "5 h")
    assert not fits("7 h", 1, "17 h")


def balances_on_page() -> dict[tuple[int, Pot], tuple[int, int, int]]:
    return {
        (row.municipality_id, pot): (row.pot(pot).granted, row.pot(pot).used, row.pot(pot).free)
        for row in place_rows(Selection())
        for pot in Pot
    }


def test_the_balances_are_those_the_ledger_keeps(world: World):
    """One way of counting in each place: the page's for a whole country, the ledger's for one pot under lock."""
    ids = db.session.scalars(select(Municipality.id)).all()

    assert balances_on_page() == {
        key: (one.granted, one.used, one.free) for key, one in balances_with_usual(ids).items()
    }


def test_all_that_was_given_is_in_the_pots_or_over_them(world: World):
    """Consultations = entries of consultations + what waits + what was refused; opening balances come on top."""
    given = {key: sum_of(key) for key in ("visits_held", "remote_given", "waiting", "refused")}
    used = sum(used for _granted, used, _free in balances_on_page().values())

    assert given == {"visits_held": 250, "remote_given": 1125, "waiting": 20, "refused": 60}
    assert used == 250 + 1125 - 20 - 60 + 100


def sum_of(key: str) -> int:
    rows = CONSULTATIONS[key]
    return sum(db.session.scalars(select(rows.minutes).where(rows.where())))


def test_hours_of_a_municipality_that_ended_are_counted_once_where_they_went(make, visit):
    drawsko = Drawsko(make)
    used(unit(OSTROWICE), Pot.VISIT, 90)
    ostrowice = unit(OSTROWICE).id
    before = balances_on_page()

    apply(merging(drawsko), drawsko)

    after, heir = balances_on_page(), drawsko.drawsko.municipality_id
    assert after[ostrowice, Pot.VISIT] == (0, 0, 0)
    assert after[heir, Pot.VISIT] == (
        before[heir, Pot.VISIT][0] + before[ostrowice, Pot.VISIT][0], 90, before[heir, Pot.VISIT][0] + before[ostrowice, Pot.VISIT][0] - 90,
    )  # fmt: skip
    assert sum(one[1] for one in after.values()) == sum(one[1] for one in before.values()) == 90
    visitor = visit(as_=drawsko.office)
    for page in ("", "/municipalities"):
        for said, url in linked(visitor.open(f"/office/hours{page}")):
            assert fits(said, *rows_behind(visitor, url)), (said, url)
