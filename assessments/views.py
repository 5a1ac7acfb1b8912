"""Addresses about self-assessments."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission, can
from assessments import queries, services
from assessments.documents import assessment_pdf, assessment_workbook, file_name
from assessments.errors import SavedMeanwhile
from assessments.events import AssessmentEvent
from assessments.forms import form_for
from assessments.models import SelfAssessment
from assessments.questionnaire import Area
from assessments.results import chart_of, result_of, title_of
from assessments.sources import ASSESSMENT
from assessments.steps import steps_of
from core import audit
from core.database import aside, db
from core.downloads import to_keep
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.printing import NotPrinted
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID
from plans.models import PlanVersion

bp = Blueprint("assessments", __name__)

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@bp.get(f"/partnerships/<{ID}:partnership_id>/self-assessments")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    known = queries.assessments_of(partnership)
    begun = next((one for one in known if not one.is_finished), None)
    return render_template(
        "assessments/list.html",
        partnership=partnership,
        begun=begun,
        steps=steps_of(begun) if begun else [],
        finished=[one for one in known if one.is_finished],
        questionnaire=services.the_questionnaire(),
        form=ConfirmForm(),
    )


@bp.post(f"/partnerships/<{ID}:partnership_id>/self-assessments/begin")
@allowed_on(Permission.ASSESSMENT_EDIT, PARTNERSHIP)
def begin(partnership: Partnership) -> ResponseReturnValue:
    """Who finds one that somebody else began goes on with it."""
    ConfirmForm().validate_on_submit()
    assessment = services.begin(partnership, actor=current_person())
    left = services.areas_left(assessment)
    if not left:
        return redirect(url_for(".show", assessment_id=assessment.id), 303)
    return redirect(url_for(".area", assessment_id=assessment.id, area_code=left[0].code), 303)


@bp.get(f"/self-assessments/<{ID}:assessment_id>")
@allowed_on(Permission.PARTNERSHIP_READ, ASSESSMENT)
def show(assessment: SelfAssessment) -> ResponseReturnValue:
    """While it is open, what is left to answer; once it is finished, what it says."""
    if not assessment.is_finished:
        return render_template(
            "assessments/open.html", assessment=assessment, steps=steps_of(assessment), form=ConfirmForm()
        )
    is_latest = queries.is_latest(assessment)
    result = result_of(assessment, _plan_to_fill(assessment) if is_latest else None)
    return render_template(
        "assessments/result.html",
        assessment=assessment,
        is_latest=is_latest,
        title=title_of(assessment),
        result=result,
        chart=chart_of(result),
        form=ConfirmForm(),
    )


@bp.route(f"/self-assessments/<{ID}:assessment_id>/areas/<area_code>", methods=["GET", "POST"])
@allowed_on(Permission.ASSESSMENT_EDIT, ASSESSMENT)
def area(assessment: SelfAssessment, area_code: str) -> ResponseReturnValue:
    found = services.the_questionnaire().area(area_code) or abort(404)
    if assessment.is_finished and request.method == "GET":
        return redirect(url_for(".show", assessment_id=assessment.id), 303)
    row = assessment.area(found.code)
    form, theirs = form_for(found, row), None
    if form.validate_on_submit():
        try:
            services.save_area(assessment, found, form.entry, seen=form.seen_version, actor=current_person())
        except SavedMeanwhile as refusal:
            theirs = assessment.area(found.code)
            form.reject(refusal)
            if theirs is not None:
                form.look_again(theirs)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _onwards(assessment, found)
    page = render_template(
        "assessments/area.html",
        assessment=assessment,
        area=found,
        form=form,
        theirs=theirs,
        row=row,
        steps=steps_of(assessment, now=found.code),
    )
    return page, form.status


def _onwards(assessment: SelfAssessment, area: Area) -> ResponseReturnValue:
    """To the next area, or to the overview where the person stops or has seen the last one."""
    after = services.the_questionnaire().after(area.code)
    if after is None or request.form.get("then") == "stop":
        flash(_("Saved. Go on whenever you like: nothing is lost."), "success")
        return redirect(url_for(".show", assessment_id=assessment.id), 303)
    return redirect(url_for(".area", assessment_id=assessment.id, area_code=after.code), 303)


@bp.post(f"/self-assessments/<{ID}:assessment_id>/finish")
@allowed_on(Permission.ASSESSMENT_EDIT, ASSESSMENT)
def finish(assessment: SelfAssessment) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    try:
        services.finish(assessment, actor=current_person())
    except DomainError as refusal:
        db.session.rollback()
        flash(str(refusal), "danger")
    else:
        flash(_("The self-assessment is finished. Here is what it says."), "success")
    return redirect(url_for(".show", assessment_id=assessment.id), 303)


@bp.post(f"/self-assessments/<{ID}:assessment_id>/needs")
@allowed_on(Permission.ASSESSMENT_EDIT, ASSESSMENT)
def take_needs(assessment: SelfAssessment) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    try:
        count = services.take_needs(assessment, set(request.form.getlist("take")), actor=current_person())
    except DomainError as refusal:
        db.session.rollback()
        flash(str(refusal), "danger")
        count = 0
    else:
        said = ngettext("One need is in the plan now.", "%(num)d needs are in the plan now.", count)
        flash(
            said if count else _("Nothing new was ticked, so nothing was added."),
            "success" if count else "info",
        )
    plan = _plan_to_fill(assessment)
    if count and plan is not None:
        return redirect(url_for("plans.edit_sheet", version_id=plan.id, sheet_key=services.NEEDS), 303)
    return redirect(url_for(".show", assessment_id=assessment.id), 303)


@bp.get(f"/self-assessments/<{ID}:assessment_id>/answers.xlsx")
@allowed_on(Permission.PARTNERSHIP_READ, ASSESSMENT)
def workbook(assessment: SelfAssessment) -> ResponseReturnValue:
    """Only what is finished is taken along."""
    if not assessment.is_finished:
        abort(404)
    return _taken_along(assessment, assessment_workbook(assessment), "xlsx")


@bp.get(f"/self-assessments/<{ID}:assessment_id>/result.pdf")
@allowed_on(Permission.PARTNERSHIP_READ, ASSESSMENT)
def document(assessment: SelfAssessment) -> ResponseReturnValue:
    if not assessment.is_finished:
        abort(404)
    try:
        data = assessment_pdf(assessment)
    except NotPrinted as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".show", assessment_id=assessment.id), 303)
    return _taken_along(assessment, data, "pdf")


def _taken_along(assessment: SelfAssessment, data: bytes, kind: str) -> ResponseReturnValue:
    """Who took it is remembered."""
    name = file_name(assessment, kind)
    person, partnership = current_person(), assessment.partnership
    with aside() as transaction:
        audit.record(
            AssessmentEvent.EXPORTED,
            assessment,
            actor=person,
            story=partnership,
            session=transaction,
            file=name,
        )
    return to_keep(data, name=name, content_type=TYPES[kind])


def _plan_to_fill(assessment: SelfAssessment) -> PlanVersion | None:
    """The draft that this person may write in."""
    plan = queries.plan_to_fill(assessment.partnership)
    return plan if plan is not None and can(current_person(), Permission.PLAN_EDIT, plan) else None
