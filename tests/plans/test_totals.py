from decimal import Decimal

from plans.definitions import PlanContent, Value
from plans.totals import Figures, Total, YearFigures, annual_figures, general_figures, totals
from tests.plans.templates import ANNUAL, GENERAL, changed, content, example_content

TRAININGS: list[dict[str, Value]] = [
    {
        "title": "a",
        "quarter": "q1",
        "group_code": "T1",
        "life_area": "health",
        "status": "done",
        "groups_planned": 2,
        "participants_planned": 20,
        "hours_planned": "8.5",
        "cost_planned": "100.5",
        "participants_actual": 18,
        "hours_actual": "8",
        "cost_actual": "90",
    },
    {
        "title": "b",
        "quarter": "q2",
        "group_code": "T1",
        "digcomp_area": "safety",
        "status": "planned",
        "participants_planned": 10,
        "hours_planned": "4",
    },
    {
        "title": "c",
        "quarter": "q2",
        "group_code": "T2",
        "status": "cancelled",
        "participants_planned": 50,
        "hours_planned": "20",
    },
]


def test_the_general_plan_adds_up_year_by_year():
    assert general_figures(example_content(GENERAL)) == (
        YearFigures(2026, Decimal(2), Decimal(12), Decimal(30)),
        YearFigures(2027, Decimal(4), Decimal(24), Decimal(45)),
        YearFigures(2028, Decimal(4), Decimal(24), Decimal(45)),
    )


def test_a_plan_that_does_not_name_its_years_adds_up_all_the_same():
    plan = changed(example_content(GENERAL), "metadata", year_from=None)

    assert [(year.year, int(year.trainings)) for year in general_figures(plan)] == [
        (None, 2),
        (None, 4),
        (None, 4),
    ]
    assert totals(plan, GENERAL)[0].note == "year 1: 2 · year 2: 4 · year 3: 4"


def test_an_annual_plan_sets_planned_against_actual():
    figures = annual_figures(content({"trainings": TRAININGS}))

    assert figures.all == Figures(
        trainings=Decimal(3),
        trainings_done=Decimal(2),
        participants_planned=Decimal(30),
        participants_actual=Decimal(18),
        hours_planned=Decimal("12.5"),
        hours_actual=Decimal(8),
        cost_planned=Decimal("100.5"),
        cost_actual=Decimal(90),
    )


def test_an_annual_plan_adds_up_by_quarter_group_area_and_partner():
    figures = annual_figures(content({"trainings": TRAININGS}))

    planned = {
        key: {code: found.participants_planned for code, found in groups.items()}
        for key, groups in figures.by.items()
    }
    assert planned == {
        "quarter": {"q1": 20, "q2": 10},
        "group_code": {"T1": 30},
        "digcomp_area": {"": 20, "safety": 10},
        "life_area": {"health": 20, "": 10},
        "responsible_org_code": {"": 30},
    }


def test_totals_in_words_name_what_they_are_made_of():
    assert totals(example_content(GENERAL), GENERAL) == [
        Total("Trainings", 10, "2026: 2 · 2027: 4 · 2028: 4"),
        Total("Hours", 60, "2026: 12 · 2027: 24 · 2028: 24"),
        Total("People", 120, "2026: 30 · 2027: 45 · 2028: 45"),
    ]
    assert totals(content({"trainings": TRAININGS}), ANNUAL) == [
        Total("Trainings", 3, "done so far: 2"),
        Total("Participants", 30, "done so far: 18"),
        Total("Hours", Decimal("12.5"), "done so far: 8"),
    ]


def test_there_are_no_totals_before_there_is_something_to_add_up():
    assert totals(PlanContent(), GENERAL) == []
    assert totals(PlanContent(), ANNUAL) == []


def test_what_is_no_number_counts_for_nothing():
    assert annual_figures(content({"trainings": [{"hours_planned": "dużo"}]})).all.hours_planned == 0
