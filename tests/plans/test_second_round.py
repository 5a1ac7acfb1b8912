"""A plan that comes back: what its reader sees first, answers that do not do, and when a talk is better than a round."""

import pytest

from core import clock as clocks
from core.database import db
from core.formatting import day
from core.i18n import in_language
from plans.deadlines import changes_due_on
from plans.definitions import PlanContent, PlanRow
from plans.errors import NotNow
from plans.models import AnswerKind, CommentState, PlanVersion
from plans.services import flow, review, writing
from plans.workflow import PlanStatus
from programme.queries import the_programme
from tests.make import Make
from tests.plans.test_flow import animator_of, leader_of
from tests.plans.test_review_pages import open_plan, second_round
from tests.support.forms import spoken
from tests.visit import Visits

LONG = "Mieszkańcy rzadko załatwiają sprawy urzędowe przez internet, bo nikt im nie pokazał, od czego zacząć."


def returned(make: Make, *, times: int = 1) -> PlanVersion:
    version = make.general_plan(PlanStatus.IN_REVIEW)
    leader, animator = leader_of(version), animator_of(version)
    make.comment(version, "How many people?", sheet="needs", row_uid="row-n1-0001", column_key="evidence")
    for number in range(times):
        if number:
            version = flow.revise_plan(version, actor=leader)
            flow.submit_plan(version, actor=leader)
            review.start_review(version, actor=animator)
        review.return_plan(version, note="Again", actor=animator)
    db.session.commit()
    return version


def read_again(version: PlanVersion, **values: str) -> PlanVersion:
    """The next version with these cells of the first need, submitted and under review."""
    draft = flow.revise_plan(version, actor=leader_of(version))
    rows = draft.rows
    first, *others = rows.rows("needs")
    changed = PlanRow(first.row_uid, {**first.values, **values})
    writing.replace_rows(draft, PlanContent({**rows.sheets, "needs": (changed, *others)}))
    flow.submit_plan(draft, actor=leader_of(version))
    review.start_review(draft, actor=animator_of(version))
    db.session.commit()
    return draft


# --- What stands open and what is folded ---------------------------------------------------------------------


def test_only_what_changed_and_what_waits_stands_open(visit: Visits, make: Make):
    page = open_plan(visit, second_round(make))

    folded = {
        section: [spoken(one) for one in page.tree.xpath(f"//section[@id='section-{section}']//summary")]
        for section in ("metadata", "needs", "lines", "recommendations")
    }
    assert folded == {
        "metadata": ["As before: About the plan"],
        "needs": ["More about it: N1 Seniorzy nie załatwiają spraw w internecie", "One row as before: Needs"],
        "lines": ["More about it: K1 E-urząd bez kolejek"],
        "recommendations": ["One row as before: Recommendations"],
    }
    assert not page.tree.xpath("//details[@open]//*[@id='row-row-n2-0001']")
    (cell,) = page.tree.xpath("//li[@id='row-row-n1-0001']//div[contains(@class, 'plan-row-words')]/dl/div")
    assert spoken(cell).startswith("Source")


def test_whoever_does_not_review_it_reads_the_whole_plan(visit: Visits, make: Make):
    plan = second_round(make)

    page = visit(as_=leader_of(plan)).open(f"/plans/{plan.id}")

    assert "as before" not in page.text


def test_a_long_text_shows_the_words_that_changed(visit: Visits, make: Make):
    first = read_again(returned(make), evidence=LONG)
    review.return_plan(first, note="One word", actor=animator_of(first))
    plan = read_again(first, evidence=LONG.replace("rzadko", "nigdy nie"))

    page = open_plan(visit, plan)

    row = page.tree.get_element_by_id("row-row-n1-0001")
    assert [(spoken(one), one.tag) for one in row.xpath(".//del | .//ins")] == [
        ("rzadko", "del"),
        ("nigdy nie", "ins"),
    ]


def test_changes_count_from_the_version_that_was_returned(visit: Visits, make: Make):
    """The office began a correction after the plan was submitted again: the animator has not read that one."""
    plan = read_again(returned(make), evidence="Ankieta, 64 osoby")
    draft = flow.correct_plan(plan, reason="A wrong code", actor=make.office())
    flow.submit_plan(draft, actor=leader_of(plan))
    db.session.commit()

    page = open_plan(visit, draft)

    assert "Changed since version 1" in page.headings
    assert page.links["Side by side"] == f"/plans/{draft.id}/compare?view=side&with=1"


# --- An answer that does not do ------------------------------------------------------------------------------


def test_a_remark_is_opened_again_with_a_word_and_every_answer_stays(visit: Visits, make: Make, outbox):
    plan = second_round(make)
    page = open_plan(visit, plan)
    asked = page.follow("Open again: How many people?")

    page = asked.submit("Open it again", text="And in which year?")

    (remark,) = plan.comments
    assert (remark.state, remark.is_answered) == (CommentState.REOPENED, False)
    assert "Changed. 64 people in June" in page.text
    assert "Still missing: And in which year?" in spoken(page.tree.get_element_by_id("remarks"))
    hidden = visit(as_=leader_of(plan)).open(f"/plans/{plan.id}")
    assert ("64 people in June" in hidden.text, "in which year" in hidden.text) == (True, False)

    review.return_plan(plan, note="", actor=animator_of(plan))
    draft = flow.revise_plan(plan, actor=leader_of(plan))
    review.answer_comment(draft.comments[0], answer="In 2025", kind=AnswerKind.CHANGED, actor=leader_of(plan))
    db.session.commit()
    assert "And in which year?" in outbox()[-1].body
    said = spoken(
        visit(as_=leader_of(plan)).open(f"/plans/{draft.id}").tree.get_element_by_id(f"remark-{remark.uid}")
    )
    assert [said.index(words) for words in ("64 people", "in which year", "In 2025")] == sorted(
        said.index(words) for words in ("64 people", "in which year", "In 2025")
    )


