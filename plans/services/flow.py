"""The leader's verbs: submit, withdraw, revise, publish, and what begins the next version."""

from typing import Any

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from plans import notices
from plans.checking import draft_findings
from plans.content import content_hash
from plans.errors import ContentDiffers, DraftExists, ErrorsLeft, NotCurrent, PublicAlready, ReasonNeeded
from plans.events import PlanEvent
from plans.models import PlanVersion, ReviewComment
from plans.queries import published_version
from plans.services.consent import clear_consent, give_consent
from plans.services.shared import acts_for, check_partnership_open, freeze, move, on_behalf, workflow_of
from plans.services.writing import copy_rows, replace_rows
from plans.templates import definition_of
from plans.workflow import PlanAction, PlanStatus


def submit_plan(version: PlanVersion, *, actor: User, publish_on_approval: bool = False) -> None:
    """Hand the plan over for review: possible only without errors and with at least one recommendation.

    ``publish_on_approval``: whoever submits may agree in the same step that it is published once it is approved.
    """
    workflow_of(version).after(PlanAction.SUBMIT, version.status)
    ready, errors = draft_findings(version).ready_to_submit()
    if errors:
        raise ErrorsLeft(len(errors))
    replace_rows(version, ready)
    freeze(version)
    move(
        version, PlanAction.SUBMIT, round=version.round + 1, submitted_at=clock.now(), submitted_by_id=actor.id,
        submitted_on_behalf=on_behalf(version, actor),
    )  # fmt: skip
    _record(PlanEvent.SUBMITTED, version, actor, round=version.round)
    if publish_on_approval:
        give_consent(version, actor=actor)
    notices.tell_submitted(version, actor=actor)


def withdraw_plan(version: PlanVersion, *, actor: User) -> None:
    """Take it back before anybody has begun to review it. The round stays counted: it was handed over once."""
    keeper = version.keeper(clock.today())
    move(version, PlanAction.WITHDRAW)
    version.content = version.content_hash = None
    version.kept_with = None  # that review is over: the next one is the animator's of the day
    clear_consent(version)
    _record(PlanEvent.WITHDRAWN, version, actor)
    notices.tell_withdrawn(version, actor=actor, keeper=keeper)


def publish_plan(version: PlanVersion, *, actor: User) -> None:
    """Make the approved content public, exactly as approved; the version published before is superseded."""
    make_public(version, PlanEvent.PUBLISHED, actor=actor)
    notices.tell_published(version, actor=actor)


def check_publishable(version: PlanVersion) -> None:
    """Refuses what ``publish_plan`` would refuse, and changes nothing."""
    if not version.is_current:
        raise NotCurrent
    check_partnership_open(version)
    if version.status is PlanStatus.PUBLISHED:
        raise PublicAlready
    _check_approved(version)


def _check_approved(version: PlanVersion) -> None:
    workflow_of(version).after(PlanAction.PUBLISH, version.status)
    if content_hash(version.rows, definition_of(version)) != version.content_hash:
        raise ContentDiffers


def make_public(version: PlanVersion, event: PlanEvent, *, actor: User, **data: Any) -> None:
    """The act itself, whichever way it came to it. Whoever calls tells people."""
    _check_approved(version)
    before = published_version(version.plan)
    if before is not None:
        supersede(before)
    move(
        version, PlanAction.PUBLISH, published_at=clock.now(), published_by_id=actor.id,
        published_on_behalf=on_behalf(version, actor),
    )  # fmt: skip
    _record(event, version, actor, hash=version.content_hash, **data)


def supersede(version: PlanVersion) -> None:
    version.status, version.status_since = PlanStatus.SUPERSEDED, clock.now()
    audit.record(PlanEvent.SUPERSEDED, version, actor=None, number=version.number)
    db.session.flush()


def revise_plan(version: PlanVersion, *, actor: User) -> PlanVersion:
    """After a return: the next version begins with the same rows and carries the remarks along."""
    draft = _next_version(version, PlanAction.REVISE)
    _carry_comments(version, draft)
    _record(PlanEvent.REVISED, draft, actor)
    return draft


def reopen_plan(version: PlanVersion, *, reason: str, actor: User) -> PlanVersion:
    """An approved plan is taken up again before it was published."""
    if not reason:
        raise ReasonNeeded
    draft = _next_version(version, PlanAction.REOPEN)
    _record(PlanEvent.REOPENED, draft, actor, personal={"reason": reason})
    notices.tell_reopened(draft, reason, actor=actor)
    return draft


def start_new_round(version: PlanVersion, *, actor: User) -> PlanVersion:
    """A published plan is written anew; it stays published until the next one is."""
    draft = _next_version(version, PlanAction.NEW_ROUND)
    _record(PlanEvent.NEW_ROUND, draft, actor)
    return draft


def correct_plan(version: PlanVersion, *, reason: str, actor: User) -> PlanVersion:
    """The office begins a version on behalf of the leader, whatever state the plan is in; both sides are told."""
    if not reason:
        raise ReasonNeeded
    if version.status is PlanStatus.DRAFT:
        raise DraftExists
    keeper = version.keeper(clock.today())
    draft = draft_after(version)
    clear_consent(version)
    draft.correction_reason = reason
    _carry_comments(version, draft)
    _record(PlanEvent.CORRECTED, draft, actor, personal={"reason": reason})
    notices.tell_corrected(draft, reason, actor=actor, keeper=keeper)
    return draft


def _next_version(version: PlanVersion, action: PlanAction) -> PlanVersion:
    workflow_of(version).after(action, version.status)
    return draft_after(version)


def draft_after(version: PlanVersion) -> PlanVersion:
    """The next version with the same rows; this one stays as it was decided."""
    if not version.is_current:
        raise NotCurrent
    check_partnership_open(version)
    version.is_current = False
    db.session.flush()
    with refusing(DraftExists):
        draft = PlanVersion(
            plan=version.plan,
            number=version.number + 1,
            round=version.round,
            # what was returned before is settled by the approval
            returns=0 if version.status in {PlanStatus.APPROVED, PlanStatus.PUBLISHED} else version.returns,
            status=PlanStatus.DRAFT,
            status_since=clock.now(),
            base_version_id=version.id,
            template_version=version.template_version,
        )
        db.session.add(draft)
    copy_rows(version, draft)
    return draft


def _carry_comments(source: PlanVersion, target: PlanVersion) -> None:
    """Remarks keep their identity from version to version, so that every answer is found beside its remark.

    Those that a correction kept from being sent stay their author's own, until the next review sends them.
    """
    for comment in source.comments:
        target.comments.append(
            ReviewComment(
                uid=comment.uid,
                sheet=comment.sheet,
                row_uid=comment.row_uid,
                column_key=comment.column_key,
                text=comment.text,
                author_id=comment.author_id,
                round=comment.round,
                state=comment.state,
                answer=comment.answer,
                answer_kind=comment.answer_kind,
                answered_at=comment.answered_at,
                earlier=comment.earlier or [],
            )
        )


def _record(
    event: PlanEvent,
    version: PlanVersion,
    actor: User,
    *,
    personal: dict[str, str] | None = None,
    **data: Any,
) -> None:
    audit.record(
        event, version, actor=actor, on_behalf_of=acts_for(version, actor), personal=personal,
        number=version.number, **data,
    )  # fmt: skip
