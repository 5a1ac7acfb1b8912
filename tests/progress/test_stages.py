"""The stages the office counts and the steps a partnership's page shows."""

from dataclasses import replace

import pytest

from partnerships.workflow import PartnershipStatus
from plans.workflow import PlanStatus
from progress.matters import Topic
from progress.stages import Stage, stage_of, stage_steps
from tests.progress.test_next_steps import PUBLIC, SITUATION, SITUATIONS, annual, general


@pytest.fixture(autouse=True)
def _words(app):
    """Labels need a language."""


def states(topic: Topic) -> str:
    """One letter a step: done, current, todo."""
    return "".join(step.state[0] for step in stage_steps(SITUATIONS[topic]))


def test_the_steps_go_on_with_the_partnership():
    assert {topic: states(topic) for topic in Topic} == {
        Topic.CLOSED: "",
        Topic.NO_LEADER: "ddtttt",
        Topic.FOUNDING: "cdtttt",
        Topic.MEMBERS: "dctttt",
        Topic.START: "ddcttt",
        Topic.UPLOAD: "ddcttt",
        Topic.WRITING: "ddcttt",
        Topic.REMARKS: "ddcttt",
        Topic.RETURNED: "ddcttt",
        Topic.NO_REVIEWER: "dddctt",
        Topic.SUBMITTED: "dddctt",
        Topic.IN_REVIEW: "dddctt",
        Topic.APPROVED: "ddddct",
        Topic.START_YEAR: "dddddc",
        Topic.WRITE_YEAR: "dddddc",
        Topic.USE_YEAR: "dddddc",
        Topic.CLOSE_YEAR: "dddddc",
        Topic.DONE: "dddddd",
    }


def test_a_year_that_is_kept_elsewhere_is_settled():
    kept = replace(SITUATIONS[Topic.START_YEAR], keeps_year=True)

    assert "".join(step.state[0] for step in stage_steps(kept)) == "dddddd"


def test_the_steps_say_when_and_how_many():
    forming = replace(SITUATION, status=PartnershipStatus.FORMING, members=2)

    assert [(step.label, step.note) for step in stage_steps(forming)] == [
        ("Founding", "10 Jan 2026"),
        ("Enough members", "2 of 3"),
        ("Writing the plan", None),
        ("Approval", None),
        ("Publication", None),
        ("Plan for 2026", None),
    ]


def test_a_new_round_leaves_what_is_public_done():
    new_round = general(PlanStatus.DRAFT, number=2, was_published=True)

    steps = stage_steps(replace(SITUATION, plans=(new_round, annual(PlanStatus.IN_USE))))

    assert [step.state for step in steps] == ["done", "done", "current", "done", "done", "done"]


@pytest.mark.parametrize(
    "plan",
    [
        annual(PlanStatus.DRAFT, upload_id=9),
        annual(PlanStatus.DRAFT, open_remarks=1),
        annual(PlanStatus.SUBMITTED),
        annual(PlanStatus.RETURNED),
        annual(PlanStatus.APPROVED),
    ],
)
def test_what_is_next_about_the_plan_of_the_year_is_at_the_last_step(plan):
    steps = stage_steps(replace(SITUATION, plans=(PUBLIC, plan)))

    assert "".join(step.state[0] for step in steps) == "dddddc"


def test_last_years_plan_is_not_this_years():
    steps = stage_steps(replace(SITUATION, plans=(PUBLIC, annual(PlanStatus.CLOSED, 2025))))

    assert steps[-1].state == "current"


def test_every_status_of_a_general_plan_is_a_stage():
    reached = [
        PlanStatus.DRAFT,
        PlanStatus.SUBMITTED,
        PlanStatus.IN_REVIEW,
        PlanStatus.RETURNED,
        PlanStatus.APPROVED,
        PlanStatus.PUBLISHED,
    ]

    stages = [stage_of(status) for status in reached]

    assert [stage.value for stage in stages] == [status.value for status in reached]
    assert [str(stage.label) for stage in stages] == [str(status.label) for status in reached]


def test_a_partnership_without_a_plan_has_a_stage_too():
    assert stage_of(None) is Stage.NO_PLAN
