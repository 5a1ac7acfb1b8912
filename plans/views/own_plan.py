"""The annual plan: the leader's own."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.i18n import _
from plans.forms.steps import FeedbackForm
from plans.models import PlanVersion
from plans.services import own_plan
from plans.sources import VERSION
from plans.views.blueprint import bp, to_plan
from plans.years.figures_page import far_from_general


@bp.post("/plans/<int:version_id>/put-in-use")
@allowed_on(Permission.PLAN_SUBMIT, VERSION)
def put_in_use(version: PlanVersion) -> ResponseReturnValue:
    used = own_plan.put_in_use(version, actor=current_person())
    for sentence in far_from_general(used):
        flash(sentence, "info")
    return to_plan(used, _("The plan is in use. Record during the year what takes place."))


@bp.post("/plans/<int:version_id>/close")
@allowed_on(Permission.PLAN_SUBMIT, VERSION)
def close_year(version: PlanVersion) -> ResponseReturnValue:
    own_plan.close_year(version, actor=current_person())
    return to_plan(version, _("The year is closed. The plan no longer changes."))


@bp.post("/plans/<int:version_id>/ask-feedback")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def ask_feedback(version: PlanVersion) -> ResponseReturnValue:
    own_plan.request_feedback(version, actor=current_person())
    return to_plan(version, _("The animator has been asked for feedback."))


@bp.route("/plans/<int:version_id>/feedback", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_ADVISE, VERSION)
def give_feedback(version: PlanVersion) -> ResponseReturnValue:
    form = FeedbackForm(text=version.feedback)
    if form.validate_on_submit():
        try:
            own_plan.give_feedback(version, text=form.text.data or "", actor=current_person())
        except DomainError as error:
            form.reject(error)
        else:
            return to_plan(version, _("Your advice has been sent to the leader."))
    return render_template("plans/feedback.html", version=version, form=form), form.status
