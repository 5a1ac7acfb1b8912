"""The pages around publication: the tick, taking it back, the page before the button, the final file's outcome."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from accounts.models import User
from core.database import db
from core.mail import OutboxMail
from plans.definitions import PlanContent
from plans.models import PlanVersion
from plans.services import flow, review
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plan_content import general_content, row
from tests.plans.final_files import LINES, ONE_DIGIT, final, put
from tests.plans.test_flow import animator_of, leader_of
from tests.support.forms import spoken
from tests.support.queries import Queries
from tests.visit import Page, Upload, Visits

Counting = Callable[[], AbstractContextManager[Queries]]
Outbox = Callable[[], list[OutboxMail]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKE_BACK = "Take back: I will publish it myself"
GIVE = "Publish it in my name as soon as it is approved"


def page_of(visit: Visits, version: PlanVersion, person: User | None = None, *, more: str = "") -> Page:
    db.session.expire_all()
    return visit(as_=person or leader_of(version)).open(f"/plans/{version.id}{more}")


def next_step(page: Page) -> str:
    (card,) = page.tree.find_class("next-step-words")
    return spoken(card)


def upload_final(visit: Visits, version: PlanVersion, data: bytes) -> Page:
    page = page_of(visit, version, more="/publish")
    return page.submit("Compare and publish", file=Upload(data, "final.xlsx", XLSX))


# --- The tick --------------------------------------------------------------------------------------------


def test_the_tick_stands_in_the_form_that_submits(visit: Visits, make: Make):
    version = make.general_plan()

    page = page_of(visit, version).submit("Submit for approval", publish_on_approval=True)

    assert "It becomes public as soon as it is approved" in page.text
    assert next_step(page).endswith("It will be published in your name as soon as it is approved.")
    assert page.buttons.count(TAKE_BACK) == 1


def test_without_the_tick_the_leader_can_still_agree_later(visit: Visits, make: Make):
    version = make.general_plan()
    page = page_of(visit, version).submit("Submit for approval")

    agreed = page.submit(GIVE)
    taken_back = agreed.submit(TAKE_BACK)

    assert next_step(agreed).endswith("It will be published in your name as soon as it is approved.")
    assert GIVE in taken_back.buttons
    assert version.publish_on_approval_at is None


def test_who_may_only_submit_sees_no_tick(visit: Visits, make: Make):
    partnership = make.partnership()
    deputy, office = make.user(), make.office()
    make.term(partnership, deputy, can_submit=True)
    version = make.general_plan(partnership=partnership)

    pages = [page_of(visit, version, person) for person in (deputy, office)]

    assert [len(page.tree.xpath("//input[@name='publish_on_approval']")) for page in pages] == [0, 0]


def test_a_tick_that_was_not_offered_is_refused(visit: Visits, make: Make):
    partnership = make.partnership()
    deputy = make.user()
    make.term(partnership, deputy, can_submit=True)
    version = make.general_plan(partnership=partnership)
    form = page_of(visit, version, deputy).form("Submit for approval")
    visitor = visit(as_=deputy)

    token = dict(form.pairs())["csrf_token"]
    answer = visitor.client.post(
        f"/plans/{version.id}/submit", data={"csrf_token": token, "publish_on_approval": "y"}
    )

    db.session.expire_all()
    assert answer.status_code in (400, 409)
    assert (version.status, version.publish_on_approval_at) == (PlanStatus.DRAFT, None)


def test_the_animator_reads_that_the_approval_publishes(visit: Visits, make: Make):
    version = make.general_plan()
    flow.submit_plan(version, actor=leader_of(version), publish_on_approval=True)
    db.session.commit()

    page = page_of(visit, version, animator_of(version))

    name = leader_of(version).name
    assert next_step(page).endswith(f"It becomes public with the approval: {name} agreed to that.")
    assert TAKE_BACK not in page.buttons


def test_the_decision_says_that_it_publishes_and_then_that_it_did(visit: Visits, make: Make):
    version = make.general_plan()
    flow.submit_plan(version, actor=leader_of(version), publish_on_approval=True)
    review.start_review(version, actor=animator_of(version))
    db.session.commit()

    page = page_of(visit, version, animator_of(version), more="/decide")
    after = page.submit("Approve the plan", checks=[check.value for check in review.ApprovalCheck])

    assert f"it becomes public at once: {leader_of(version).name} agreed to that" in page.text
    assert "The plan is approved and public, as the leader had agreed." in after.text
    assert after.headings[1] == "The plan is public"


def test_the_timeline_tells_whose_act_it_was(visit: Visits, make: Make):
    leader, animator = make.user("Anna Wrona"), make.animator("Marta Lis")
    version = make.general_plan(partnership=make.partnership(leader=leader, animator=animator))
    flow.submit_plan(version, actor=leader, publish_on_approval=True)
    review.start_review(version, actor=animator)
    review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=animator)
    db.session.commit()

    page = page_of(visit, version)

    events = [spoken(one) for one in page.tree.find_class("timeline-event")]
    assert [("Anna Wrona" in one, "Marta Lis" in one) for one in events[:2]] == [(True, False), (False, True)]
    assert "Published the plan on approval, as agreed before" in events[0]
    assert any("Agreed to publish the plan as soon as it is approved" in one for one in events)


def test_whoever_takes_back_too_late_is_told(visit: Visits, make: Make):
    version = make.general_plan()
    flow.submit_plan(version, actor=leader_of(version), publish_on_approval=True)
    review.start_review(version, actor=animator_of(version))
    db.session.commit()
    left_open = page_of(visit, version)
    review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=animator_of(version))
    db.session.commit()

    told = left_open.submit(TAKE_BACK, expect=409)

    assert "Someone has already moved this on" in told.text


# --- The page before the button --------------------------------------------------------------------------


def test_the_page_shows_what_becomes_public_before_it_does(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)

    page = page_of(visit, version).follow("Publish")

    assert page.title.startswith(f"Publish the plan of {version.partnership.municipality.name}")
    assert "Please publish it by" in next_step(page)
    assert spoken(page.tree.find_class("hash")[0]) == version.content_hash
    sections = [spoken(one) for one in page.tree.find_class("publish-sections")[0].iter("a")]
    assert sections[:2] == ["About the plan", "Needs"]
    assert len(sections) == len(version.rows.sheets)
    assert [spoken(one) for one in page.tree.xpath("//main//*[@data-variant='primary']")] == [
        "Publish the plan"
    ]


def test_what_is_left_out_is_named_and_not_shown(visit: Visits, make: Make):
    content = general_content(2026)
    (metadata,) = content.rows("metadata")
    named = row(
        metadata.row_uid, **{**metadata.values, "leader_name": "Zofia Sekret", "authors": "Jan Tajny"}
    )
    version = make.general_plan(
        PlanStatus.APPROVED, content=PlanContent({**content.sheets, "metadata": (named,)})
    )

    page = page_of(visit, version, more="/publish")

    left_out = spoken(page.tree.get_element_by_id("left-out"))
    assert "Leader" in left_out
    assert "Zofia Sekret" not in page.html
    assert "Jan Tajny" not in page.html


def test_the_button_publishes(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)

    page = page_of(visit, version, more="/publish").submit("Publish the plan")

    assert page.url == f"/plans/{version.id}"
    assert "The plan is published. Anybody can read it now." in page.text
    assert page.headings[1] == "The plan is public"


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.RETURNED, PlanStatus.PUBLISHED])
def test_a_link_followed_too_early_or_too_late_leads_to_the_plan(
    visit: Visits, make: Make, status: PlanStatus
):
    version = make.general_plan(status)

    page = page_of(visit, version, more="/publish")

    assert page.url == f"/plans/{version.id}"
    assert ("The plan is public already." in page.text) is (status is PlanStatus.PUBLISHED)


def test_the_link_in_the_mail_leads_through_the_sign_in_to_the_page(
    visit: Visits, make: Make, outbox: Outbox
):
    leader = make.user("Anna Wrona", email="anna@gromada.example", password="a long enough password")
    version = make.general_plan(PlanStatus.APPROVED, partnership=make.partnership(leader=leader))
    (link,) = [word for word in outbox()[-1].body.split() if word.endswith(f"/plans/{version.id}/publish")]
    path = link[link.index("/plans/") :]

    sign_in = visit().open(path)
    page = sign_in.submit("Sign in", email="anna@gromada.example", password="a long enough password")

    assert (page.url, page.buttons.count("Publish the plan")) == (path, 1)


def test_a_deputy_who_may_not_publish_is_sent_to_the_plan_instead(make: Make, outbox: Outbox):
    partnership = make.partnership()
    deputy = make.user()
    make.term(partnership, deputy)
    db.session.refresh(partnership)
    told = len(outbox())

    version = make.general_plan(PlanStatus.APPROVED, partnership=partnership)

    (body,) = [mail.body for mail in outbox()[told:] if mail.to_address == deputy.email]
    assert f"/plans/{version.id}\n" in body
    assert f"/plans/{version.id}/publish" not in body


def test_the_page_takes_as_many_queries_for_a_long_plan(visit: Visits, make: Make, count_queries: Counting):
    counts = []
    for rows in (3, 40):
        small = general_content(2026)
        needs = tuple(
            row(f"n{number}", **{**small.rows("needs")[0].values, "need_code": f"N{number}"})
            for number in range(1, rows)
        )
        version = make.general_plan(PlanStatus.APPROVED, content=general_content(2026, needs=needs))
        visitor, address = visit(as_=leader_of(version)), f"/plans/{version.id}/publish"
        db.session.expire_all()
        with count_queries() as queries:
            visitor.open(address)
        counts.append(queries.count)

    assert counts[0] == counts[1] <= 8


# --- The final file --------------------------------------------------------------------------------------


def test_a_final_file_as_approved_publishes_at_once(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)

    page = upload_final(visit, version, final(version))

    assert "The plan is published. Anybody can read it now." in page.text
    assert page.headings[1] == "The plan is public"


def test_one_digit_is_refused_shown_and_offered_as_a_new_version(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)

    page = upload_final(visit, version, final(version, ONE_DIGIT))

    assert page.headings[1] == "The file differs from the approved plan"
    (change,) = page.tree.find_class("change-words")
    assert [spoken(one) for one in change.iter("dt", "del", "ins")][1:] == ["16", "17"]
    assert "Nothing was published" in page.text
    draft = page.submit("Begin version 2 with this file")
    assert "Version 2 begins with what your file says." in draft.text
    assert [status for status in ("Draft", "Approved") if status in draft.text] == ["Draft", "Approved"]
    place = version.partnership.municipality.address_name
    assert visit().open(f"/en/municipalities/{place}/plan", expect=404).status == 404


def test_the_outcome_of_a_file_that_was_used_says_what_became_of_it(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)
    outcome = upload_final(visit, version, final(version, ONE_DIGIT))
    outcome.submit("Begin version 2 with this file")

    again = outcome.visitor.open(outcome.url)

    assert "A new version began with what it says." in again.text
    assert "Begin version 2 with this file" not in again.buttons
    refused = outcome.submit("Begin version 2 with this file", expect=409)
    assert "This upload has been applied" in refused.text


def test_a_cell_that_cannot_be_read_is_named(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)
    data = final(version, put(LINES, "row-k1-0001", "hours_y1", "szesnaście"))

    page = upload_final(visit, version, data)

    assert page.headings[1] == "The file could not be compared completely"
    assert "What could not be compared" in page.headings
    assert "6_Kierunki" in page.text


def test_a_refused_final_file_says_why(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)

    page = upload_final(visit, version, b"%PDF-1.7 no workbook")

    assert page.headings[1] == "The file was not accepted"
    assert page.links["Back to publishing"] == f"/plans/{version.id}/publish"


def test_without_a_file_the_page_says_so(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)

    page = page_of(visit, version, more="/publish").submit("Compare and publish", expect=422)

    assert "Choose the final file" in page.text
    assert "Publish the plan" in page.buttons


def test_a_final_file_that_comes_after_the_publication_is_told_so(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)
    left_open = page_of(visit, version, more="/publish")
    flow.publish_plan(version, actor=leader_of(version))
    db.session.commit()

    told = left_open.submit(
        "Compare and publish", expect=409, file=Upload(final(version), "final.xlsx", XLSX)
    )

    assert "Someone has already moved this on" in told.text


def test_the_file_is_given_back_as_it_was_sent(visit: Visits, make: Make):
    version = make.general_plan(PlanStatus.APPROVED)
    data = final(version, ONE_DIGIT)
    page = upload_final(visit, version, data)

    assert page.follow("The file as it was sent").data == data


def test_the_outcome_takes_few_queries(visit: Visits, make: Make, count_queries: Counting):
    version = make.general_plan(PlanStatus.APPROVED)
    page = upload_final(visit, version, final(version, ONE_DIGIT))
    db.session.expire_all()

    with count_queries() as queries:
        page.visitor.open(page.url)

    assert queries.count <= 8, str(queries)


def test_a_file_that_was_refused_leaves_the_way_to_a_new_round_open(make: Make, visit: Visits):
    version = make.general_plan(PlanStatus.APPROVED)
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/publish")

    refused = page.submit("Compare and publish", file=Upload(b"no workbook", "plan.xlsx", XLSX))

    assert refused.headings[1] == "The file was not accepted"
    reopened = refused.follow("Begin a new round instead")
    assert reopened.url.startswith(f"/plans/{version.id}/reopen")
