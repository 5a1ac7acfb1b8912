"""Texts beside a plan are kept with it and go out by mail: a PESEL number gets no further than the form."""

import pytest
from sqlalchemy import select

from core.database import db
from core.mail import OutboxMail
from plans.models import ReviewComment
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plans.started_plans import options_of
from tests.support.forms import spoken
from tests.visit import Page, Visits

NUMBER = "44051401359"


def assert_taken_out(page: Page, field: str, kept: str) -> None:
    """Said, and neither shown again nor anywhere in the database."""
    assert "A PESEL number stood here and was taken out" in page.text
    [again] = page.tree.xpath(f"//textarea[@name='{field}']")
    assert spoken(again) == kept
    assert NUMBER not in page.html
    db.session.rollback()
    assert list(db.session.scalars(select(ReviewComment.text))) == []
    assert list(db.session.scalars(select(OutboxMail).where(OutboxMail.body.contains(NUMBER)))) == []


@pytest.mark.parametrize("hidden", [NUMBER, "440514 01359", "44051\u200b401359"])
def test_a_remark_with_a_pesel_number_is_refused_and_keeps_the_other_words(
    visit: Visits, make: Make, hidden: str
):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    reviewer = visit(as_=plan.partnership.assignments[0].animator)

    page = reviewer.open(f"/plans/{plan.id}/remarks/new").submit(
        "Save the remark", expect=422, text=f"Leave Jan out {hidden}"
    )

    assert_taken_out(page, "text", "Leave Jan out")


def test_the_note_of_a_decision_holds_no_pesel_number(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    reviewer = visit(as_=plan.partnership.assignments[0].animator)

    page = reviewer.open(f"/plans/{plan.id}/decide").submit(
        "Return the plan", expect=422, note=f"Leave {NUMBER} out"
    )

    assert_taken_out(page, "note", "Leave out")
    db.session.refresh(plan)
    assert plan.status is PlanStatus.IN_REVIEW


def test_a_number_that_only_looks_like_one_is_a_remark(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    reviewer = visit(as_=plan.partnership.assignments[0].animator)

    reviewer.open(f"/plans/{plan.id}/remarks/new").submit("Save the remark", text="See record 44051401358")

    db.session.rollback()
    assert list(db.session.scalars(select(ReviewComment.text))) == ["See record 44051401358"]


def test_an_example_does_not_show_it_again(leader, partnership):
    page = leader.open(f"{options_of(partnership)}/small-rural").submit(
        "Make the draft", expect=422, summary=f"Ask Anna, {NUMBER}"
    )

    assert "A PESEL number stands here" in page.text
    assert NUMBER not in page.html
