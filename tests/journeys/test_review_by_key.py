"""A whole review without a mouse: from the list of plans through every open point to the decision."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.database import db
from plans.models import AnswerKind, CommentState, PlanVersion, ReviewComment
from plans.services import flow, review
from plans.workflow import PlanStatus
from tests.make import Make
from tests.support.browsers import axe_findings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

Tabs = Callable[..., Page]
DRAFT = "Skąd są te liczby? Proszę o rok."


def second_round(make: Make) -> PlanVersion:
    """Submitted again: one remark answered, the cell it was about changed."""
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    leader, animator = plan.partnership.terms[0].user, plan.partnership.assignments[0].animator
    make.comment(plan, "How many people?", sheet="needs", row_uid="row-n1-0001", column_key="evidence")
    review.return_plan(plan, note="", actor=animator)
    draft = flow.revise_plan(plan, actor=leader)
    review.answer_comment(draft.comments[0], answer="64 people", kind=AnswerKind.CHANGED, actor=leader)
    entry = next(one for one in draft.entries if one.row_uid == "row-n1-0001")
    entry.values = {**entry.values, "evidence": "Ankieta, 64 osoby"}
    flow.submit_plan(draft, actor=leader)
    db.session.commit()
    return draft


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element with this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.textContent") or "").strip().startswith(name):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def press_on(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def go_by(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.className"))


def texts(version_id: int) -> list[tuple[str, CommentState]]:
    found = db.session.query(ReviewComment).filter_by(version_id=version_id).order_by(ReviewComment.id)
    said = [(one.text, one.state) for one in found]
    db.session.rollback()  # an open transaction would make the server wait
    return said


def test_a_plan_is_reviewed_by_key_alone(tabs: Tabs, make: Make):
    plan = second_round(make)
    plan_id, place = plan.id, plan.partnership.municipality.name
    page = tabs(as_=plan.partnership.assignments[0].animator)
    page.goto("/reviews")
    assert axe_findings(page) == []

    # From the list into the plan, and the review begins.
    go_by(page, place)
    go_by(page, "Start the review")
    said = page.locator("[data-points-said]")
    expect(said).to_have_text("2 open points")
    assert axe_findings(page) == []

    # From point to point: the changed cell, then the answered remark beside it, then round again.
    page.keyboard.press("j")
    expect(said).to_have_text("1 of 2")
    assert "Before: Ankieta biblioteki" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("n")
    expect(said).to_have_text("2 of 2")
    assert focused(page) == "remark"
    page.keyboard.press("k")
    expect(said).to_have_text("1 of 2")
    page.keyboard.press("n")

    # What was answered is settled in its place; the page does not jump.
    before = page.evaluate("scrollY")
    press_on(page, "Settle")
    expect(page.locator(".cell-notes .remark").get_by_text("Settled")).to_be_visible()
    assert abs(page.evaluate("scrollY") - before) < 120
    assert texts(plan_id) == [("How many people?", CommentState.RESOLVED)]

    # A remark begins where one is, a ready phrase helps, and it is saved without leaving the place.
    page.keyboard.press("r")
    field = page.get_by_role("textbox", name="Remark")
    expect(field).to_be_focused()
    assert axe_findings(page) == []
    page.keyboard.type("j and k are letters here")
    page.keyboard.press("Tab")
    page.keyboard.type("How do we")
    press_on(page, "Insert")
    expect(field).to_be_focused()
    expect(field).to_have_value(
        "j and k are letters here\nPlease add how we know this: a survey, talks or the office's data, how many people "
        "and from which year."
    )
    expect(page.locator("[data-saved-note]")).to_contain_text("Kept as a draft")
    press_on(page, "Save the remark")
    expect(page.locator("#row-row-n1-0001").get_by_text("Not sent yet")).to_be_visible()
    assert focused(page) == "remark"
    assert [state for _text, state in texts(plan_id)] == [CommentState.RESOLVED, CommentState.DRAFT]
    assert axe_findings(page) == []

    # The decision: four checks, one button.
    page.keyboard.press("d")
    page.wait_for_url("**/decide")
    assert axe_findings(page) == []
    for box in page.get_by_role("checkbox").all():
        box.focus()
        page.keyboard.press("Space")
    go_by(page, "Approve the plan")
    expect(page.get_by_text("The plan is approved.")).to_be_visible()


def test_what_is_typed_survives_a_closed_window(tabs: Tabs, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    plan_id, animator = plan.id, plan.partnership.assignments[0].animator
    page = tabs(as_=animator)
    page.goto(f"/plans/{plan_id}")
    page.locator("#row-row-n2-0001 .plan-row-remarks .leave-remark").click()
    page.get_by_role("textbox", name="Remark").fill(DRAFT)

    page.close(run_before_unload=True)

    again = tabs(as_=animator)
    _until(lambda: texts(plan_id) == [(DRAFT, CommentState.DRAFT)], again)
    again.goto(f"/plans/{plan_id}")
    row = again.locator("#row-row-n2-0001")
    expect(row.locator(".remark-text")).to_have_text(DRAFT)

    # It is changed where it stands, and saved by itself a moment after the typing pauses.
    row.get_by_role("link", name="Edit").click()
    field = row.get_by_role("textbox", name="Remark")
    expect(field).to_have_value(DRAFT)
    field.press_sequentially(" I o źródło.")
    expect(row.locator("[data-saved-note]")).to_contain_text("Kept as a draft")
    assert [text for text, _state in texts(plan_id)] != [DRAFT]
    row.get_by_role("link", name="Close").click()
    expect(row.locator(".remark-text")).to_contain_text("I o źródło.")

    # And deleted where it stands.
    row.get_by_role("button", name="Delete").click()
    expect(row.locator(".remark")).to_have_count(0)
    assert texts(plan_id) == []


def test_a_new_remark_that_is_discarded_leaves_nothing(tabs: Tabs, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    plan_id = plan.id
    page = tabs(as_=plan.partnership.assignments[0].animator, width=390, height=800)
    page.goto(f"/plans/{plan_id}")
    cell = page.locator("#row-row-n1-0001 .facts > div").nth(1)
    cell.locator(".cell-remark").click()
    form = cell.locator("form.remark-form")
    expect(form.get_by_label("About")).to_have_value("evidence")
    form.get_by_role("textbox", name="Remark").fill("Never mind")
    expect(form.locator("[data-saved-note]")).to_contain_text("Kept as a draft")
    assert texts(plan_id) == [("Never mind", CommentState.DRAFT)]
    assert axe_findings(page) == []

    form.get_by_role("link", name="Discard").click()

    expect(form).to_have_count(0)
    _until(lambda: texts(plan_id) == [], page)


def test_the_keys_can_be_switched_off_for_good(tabs: Tabs, make: Make):
    plan = second_round(make)
    animator = plan.partnership.assignments[0].animator
    review.start_review(plan, actor=animator)
    page = tabs(as_=animator)
    page.goto(f"/plans/{plan.id}")
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Use these keys").uncheck()
    page.reload()

    page.keyboard.press("j")

    expect(page.locator("[data-points-said]")).to_have_text("2 open points")
    page.get_by_role("button", name="Next open point").click()
    expect(page.locator("[data-points-said]")).to_have_text("1 of 2")


def _until(holds: Callable[[], bool], page: Page) -> None:
    for _ in range(50):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to be")
