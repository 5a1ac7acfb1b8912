"""The reviewer's verbs, and the leader's answers."""

import pytest
from sqlalchemy import select

from core import clock as clocks
from core.audit import AuditEvent
from core.database import db
from partnerships.models import AssignmentKind, TermKind
from plans.errors import ChecksMissing, NothingToChange, NotNow, OverrideNeedsReason, SelfReview
from plans.models import AnswerKind, CommentState
from plans.services import flow, review
from plans.workflow import PlanStatus
from tests.plans.test_flow import animator_of, leader_of

ALL_CHECKS = set(review.ApprovalCheck)


def test_a_return_sends_all_remarks_in_one_mail(make, outbox):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(version, "Which survey?", sheet="needs", row_uid="row-n1-0001")
    make.comment(version, "Too few trainings", sheet="lines", row_uid="row-k1-0001")

    review.return_plan(version, note="Nearly there", actor=animator_of(version))

    assert [comment.state for comment in version.comments] == [CommentState.OPEN, CommentState.OPEN]
    mail = outbox()[-1]
    assert mail.to_address == leader_of(version).email
    assert [text in mail.body for text in ("Nearly there", "Which survey?", "Too few trainings")] == [
        True
    ] * 3
    assert (version.status, version.returns, version.decision_note) == (
        PlanStatus.RETURNED,
        1,
        "Nearly there",
    )


def test_a_return_says_what_has_to_change(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)

    with pytest.raises(NothingToChange):
        review.return_plan(version, note="", actor=animator_of(version))


def test_a_plan_is_returned_only_from_its_review(make):
    version = make.general_plan(PlanStatus.SUBMITTED)

    with pytest.raises(NotNow):
        review.return_plan(version, note="See the goals", actor=animator_of(version))


def test_the_third_return_tells_the_office(make, outbox):
    office = make.office()
    version = make.general_plan(PlanStatus.IN_REVIEW)
    leader, animator = leader_of(version), animator_of(version)
    for _round in range(2):
        review.return_plan(version, note="Again", actor=animator)
        version = flow.revise_plan(version, actor=leader)
        flow.submit_plan(version, actor=leader)
        review.start_review(version, actor=animator)
    assert office.email not in {mail.to_address for mail in outbox()}

    review.return_plan(version, note="And again", actor=animator)

    assert [mail.to_address for mail in outbox()].count(office.email) == 1


def test_an_approval_needs_every_check(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)

    with pytest.raises(ChecksMissing):
        review.approve_plan(version, checks={review.ApprovalCheck.NEEDS}, note="", actor=animator_of(version))


def test_an_approval_settles_the_remarks_and_tells_the_leader_what_is_next(make, outbox):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(version, "Think of the evening")

    review.approve_plan(version, checks=ALL_CHECKS, note="Well done", actor=animator_of(version))

    assert (version.status, version.decided_by) == (PlanStatus.APPROVED, animator_of(version))
    assert [comment.state for comment in version.comments] == [CommentState.RESOLVED]
    mail = outbox()[-1]
    assert mail.to_address == leader_of(version).email
    assert [text in mail.body for text in ("Well done", "Think of the evening", "Publish")] == [True] * 3


def test_nobody_reviews_a_plan_of_a_partnership_they_help_to_lead(make):
    version = make.general_plan(PlanStatus.SUBMITTED)
    animator = animator_of(version)
    make.term(version.partnership, animator, kind=TermKind.DEPUTY)
    db.session.refresh(version.partnership)

    with pytest.raises(SelfReview):
        review.start_review(version, actor=animator)


def test_an_animator_in_whose_place_the_office_decided_is_told_why(make, outbox):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    office = make.office()

    review.return_plan(version, note="The animator is ill", actor=office)

    told = [mail for mail in outbox() if mail.to_address == animator_of(version).email][-1]
    assert "The animator is ill" in told.body
    assert f"/plans/{version.id}" in told.body


def test_the_office_decides_in_place_of_the_animator_only_with_a_reason(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    office = make.office()

    with pytest.raises(OverrideNeedsReason):
        review.approve_plan(version, checks=ALL_CHECKS, note="", actor=office)
    review.approve_plan(version, checks=ALL_CHECKS, note="The animator is ill", actor=office)

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.approved")).one()
    assert (event.actor_id, event.on_behalf_of_id) == (office.id, animator_of(version).id)


def test_a_remark_can_be_left_only_in_a_review(make):
    version = make.general_plan(PlanStatus.SUBMITTED)

    with pytest.raises(NotNow):
        review.add_comment(version, text="Early", actor=animator_of(version))


def test_a_remark_is_deleted_only_by_its_author_and_before_it_is_sent(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    comment = make.comment(version)

    with pytest.raises(NotNow):
        review.delete_comment(comment, actor=make.animator())
    review.delete_comment(comment, actor=animator_of(version))

    assert version.comments == []


def test_the_leader_answers_in_the_next_draft(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(version, "Which survey?", sheet="needs", row_uid="row-n1-0001")
    review.return_plan(version, note="", actor=animator_of(version))
    (sent,) = version.comments
    with pytest.raises(NotNow):
        review.answer_comment(sent, answer="Ours", kind=AnswerKind.CHANGED, actor=leader_of(version))

    draft = flow.revise_plan(version, actor=leader_of(version))
    (carried,) = draft.comments
    review.answer_comment(
        carried, answer="The library's, 2025", kind=AnswerKind.CHANGED, actor=leader_of(version)
    )

    assert (carried.state, carried.answer, carried.answered_at is not None) == (
        CommentState.ANSWERED, "The library's, 2025", True,
    )  # fmt: skip


def test_the_reviewer_settles_an_answer_or_opens_the_remark_again(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    comment = make.comment(version)
    comment.state = CommentState.ANSWERED

    review.settle_comment(comment, actor=animator_of(version))
    assert comment.state is CommentState.RESOLVED
    review.reopen_comment(comment, word="Which year?", actor=animator_of(version))
    assert (comment.state, comment.opened_again_with) == (CommentState.REOPENED, "Which year?")


def test_the_cover_decides_while_the_animator_is_away(make, clock):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    main, cover = animator_of(version), make.animator("Cover")
    municipality = version.partnership.municipality
    make.assignment(
        municipality, cover, kind=AssignmentKind.COVER, starts_on=clocks.today(), ends_on=clocks.today()
    )
    db.session.refresh(version.partnership)

    assert version.animator_ids(clocks.today()) == {cover.id}
    clock.tick(days=1)
    assert version.animator_ids(clocks.today()) == {main.id}
