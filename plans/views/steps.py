"""The steps of a plan's life, each a button: submit, withdraw, and what begins the next version."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.i18n import _
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from plans.actions import Desk
from plans.definitions import PlanKind
from plans.forms.publishing import SubmitForm
from plans.forms.steps import ReasonForm
from plans.models import PlanVersion
from plans.services import examples, flow, writing
from plans.sources import VERSION
from plans.views.blueprint import bp, to_plan
from plans.workflow import PlanAction


@bp.post("/partnerships/<int:partnership_id>/plans/general")
@allowed_on(Permission.PLAN_START, PARTNERSHIP)
def start_general(partnership: Partnership) -> ResponseReturnValue:
    """Without an example: nothing but what the system knows."""
    version = writing.start_plan(
        partnership, PlanKind.GENERAL, year_from=examples.first_year(), actor=current_person()
    )
    return to_plan(version, _("The plan has been started. What the system knew is already filled in."))


@bp.post("/partnerships/<int:partnership_id>/plans/annual/<int:year>")
@allowed_on(Permission.PLAN_START_YEAR, PARTNERSHIP)
def start_annual(partnership: Partnership, year: int) -> ResponseReturnValue:
    version = writing.start_plan(partnership, PlanKind.ANNUAL, year_from=year, actor=current_person())
    return to_plan(version, _("The plan for %(year)s has been started.", year=year))


@bp.post("/plans/<int:version_id>/submit")
@allowed_on(Permission.PLAN_SUBMIT, VERSION)
def submit(version: PlanVersion) -> ResponseReturnValue:
    wanted = bool(SubmitForm().publish_on_approval.data)
    flow.submit_plan(version, actor=current_person(), publish_on_approval=wanted)
    if wanted:
        return to_plan(
            version, _("The plan has been submitted. It becomes public as soon as it is approved.")
        )
    return to_plan(version, _("The plan has been submitted. The animator has been told."))


@bp.post("/plans/<int:version_id>/withdraw")
@allowed_on(Permission.PLAN_SUBMIT, VERSION)
def withdraw(version: PlanVersion) -> ResponseReturnValue:
    flow.withdraw_plan(version, actor=current_person())
    return to_plan(version, _("The plan is a draft again. Submit it when it is ready."))


@bp.post("/plans/<int:version_id>/revise")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def revise(version: PlanVersion) -> ResponseReturnValue:
    draft = flow.revise_plan(version, actor=current_person())
    return to_plan(
        draft, _("Version %(number)s has been started. The remarks are beside the rows.", number=draft.number)
    )


@bp.post("/plans/<int:version_id>/new-round")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def new_round(version: PlanVersion) -> ResponseReturnValue:
    draft = flow.start_new_round(version, actor=current_person())
    return to_plan(
        draft,
        _(
            "Version %(number)s has been started. The published one stays public until then.",
            number=draft.number,
        ),
    )


@bp.route("/plans/<int:version_id>/reopen", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_REOPEN, VERSION)
def reopen(version: PlanVersion) -> ResponseReturnValue:
    if request.method != "POST" and Desk(version, current_person()).button(PlanAction.REOPEN) is None:
        return to_plan(version)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            draft = flow.reopen_plan(version, reason=form.reason.data or "", actor=current_person())
        except DomainError as error:
            form.reject(error)
        else:
            return to_plan(draft, _("The plan has been reopened as version %(number)s.", number=draft.number))
    return render_template("plans/reopen.html", version=version, form=form), form.status


@bp.route("/plans/<int:version_id>/correct", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_CORRECT, VERSION)
def correct(version: PlanVersion) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            draft = flow.correct_plan(version, reason=form.reason.data or "", actor=current_person())
        except DomainError as error:
            form.reject(error)
        else:
            return to_plan(
                draft, _("Version %(number)s has been started on behalf of the leader.", number=draft.number)
            )
    return render_template("plans/correct.html", version=version, form=form), form.status


@bp.post("/plans/<int:version_id>/delete")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def delete_draft(version: PlanVersion) -> ResponseReturnValue:
    partnership_id = version.plan.partnership_id
    writing.delete_draft(version, actor=current_person())
    flash(_("The draft has been deleted."), "success")
    return redirect(url_for("progress.partnership", partnership_id=partnership_id), 303)
