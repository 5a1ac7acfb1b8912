"""The reviewer's verbs: begin, remark, return, approve; and the leader's answer to a remark."""

import secrets
from collections.abc import Sequence, Set
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from accounts.models import User
from core import audit, clock
from core.database import db, table_of
from core.i18n import _l
from core.labels import LabelledEnum
from plans import notices
from plans.errors import (
    ChangedMeanwhile,
    ChecksMissing,
    NothingToChange,
    NotNow,
    OverrideNeedsReason,
    SelfReview,
)
from plans.events import PlanEvent
from plans.models import OPEN_COMMENTS, UNSETTLED, AnswerKind, CommentState, PlanVersion, ReviewComment
from plans.queries import comments_of
from plans.services.consent import clear_consent
from plans.services.publishing import finish_approval
from plans.services.shared import acts_for, move, workflow_of
from plans.workbooks.order import answer_mark
from plans.workflow import PlanAction, PlanStatus
from programme.queries import the_programme


class ApprovalCheck(LabelledEnum):
    """What an approval vouches for. All four are ticked, or the plan is not approved."""

    NEEDS = "needs", _l("The needs rest on data or on what residents said")
    GOALS = "goals", _l("Every goal answers a need and can be measured")
    FEASIBLE = "feasible", _l("Trainings, hours and groups are feasible for these partners")
    RECOMMENDATIONS = "recommendations", _l("The recommendations say who should do what")


def start_review(version: PlanVersion, *, actor: User) -> None:
    """From here on the leader can no longer withdraw. Reading alone changes nothing."""
    _no_self_review(version, actor)
    move(version, PlanAction.START_REVIEW, review_started_at=clock.now())
    audit.record(PlanEvent.REVIEW_STARTED, version, actor=actor, number=version.number)


def add_comment(
    version: PlanVersion,
    *,
    text: str,
    actor: User,
    sheet: str | None = None,
    row_uid: str | None = None,
    column_key: str | None = None,
    uid: str | None = None,
) -> ReviewComment:
    """A remark for the plan, a sheet, a row or a cell. It stays the reviewer's own until the plan is returned."""
    _in_review(version)
    comment = ReviewComment(
        uid=uid or new_uid(),
        version=version,
        sheet=sheet,
        row_uid=row_uid,
        column_key=column_key,
        text=text,
        author_id=actor.id,
        round=version.round,
        state=CommentState.DRAFT,
    )
    db.session.add(comment)
    return comment


def write_comment(
    version: PlanVersion,
    *,
    uid: str,
    text: str,
    actor: User,
    sheet: str | None,
    row_uid: str | None,
    column_key: str | None,
) -> ReviewComment:
    """The remark as typed so far: saved ever so often under the ``uid`` of its form, it stays one remark."""
    _in_review(version)
    db.session.execute(select(PlanVersion.id).where(PlanVersion.id == version.id).with_for_update())
    known = next((comment for comment in version.comments if comment.uid == uid), None)
    if known is None:
        return add_comment(
            version, text=text, actor=actor, sheet=sheet, row_uid=row_uid, column_key=column_key, uid=uid
        )
    change_comment(known, text=text, column_key=column_key, actor=actor)
    return known


def change_comment(comment: ReviewComment, *, text: str, column_key: str | None, actor: User) -> None:
    """Another wording, or another cell of the same row."""
    _in_review(comment.version)
    own_draft(comment, actor)
    comment.text, comment.column_key = text, column_key


def own_draft(comment: ReviewComment, actor: User) -> None:
    """Until it is sent whoever may read a remark may change it; afterwards nobody does."""
    if comment.state is not CommentState.DRAFT or not comment.is_open_to(actor.id, clock.today()):
        raise NotNow


def new_uid() -> str:
    return secrets.token_hex(8)


def delete_comment(comment: ReviewComment, *, actor: User) -> None:
    """Only one's own, and only before it was sent."""
    own_draft(comment, actor)
    comment.version.comments.remove(comment)
    db.session.delete(comment)


def settle_comment(comment: ReviewComment, *, actor: User) -> None:
    """The reviewer accepts an answer, or needs none any more."""
    _in_review(comment.version)
    if comment.state not in UNSETTLED:
        raise NotNow
    comment.state = CommentState.RESOLVED
    audit.record(PlanEvent.SETTLED, comment, actor=actor, number=comment.version.number)


def reopen_comment(comment: ReviewComment, *, word: str, actor: User) -> None:
    """The answer does not do: it stays beside the remark, with a word on what is still missing."""
    _in_review(comment.version)
    if comment.state not in (CommentState.ANSWERED, CommentState.RESOLVED):
        raise NotNow
    kind = comment.answer_kind.value if comment.answer_kind else None
    said = {"kind": kind, "answer": comment.answer or "", "again": word, "round": comment.version.round}
    comment.earlier = [*(comment.earlier or ()), said]
    comment.answer = comment.answer_kind = comment.answered_at = None
    comment.state = CommentState.REOPENED
    # not as a note, which the page of the plan would show before the decision is sent
    audit.record(
        PlanEvent.OPENED_AGAIN, comment, actor=actor, personal={"word": word}, number=comment.version.number
    )


