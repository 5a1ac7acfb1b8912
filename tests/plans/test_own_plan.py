"""The annual plan: its leader's own, shared only if they wish."""

from datetime import date

import pytest
from flask import g
from werkzeug.datastructures import MultiDict

from accounts.models import User
from accounts.policy import Permission, can
from core.database import db
from core.reminders import remind
from plans.errors import ErrorsLeft, NotEditable, NotNow, ReasonNeeded
from plans.models import PlanVersion
from plans.queries import versions_of
from plans.reminders import remind_to_publish
from plans.services import flow, own_plan, review, writing
from plans.services.shared import workflow_of
from plans.workflow import OWN_PLAN, REVIEWED_YEAR, PlanStatus
from tests.make import Make
from tests.plan_content import annual_content, row
from tests.plans.test_flow import animator_of, leader_of
from tests.support.at_once import at_once

TODAY = date(2026, 4, 15)


def test_a_year_begins_without_anybodys_approval(make):
    version = make.annual_plan()

    own_plan.put_in_use(version, actor=leader_of(version))

    assert (version.status, version.is_editable) == (PlanStatus.IN_USE, True)


def test_a_plan_with_an_error_is_not_put_in_use(make):
    unfinished = row("row-s1-0001", title="Profil zaufany")
    version = make.annual_plan(content=annual_content(2026, trainings=(unfinished,)))

    with pytest.raises(ErrorsLeft):
        own_plan.put_in_use(version, actor=leader_of(version))

    assert version.status is PlanStatus.DRAFT


def test_results_are_recorded_while_the_plan_is_in_use(make):
    version = make.annual_plan(in_use=True)
    (training,) = version.rows.rows("trainings")
    held = row(training.row_uid, **{**training.values, "status": "done", "participants_actual": 14})

    writing.replace_rows(version, annual_content(2026, trainings=(held,)))

    assert version.rows.rows("trainings")[0].values["participants_actual"] == 14


def test_a_closed_year_changes_no_more(make):
    version = make.annual_plan(in_use=True)

    own_plan.close_year(version, actor=leader_of(version))

    assert (version.status, len(version.content_hash or "")) == (PlanStatus.CLOSED, 64)
    with pytest.raises(NotEditable):
        writing.replace_rows(version, annual_content(2026))


def readers(version: PlanVersion, *people: object) -> list[bool]:
    return [can(person, Permission.PLAN_READ, version) for person in people]


def test_an_annual_plan_is_private_until_it_is_shared(make):
    version = make.annual_plan(in_use=True)
    leader, animator, office = leader_of(version), animator_of(version), make.office()
    assert readers(version, leader, animator, office) == [True, False, False]

    own_plan.share(version, shared=True, actor=leader)
    assert readers(version, leader, animator, office) == [True, True, False]

    own_plan.share(version, shared=False, actor=leader)
    assert readers(version, leader, animator, office) == [True, False, False]


def test_asking_for_feedback_shares_the_plan_and_tells_the_animator(make, outbox):
    version = make.annual_plan()

    own_plan.request_feedback(version, actor=leader_of(version))

    assert readers(version, animator_of(version)) == [True]
    assert outbox()[-1].to_address == animator_of(version).email


def test_whoever_asks_after_a_draft_of_others_was_deleted_is_heard_too(make, outbox):
    """SQLite gives the number of the deleted draft again."""
    animator = make.animator()
    ours, theirs = make.partnership(animator=animator), make.partnership(animator=animator)
    deleted = make.annual_plan(partnership=ours)
    own_plan.request_feedback(deleted, actor=leader_of(deleted))
    writing.delete_draft(deleted, actor=leader_of(deleted))
    db.session.commit()

    version = make.annual_plan(partnership=theirs)
    own_plan.request_feedback(version, actor=leader_of(version))

    asked = [mail for mail in outbox() if mail.to_address == animator.email]
    assert [one.reply_to for one in asked] == [ours.leader(TODAY).email, theirs.leader(TODAY).email]


def test_feedback_reaches_the_leader_and_decides_nothing(make, outbox):
    version = make.annual_plan()
    own_plan.request_feedback(version, actor=leader_of(version))

    own_plan.give_feedback(version, text="Plan two evenings more", actor=animator_of(version))

    assert (version.status, version.feedback) == (PlanStatus.DRAFT, "Plan two evenings more")
    mail = outbox()[-1]
    assert (mail.to_address, "Plan two evenings more" in mail.body) == (leader_of(version).email, True)


def test_feedback_needs_words_and_a_shared_plan(make):
    version = make.annual_plan()

    with pytest.raises(ReasonNeeded):
        own_plan.give_feedback(version, text="", actor=animator_of(version))
    with pytest.raises(NotNow):
        own_plan.give_feedback(version, text="Good", actor=animator_of(version))


