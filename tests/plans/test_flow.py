"""The leader's verbs: submit, withdraw, revise, publish, reopen, begin anew."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from core import clock as clocks
from core.audit import AuditEvent
from core.database import db
from plans.content import content_hash
from plans.definitions import PlanContent, PlanKind
from plans.errors import (
    DraftExists,
    ErrorsLeft,
    NotCurrent,
    NotEditable,
    NotNow,
    OnlyUnsubmittedDrafts,
    PlanExists,
    ReasonNeeded,
    WrongYear,
)
from plans.models import CommentState, Plan, PlanEntry, PlanVersion
from plans.page import visible_comments
from plans.services import flow, review, writing
from plans.templates import definition_of
from plans.workflow import PlanStatus
from tests.plan_content import general_content


def leader_of(version: PlanVersion) -> User:
    leader = version.partnership.leader(clocks.today())
    assert leader is not None
    return leader


def animator_of(version: PlanVersion) -> User:
    animator = version.partnership.animator(clocks.today())
    assert animator is not None
    return animator


def test_a_new_plan_begins_with_what_the_register_knows(make, clock):
    partnership = make.partnership(leader=make.user("Anna Wrona"))
    make.member(partnership, make.organisation("Biblioteka w Żółtej Gęsi"), role="leader")

    version = writing.start_plan(
        partnership, PlanKind.GENERAL, year_from=2026, actor=partnership.leader(clocks.today())
    )

    (metadata,) = version.rows.rows("metadata")
    (partner,) = version.rows.rows("partners")
    assert metadata.values["leader_name"] == "Anna Wrona"
    assert metadata.values["teryt"] == partnership.municipality.code
    assert (metadata.values["year_from"], metadata.values["year_to"]) == (2026, 2028)
    assert (partner.values["org_code"], partner.values["org_name"]) == ("P1", "Biblioteka w Żółtej Gęsi")


def test_a_partnership_has_one_general_plan_for_the_same_years(make):
    version = make.general_plan()

    with pytest.raises(PlanExists):
        writing.start_plan(version.partnership, PlanKind.GENERAL, year_from=2026, actor=leader_of(version))

    assert [plan.id for plan in db.session.scalars(select(Plan))] == [version.plan_id]


def test_a_plan_begins_in_a_year_of_the_programme(make):
    partnership = make.partnership()

    with pytest.raises(WrongYear):
        writing.start_plan(partnership, PlanKind.ANNUAL, year_from=1999, actor=make.user())


def test_a_submitted_plan_is_frozen_with_its_hash_and_its_animator_is_told(make, outbox, clock):
    version = make.general_plan()

    flow.submit_plan(version, actor=leader_of(version))

    assert (version.status, version.round, version.submitted_at) == (PlanStatus.SUBMITTED, 1, clock.now)
    assert version.content_hash == content_hash(version.rows, definition_of(version))
    (mail,) = outbox()
    assert mail.to_address == animator_of(version).email
    assert f"/plans/{version.id}" in mail.body


def test_a_plan_without_a_recommendation_stays_with_its_author(make):
    version = make.general_plan(content=general_content(2026, recommendations=()))

    with pytest.raises(ErrorsLeft):
        flow.submit_plan(version, actor=leader_of(version))

    assert (version.status, version.content_hash) == (PlanStatus.DRAFT, None)


def test_rows_of_a_submitted_plan_do_not_change(make):
    version = make.general_plan(PlanStatus.SUBMITTED)

    with pytest.raises(NotEditable):
        writing.replace_rows(version, general_content(2026))


@pytest.mark.parametrize(
    "change", [update(PlanEntry).values(position=99), delete(PlanEntry)], ids=["update", "delete"]
)
def test_the_database_itself_keeps_a_submitted_plan(make, change):
    version = make.general_plan(PlanStatus.SUBMITTED)

    with pytest.raises(IntegrityError, match="a submitted plan does not change"):
        db.session.execute(change.where(PlanEntry.version_id == version.id))

    db.session.rollback()
    assert version.rows.rows("needs")[0].values["need_code"] == "N1"


def test_the_database_takes_no_new_row_into_a_submitted_plan(make):
    version = make.general_plan(PlanStatus.SUBMITTED)
    db.session.add(PlanEntry(version_id=version.id, sheet="needs", row_uid="new", position=9, values={}))

    with pytest.raises(IntegrityError, match="a submitted plan does not change"):
        db.session.flush()


def test_a_plan_can_be_withdrawn_until_the_review_begins(make, outbox):
    version = make.general_plan(PlanStatus.SUBMITTED)

    flow.withdraw_plan(version, actor=leader_of(version))

    assert (version.status, version.content_hash, version.is_editable) == (PlanStatus.DRAFT, None, True)
    assert [mail.to_address for mail in outbox()] == [animator_of(version).email] * 2


def test_a_plan_in_review_is_not_withdrawn(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)

    with pytest.raises(NotNow):
        flow.withdraw_plan(version, actor=leader_of(version))


def test_each_submission_is_a_round(make):
    version = make.general_plan(PlanStatus.RETURNED)

    draft = flow.revise_plan(version, actor=leader_of(version))
    flow.submit_plan(draft, actor=leader_of(version))

    assert (draft.number, draft.round, draft.returns) == (2, 2, 1)


def test_a_revision_begins_with_the_same_rows_and_carries_the_remarks(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(version, "Which survey?", sheet="needs", row_uid="row-n1-0001", column_key="evidence")
    review.return_plan(version, note="", actor=animator_of(version))

    draft = flow.revise_plan(version, actor=leader_of(version))

    assert draft.rows == version.rows
    assert (draft.status, draft.base_version, draft.is_current, version.is_current) == (
        PlanStatus.DRAFT, version, True, False,
    )  # fmt: skip
    (old,), (new,) = version.comments, draft.comments
    assert (new.uid, new.text, new.row_uid, new.state) == (
        old.uid,
        "Which survey?",
        "row-n1-0001",
        CommentState.OPEN,
    )


def test_only_the_latest_version_moves(make):
    version = make.general_plan(PlanStatus.RETURNED)
    flow.revise_plan(version, actor=leader_of(version))

    with pytest.raises(NotCurrent):
        flow.revise_plan(version, actor=leader_of(version))


def test_an_approved_plan_is_published_as_approved(make, outbox):
    version = make.general_plan(PlanStatus.APPROVED)
    approved = version.content_hash

    flow.publish_plan(version, actor=leader_of(version))

    assert (version.status, version.content_hash) == (PlanStatus.PUBLISHED, approved)
    assert version.published_by_id == leader_of(version).id
    assert outbox()[-1].to_address == animator_of(version).email


def test_a_draft_is_not_published(make):
    version = make.general_plan()

    with pytest.raises(NotNow):
        flow.publish_plan(version, actor=leader_of(version))


def test_the_published_version_stays_until_the_next_one_is_published(make):
    first = make.general_plan(PlanStatus.PUBLISHED)
    leader, animator = leader_of(first), animator_of(first)

    second = flow.start_new_round(first, actor=leader)
    flow.submit_plan(second, actor=leader)
    review.start_review(second, actor=animator)
    review.approve_plan(second, checks=set(review.ApprovalCheck), note="", actor=animator)
    assert first.status is PlanStatus.PUBLISHED
    flow.publish_plan(second, actor=leader)

    assert (first.status, second.status) == (PlanStatus.SUPERSEDED, PlanStatus.PUBLISHED)


def test_reopening_an_approved_plan_needs_a_reason(make):
    version = make.general_plan(PlanStatus.APPROVED)

    with pytest.raises(ReasonNeeded):
        flow.reopen_plan(version, reason="", actor=leader_of(version))

    draft = flow.reopen_plan(version, reason="The budget was cut", actor=leader_of(version))
    assert (draft.status, draft.number, version.status) == (PlanStatus.DRAFT, 2, PlanStatus.APPROVED)


def test_the_office_corrects_in_a_new_version_and_tells_both_sides(make, outbox):
    version = make.general_plan(PlanStatus.PUBLISHED)
    told_before = len(outbox())

    draft = flow.correct_plan(version, reason="Wrong year", actor=make.office())

    assert (draft.correction_reason, draft.is_office_correction, version.status) == (
        "Wrong year", True, PlanStatus.PUBLISHED,
    )  # fmt: skip
    people = {leader_of(version).email, animator_of(version).email}
    assert {mail.to_address for mail in outbox()[told_before:]} == people
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.corrected")).one()
    assert event.on_behalf_of_id == leader_of(version).id


def test_remarks_not_sent_yet_go_on_with_the_correction_that_ends_their_review(make, outbox):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    unsent = make.comment(version, "Which survey?", sheet="needs", row_uid="row-n1-0001")

    draft = flow.correct_plan(version, reason="Wrong year", actor=make.office())
    carried = [(one.uid, one.text, one.state) for one in draft.comments]
    seen = [visible_comments(draft, person(version).id) for person in (leader_of, animator_of)]
    flow.submit_plan(draft, actor=leader_of(version))
    review.start_review(draft, actor=animator_of(version))
    review.return_plan(draft, note="", actor=animator_of(version))

    assert carried == [(unsent.uid, "Which survey?", CommentState.DRAFT)]
    assert [len(comments) for comments in seen] == [0, 1]
    assert [(one.state, one.round) for one in draft.comments] == [(CommentState.OPEN, draft.round)]
    assert "Which survey?" in outbox()[-1].body


def test_the_office_does_not_correct_what_is_still_a_draft(make):
    version = make.general_plan()

    with pytest.raises(DraftExists):
        flow.correct_plan(version, reason="Wrong year", actor=make.office())


def test_a_draft_that_nobody_has_seen_is_deleted_with_its_plan(make):
    version = make.general_plan()

    writing.delete_draft(version, actor=leader_of(version))

    assert db.session.scalars(select(Plan)).all() == []
    assert db.session.scalars(select(PlanEntry)).all() == []


def test_deleting_a_new_draft_brings_the_version_before_back(make):
    version = make.general_plan(PlanStatus.PUBLISHED)
    draft = flow.start_new_round(version, actor=leader_of(version))

    writing.delete_draft(draft, actor=leader_of(version))

    assert db.session.scalars(select(PlanVersion)).all() == [version]
    assert version.is_current


def test_a_draft_that_was_once_submitted_is_kept(make):
    version = make.general_plan(PlanStatus.SUBMITTED)
    flow.withdraw_plan(version, actor=leader_of(version))

    with pytest.raises(OnlyUnsubmittedDrafts):
        writing.delete_draft(version, actor=leader_of(version))


def test_rows_that_stay_the_same_are_not_written_again(make):
    version = make.general_plan()
    before = {entry.row_uid: entry.row_version for entry in version.entries}
    (need, other) = version.rows.rows("needs")
    changed = PlanContent(
        {**version.rows.sheets, "needs": (type(need)("row-n1-0001", {**need.values, "priority": 5}), other)}
    )

    writing.replace_rows(version, changed)

    after = {entry.row_uid: entry.row_version for entry in version.entries}
    assert {uid for uid in after if after[uid] != before[uid]} == {"row-n1-0001"}
    assert version.rows.rows("needs")[0].values["priority"] == 5
