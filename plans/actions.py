"""What a person can do with a plan right now: the workflow's steps, narrowed by permission, as buttons."""

from dataclasses import dataclass, replace
from functools import cached_property

from flask import url_for

from accounts.models import User
from accounts.policy import Permission, can
from core.clock import today
from core.forms import ConfirmForm
from core.i18n import LazyString, _l
from plans.models import OPEN_COMMENTS, UNSETTLED, CommentState, EarlierAnswer, PlanVersion, ReviewComment
from plans.services.shared import workflow_of
from plans.workflow import PlanAction, PlanStatus


@dataclass(frozen=True)
class Button:
    """``asks_first``: a page with a form comes before the step; else the button itself takes it."""

    label: LazyString
    url: str
    asks_first: bool
    action: PlanAction | None = None


_STEPS: dict[PlanAction, tuple[str, Permission, bool]] = {
    PlanAction.SUBMIT: ("plans.submit", Permission.PLAN_SUBMIT, False),
    PlanAction.WITHDRAW: ("plans.withdraw", Permission.PLAN_SUBMIT, False),
    PlanAction.START_REVIEW: ("plans.start_review", Permission.PLAN_REVIEW, False),
    PlanAction.APPROVE: ("plans.decide", Permission.PLAN_REVIEW, True),
    PlanAction.REVISE: ("plans.revise", Permission.PLAN_EDIT, False),
    PlanAction.PUBLISH: ("plans.publish", Permission.PLAN_PUBLISH, True),
    PlanAction.REOPEN: ("plans.reopen", Permission.PLAN_REOPEN, True),
    PlanAction.NEW_ROUND: ("plans.new_round", Permission.PLAN_EDIT, False),
    PlanAction.PUT_IN_USE: ("plans.put_in_use", Permission.PLAN_SUBMIT, False),
    PlanAction.CLOSE: ("plans.close_year", Permission.PLAN_SUBMIT, False),
}

_LABELS = {PlanAction.APPROVE: _l("Decide")}
"""Returning and approving are the two ways of one page."""

_INSTEAD = {
    PlanAction.START_REVIEW: _l("Start the review in place of the animator"),
    PlanAction.APPROVE: _l("Decide in place of the animator"),
}


