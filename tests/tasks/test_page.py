"""The page of the seven tasks: what shows each, what is missing, said to whoever reads it."""

from datetime import date

import pytest

from animators.visits import services as visits
from core import clock as core_clock
from core.database import db
from plans.workflow import PlanStatus
from tasks.around import arounds
from tasks.rules import TaskCode
from tasks.services import waive
from tests.animators.visits.conftest import slot


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026 in Warsaw."""


@pytest.fixture
def partnership(make):
    return make.partnership(founded_on=date(2026, 1, 10))


def lines(page) -> list[str]:
    """Each task without its number."""
    return [
        " ".join(one.text_content().split())
        for one in page.tree.xpath('//li[@class="task-line"]/div[@class="task-words"]')
    ]


def sentences(page) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.tree.xpath('//p[@class="task-missing"]')]


def opened(visit, person, partnership):
    return visit(as_=person).open(f"/partnerships/{partnership.id}/tasks")


def test_the_leader_reads_what_to_do_and_by_when(visit, partnership):
    page = opened(visit, partnership.leader(core_clock.today()), partnership)

    assert sentences(page) == [
        "Add 3 more organisations. By 31 Dec 2028",
        "Record the initiating meeting. By 31 Dec 2028",
        "Begin the general plan. By 31 Dec 2028",
        "Put the plan for 2026 in use, or declare that you keep it yourselves. By 31 Dec 2026",
        "2 visits are still owed and not agreed. The animator can do this. By 31 Dec 2028",
        "Ask your animator for advice. By 31 Dec 2028",
        "Watch a recording, or wait for the next webinar. By 31 Dec 2028",
    ]


def test_the_animator_reads_the_same_from_the_other_side(visit, partnership):
    page = opened(visit, partnership.animator(core_clock.today()), partnership)

    assert (sentences(page)[0], sentences(page)[4]) == (
        "3 more organisations are needed. The leader can do this. By 31 Dec 2028",
        "Propose dates for the next visit. By 31 Dec 2028",
    )


def test_the_office_reads_who_can_do_it(make, visit, partnership):
    page = opened(visit, make.office(), partnership)

    assert [one.split(". ")[1] for one in sentences(page)].count("The leader can do this") == 6


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (PlanStatus.DRAFT, "Finish the general plan and submit it. By 31 Dec 2028"),
        (
            PlanStatus.SUBMITTED,
            "The general plan is with the animator. The animator can do this. By 29 Apr 2026",
        ),
        (PlanStatus.RETURNED, "Answer the remarks on the plan. By 31 Dec 2028"),
        (PlanStatus.APPROVED, "Publish the approved plan. By 29 Apr 2026"),
    ],
)
def test_the_plan_says_where_it_is(make, visit, partnership, status, said):
    make.general_plan(status, partnership=partnership)

    assert sentences(opened(visit, partnership.leader(core_clock.today()), partnership))[2] == said


# --- Dates of a visit that wait for an answer ------------------------------------------------------------


def people_of(partnership):
    return partnership.leader(core_clock.today()), partnership.animator(core_clock.today())


def said_of_visits(visit, person, partnership):
    return sentences(opened(visit, person, partnership))[4]


def test_dates_that_the_animator_proposed_are_the_leaders_turn(visit, partnership, clock):
    leader, animator = people_of(partnership)
    proposed = visits.propose(partnership, [slot(14), slot(15)], visit_no=1, actor=animator)
    db.session.commit()
    clock.tick(days=2)

    page = opened(visit, leader, partnership)

    assert sentences(page)[4] == "Answer the dates proposed for visit 1. By 22 Apr 2026"
    assert page.links["Answer the dates proposed for visit 1."] == f"/visits/{proposed.id}"
    assert said_of_visits(visit, animator, partnership) == (
        "The dates proposed for visit 1 are not answered yet. The leader can do this. By 22 Apr 2026"
    )


def test_dates_that_the_leader_proposed_are_the_animators_turn(visit, partnership):
    leader, animator = people_of(partnership)
    visits.propose(partnership, [slot(3)], visit_no=2, actor=leader)
    db.session.commit()

    assert said_of_visits(visit, animator, partnership) == (
        "Answer the dates proposed for visit 2. By 17 Apr 2026"
    )
    assert said_of_visits(visit, leader, partnership) == (
        "The dates proposed for visit 2 are not answered yet. The animator can do this. By 17 Apr 2026"
    )


def test_a_visit_that_is_to_move_waits_for_the_other_side(visit, partnership):
    leader, animator = people_of(partnership)
    agreed = visits.enter_agreed(partnership, slot(14), visit_no=1, actor=leader)
    visits.ask_to_move(agreed, [slot(20)], reason="Flood", actor=leader)
    db.session.commit()

    assert said_of_visits(visit, animator, partnership) == (
        "Answer the dates proposed for visit 1. By 22 Apr 2026"
    )


def test_of_two_visits_that_wait_the_first_is_named(visit, partnership):
    leader, animator = people_of(partnership)
    visits.propose(partnership, [slot(14)], visit_no=2, actor=animator)
    visits.propose(partnership, [slot(40)], visit_no=1, actor=leader)
    db.session.commit()

    assert said_of_visits(visit, animator, partnership).startswith("Answer the dates proposed for visit 1.")


@pytest.mark.parametrize("how", ["answered", "declined", "cancelled", "over"])
def test_dates_that_wait_no_more_are_nobodys_turn(visit, partnership, clock, how):
    leader, animator = people_of(partnership)
    proposed = visits.propose(partnership, [slot(14)], visit_no=1, actor=animator)
    if how == "answered":
        visits.accept(proposed.slots[0], actor=leader)
    elif how == "declined":
        visits.decline(proposed, note="Closed", actor=leader)
    elif how == "cancelled":
        visits.cancel(proposed, reason="Ill", actor=animator)
    else:
        clock.move_to(slot(14).starts_at)
    db.session.commit()

    sentence = {
        "answered": "The next visit is agreed for 29 Apr 2026. The animator can do this. By 29 Apr 2026"
    }.get(how, "2 visits are still owed and not agreed. The animator can do this. By 31 Dec 2028")
    assert said_of_visits(visit, leader, partnership) == sentence


def test_more_partnerships_and_more_dates_are_asked_as_often(make, count_queries):
    counts = []
    for number in (1, 3):
        partnerships = [make.partnership() for _ in range(number)]
        for one in partnerships:
            leader, _animator = people_of(one)
            visits.propose(one, [slot(14 + day) for day in range(number)], visit_no=1, actor=leader)
        db.session.commit()
        assert all(one.municipality_id for one in partnerships)  # read again after the commit
        with count_queries() as queries:
            found = arounds(partnerships)
        counts.append(queries.count)
        assert all(one.proposed for one in found.values())

    assert counts[0] == counts[1]


def test_what_is_done_shows_its_evidence_and_asks_for_nothing(make, visit, partnership):
    for _ in range(3):
        make.member(partnership)
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)

    page = opened(visit, partnership.leader(core_clock.today()), partnership)

    assert (lines(page)[0], lines(page)[2]) == (
        "Establish the partnership Founded on 10 Jan 2026 · 3 organisations",
        "Write the general part with recommendations General plan: Published",
    )


def test_a_waived_task_shows_why(make, visit, partnership):
    waive(partnership, TaskCode.VISITS, reason="Joined in the last month", actor=make.office())

    page = opened(visit, partnership.leader(core_clock.today()), partnership)

    assert lines(page)[4] == "Hold the first and second consultation visit Joined in the last month"


def test_the_office_waives_and_asks_again(make, visit, partnership):
    page = opened(visit, make.office(), partnership)
    address = f"/partnerships/{partnership.id}/tasks/T6_REMOTE/waive"

    waived = page.visitor.open(address).submit("Waive the task", reason="Joined late")
    asked = waived.submit("Ask for it again: Use remote advice")

    assert ("The task is waived." in waived.text, "The task is asked for again." in asked.text) == (
        True,
        True,
    )


def test_a_waiver_needs_its_reason(make, visit, partnership):
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/tasks/T6_REMOTE/waive")

    refused = page.submit("Waive the task", expect=422, reason="")

    assert "Why this partnership need not do it" in refused.text


def test_the_home_of_a_leader_shows_how_many_are_settled(make, visit, partnership):
    for _ in range(3):
        make.member(partnership)

    page = visit(as_=partnership.leader(core_clock.today())).open("/home")

    assert "1 of 7 settled" in page.text