def test_opening_again_asks_for_the_word(visit: Visits, make: Make):
    plan = second_round(make)

    page = open_plan(visit, plan).follow("Open again: How many people?").submit("Open it again", expect=422)

    assert page.links["Say in a few words what is still missing"] == "#text"
    assert plan.comments[0].state is CommentState.ANSWERED


def test_a_remark_without_an_answer_is_not_opened_again(make: Make):
    plan = second_round(make, answer=None)

    with pytest.raises(NotNow):
        review.reopen_comment(plan.comments[0], word="Which year?", actor=animator_of(plan))


# --- The mail, the talk, the office --------------------------------------------------------------------------


def test_the_mail_of_a_return_has_each_remark_with_its_place_and_link_and_a_day(make: Make, outbox):
    version = returned(make)

    mail = outbox()[-1]
    due_on = changes_due_on(version)
    with in_language(leader_of(version).language):
        said = day(due_on)
    assert due_on == clocks.add_working_days(clocks.today(), 10)
    place = f"/plans/{version.id}#remark-{version.comments[0].uid}"
    assert [words in mail.body for words in ("Needs, N1", "How many people?", place, said)] == [True] * 4
    assert "/advice/ask" not in mail.body


def test_the_second_return_suggests_a_talk_to_both(visit: Visits, make: Make, outbox):
    version = returned(make, times=2)
    ask = f"/partnerships/{version.plan.partnership_id}/advice/ask"

    assert ask in outbox()[-1].body
    of_leader = visit(as_=leader_of(version)).open(f"/plans/{version.id}")
    of_animator = visit(as_=animator_of(version)).open(f"/plans/{version.id}")
    assert of_leader.links["Ask for a talk"] == ask
    assert of_animator.links["Call the leader"] == f"/advice/call/{version.plan.partnership_id}"


def test_after_one_return_nobody_is_sent_to_talk(visit: Visits, make: Make):
    version = returned(make)

    assert "Ask for a talk" not in visit(as_=leader_of(version)).open(f"/plans/{version.id}").links


def test_the_third_return_tells_the_office_and_the_fourth_does_not(make: Make, outbox):
    office = make.office()

    returned(make, times=4)

    told = [mail for mail in outbox() if mail.to_address == office.email]
    assert [mail.subject.endswith("returned 3 times") for mail in told] == [True]


def test_the_decision_says_that_the_office_will_be_told(visit: Visits, make: Make):
    plan = read_again(returned(make, times=2))

    page = visit(as_=animator_of(plan)).open(f"/plans/{plan.id}/decide")

    assert "If you return it again, the programme office is told, once." in page.text


def test_after_how_many_returns_is_for_the_office_to_set(visit: Visits, make: Make):
    the_programme().row.settings = {"return_talk_after": 1, "return_office_after": 1}
    db.session.commit()

    version = returned(make)

    assert "Ask for a talk" in visit(as_=leader_of(version)).open(f"/plans/{version.id}").links


def test_a_plan_written_anew_after_publication_begins_to_count_again(make: Make):
    version = returned(make)
    draft = flow.revise_plan(version, actor=leader_of(version))
    flow.submit_plan(draft, actor=leader_of(version))
    review.start_review(draft, actor=animator_of(version))
    review.approve_plan(draft, checks=set(review.ApprovalCheck), note="", actor=animator_of(version))
    flow.publish_plan(draft, actor=leader_of(version))

    assert (draft.returns, flow.start_new_round(draft, actor=leader_of(version)).returns) == (1, 0)


@pytest.mark.parametrize("way_back", ["reopened", "corrected"])
def test_what_was_approved_and_is_taken_up_again_begins_to_count_again_too(make: Make, way_back):
    """Else one return after it counts as the third, or past the number at which the office is told."""
    office, version = make.office(), returned(make, times=3)
    leader, animator = leader_of(version), animator_of(version)
    draft = flow.revise_plan(version, actor=leader)
    flow.submit_plan(draft, actor=leader)
    review.start_review(draft, actor=animator)
    in_review = draft.returns
    review.approve_plan(draft, checks=set(review.ApprovalCheck), note="", actor=animator)

    again = (
        flow.reopen_plan(draft, reason="The budget was cut", actor=leader)
        if way_back == "reopened"
        else flow.correct_plan(draft, reason="Wrong year", actor=office)
    )

    assert (in_review, again.returns) == (3, 0)


def test_a_correction_of_a_returned_plan_counts_on(make: Make):
    version = returned(make, times=2)

    assert flow.correct_plan(version, reason="Wrong year", actor=make.office()).returns == 2