class Desk:
    """One person in front of one version: what they may do with it and with each remark."""

    def __init__(self, version: PlanVersion, person: User) -> None:
        self.version = version
        self.person = person

    @cached_property
    def form(self) -> ConfirmForm:
        """What each lone button on the page carries."""
        return ConfirmForm()

    def may(self, permission: Permission) -> bool:
        return can(self.person, permission, self.version)

    @cached_property
    def buttons(self) -> list[Button]:
        """The steps of the workflow, the step forward first."""
        if not self.version.is_current:
            return []
        possible = workflow_of(self.version).actions(self.version.status)
        return [self._step(action) for action in _STEPS if action in possible and self.may(_STEPS[action][1])]

    def button(self, action: PlanAction) -> Button | None:
        return next((button for button in self.buttons if button.action is action), None)

    @cached_property
    def is_override(self) -> bool:
        """The office may decide too, but it is not the one the plan waits for."""
        return self.person.id not in self.version.reviewer_ids(today())

    def _step(self, action: PlanAction) -> Button:
        endpoint, _permission, asks_first = _STEPS[action]
        label = _LABELS.get(action, action.label)
        if self.is_override:
            label = _INSTEAD.get(action, label)
        return Button(label, url_for(endpoint, version_id=self.version.id), asks_first, action)

    @property
    def decision(self) -> Button | None:
        """The one page that ends a review, for whom the plan waits."""
        return self.button(PlanAction.APPROVE) if self.may_remark else None

    def other_steps(self, *, besides: Button | None) -> list[Button]:
        """Everything else this person can do with the plan as a whole."""
        decided = {PlanAction.APPROVE} if self.may_remark else set()
        done = decided | ({besides.action} if besides else set())
        return [
            *(button for button in self.buttons if button.action not in done),
            *self._besides_the_workflow(),
        ]

    def _besides_the_workflow(self) -> list[Button]:
        plan = self.version.plan
        offered = [
            (self.may_edit and not plan.is_general, _l("Ask the animator for feedback"), "plans.ask_feedback", False),
            (not plan.is_general and self.may_edit, _l("Choose what is shared"), "plans.shared", True),
            (self.may_advise, _l("Give advice"), "plans.give_feedback", True),
            (self.may_correct, _l("Correct on behalf of the leader"), "plans.correct", True),
            (self.may_delete, _l("Delete this draft"), "plans.delete_draft", False),
        ]  # fmt: skip
        return [
            Button(label, url_for(endpoint, version_id=self.version.id), asks_first)
            for possible, label, endpoint, asks_first in offered
            if possible
        ]

    @cached_property
    def may_edit(self) -> bool:
        return self.version.is_editable and self.may(Permission.PLAN_EDIT)

    @cached_property
    def may_remark(self) -> bool:
        under_review = self.version.is_current and self.version.status is PlanStatus.IN_REVIEW
        return under_review and self.is_reviewer

    @cached_property
    def is_reviewer(self) -> bool:
        return not self.is_override and self.may(Permission.PLAN_REVIEW)

    @cached_property
    def remark_url(self) -> str:
        """Where a new remark begins; the place is added to it."""
        return url_for("plans.remark", version_id=self.version.id)

    def waits(self, remark: ReviewComment) -> bool:
        """An open point of this person: for the reviewer to settle, for an author to answer."""
        if self.may_edit:
            return remark.state in OPEN_COMMENTS
        return self.is_reviewer and remark.state in UNSETTLED

    @property
    def may_delete(self) -> bool:
        fresh = self.version.status is PlanStatus.DRAFT and self.version.submitted_at is None
        return fresh and self.may_edit

    @property
    def may_correct(self) -> bool:
        return (
            self.version.is_current
            and self.version.status is not PlanStatus.DRAFT
            and self.may(Permission.PLAN_CORRECT)
        )

    @property
    def may_advise(self) -> bool:
        return (
            not self.version.plan.is_general and self.version.is_current and self.may(Permission.PLAN_ADVISE)
        )

    def remark_buttons(self, remark: ReviewComment) -> list[Button]:
        """What can be done with one remark, by whoever looks at it."""
        if self.may_remark:
            return self._reviewers_buttons(remark)
        answerable = remark.state in OPEN_COMMENTS or remark.state is CommentState.ANSWERED
        if self.may_edit and answerable:
            label = _l("Change the answer") if remark.is_answered else _l("Answer")
            return [Button(label, url_for("plans.answer", comment_id=remark.id), asks_first=True)]
        return []

    def _reviewers_buttons(self, remark: ReviewComment) -> list[Button]:
        if remark.state is CommentState.DRAFT:
            return [
                Button(_l("Edit"), url_for("plans.change_remark", comment_id=remark.id), asks_first=True),
                Button(_l("Delete"), url_for("plans.delete_remark", comment_id=remark.id), asks_first=False),
            ]
        if remark.state is CommentState.RESOLVED:
            return [self._again(remark)]
        settle = Button(_l("Settle"), url_for("plans.settle_remark", comment_id=remark.id), asks_first=False)
        return [settle, *([self._again(remark)] if remark.state is CommentState.ANSWERED else [])]

    def _again(self, remark: ReviewComment) -> Button:
        return Button(_l("Open again"), url_for("plans.reopen_remark", comment_id=remark.id), asks_first=True)

    def exchange(self, remark: ReviewComment) -> list[EarlierAnswer]:
        """Earlier answers; words of a review that goes on are its reviewer's until they are sent."""
        hidden = self.version.status is PlanStatus.IN_REVIEW and not self.is_reviewer
        return [
            replace(one, again="") if hidden and one.round == self.version.round else one
            for one in remark.exchange
        ]
