"""The annual plan: its leader's own, shared only if they wish."""

from datetime import date

import pytest
from flask import g
from werkzeug.datastructures import MultiDict

from accounts.policy import Permission, can
from core.database import db
from plans.errors import ErrorsLeft, NotEditable, NotNow, ReasonNeeded
from plans.models import PlanVersion
from plans.services import flow, own_plan, writing
from plans.services.shared import workflow_of
from plans.workflow import OWN_PLAN, REVIEWED_PLAN, PlanStatus
from tests.plan_content import annual_content, row
from tests.plans.test_flow import animator_of, leader_of

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

    assert workflow_of(version) is REVIEWED_PLAN
    flow.submit_plan(version, actor=leader_of(version))
    assert version.status is PlanStatus.SUBMITTED


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
