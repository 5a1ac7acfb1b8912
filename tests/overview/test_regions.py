"""Tasks by voivodeship: the map, the table and the reports say the same."""

from datetime import date

import pytest

from core.database import db
from municipalities.region_map import shade_of
from overview.regions import EMPTY, Tally, map_of, percent, tasks_by_region, together
from partnerships.workflow import PartnershipStatus
from reporting.counting import count
from reporting.indicators import indicator_called
from reporting.rows import Span
from tasks.models import TaskWaiver
from tasks.rules import TaskCode
from tests.overview.records import met

SPAN = Span(date(2026, 1, 1), date(2026, 4, 15))


@pytest.fixture
def country(make):
    """Two partnerships in Lubuskie, one in Opolskie, none in Podlaskie; one more that is closed."""
    lubuskie = make.county("żarski", voivodeship=make.voivodeship("lubuskie", code="08"))
    make.voivodeship("podlaskie", code="20")
    first, second = (make.partnership(municipality=make.municipality(county=lubuskie)) for _ in range(2))
    third = make.partnership()
    for partnership in (first, third):
        for _ in range(3):
            make.member(partnership)
    for code in TaskCode:
        if code is not TaskCode.FOUND:
            db.session.add(
                TaskWaiver(partnership_id=third.id, task=code, reason="Agreed", waived_on=date(2026, 4, 1))
            )
    met(second, date(2026, 3, 1))
    closed = make.partnership(municipality=make.municipality(county=lubuskie))
    closed.status, closed.closed_on = PartnershipStatus.CLOSED, date(2026, 4, 1)
    db.session.commit()


def test_each_voivodeship_counts_its_open_partnerships(country):
    rows = {row.voivodeship.name: row.tally for row in tasks_by_region()}
    nothing = dict.fromkeys(TaskCode, 0)

    assert rows == {
        "lubuskie": Tally(2, nothing | {TaskCode.FOUND: 1}, 0),
        "opolskie": Tally(1, nothing | {TaskCode.FOUND: 1}, 1),
        "podlaskie": EMPTY,
    }


def test_the_sums_are_those_of_the_reports(country):
    total = together(tasks_by_region())

    for code in TaskCode:
        indicator = indicator_called(f"task_{code.name.lower()}")
        assert indicator is not None
        assert int(count(indicator, SPAN).value) == total.done[code]
    settled = indicator_called("all_tasks")
    assert settled is not None
    assert int(count(settled, SPAN).value) == total.settled == 1


def test_the_map_says_what_the_table_says(country, app):
    rows = tasks_by_region()
    with app.test_request_context():
        one, every = map_of(rows, TaskCode.FOUND), map_of(rows, None)

    assert [(region.place.shown, region.place.said) for region in one.regions] == [
        ("50\N{NO-BREAK SPACE}%", "lubuskie: 1 of 2 done (50 %), in 2 partnerships"),
        ("100\N{NO-BREAK SPACE}%", "opolskie: 1 of 1 done (100 %), in 1 partnership"),
        ("–", "podlaskie: no partnership"),
    ]
    assert [region.shade for region in one.regions] == [2, 4, 0]
    assert [region.place.shown for region in every.regions] == [
        "7\N{NO-BREAK SPACE}%",
        "14\N{NO-BREAK SPACE}%",
        "–",
    ]


def test_a_region_leads_to_its_part_of_the_board_and_one_without_partnerships_nowhere(country, app):
    rows = tasks_by_region()
    with app.test_request_context():
        regions = map_of(rows, None).regions

    ids = [row.voivodeship.id for row in rows]
    assert [region.place.url for region in regions] == [
        f"/office/board?voivodeship={ids[0]}", f"/office/board?voivodeship={ids[1]}", None,
    ]  # fmt: skip


def test_all_of_it_is_never_said_too_early():
    nearly = Tally(200, dict.fromkeys(TaskCode, 199), 0)

    assert (percent(nearly, None), percent(nearly, TaskCode.FOUND), percent(EMPTY, None)) == (99, 99, None)


@pytest.mark.parametrize(("value", "shade"), [(0, 0), (1, 1), (25, 1), (26, 2), (75, 3), (76, 4), (100, 4)])
def test_shades_are_four_equal_parts(value, shade):
    assert shade_of(value, 100) == shade


def test_two_questions_however_many_partnerships(country, make, count_queries):
    tasks_by_region()
    with count_queries() as few:
        tasks_by_region()
    for _ in range(4):
        make.partnership()
    tasks_by_region()
    with count_queries() as many:
        tasks_by_region()

    assert few.count == many.count <= 3, str(many)
