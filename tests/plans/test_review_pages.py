"""Reviewing on the page: remarks where they belong, kept while they are typed, open points first, one decision."""

import pytest
from sqlalchemy import select

from accounts.models import User
from core.database import db
from plans.models import AnswerKind, CommentState, PlanVersion, ReviewComment
from plans.services import flow, review
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plans.test_pages import Counting, large_content, with_class
from tests.support.forms import spoken
from tests.visit import Page, Visits

NEED = "sheet=needs&row=row-n1-0001"
EVERY_CHECK = [check.value for check in review.ApprovalCheck]


def animator_of(version: PlanVersion) -> User:
    return version.partnership.assignments[0].animator


def leader_of(version: PlanVersion) -> User:
    return version.partnership.terms[0].user


def open_plan(visit: Visits, version: PlanVersion) -> Page:
    db.session.expire_all()
    return visit(as_=animator_of(version)).open(f"/plans/{version.id}")


def remarks_in(version: PlanVersion) -> list[tuple[str, str | None, str]]:
    found = select(ReviewComment).where(ReviewComment.version_id == version.id).order_by(ReviewComment.id)
    db.session.expire_all()
    return [(one.text, one.column_key, one.state.value) for one in db.session.scalars(found)]


def second_round(make: Make, *, answer: str | None = "64 people in June") -> PlanVersion:
    """A need was remarked on, answered and changed; a second need is new; the review has begun again."""
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "How many people?", sheet="needs", row_uid="row-n1-0001", column_key="evidence")
    review.return_plan(plan, note="", actor=animator_of(plan))
    draft = flow.revise_plan(plan, actor=leader_of(plan))
    if answer:
        review.answer_comment(
            draft.comments[0], answer=answer, kind=AnswerKind.CHANGED, actor=leader_of(plan)
        )
    changes = {"row-n1-0001": {"evidence": "Ankieta, 64 osoby"}, "row-k1-0001": {"hours_y1": "20"}}
    for entry in draft.entries:
        entry.values = {**entry.values, **changes.get(entry.row_uid, {})}
    flow.submit_plan(draft, actor=leader_of(plan))
    review.start_review(draft, actor=animator_of(plan))
    db.session.commit()
    return draft


# --- Beside the cell -------------------------------------------------------------------------------------


