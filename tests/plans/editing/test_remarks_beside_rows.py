"""Remarks of the review where the plan is written: answered beside the row, saved with it; and how its history tells it."""

import pytest
from flask import current_app
from sqlalchemy import select

from accounts.history import story
from core.audit import AuditEvent
from core.database import db
from core.help_links import HelpLink, add_help
from core.i18n import in_language
from plans.corrections import Cell
from plans.models import AnswerKind, CommentState, PlanVersion
from plans.services import editing, flow, review
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plans.test_flow import animator_of, leader_of
from tests.support.forms import spoken
from tests.visit import Visits

N1, N2 = "row-n1-0001", "row-n2-0001"
EVIDENCE = f"needs.{N1}.evidence"


@pytest.fixture
def draft(make: Make) -> PlanVersion:
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "How many people?", sheet="needs", row_uid=N1, column_key="evidence")
    make.comment(plan, "Is that all?", sheet="needs")
    review.return_plan(plan, note="", actor=animator_of(plan))
    version: PlanVersion = flow.revise_plan(plan, actor=leader_of(plan))
    db.session.commit()
    return version


def answers(version: PlanVersion) -> list[tuple[str, AnswerKind | None, str | None]]:
    db.session.expire_all()
    return [(one.text, one.answer_kind, one.answer) for one in version.comments]


def typed(version: PlanVersion, answer: str, **more: str) -> dict[str, str]:
    uid = version.comments[0].uid
    return {f"remark-answer-{uid}": answer, **{f"remark-{name}-{uid}": text for name, text in more.items()}}


def test_the_list_of_rows_says_where_an_answer_is_wanted(draft: PlanVersion, visit: Visits):
    page = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/edit/needs")

    assert "One remark to answer" in spoken(page.tree.get_element_by_id(f"row-{N1}"))
    assert "remark" not in spoken(page.tree.get_element_by_id(f"row-{N2}"))
    assert page.links["Answer: Is that all?"] == f"/remarks/{draft.comments[1].id}/answer"


def test_a_remark_is_answered_with_the_row_in_one_go(draft: PlanVersion, visit: Visits):
    page = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/edit/needs/{N1}")
    assert "How many people?" in spoken(page.tree.get_element_by_id("row-remarks"))

    fields = {EVIDENCE: "Ankieta, 64 osoby", **typed(draft, "64 people", kind="changed")}
    page.submit("Save", **fields)  # type: ignore[arg-type]  # names with dots come only this way

    assert answers(draft) == [
        ("How many people?", AnswerKind.CHANGED, "64 people"), ("Is that all?", None, None),
    ]  # fmt: skip
    assert draft.rows.rows("needs")[0].values["evidence"] == "Ankieta, 64 osoby"
    assert draft.comments[0].state is CommentState.ANSWERED


def test_an_answer_alone_is_saved_too(draft: PlanVersion, visit: Visits):
    page = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/edit/needs/{N1}")

    after = page.submit("Save", **typed(draft, "It is right", kind="not_changed"))  # type: ignore[arg-type]  # as above

    assert "Saved." in after.text
    assert answers(draft)[0] == ("How many people?", AnswerKind.NOT_CHANGED, "It is right")


def test_a_number_of_a_person_in_an_answer_keeps_everything_back(draft: PlanVersion, visit: Visits):
    page = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/edit/needs/{N1}")

    fields = {EVIDENCE: "Ankieta, 64 osoby", **typed(draft, "Pani 44051401359")}
    after = page.submit("Save", expect=422, **fields)

    (field,) = after.tree.xpath(f"//*[@name='{EVIDENCE}']")
    assert "Ankieta, 64 osoby" in (field.text_content(), field.get("value"))
    assert "44051401359" not in after.html
    assert answers(draft)[0] == ("How many people?", None, None)


# --- Two at once ---------------------------------------------------------------------------------------------


def answer_first(version: PlanVersion, answer: str) -> None:
    review.answer_comment(
        version.comments[0], answer=answer, kind=AnswerKind.CHANGED, actor=leader_of(version)
    )
    db.session.commit()


