"""The pages of plans: who sees what first, what stands where, and that a longer plan asks the database no more."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from lxml.html import HtmlElement

from accounts.models import User
from core.database import db
from plans.definitions import PlanContent
from plans.models import PlanVersion
from plans.services import flow, own_plan, review
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plan_content import annual_content, general_content, row
from tests.support.forms import spoken
from tests.support.queries import Queries
from tests.visit import Page, Visits, dict_of_lists

Counting = Callable[[], AbstractContextManager[Queries]]


def leader_of(version: PlanVersion) -> User:
    return version.partnership.terms[0].user


def animator_of(version: PlanVersion) -> User:
    return version.partnership.assignments[0].animator


def page_of(visit: Visits, version: PlanVersion, person: User) -> Page:
    db.session.expire_all()
    return visit(as_=person).open(f"/plans/{version.id}")


def with_class(element: HtmlElement, name: str) -> list[HtmlElement]:
    return [one for one in element.iter() if name in (one.get("class") or "").split()]


def review_tools(page: Page) -> list[HtmlElement]:
    return [*with_class(page.tree, "leave-remark"), *with_class(page.tree, "decision")]


# --- What comes first ------------------------------------------------------------------------------------


def test_a_fresh_plan_begins_with_an_example_or_its_workbook(visit: Visits, make: Make):
    plan = make.general_plan(content=PlanContent({}))

    page = page_of(visit, plan, leader_of(plan))

    assert page.headings[:2] == [
        f"{plan.plan.title}: {plan.partnership.municipality.name}",
        "Start from an example",
    ]
    assert page.links["Choose an example"] == f"/plans/{plan.id}/examples"
    assert page.links["Short workbook"] == f"/plans/{plan.id}/workbook.xlsx"
    assert page.links["Full workbook"] == f"/plans/{plan.id}/workbook.xlsx?full=1"


def test_a_complete_draft_offers_to_be_submitted(visit: Visits, make: Make):
    plan = make.general_plan()

    page = page_of(visit, plan, leader_of(plan)).submit("Submit for approval")

    assert "The plan has been submitted" in page.text
    assert page.headings[1] == "Waiting for the animator"


def test_an_empty_draft_says_what_is_missing_before_its_content(visit: Visits, make: Make):
    plan = make.general_plan(content=general_content(2026, recommendations=()))

    page = page_of(visit, plan, leader_of(plan))

    headings = page.headings
    assert headings.index("Before it can be submitted") < headings.index("Needs")
    assert headings[1] == "One thing is still missing"


def test_a_page_has_one_primary_button(visit: Visits, make: Make):
    found = {}
    for status in (
        PlanStatus.DRAFT,
        PlanStatus.SUBMITTED,
        PlanStatus.IN_REVIEW,
        PlanStatus.RETURNED,
        PlanStatus.APPROVED,
    ):
        plan = make.general_plan(status)
        for person in (leader_of(plan), animator_of(plan), make.office()):
            if status is PlanStatus.DRAFT and person == animator_of(plan):
                continue
            page = page_of(visit, plan, person)
            found[status, person.name] = len(page.tree.xpath("//main//*[@data-variant='primary']"))

    assert set(found.values()) <= {0, 1}


# --- Reading ---------------------------------------------------------------------------------------------


def test_figures_stand_year_by_year_with_their_totals(visit: Visits, make: Make):
    plan = make.general_plan()

    page = page_of(visit, plan, leader_of(plan))

    lines = next(
        table
        for table in page.tables
        if table[0][1:] == ["2026", "2027", "2028", "Total"] and len(table) == 3
    )
    assert lines[1:] == [["Trainings", "2", "3", "3", "8"], ["Hours", "16", "24", "24", "64"]]


def test_a_reference_says_what_it_refers_to_and_leads_there(visit: Visits, make: Make):
    plan = make.general_plan()

    page = page_of(visit, plan, leader_of(plan))

    reference = with_class(page.tree.get_element_by_id("section-lines"), "reference")[0]
    assert reference.text_content().strip() == "C1 Seniorzy sami załatwiają sprawy w mObywatelu"
    assert page.tree.get_element_by_id(reference.find("a").get("href").lstrip("#")).get("class") == "plan-row"


def test_the_contents_lead_to_every_section(visit: Visits, make: Make):
    plan = make.general_plan()

    page = page_of(visit, plan, leader_of(plan))

    places = [link.get("href") for link in with_class(page.tree, "contents")[0].iter("a")]
    assert places == [f"#{section.get('id')}" for section in with_class(page.tree, "plan-section")]
    assert len(places) == 7


def test_trainings_stand_by_quarter_with_what_took_place(visit: Visits, make: Make):
    trainings = (
        row("s3", title="Autumn", group_code="T1", form="on_site", participants_planned=10, hours_planned="4",
            quarter="q4", status="planned"),
        row("s1", title="Spring", group_code="T1", form="on_site", participants_planned=12, hours_planned="8",
            quarter="q2", status="done", participants_actual=11, hours_actual="8", held_on="2026-05-04"),
        row("s2", title="Early summer", group_code="T1", form="on_site", participants_planned=8, hours_planned="4",
            quarter="q2", status="cancelled"),
    )  # fmt: skip
    plan = make.annual_plan(content=annual_content(2026, trainings=trainings))

    page = page_of(visit, plan, leader_of(plan))

    section = page.tree.get_element_by_id("section-trainings")
    titles = [
        spoken(one)
        for one in section.iter("h3", "p")
        if one.tag == "h3" or one.get("class") == "plan-row-title"
    ]
    assert titles == [
        "Quarter 2 2", "Spring done", "Early summer cancelled", "Quarter 4 1", "Autumn planned",
    ]  # fmt: skip
    assert [["People", "12", "11"], ["Hours", "8", "8"]] in [table[1:] for table in page.tables]


# --- Remarks ---------------------------------------------------------------------------------------------


def test_the_reviewer_leaves_a_remark_on_a_cell_and_sees_it_beside_the_row(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    form = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/remarks/new?sheet=needs&row=row-n2-0001")

    page = form.submit("Save the remark", column="evidence", text="How many people?")

    beside = with_class(page.tree.get_element_by_id("row-row-n2-0001"), "remark")
    assert [spoken(one) for one in beside] == [
        (
            f"Not sent yet {animator_of(plan).name} · round 1 How many people? "
            "Edit: How many people? Delete: How many people?"
        )
    ]
    cell = beside[0].getparent().getparent().getparent()
    assert spoken(cell.find("dt")).startswith("Source")
    assert "One remark not sent yet" in page.text


def test_remarks_are_listed_in_the_order_of_the_plan_and_lead_to_their_place(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "About the line", sheet="lines", row_uid="row-k1-0001")
    make.comment(plan, "About a need", sheet="needs", row_uid="row-n1-0001", column_key="priority")
    make.comment(plan, "About all needs", sheet="needs")

    page = page_of(visit, plan, animator_of(plan))

    links = list(with_class(page.tree, "remark-links")[0].iter("a"))
    assert [link.text_content() for link in links] == ["About all needs", "About a need", "About the line"]
    assert all(page.tree.get_element_by_id(link.get("href").lstrip("#")) is not None for link in links)


def test_a_remark_on_a_row_that_is_gone_is_still_shown(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "About the second need", sheet="needs", row_uid="row-n2-0001")
    review.return_plan(plan, note="", actor=animator_of(plan))
    draft = flow.revise_plan(plan, actor=leader_of(plan))
    draft.entries = [entry for entry in draft.entries if entry.row_uid != "row-n2-0001"]
    db.session.commit()

    page = page_of(visit, draft, leader_of(draft))

    assert [link.text_content() for link in with_class(page.tree, "remark-links")[0].iter("a")] == [
        "About the second need"
    ]
    assert "a row that is no longer here" in spoken(
        with_class(page.tree.get_element_by_id("section-needs"), "remark")[0]
    )


def test_nobody_but_its_author_sees_a_remark_that_was_not_sent(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "Not for your eyes yet", sheet="needs", row_uid="row-n1-0001")

    seen = {
        person.name: "Not for your eyes yet" in page_of(visit, plan, person).html
        for person in (animator_of(plan), leader_of(plan), make.office("Office"))
    }

    assert seen == {animator_of(plan).name: True, leader_of(plan).name: False, "Office": False}


def test_only_the_assigned_animator_gets_the_tools_of_a_review(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)

    tools = {
        person.name: len(review_tools(page_of(visit, plan, person)))
        for person in (animator_of(plan), leader_of(plan), make.office("Office"))
    }

    assert tools[animator_of(plan).name] > 10
    assert tools[leader_of(plan).name] == tools["Office"] == 0


def test_the_next_round_begins_with_the_note_and_the_open_remarks(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "How many people?", sheet="needs", row_uid="row-n1-0001", column_key="evidence")
    review.return_plan(plan, note="Almost there", actor=animator_of(plan))
    draft = flow.revise_plan(plan, actor=leader_of(plan))
    db.session.commit()

    page = page_of(visit, draft, leader_of(draft))

    assert page.headings[1:4] == ["Answer one remark", "What came with the decision", "Remarks 1"]
    answered = page.follow("Answer: How many people?").submit(
        "Save the answer", kind="changed", answer="64 people in June"
    )
    assert "Changed. 64 people in June" in answered.text


def test_a_second_reading_shows_what_changed_since_the_first(visit: Visits, make: Make):
    plan = make.general_plan(PlanStatus.RETURNED)
    draft = flow.revise_plan(plan, actor=leader_of(plan))
    changed = next(entry for entry in draft.entries if entry.row_uid == "row-n1-0001")
    changed.values = {**changed.values, "priority": 3}
    flow.submit_plan(draft, actor=leader_of(plan))
    db.session.commit()

    page = page_of(visit, draft, animator_of(plan))

    changes = with_class(page.tree.get_element_by_id("changes"), "change")
    assert [spoken(one) for one in changes] == [
        "Changes N1 Seniorzy nie załatwiają spraw w internecie Priority (1–5) 1 3"
    ]


# --- Every page opens ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_reviews_shows_every_plan_that_waits(
    visit: Visits, make: Make, count: int, language: str
):
    animator = make.animator()
    animator.language = language
    for _ in range(count):
        make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=animator))

    page = visit(as_=animator).open("/reviews")

    assert len(page.tables[0]) == count + 1
    assert page.tree.get("lang") == language


def test_a_reviewer_without_plans_is_told_so(visit: Visits, make: Make):
    assert "Nothing waits for you" in visit(as_=make.animator()).open("/reviews").text


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", ["general", "annual"])
def test_the_instructions_explain_every_column(visit: Visits, kind: str, language: str):
    page = visit().open(f"/instructions/{kind}", language=language)

    assert len(page.tables) == {"general": 11, "annual": 3}[kind]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_form_of_a_plan_opens(visit: Visits, make: Make, language: str):
    reviewed = make.general_plan(PlanStatus.IN_REVIEW)
    remark_id = make.comment(reviewed).id
    approved = make.general_plan(PlanStatus.APPROVED)
    shared = make.annual_plan()
    own_plan.share(shared, shared=True, actor=leader_of(shared))
    office = make.office()
    for person in (animator_of(reviewed), leader_of(approved), animator_of(shared), office):
        person.language = language
    db.session.commit()

    pages = [
        visit(as_=animator_of(reviewed)).open(f"/plans/{reviewed.id}/remarks/new"),
        visit(as_=animator_of(reviewed)).open(f"/plans/{reviewed.id}/remarks/new?sheet=needs"),
        visit(as_=animator_of(reviewed)).open(
            f"/plans/{reviewed.id}/remarks/new?sheet=needs&row=row-n1-0001&column=priority"
        ),
        visit(as_=animator_of(reviewed)).open(f"/plans/{reviewed.id}/decide"),
        visit(as_=animator_of(reviewed)).open(f"/remarks/{remark_id}/edit"),
        visit(as_=office).open(f"/plans/{approved.id}/reopen"),
        visit(as_=office).open(f"/plans/{approved.id}/correct"),
        visit(as_=animator_of(shared)).open(f"/plans/{shared.id}/feedback"),
    ]

    assert [len(page.tree.xpath("//main//form")) for page in pages] == [1] * len(pages)
    assert {page.tree.get("lang") for page in pages} == {language}


# --- What a page asks the database -----------------------------------------------------------------------


def large_content(rows: int) -> PlanContent:
    small = general_content(2026)
    needs = tuple(
        row(f"n{number}", **{**small.rows("needs")[0].values, "need_code": f"N{number}"})
        for number in range(1, rows)
    )
    return general_content(2026, needs=needs)


@pytest.mark.parametrize(
    "status", [PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW, PlanStatus.PUBLISHED]
)
def test_a_plan_page_takes_at_most_eight_queries_however_long_it_is(
    visit: Visits, make: Make, count_queries: Counting, status: PlanStatus
):
    counts = []
    for rows in (3, 60):
        plan = make.general_plan(status, content=large_content(rows))
        if status is PlanStatus.IN_REVIEW:
            for number in range(1, rows - 1):
                make.comment(plan, "Why?", sheet="needs", row_uid=f"n{number}")
        person = leader_of(plan) if status is PlanStatus.DRAFT else animator_of(plan)
        visitor = visit(as_=person)
        address = f"/plans/{plan.id}"
        db.session.expire_all()
        with count_queries() as queries:
            visitor.open(address)
        counts.append(queries.count)
        assert queries.count <= 8, str(queries)

    assert counts[0] == counts[1]


def test_a_second_round_and_an_annual_plan_take_no_more(visit: Visits, make: Make, count_queries: Counting):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, "Why?", sheet="needs", row_uid="row-n1-0001")
    review.return_plan(plan, note="See", actor=animator_of(plan))
    draft = flow.revise_plan(plan, actor=leader_of(plan))
    flow.submit_plan(draft, actor=leader_of(plan))
    annual = make.annual_plan(in_use=True)
    db.session.commit()

    for version, person in ((draft, animator_of(plan)), (annual, leader_of(annual))):
        visitor = visit(as_=person)
        address = f"/plans/{version.id}"
        db.session.expire_all()
        with count_queries() as queries:
            visitor.open(address)
        assert queries.count <= 8, str(queries)


def test_approving_takes_at_most_ten_queries(visit: Visits, make: Make, count_queries: Counting):
    plan = make.general_plan(PlanStatus.IN_REVIEW, content=large_content(40))
    for number in range(1, 20):
        make.comment(plan, "Advice", sheet="needs", row_uid=f"n{number}")
    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/decide")
    form = page.form("Approve the plan")
    form.fill("checks", [check.value for check in review.ApprovalCheck])
    form.press("Approve the plan")

    with count_queries() as queries:
        answer = page.visitor.client.post(form.action, data=dict_of_lists(form.pairs()))

    assert (answer.status_code, plan.status) == (303, PlanStatus.APPROVED)
    assert queries.count <= 10, str(queries)
