"""The page of the seven tasks: what shows each, what is missing, said to whoever reads it."""

from datetime import date

import pytest

from core import clock as core_clock
from plans.workflow import PlanStatus
from tasks.rules import TaskCode
from tasks.services import waive


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
