"""What a partnership has from before this system, and the approved files of its earlier plans."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import audit
from core.errors import DomainError
from core.i18n import _
from core.uploads import sent_file, takes_files
from intake.earlier_page import earlier_records
from intake.events import IntakeEvent
from intake.forms import PlanFileForm
from intake.sources import EARLIER_PLAN
from intake.views.blueprint import ID, bp
from partnerships.files import services as attachments
from partnerships.files.models import FileClass
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from plans.earlier import EarlierPlan


@bp.get(f"/partnerships/<{ID}:partnership_id>/earlier-records")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def earlier(partnership: Partnership) -> ResponseReturnValue:
    return render_template(
        "intake/earlier.html", partnership=partnership, records=earlier_records(partnership)
    )


@bp.route(f"/earlier-plans/<{ID}:earlier_plan_id>/file", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_MANAGE, EARLIER_PLAN)
@takes_files(attachments.most_bytes)
def plan_file(plan: EarlierPlan) -> ResponseReturnValue:
    form = PlanFileForm()
    file = sent_file(form.file)
    if form.validate_on_submit() and file:
        try:
            added = attachments.attach(
                plan.partnership,
                data=file.data,
                name=file.name,
                file_class=FileClass.PARTNERSHIP,
                title=_("Approved plan %(first)s–%(last)s", first=plan.year_from, last=plan.year_to),
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            plan.file_id = added.id
            audit.record(IntakeEvent.PLAN_FILE_ADDED, plan, actor=current_person(), attachment_id=added.id)
            flash(_("The approved file is kept with the plan."), "success")
            return redirect(url_for(".earlier", partnership_id=plan.partnership_id), 303)
    return render_template("intake/plan_file.html", plan=plan, form=form), form.status
