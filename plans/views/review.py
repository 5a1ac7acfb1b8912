"""The animator's side: who waits, remarks, the decision; and the leader's answers."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission, can
from core.database import db
from core.errors import DomainError
from core.i18n import _
from phrases.models import PhraseKind
from phrases.services import count_uses, keep_words
from plans.actions import Desk
from plans.deadlines import review_due_on, working_days_left
from plans.errors import ChangedMeanwhile
from plans.forms.review import AnswerForm, DecisionForm, RemarkForm, ReopenForm
from plans.models import AnswerKind, CommentState, PlanVersion, ReviewComment
from plans.page import review_page
from plans.queries import plans_awaiting_review
from plans.services import review
from plans.services.consent import consenting_person
from plans.sources import COMMENT, SENT_COMMENT, VERSION
from plans.talks import talk_suggested
from plans.views.blueprint import bp, to_plan
from plans.workflow import PlanAction, PlanStatus
from programme.queries import the_programme


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
    form = RemarkForm.at(place, person=current_person())
    if form.inserts_phrase:
        form.insert_into(form.text)
    elif form.validate_on_submit():
        try:
            comment = review.write_comment(
                version,
                uid=form.remark_uid,
                text=form.words,
                actor=current_person(),
                sheet=place.sheet,
                row_uid=place.row_uid,
                column_key=form.column_key,
            )
            _remember_phrases(form)
        except DomainError as error:
            form.reject(error)
        else:
            return _saved(comment)
    return render_template("plans/remark.html", version=version, form=form, place=place), form.status


@bp.route("/remarks/<int:comment_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_REVIEW, COMMENT)
def change_remark(comment: ReviewComment) -> ResponseReturnValue:
    """A remark not sent yet, in other words."""
    review.own_draft(comment, current_person())
    version = comment.version
    named = {"sheet": comment.sheet, "row": comment.row_uid, "column": comment.column_key}
    place = review_page(version).place(named)
    form = RemarkForm.at(place, person=current_person(), change=comment)
    if form.inserts_phrase:
        form.insert_into(form.text)
    elif form.validate_on_submit():
        try:
            review.change_comment(
                comment, text=form.words, column_key=form.column_key, actor=current_person()
            )
            _remember_phrases(form)
        except DomainError as error:
            form.reject(error)
        else:
            return _saved(comment)
    return render_template(
        "plans/remark.html", version=version, form=form, place=place, comment=comment
    ), form.status


def _remember_phrases(form: RemarkForm) -> None:
    """Those that were put in count as used; the words themselves become one where that was wanted."""
    person = current_person()
    count_uses(person, form.used_phrases)
    if form.keep_phrase.data:
        try:
            keep_words(form.text.data or "", PhraseKind.REMARK, place=form.place.sheet, actor=person)
        except DomainError as refusal:
            refusal.field = "keep_phrase"
            raise


def _saved(comment: ReviewComment) -> ResponseReturnValue:
    """Back to where it stands; a page that saves by itself while somebody types stays where it is."""
    if request.headers.get("X-Autosave"):
        db.session.flush()
        return jsonify(delete=url_for(".delete_remark", comment_id=comment.id))
    return _to_remark(comment)


def _to_remark(comment: ReviewComment, message: str | None = None) -> ResponseReturnValue:
    return to_plan(comment.version, message, anchor=f"remark-{comment.uid}")


@bp.post("/remarks/<int:comment_id>/delete")
@allowed_on(Permission.PLAN_REVIEW, COMMENT)
def delete_remark(comment: ReviewComment) -> ResponseReturnValue:
    version, row, sheet = comment.version, comment.row_uid, comment.sheet
    review.delete_comment(comment, actor=current_person())
    anchor = f"row-{row}" if row else f"section-{sheet}" if sheet else None
    return to_plan(version, _("The remark has been deleted."), anchor=anchor)


@bp.post("/remarks/<int:comment_id>/settle")
@allowed_on(Permission.PLAN_REVIEW, COMMENT)
def settle_remark(comment: ReviewComment) -> ResponseReturnValue:
    review.settle_comment(comment, actor=current_person())
    return _to_remark(comment, _("The remark is settled."))


@bp.route("/remarks/<int:comment_id>/reopen", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_REVIEW, COMMENT)
def reopen_remark(comment: ReviewComment) -> ResponseReturnValue:
    """With a word on what is still missing, so that nobody has to guess."""
    form = ReopenForm()
    if form.validate_on_submit():
        try:
            review.reopen_comment(comment, word=form.text.data or "", actor=current_person())
        except DomainError as error:
            form.reject(error)
        else:
            return _to_remark(comment, _("The remark is open again."))
    return render_template(
        "plans/reopen_remark.html", comment=comment, version=comment.version, form=form
    ), form.status


@bp.route("/remarks/<int:comment_id>/answer", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, SENT_COMMENT)
def answer(comment: ReviewComment) -> ResponseReturnValue:
    now, is_overtaken = review.mark_of_answer(comment), False
    form = AnswerForm(obj=comment if comment.is_answered else None, seen=now)
    if form.validate_on_submit():
        try:
            review.answer_comment(
                comment,
                answer=form.answer.data or "",
                kind=AnswerKind(form.kind.data),
                actor=current_person(),
                seen=form.seen.data,
            )
        except DomainError as error:
            form.reject(error)
            is_overtaken, form.seen.data = isinstance(error, ChangedMeanwhile), now
        else:
            return _to_remark(
                comment, _("The answer is saved. The animator sees it when you submit the plan.")
            )
    return render_template(
        "plans/answer.html", comment=comment, version=comment.version, form=form, is_overtaken=is_overtaken
    ), form.status


@bp.route("/plans/<int:version_id>/decide", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_REVIEW, VERSION)
def decide(version: PlanVersion) -> ResponseReturnValue:
    """The end of a review: return or approve, on one page with what goes out and what was checked."""
    desk = Desk(version, current_person())
    if request.method != "POST" and desk.button(PlanAction.APPROVE) is None:
        return to_plan(version)
    form = DecisionForm.of(current_person())
    if form.inserts_phrase:
        form.insert_into(form.note)
    elif form.validate_on_submit():
        try:
            said = _decide(version, form)
        except DomainError as error:
            form.reject(error)
        else:
            return _after_decision(version, said)
    page = review_page(version)
    return render_template(
        "plans/decide.html",
        version=version,
        form=form,
        going_out=[one for one in page.remarks if one.comment.state is CommentState.DRAFT],
        waiting=page.waiting_remarks,
        due_on=review_due_on(version),
        days_left=_days_left(version),
        is_override=desk.is_override,
        publisher=consenting_person(version),
        talk=talk_suggested(desk),
        tells_office=version.returns + 1 == the_programme().settings.return_office_after,
    ), form.status


def _after_decision(version: PlanVersion, said: str) -> ResponseReturnValue:
    """Back to the plan; a former animator with whom the review had stayed has no more to do with it."""
    if can(current_person(), Permission.PLAN_READ, version):
        return to_plan(version, said)
    flash(said, "success")
    return redirect(url_for(".waiting"), 303)


def _decide(version: PlanVersion, form: DecisionForm) -> str:
    note, actor = form.with_phrase(form.note.data), current_person()
    count_uses(actor, form.used_phrases)
    if form.approves:
        review.approve_plan(version, checks=form.ticked, note=note, actor=actor)
        if version.status is PlanStatus.PUBLISHED:
            return _("The plan is approved and public, as the leader had agreed. The leader has been told.")
        return _("The plan is approved. The leader has been told and can publish it.")
    review.return_plan(version, note=note, actor=actor)
    return _("The plan has been returned to its leader with your remarks.")
