"""The year in numbers on its page, and how far it is from the general plan, said softly."""

import pytest

from core.database import db
from plans.services import own_plan
from plans.workflow import PlanStatus
from plans.years.figures_page import far_from_general
from tests.plans.test_flow import leader_of
from tests.plans.years.conftest import DONE, of_trainings, training, year_of

TRAININGS_APART = "Trainings: 4 here, 2 in the general plan for 2026 (100 percent apart)."
HOURS_APART = "Hours: 32 here, 16 in the general plan for 2026 (100 percent apart)."
PEOPLE_APART = "People: 48 here, 30 in the general plan for 2026 (60 percent apart)."
TOO_MANY = tuple(training(str(number)) for number in range(4))


def tables(page) -> dict[str, list[list[str]]]:
    captions = [one.strip() for one in page.tree.xpath("//table/caption/text()")]
    return dict(zip(captions, page.tables, strict=True))


def test_planned_and_actual_stand_side_by_side_by_quarter_group_area_and_partner(make, visit, in_june):
    version = year_of(
        make,
        training(
            "1", quarter="q1", life_area="health", responsible_org_code="P1", cost_planned="100", **DONE
        ),
        training("2", digcomp_area="safety"),
        training("3", status="cancelled", quarter="q4"),
    )

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/year/numbers")

    assert {caption: lines[1:] for caption, lines in tables(page).items()} == {
        "Beside the general plan": [["Trainings", "2", "2", "1"], ["Hours", "16", "16", "8"], ["People", "30", "24", "14"]],
        "Quarter": [
            ["Q1", "1 of 1", "14 of 12", "8 of 8", "0 of 100"],
            ["Q2", "0 of 1", "0 of 12", "0 of 8", "0 of 0"],
            ["All together", "1 of 2", "14 of 24", "8 of 16", "0 of 100"],
        ],
        "Target group": [["T1 Osoby 60+", "1 of 2", "14 of 24", "8 of 16", "0 of 100"]],
        "DigComp area": [
            ["safety", "0 of 1", "0 of 12", "0 of 8", "0 of 0"],
            ["not given", "1 of 1", "14 of 12", "8 of 8", "0 of 100"],
        ],
        "Area of life": [
            ["health", "1 of 1", "14 of 12", "8 of 8", "0 of 100"],
            ["not given", "0 of 1", "0 of 12", "0 of 8", "0 of 0"],
        ],
        "Responsible partner": [
            ["P1 Biblioteka Publiczna", "1 of 1", "14 of 12", "8 of 8", "0 of 100"],
            ["not given", "0 of 1", "0 of 12", "0 of 8", "0 of 0"],
        ],
    }  # fmt: skip
    assert "Q1: 12 planned, 14 came, Q2: 12 planned, 0 came" in page.tree.xpath(
        "string(//figure//*[local-name()='desc'])"
    )


def test_a_year_far_from_the_general_plan_is_told_in_one_sentence_each_with_both_numbers(make, in_june):
    version = year_of(make, *TOO_MANY)

    assert far_from_general(version) == [TRAININGS_APART, HOURS_APART, PEOPLE_APART]


def test_within_a_fifth_of_the_general_plan_nothing_is_said(make, in_june):
    within = year_of(
        make,
        training("1", participants_planned=18, hours_planned="9.6"),
        training("2", participants_planned=18, hours_planned="9.6"),
    )
    beyond = year_of(
        make,
        training("1", participants_planned=18, hours_planned="9.6"),
        training("2", participants_planned=19, hours_planned="9.6"),
    )

    assert far_from_general(within) == []
    assert far_from_general(beyond) == [
        "People: 37 here, 30 in the general plan for 2026 (23 percent apart)."
    ]


@pytest.mark.parametrize("path", ["", "/year", "/year/numbers"])
def test_the_sentence_stands_on_every_page_of_the_year(make, visit, in_june, path):
    version = year_of(make, *TOO_MANY)

    assert TRAININGS_APART in visit(as_=leader_of(version)).open(f"/plans/{version.id}{path}").text


def test_being_far_from_it_stops_nobody_and_is_said_once_more_when_the_year_begins(make, visit, in_june):
    general = make.general_plan(PlanStatus.PUBLISHED)
    version = make.annual_plan(partnership=general.partnership, content=of_trainings(*TOO_MANY))

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}").submit("Put in use")

    db.session.expire_all()
    assert version.status is PlanStatus.IN_USE
    notes = [
        " ".join(one.text_content().split())
        for one in page.tree.xpath("//*[@data-color='info' and contains(@class, 'ds-alert')]")
    ]
    assert [sentence for sentence in (TRAININGS_APART, HOURS_APART, PEOPLE_APART) if any(sentence in one for one in notes)] == [
        TRAININGS_APART, HOURS_APART, PEOPLE_APART,
    ]  # fmt: skip


def test_a_year_without_trainings_says_what_will_be_here(make, visit, in_june):
    version = make.annual_plan(content=of_trainings())
    leader = visit(as_=leader_of(version))

    pages = [leader.open(f"/plans/{version.id}/{path}").text for path in ("year", "year/numbers")]

    assert ["No training yet" in text for text in pages] == [True, True]


def test_the_pages_of_a_general_plan_are_its_own(make, visit, in_june):
    version = make.general_plan()

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/year")

    assert page.url == f"/plans/{version.id}"


def test_a_closed_year_keeps_its_numbers(make, visit, in_june):
    version = year_of(make, training("1", **DONE))
    own_plan.close_year(version, actor=leader_of(version))
    db.session.commit()

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    assert "The year is closed" in page.text
    assert "14 of 12" in page.follow("The year in numbers").text
