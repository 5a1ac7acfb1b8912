"""The home of an animator: reviews by the working days left, and what waits on leaders."""

from datetime import UTC, datetime

import pytest

from core.database import db
from plans.services import flow
from plans.workflow import PlanStatus
from tests.progress.past import LONG_BEFORE, since


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_an_animator_sees_reviews_by_the_working_days_left(make, visit):
    animator = make.animator()
    for name, day in (("Lubań", 8), ("Żnin", 1), ("Ćmielów", 14)):
        partnership = make.partnership(municipality=make.municipality(name), animator=animator)
        submitted = make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
        since(submitted, datetime(2026, 4, day, 9, 0, tzinfo=UTC))

    page = visit(as_=animator).open("/home")

    [table] = page.tables
    assert table[1:] == [
        [
            "Żnin",
            "General plan 2026–2028, first round",
            "16 Apr 2026",
            "1 working day left",
            "Open the review",
        ],
        [
            "Lubań",
            "General plan 2026–2028, first round",
            "22 Apr 2026",
            "5 working days left",
            "Open the review (Lubań)",
        ],
        [
            "Ćmielów",
            "General plan 2026–2028, first round",
            "28 Apr 2026",
            "9 working days left",
            "Open the review (Ćmielów)",
        ],
    ]
    assert len(page.tree.xpath("//main//*[@data-variant='primary']")) == 1
    assert "You advise 3 partnerships" in page.links


def test_a_late_review_says_by_how_much(make, visit):
    animator = make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=animator))
    since(version, LONG_BEFORE)

    [table] = visit(as_=animator).open("/home").tables

    assert table[1][1:] == [
        "General plan 2026–2028, first round, you are reading it",
        "16 Mar 2026",
        "21 working days over",
        "Open the review",
    ]


def test_on_the_weekend_after_its_day_a_review_is_overdue(make, visit, clock):
    animator = make.animator()
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=animator))
    since(version, datetime(2026, 4, 2, 9, 0, tzinfo=UTC))
    said = {}

    for day in (17, 18, 19, 20):
        clock.move_to(datetime(2026, 4, day, 9, 0, tzinfo=UTC))
        said[day] = visit(as_=animator).open("/home").tables[0][1][2:4]

    assert said == {
        17: ["17 Apr 2026", "due today"],
        18: ["17 Apr 2026", "overdue"],
        19: ["17 Apr 2026", "overdue"],
        20: ["17 Apr 2026", "1 working day over"],
    }


def test_a_second_round_is_told_from_a_new_plan(make, visit):
    animator, leader = make.animator(), make.user()
    returned = make.general_plan(
        PlanStatus.RETURNED, partnership=make.partnership(animator=animator, leader=leader)
    )
    flow.submit_plan(flow.revise_plan(returned, actor=leader), actor=leader)
    db.session.commit()

    [table] = visit(as_=animator).open("/home").tables

    assert table[1][1] == "General plan 2026–2028, round 2"


def test_an_animator_sees_what_waits_on_leaders_and_since_when(make, visit):
    animator, leader = make.animator(), make.user("Ewa Lis")
    for name, status in (("Lubań", PlanStatus.RETURNED), ("Żnin", PlanStatus.APPROVED)):
        partnership = make.partnership(municipality=make.municipality(name), animator=animator, leader=leader)
        since(make.general_plan(status, partnership=partnership), LONG_BEFORE)
    make.general_plan(PlanStatus.RETURNED)

    page = visit(as_=animator).open("/home")

    assert "What waits for leaders 2" in page.headings
    assert (
        "Lubań Returned for changes General plan 2026–2028, with Ewa Lis since 2 Mar 2026 (31 working days)"
        in page.text
    )
    assert page.links["Ewa Lis"] == f"mailto:{leader.email}"


def test_an_animator_without_reviews_reads_what_will_be_here(make, visit):
    page = visit(as_=make.animator()).open("/home")

    assert "Nothing waits for you" in page.headings
    assert "You advise 0 partnerships" in page.links


def test_three_reviews_ask_no_more_questions_than_one(make, visit, count_queries):
    animator = make.animator()
    for status in (PlanStatus.SUBMITTED, PlanStatus.RETURNED):
        make.general_plan(status, partnership=make.partnership(animator=animator))
    visitor = visit(as_=animator)
    visitor.open("/home")
    with count_queries() as one:
        visitor.open("/home")

    for status in (PlanStatus.SUBMITTED, PlanStatus.RETURNED, PlanStatus.IN_REVIEW, PlanStatus.APPROVED):
        make.general_plan(status, partnership=make.partnership(animator=animator))
    with count_queries() as three:
        visitor.open("/home")

    assert three.count == one.count, str(three)
    assert three.count <= 32, str(three)
