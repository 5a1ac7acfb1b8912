"""The animator's side: who waits, remarks, the decision; and the leader's answers."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.i18n import _
from plans.deadlines import review_due_on, working_days_left
from plans.forms.review import AnswerForm, ApproveForm, NewCommentForm, ReturnForm
from plans.models import AnswerKind, PlanVersion, ReviewComment
from plans.page import review_page
from plans.queries import plans_awaiting_review
from plans.services import review
from plans.sources import COMMENT, SENT_COMMENT, VERSION
from plans.views.blueprint import bp, to_plan


@bp.get("/reviews")
@allowed(Permission.REVIEW_LIST)
def waiting() -> ResponseReturnValue:
    """Plans that wait for this animator, the longest waiting first."""
    versions = plans_awaiting_review(animator=current_person())
    days = {version.id: _days_left(version) for version in versions}
    return render_template("plans/waiting.html", versions=versions, days_left=days)


def _days_left(version: PlanVersion) -> int | None:
    due_on = review_due_on(version)
    return working_days_left(due_on) if due_on else None


@bp.post("/plans/<int:version_id>/start-review")
@allowed_on(Permission.PLAN_REVIEW, VERSION)
def start_review(version: PlanVersion) -> ResponseReturnValue:
    review.start_review(version, actor=current_person())
    return to_plan(
        version, _("The review has begun. Leave remarks beside the rows, then return or approve the plan.")
    )


@bp.route("/plans/<int:version_id>/remarks/new", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_REVIEW, VERSION)
def remark(version: PlanVersion) -> ResponseReturnValue:
    """One remark, at the place that the address names."""
    place = review_page(version).place(request.args)
    form = NewCommentForm.at(place.cells, chosen=place.column_key)
    if form.validate_on_submit():
        try:
            comment = review.add_comment(
                version,
                text=form.text.data or "",
                actor=current_person(),
                sheet=place.sheet,
                row_uid=place.row_uid,
                column_key=form.column_key if place.cells else None,
            )
        except DomainError as error:
            form.reject(error)
        else:
            return redirect(
                url_for(".show", version_id=version.id, _anchor=f"remark-{comment.uid}"),
                303,
            )
    return render_template("plans/remark.html", version=version, form=form, place=place), form.status


@bp.post("/remarks/<int:comment_id>/delete")
@allowed_on(Permission.PLAN_REVIEW, COMMENT)
def delete_remark(comment: ReviewComment) -> ResponseReturnValue:
    version = comment.version
    review.delete_comment(comment, actor=current_person())
    return to_plan(version, _("The remark has been deleted."))


@bp.post("/remarks/<int:comment_id>/settle")
@allowed_on(Permission.PLAN_REVIEW, COMMENT)
def settle_remark(comment: ReviewComment) -> ResponseReturnValue:
    review.settle_comment(comment, settled=True)
    return to_plan(comment.version, _("The remark is settled."))


@bp.post("/remarks/<int:comment_id>/reopen")
@allowed_on(Permission.PLAN_REVIEW, COMMENT)
def reopen_remark(comment: ReviewComment) -> ResponseReturnValue:
    review.settle_comment(comment, settled=False)
    return to_plan(comment.version, _("The remark is open again."))


@bp.route("/remarks/<int:comment_id>/answer", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, SENT_COMMENT)
def answer(comment: ReviewComment) -> ResponseReturnValue:
    form = AnswerForm(obj=comment if comment.answer else None)
    if form.validate_on_submit():
        try:
            review.answer_comment(
                comment,
                answer=form.answer.data or "",
                kind=AnswerKind(form.kind.data),
                actor=current_person(),
            )
        except DomainError as error:
            form.reject(error)
        else:
            return to_plan(
                comment.version, _("The answer is saved. The animator sees it when you submit the plan.")
            )
    return render_template(
        "plans/answer.html", comment=comment, version=comment.version, form=form
    ), form.status


@bp.route("/plans/<int:version_id>/return", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_REVIEW, VERSION)
def send_back(version: PlanVersion) -> ResponseReturnValue:
    form = ReturnForm()
    if form.validate_on_submit():
        try:
            review.return_plan(version, note=form.note.data or "", actor=current_person())
        except DomainError as error:
            form.reject(error)
        else:
            return to_plan(version, _("The plan has been returned to its leader with your remarks."))
    return render_template("plans/return.html", version=version, form=form), form.status


@bp.route("/plans/<int:version_id>/approve", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_REVIEW, VERSION)
def approve(version: PlanVersion) -> ResponseReturnValue:
    form = ApproveForm()
    if form.validate_on_submit():
        try:
            review.approve_plan(
                version, checks=form.ticked, note=form.note.data or "", actor=current_person()
            )
        except DomainError as error:
            form.reject(error)
        else:
            return to_plan(version, _("The plan is approved. The leader has been told and can publish it."))
    return render_template("plans/approve.html", version=version, form=form), form.status
