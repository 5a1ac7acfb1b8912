"""The office's side of the digest: edit, look at it as it goes out, release."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from subscriptions import digests, queries
from subscriptions.forms import IssueForm, OwnItemForm
from subscriptions.models import DigestIssue, DigestItem
from subscriptions.previews import previews
from subscriptions.sending import by_topic
from subscriptions.topics import topics
from subscriptions.views.blueprint import ID, ISSUE, bp, to_issue

manages = allowed_on(Permission.DIGEST_MANAGE, ISSUE)


@bp.get("/office/digests")
@allowed(Permission.DIGEST_MANAGE)
def index() -> ResponseReturnValue:
    return render_template(
        "subscriptions/index.html",
        lines=queries.issue_lines(),
        readers=queries.readers(),
        topics=topics(),
    )


@bp.get(f"/office/digests/<{ID}:issue_id>")
@manages
def show(issue: DigestIssue) -> ResponseReturnValue:
    return render_template(
        "subscriptions/issue.html",
        issue=issue,
        groups=by_topic(issue.items),
        older=queries.older_draft(issue) if issue.is_draft else None,
        form=ConfirmForm(),
    )


@bp.route(f"/office/digests/<{ID}:issue_id>/words", methods=["GET", "POST"])
@manages
def words(issue: DigestIssue) -> ResponseReturnValue:
    form = IssueForm.of(issue) if request.method == "GET" else IssueForm()
    if form.validate_on_submit():
        try:
            digests.write(issue, form.titles(), form.introductions(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_issue(issue, _("The words are saved."))
    return render_template("subscriptions/words.html", issue=issue, form=form), form.status


@bp.route(f"/office/digests/<{ID}:issue_id>/add", methods=["GET", "POST"])
@manages
def add(issue: DigestIssue) -> ResponseReturnValue:
    form = OwnItemForm()
    if form.validate_on_submit():
        try:
            digests.add_own(issue, form.item(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_issue(issue, _("It is in the issue."))
    return render_template("subscriptions/add.html", issue=issue, form=form), form.status


@bp.post(f"/office/digests/<{ID}:issue_id>/items/<{ID}:item_id>/out")
@manages
def take_out(issue: DigestIssue, item_id: int) -> ResponseReturnValue:
    item = _item(issue, item_id)
    digests.take_out(item, actor=current_person())
    return to_issue(issue, _("Taken out. It stands below and can be put back."), f"item-{item.id}")


@bp.post(f"/office/digests/<{ID}:issue_id>/items/<{ID}:item_id>/back")
@manages
def put_back(issue: DigestIssue, item_id: int) -> ResponseReturnValue:
    item = _item(issue, item_id)
    digests.put_back(item, actor=current_person())
    return to_issue(issue, _("It is in the issue again."), f"item-{item.id}")


@bp.post(f"/office/digests/<{ID}:issue_id>/items/<{ID}:item_id>/up")
@manages
def move_up(issue: DigestIssue, item_id: int) -> ResponseReturnValue:
    item = _item(issue, item_id)
    digests.move(item, up=True, actor=current_person())
    return redirect(url_for(".show", issue_id=issue.id, _anchor=f"item-{item.id}"), 303)


@bp.post(f"/office/digests/<{ID}:issue_id>/items/<{ID}:item_id>/down")
@manages
def move_down(issue: DigestIssue, item_id: int) -> ResponseReturnValue:
    item = _item(issue, item_id)
    digests.move(item, up=False, actor=current_person())
    return redirect(url_for(".show", issue_id=issue.id, _anchor=f"item-{item.id}"), 303)


@bp.get(f"/office/digests/<{ID}:issue_id>/preview")
@manages
def preview(issue: DigestIssue) -> ResponseReturnValue:
    """As mail and as a post, in each language."""
    return render_template(
        "subscriptions/preview.html",
        issue=issue,
        previews=previews(issue, current_person()),
        form=ConfirmForm(),
    )


@bp.post(f"/office/digests/<{ID}:issue_id>/release")
@manages
def release(issue: DigestIssue) -> ResponseReturnValue:
    digests.release(issue, actor=current_person())
    return to_issue(issue, _("Released. The mails go out within a few minutes."))


@bp.post(f"/office/digests/<{ID}:issue_id>/leave-out")
@manages
def leave_out(issue: DigestIssue) -> ResponseReturnValue:
    digests.leave_out(issue, actor=current_person())
    flash(_("This week has no digest."), "success")
    return redirect(url_for(".index"), 303)


def _item(issue: DigestIssue, item_id: int) -> DigestItem:
    ConfirmForm().validate_on_submit()
    return next((one for one in issue.items if one.id == item_id), None) or abort(404)