def test_a_remark_stands_beside_what_it_is_about(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    places = {
        "row-n1-0001": ("evidence", "cell-notes"),
        "row-n2-0001": ("need_text", "plan-row-remarks"),
        "row-c1-0001": ("baseline", "figure-notes"),
    }
    sheets = {"n": "needs", "c": "goals"}
    for row_uid, (column, _beside) in places.items():
        make.comment(plan, column, sheet=sheets[row_uid[4]], row_uid=row_uid, column_key=column)

    page = open_plan(visit, plan)

    stands = {}
    for row_uid, (column, _beside) in places.items():
        row = page.tree.get_element_by_id(f"row-{row_uid}")
        (remark,) = with_class(row, "remark")
        assert spoken(with_class(remark, "remark-text")[0]) == column
        stands[row_uid] = (column, remark.getparent().getparent().get("class"))
    assert stands == places


def test_a_remark_begins_at_any_cell_row_sheet_and_at_the_whole_plan(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)

    page = open_plan(visit, plan)

    section = page.tree.get_element_by_id("section-needs")
    row = page.tree.get_element_by_id("row-row-n1-0001")
    address = f"/plans/{plan.id}/remarks/new"
    assert [link.get("href") for link in with_class(row, "cell-remark")] == [
        f"{address}?{NEED}&column={column}" for column in ("need_area", "evidence", "priority")
    ]
    assert [link.get("href") for link in with_class(row, "leave-remark")] == [f"{address}?{NEED}"]
    assert with_class(section, "leave-remark")[0].get("href") == f"{address}?sheet=needs"
    bar = page.tree.get_element_by_id("review-bar")
    assert [link.get("href") for link in with_class(bar, "leave-remark")] == [address]


def test_a_remark_on_a_cell_that_is_empty_has_that_cell_beside_it(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "Please add it", sheet="needs", row_uid="row-n1-0001", column_key="measure")

    page = open_plan(visit, plan)

    row = page.tree.get_element_by_id("row-row-n1-0001")
    (cell,) = with_class(row, "noted")
    assert spoken(cell.find("dd")) == "empty"


# --- Kept while it is typed ------------------------------------------------------------------------------


def autosave(page: Page, text: str) -> dict[str, str]:
    form = page.form("Save the remark")
    form.fill("text", text)
    answer = page.visitor.client.post(form.action, data=dict(form.pairs()), headers={"X-Autosave": "yes"})
    assert answer.status_code == 200
    return dict(answer.get_json())


def test_what_is_saved_while_typing_and_then_sent_is_one_remark(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/remarks/new?{NEED}")

    first = autosave(page, "How ma")
    assert autosave(page, "How many people?") == first
    back = page.submit("Save the remark", text="How many people were asked?", column="evidence")

    assert remarks_in(plan) == [("How many people were asked?", "evidence", "draft")]
    assert "How many people were asked?" in back.text


def test_the_button_pressed_twice_leaves_one_remark(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/remarks/new?{NEED}")

    page.submit("Save the remark", text="Once")
    page.submit("Save the remark", text="Once")

    assert remarks_in(plan) == [("Once", None, "draft")]


def test_what_was_kept_while_typing_is_discarded_by_its_address(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/remarks/new?{NEED}")
    kept = autosave(page, "Never mind")

    token = page.form("Save the remark").pairs()
    answer = page.visitor.client.post(kept["delete"], data={"csrf_token": dict(token)["csrf_token"]})

    assert (answer.status_code, remarks_in(plan)) == (303, [])


def test_a_remark_that_was_sent_is_not_written_over(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/remarks/new?{NEED}")
    page.submit("Save the remark", text="As it was sent")
    review.return_plan(plan, note="", actor=animator_of(plan))
    db.session.commit()

    again = page.submit("Save the remark", text="Changed later", expect=422)

    assert "Someone has already moved this on" in again.text
    assert "Changed later" in again.html
    assert remarks_in(plan) == [("As it was sent", None, "open")]


def test_a_draft_is_reworded_and_moved_to_another_cell(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "How many?", sheet="needs", row_uid="row-n1-0001", column_key="evidence")

    form = open_plan(visit, plan).follow("Edit: How many?")
    assert form.form("Save the remark").values["text"] == "How many?"
    form.submit("Save the remark", text="Why so high?", column="priority")

    assert remarks_in(plan) == [("Why so high?", "priority", "draft")]


def test_a_draft_is_deleted_in_its_place(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "Never mind", sheet="needs", row_uid="row-n1-0001")

    open_plan(visit, plan).submit("Delete: Never mind")

    assert remarks_in(plan) == []


def test_a_draft_of_somebody_else_is_neither_read_nor_changed(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    comment = make.comment(plan, "Only mine")

    answer = visit(as_=make.office()).open(f"/remarks/{comment.id}/edit", expect=409)

    assert "Only mine" not in answer.html


# --- Ready phrases ---------------------------------------------------------------------------------------


def test_a_ready_phrase_goes_before_what_was_typed(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/remarks/new?{NEED}")

    page.submit("Save the remark", phrase="need_one", text="See also N2.")

    ((text, _column, _state),) = remarks_in(plan)
    assert text == (
        "There are two different needs here. Please give each a row of its own, so that every goal can point "
        "to the right one.\nSee also N2."
    )


def test_a_ready_phrase_alone_is_a_remark_and_nothing_at_all_is_none(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/remarks/new")

    assert "Write the remark" in page.submit("Save the remark", text=" ", expect=422).text
    page.submit("Save the remark", phrase="good")

    assert len(remarks_in(plan)) == 1


def test_phrases_fit_the_sheet(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    animator = visit(as_=animator_of(plan))

    offered = {
        sheet: set(animator.open(f"/plans/{plan.id}/remarks/new?sheet={sheet}").form("Save the remark").options("phrase"))
        for sheet in ("needs", "goals")
    }  # fmt: skip

    assert "need_source" in offered["needs"] - offered["goals"]
    assert "goal_measurable" in offered["goals"] - offered["needs"]
    assert "talk" in offered["needs"] & offered["goals"]


# --- The second round ------------------------------------------------------------------------------------


def test_the_second_round_opens_on_what_is_not_settled(visit: Visits, make: Make):
    plan = second_round(make)
    make.comment(plan, "A new one", sheet="metadata")
    settled = make.comment(plan, "Long done", sheet="metadata")
    settled.state = CommentState.RESOLVED
    db.session.commit()

    page = open_plan(visit, plan)

    assert page.headings[1] == "Begin with one remark from before"
    listed = page.tree.get_element_by_id("remarks")
    assert [link.text_content() for link in listed.xpath(".//ol/li/a[1]")] == [
        "How many people?", "A new one", "Long done",
    ]  # fmt: skip
    (waiting,) = with_class(listed, "remark-waits")
    assert "Changed. 64 people in June" in spoken(waiting)


def test_one_button_settles_a_remark_and_comes_back_to_it(visit: Visits, make: Make):
    plan = second_round(make)
    opened = open_plan(visit, plan)
    form = next(one for one in opened.forms() if "Settle: How many people?" in one.buttons)

    page = opened.visitor.send(form, expect=303)

    assert "The remark is settled." in page.text
    assert remarks_in(plan) == [("How many people?", "evidence", "resolved")]
    assert with_class(page.tree.get_element_by_id("remarks"), "remark-waits") == []


def test_changed_cells_say_what_stood_there_and_are_open_points(visit: Visits, make: Make):
    plan = second_round(make)

    page = open_plan(visit, plan)

    said = {
        row: [spoken(one) for one in with_class(page.tree.get_element_by_id(f"row-{row}"), "was")]
        for row in ("row-n1-0001", "row-k1-0001", "row-c1-0001")
    }
    assert said == {
        "row-n1-0001": ["Before: Ankieta biblioteki, 64 odpowiedzi"],
        "row-k1-0001": ["Before: Hours – year 1 16"],
        "row-c1-0001": [],
    }
    bar = page.tree.get_element_by_id("review-bar")
    assert spoken(with_class(bar, "points-said")[0]) == "3 open points"
    points = page.tree.xpath("//*[@data-point]")
    assert len(points) == 3


def test_the_leader_goes_from_one_remark_to_answer_to_the_next(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    for text in ("One", "Two"):
        make.comment(plan, text, sheet="needs", row_uid="row-n1-0001")
    review.return_plan(plan, note="", actor=animator_of(plan))
    draft = flow.revise_plan(plan, actor=leader_of(plan))
    db.session.commit()

    page = visit(as_=leader_of(plan)).open(f"/plans/{draft.id}")

    bar = page.tree.get_element_by_id("review-bar")
    assert spoken(with_class(bar, "points-said")[0]) == "2 open points"
    assert with_class(bar, "leave-remark") == []
    assert len(page.tree.xpath("//*[@data-point]")) == 2


# --- The decision ----------------------------------------------------------------------------------------


def test_one_page_leads_to_either_decision_and_shows_what_goes_out(visit: Visits, make: Make):
    plan = second_round(make, answer=None)
    make.comment(plan, "A new one", sheet="lines", row_uid="row-k1-0001")

    page = open_plan(visit, plan).follow("Decide")

    assert page.buttons[-2:] == ["Return the plan", "Approve the plan"]
    assert "One remark goes out with your decision" in page.text
    assert "One remark is not settled" in page.text
    assert {"Training lines, K1", "Needs, N1"} <= set(page.links)
    assert len(page.tree.xpath("//main//*[@data-variant='primary']")) == 1


def test_without_remarks_approving_comes_first(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)

    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/decide")

    assert page.buttons[-2:] == ["Approve the plan", "Return the plan"]


@pytest.mark.parametrize("ticked", [[], EVERY_CHECK[:3]])
def test_a_check_that_is_missing_stops_the_approval_and_loses_nothing(
    visit: Visits, make: Make, ticked: list[str]
):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/decide")

    again = page.submit("Approve the plan", expect=422, checks=ticked, note="Very good")

    assert "Tick every check" in again.text
    boxes = again.tree.xpath("//input[@name='checks'][@checked]/@value")
    assert (boxes, again.form("Approve the plan").values["note"]) == (ticked, "Very good")
    db.session.refresh(plan)
    assert plan.status is PlanStatus.IN_REVIEW


def test_a_return_with_nothing_to_say_is_refused_and_with_a_note_it_is_done(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/decide")

    again = page.submit("Return the plan", expect=422, checks=EVERY_CHECK[:1])
    assert "Say what has to change" in again.text
    assert again.tree.xpath("//input[@name='checks'][@checked]/@value") == EVERY_CHECK[:1]
    again.submit("Return the plan", note="See the goals")

    db.session.refresh(plan)
    assert (plan.status, plan.decision_note) == (PlanStatus.RETURNED, "See the goals")


def test_a_decision_that_is_neither_is_none(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/decide")
    fields = dict(page.form("Approve the plan").pairs())

    answer = page.visitor.client.post(f"/plans/{plan.id}/decide", data=fields)

    db.session.refresh(plan)
    assert (answer.status_code, plan.status) == (422, PlanStatus.IN_REVIEW)


@pytest.mark.parametrize("page", ["decide", "reopen"])
def test_a_page_for_a_step_that_is_not_due_leads_to_the_plan(visit: Visits, make: Make, page: str):
    plan = make.general_plan(PlanStatus.SUBMITTED)
    client = visit(as_=animator_of(plan)).client

    answer = client.get(f"/plans/{plan.id}/{page}")

    assert (answer.status_code, answer.location) == (303, f"/plans/{plan.id}")


def test_the_decision_page_asks_the_database_no_more_for_many_remarks(
    visit: Visits, make: Make, count_queries: Counting
):
    counts = []
    for rows in (3, 40):
        plan = make.general_plan(PlanStatus.IN_REVIEW, content=large_content(rows))
        for number in range(1, rows):
            make.comment(plan, "Why?", sheet="needs", row_uid=f"n{number}")
        visitor, address = visit(as_=animator_of(plan)), f"/plans/{plan.id}/decide"
        db.session.expire_all()
        with count_queries() as queries:
            visitor.open(address)
        counts.append(queries.count)

    assert counts[0] == counts[1] <= 8