def test_a_row_that_is_saved_leaves_an_answer_that_somebody_changed_meanwhile(
    draft: PlanVersion, visit: Visits
):
    answer_first(draft, "64 people")
    page = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/edit/needs/{N1}")
    answer_first(draft, "71 people, counted again")

    page.submit("Save", **{EVIDENCE: "Ankieta, 71 osób"})  # type: ignore[arg-type]  # as above

    assert answers(draft)[0] == ("How many people?", AnswerKind.CHANGED, "71 people, counted again")
    assert draft.rows.rows("needs")[0].values["evidence"] == "Ankieta, 71 osób"


@pytest.mark.parametrize("where", ["row", "page"])
def test_of_two_who_answer_one_remark_the_second_sees_the_first_answer(
    draft: PlanVersion, visit: Visits, where: str
):
    remark = draft.comments[0]
    address = f"/plans/{draft.id}/edit/needs/{N1}" if where == "row" else f"/remarks/{remark.id}/answer"
    fields = (
        typed(draft, "Fewer", kind="changed") if where == "row" else {"answer": "Fewer", "kind": "changed"}
    )
    button = "Save" if where == "row" else "Save the answer"
    page = visit(as_=leader_of(draft)).open(address)
    answer_first(draft, "64 people")

    refused = page.submit(button, expect=422, **fields)

    assert ("64 people" in refused.text, "Somebody else changed this" in refused.text) == (True, True)
    assert answers(draft)[0][2] == "64 people"
    refused.submit(button)
    assert answers(draft)[0][2] == "Fewer"


# --- The history ---------------------------------------------------------------------------------------------


def lines(version: PlanVersion) -> list[tuple[str, str | None]]:
    with in_language("en"):
        return [(line.text, line.who) for line in story(version.plan) if line.event == "plan.written"]


def write(version: PlanVersion, row: str, text: str, *, by: str = "leader") -> None:
    actor = leader_of(version) if by == "leader" else version.partnership.terms[1].user
    column = "evidence" if row != "row-c1-0001" else "goal_text"
    sheet = "needs" if row != "row-c1-0001" else "goals"
    base = next(one for one in version.rows.rows(sheet) if one.row_uid == row)
    edit = editing.RowEdit(sheet, row, {Cell(sheet, row, column): text}, base)
    assert editing.write_row(version, edit, actor=actor, language="pl").is_written
    db.session.commit()


def test_what_was_saved_in_one_sitting_is_one_line_that_counts_rows(draft: PlanVersion, clock):
    write(draft, N1, "Ankieta 1")
    clock.tick(minutes=20)
    write(draft, N2, "Ankieta 2")
    clock.tick(minutes=20)
    write(draft, N1, "Ankieta 3")
    write(draft, "row-c1-0001", "Seniorzy radzą sobie sami")

    who = leader_of(draft).name
    assert lines(draft) == [
        ("Wrote in the plan online: Goals and indicators, 1 row", who),
        ("Wrote in the plan online: Needs, 2 rows", who),
    ]
    events = db.session.scalars(select(AuditEvent.event).where(AuditEvent.event == "plan.written")).all()
    assert len(events) == 4


def test_after_a_pause_a_new_line_begins(draft: PlanVersion, clock):
    write(draft, N1, "Ankieta 1")
    clock.tick(minutes=31)
    write(draft, N2, "Ankieta 2")

    assert [text for text, _who in lines(draft)] == ["Wrote in the plan online: Needs, 1 row"] * 2


# --- Explained elsewhere ---------------------------------------------------------------------------------------


def test_what_explains_a_sheet_is_named_on_it_and_on_its_rows(
    draft: PlanVersion, visit: Visits, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(current_app.extensions, "gromada_help_links", [])
    add_help(
        current_app,
        lambda topic: (
            [HelpLink("How to find needs", "/webinars/1", "Webinar")] if topic == "plan.needs" else []
        ),
    )

    for address, is_explained in (("needs", True), (f"needs/{N1}", True), ("goals", False)):
        page = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/edit/{address}")
        assert ("Explained in: How to find needs (Webinar)" in " ".join(page.text.split())) is is_explained
