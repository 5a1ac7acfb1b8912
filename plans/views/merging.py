"""A workbook and a plan that went on meanwhile: bringing them together, and choosing what stays."""

from collections.abc import Mapping

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.database import db
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from plans.forms.corrections import CorrectionForm
from plans.merging.threeway import Taken
from plans.models import PlanImport
from plans.services import choosing, offline_answers
from plans.services.merging import merged_of
from plans.sources import UPLOAD
from plans.views.blueprint import bp

ANSWER = "answer."


@bp.post("/uploads/<int:upload_id>/bring-together")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def bring_together(upload: PlanImport) -> ResponseReturnValue:
    form = CorrectionForm()
    form.validate_on_submit()
    try:
        choosing.bring_together(upload, seen=form.seen.data or "", actor=current_person())
    except DomainError as refusal:
        db.session.rollback()
        flash(str(refusal), "danger")
    return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)


@bp.post("/uploads/<int:upload_id>/choose")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def choose(upload: PlanImport) -> ResponseReturnValue:
    """What was ticked, or for one row or for all of them the same side by one button."""
    form = CorrectionForm()
    form.validate_on_submit()
    try:
        left = choosing.choose(upload, _chosen(upload), seen=form.seen.data or "", actor=current_person())
    except DomainError as refusal:
        db.session.rollback()
        flash(str(refusal), "danger")
    else:
        if left:
            flash(
                ngettext("One thing is left to choose.", "%(num)d things are left to choose.", left), "info"
            )
        else:
            flash(_("Everything is chosen. Look at what would change, then apply it."), "success")
    return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)


@bp.post("/uploads/<int:upload_id>/answers")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def choose_answers(upload: PlanImport) -> ResponseReturnValue:
    """Where one remark was answered online and in the workbook: which answer stays."""
    ConfirmForm().validate_on_submit()
    sent = {
        name.removeprefix(ANSWER): value for name, value in request.form.items() if name.startswith(ANSWER)
    }
    kept = {
        uid: offline_answers.Kept(value) for uid, value in sent.items() if value in set(offline_answers.Kept)
    }
    try:
        left = offline_answers.choose_answers(upload, kept, actor=current_person())
    except DomainError as refusal:
        db.session.rollback()
        flash(str(refusal), "danger")
    else:
        if left:
            flash(
                ngettext("One answer is left to choose.", "%(num)d answers are left to choose.", left), "info"
            )
        else:
            flash(_("Everything is chosen. Look at what would change, then apply it."), "success")
    return redirect(url_for(".upload_outcome", upload_id=upload.id, _anchor="answers"), 303)


def _chosen(upload: PlanImport) -> Mapping[str, Taken]:
    where, _colon, side = request.form.get("all", "").rpartition(":")
    if side in set(Taken):
        found = merged_of(upload)
        names = [one.name for one in found.conflicts] if found else []
        return {name: Taken(side) for name in names if not where or f"{name}.".startswith(f"{where}.")}
    sent = {
        name.removeprefix("choice."): value
        for name, value in request.form.items()
        if name.startswith("choice.")
    }
    return {name: Taken(value) for name, value in sent.items() if value in set(Taken)}