def test_the_programme_may_ask_for_approval_of_annual_plans(make):
    version = make.annual_plan()
    assert workflow_of(version) is OWN_PLAN

    make.programme.settings = {"annual_plan_requires_approval": True}
    db.session.commit()
    forget_programme()

    assert workflow_of(version) is REVIEWED_YEAR
    flow.submit_plan(version, actor=leader_of(version))
    assert version.status is PlanStatus.SUBMITTED


def approved_year(make: Make) -> PlanVersion:
    """Where the programme asks for approval, up to the animator's."""
    make.programme.settings = {"annual_plan_requires_approval": True}
    version = make.annual_plan()
    flow.submit_plan(version, actor=leader_of(version))
    review.start_review(version, actor=animator_of(version))
    review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=animator_of(version))
    db.session.commit()
    return version


def test_an_approved_year_is_put_in_use_and_recorded_and_what_was_approved_stays(make, visit):
    approved = approved_year(make)
    plan, said = approved.plan, approved.content_hash
    page = visit(as_=leader_of(approved)).open(f"/plans/{approved.id}")

    page = page.submit("Put in use")

    used = versions_of(plan)[0]
    assert (used.number, used.status, used.base_version_id) == (2, PlanStatus.IN_USE, approved.id)
    assert (approved.status, approved.content_hash) == (PlanStatus.APPROVED, said)
    (training,) = used.rows.rows("trainings")
    held = row(training.row_uid, **{**training.values, "status": "done", "participants_actual": 14})
    writing.replace_rows(used, annual_content(2026, trainings=(held,)))
    own_plan.close_year(used, actor=leader_of(used))
    db.session.commit()
    assert used.status is PlanStatus.CLOSED
    assert approved.rows.rows("trainings")[0].values.get("participants_actual") is None
    assert "Put in use" not in page.text


@pytest.mark.parametrize("status", [PlanStatus.APPROVED, PlanStatus.PUBLISHED])
def test_nobody_is_told_that_a_plan_of_a_year_becomes_public(make, visit, outbox, status):
    """Earlier versions of this system published it: nobody but its authors could read it all the same."""
    version = approved_year(make)
    version.status = status
    db.session.commit()
    leader = visit(as_=leader_of(version))

    shown = leader.open(f"/plans/{version.id}")
    publishing = leader.client.get(f"/plans/{version.id}/publish")
    reminded = remind_to_publish()

    assert "put it in use" in shown.text
    mails = [mail.body for mail in outbox() if "Annual plan" in mail.body]
    said = [shown.text, *mails]
    untrue = (
        "Publish the plan",
        "Publish it",
        "publishes it",
        "becomes public",
        "plan is public",
        "can read it",
    )
    assert len(mails) > 1
    assert [(words, text) for text in said for words in untrue if words in text] == []
    assert (publishing.status_code, publishing.location) == (303, f"/plans/{version.id}")
    assert reminded == remind([])
    with pytest.raises(NotNow):
        flow.publish_plan(version, actor=leader_of(version))


def test_what_was_published_before_is_superseded_once_its_year_is_in_use(make):
    version = approved_year(make)
    version.status = PlanStatus.PUBLISHED
    db.session.commit()

    used = own_plan.put_in_use(version, actor=leader_of(version))
    db.session.commit()

    assert (version.status, used.status) == (PlanStatus.SUPERSEDED, PlanStatus.IN_USE)


def test_two_who_put_an_approved_year_in_use_at_one_moment_begin_one_version(app, make):
    version = approved_year(make)
    ids = version.id, leader_of(version).id

    def put():
        own_plan.put_in_use(db.session.get_one(PlanVersion, ids[0]), actor=db.session.get_one(User, ids[1]))

    outcome = at_once(app, put, put)

    assert outcome.count("done") == 1, outcome
    assert [one.number for one in versions_of(db.session.get_one(PlanVersion, ids[0]).plan)] == [2, 1]


def test_a_year_in_use_is_closed_as_it_was_begun_though_approval_is_asked_for_since(make):
    version = make.annual_plan(in_use=True)
    make.programme.settings = {"annual_plan_requires_approval": True}
    db.session.commit()
    forget_programme()

    own_plan.close_year(version, actor=leader_of(version))

    assert version.status is PlanStatus.CLOSED


def forget_programme() -> None:
    """As at the start of the next request."""

    g.pop("programme", None)


def test_nobody_decides_on_an_annual_plan_that_is_only_shared(make, visit):
    general = make.general_plan(PlanStatus.IN_REVIEW)
    annual = make.annual_plan(partnership=general.partnership)
    annual.plan.shared_with_animator = True
    db.session.commit()
    page = visit(as_=animator_of(general)).open(f"/plans/{general.id}/decide")
    fields = [*page.form("Approve the plan").pairs(), ("decision", "approve")]

    shown = page.visitor.client.get(f"/plans/{annual.id}/decide")
    sent = page.visitor.client.post(f"/plans/{annual.id}/decide", data=MultiDict(fields))

    assert (shown.status_code, shown.location) == (303, f"/plans/{annual.id}")
    assert (sent.status_code, "Round" in sent.text, "answer by" in sent.text) == (422, False, False)