def mark_of_answer(comment: ReviewComment) -> str:
    """Tells whether anybody answered otherwise since somebody looked at it."""
    return answer_mark(comment.answer_kind.value if comment.answer_kind else None, comment.answer or "")


def answer_comment(
    comment: ReviewComment, *, answer: str, kind: AnswerKind, actor: User, seen: str | None = None
) -> None:
    """The leader says what was done about a remark, while the next version is still a draft.

    ``seen``: the ``mark_of_answer`` that the person looked at, so that nobody's answer is written over unread.
    The history does not repeat the words: the animator reads it too, and gets the answer with the plan.
    """
    if not comment.version.is_editable or comment.state in (CommentState.DRAFT, CommentState.RESOLVED):
        raise NotNow
    if seen is not None and mark_of_answer(comment) not in (seen, answer_mark(kind.value, answer)):
        raise ChangedMeanwhile
    comment.answer, comment.answer_kind, comment.answered_at = answer, kind, clock.now()
    comment.state = CommentState.ANSWERED
    audit.record(
        PlanEvent.ANSWERED,
        comment,
        actor=actor,
        on_behalf_of=acts_for(comment.version, actor),
        number=comment.version.number,
    )


def return_plan(version: PlanVersion, *, note: str, actor: User) -> None:
    """Give the plan back: all remarks go out in one batch, with the note, in one mail to each author."""
    workflow_of(version).after(PlanAction.RETURN, version.status)
    overridden = _decides_for(version, actor, reason=note)
    remarks = [comment for comment in version.comments if comment.state is CommentState.DRAFT]
    still_open = [comment for comment in version.comments if comment.state in OPEN_COMMENTS]
    if not (remarks or still_open or note):
        raise NothingToChange
    for comment in remarks:
        comment.state, comment.round = CommentState.OPEN, version.round
    version.returns += 1
    clear_consent(version)
    _decide(
        version,
        PlanAction.RETURN,
        PlanEvent.RETURNED,
        note=note,
        actor=actor,
        overridden=overridden,
        returns=version.returns,
    )
    notices.tell_returned(version, [*still_open, *remarks], actor=actor)
    if version.returns == the_programme().settings.return_office_after:
        notices.tell_office_of_returns(version, actor=actor)


def approve_plan(version: PlanVersion, *, checks: Set[ApprovalCheck], note: str, actor: User) -> None:
    """Approve this very content. Remarks not yet sent go along as advice; open ones are settled by the decision."""
    workflow_of(version).after(PlanAction.APPROVE, version.status)
    overridden = _decides_for(version, actor, reason=note)
    if set(checks) != set(ApprovalCheck):
        raise ChecksMissing
    remarks = comments_of(version, with_authors=False)
    advice = [comment for comment in remarks if comment.state is CommentState.DRAFT]
    _decide(
        version, PlanAction.APPROVE, PlanEvent.APPROVED, note=note, actor=actor, overridden=overridden,
        hash=version.content_hash,
    )  # fmt: skip
    for comment in advice:
        comment.round = version.round  # one that a correction held back goes out with this decision
    if remarks:
        _settle_all(version, remarks)
    finish_approval(version, advice, actor=actor)


def _settle_all(version: PlanVersion, remarks: Sequence[ReviewComment]) -> None:
    """In one statement, however many there are."""
    db.session.connection().execute(_settled(), {"of_version": version.id})
    for remark in remarks:
        set_committed_value(remark, "state", CommentState.RESOLVED)


@cache
def _settled() -> Update:
    remarks = table_of(ReviewComment)
    return (
        update(remarks)
        .where(remarks.c.version_id == bindparam("of_version"))
        .values(state=CommentState.RESOLVED)
    )


def _decide(
    version: PlanVersion, action: PlanAction, event: PlanEvent, *, note: str, actor: User,
    overridden: User | None, **data: Any,
) -> None:  # fmt: skip
    move(version, action, decided_at=clock.now(), decided_by_id=actor.id, decision_note=note or None)
    audit.record(
        event, version, actor=actor, on_behalf_of=overridden, personal={"note": note} if note else None,
        number=version.number, round=version.round, **data,
    )  # fmt: skip


def _in_review(version: PlanVersion) -> None:
    if not version.is_current or version.status is not PlanStatus.IN_REVIEW:
        raise NotNow


def _no_self_review(version: PlanVersion, actor: User) -> None:
    today = clock.today()
    if actor.id in version.leader_ids(today) | version.deputy_ids(today):
        raise SelfReview


def _decides_for(version: PlanVersion, actor: User, *, reason: str) -> User | None:
    """The animator, when the office decides in their place: that needs a reason, and is marked."""
    _no_self_review(version, actor)
    if actor.id in version.reviewer_ids(clock.today()):
        return None
    if not reason:
        raise OverrideNeedsReason
    return version.reviewer(clock.today())
