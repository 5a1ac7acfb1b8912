"""Putting right what a check found, where it is shown: in an upload that waits, or in the draft."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.database import db
from core.errors import DomainError
from core.i18n import _, language, ngettext
from plans import coloured
from plans.checking import draft_findings
from plans.correction_inputs import Sent
from plans.correction_page import Attempt, Corrections, corrections_of
from plans.corrections import Cell
from plans.forms.corrections import CorrectionForm
from plans.models import PlanImport, PlanVersion
from plans.queries import covering_plan
from plans.services import corrections, rebasing
from plans.sources import UPLOAD, VERSION
from plans.templates import definition_of
from plans.upload_page import UploadPage
from plans.views.blueprint import bp
from plans.views.pages import plan_answer
from plans.views.workbooks import attachment, outcome_answer

MOST_SEEN = 12


@bp.post("/uploads/<int:upload_id>/corrections")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def correct_upload(upload: PlanImport) -> ResponseReturnValue:
    """What cannot be read is found anew, so the page afterwards says what is left either way."""
    form, sent = CorrectionForm(), _sent()
    form.validate_on_submit()
    before = UploadPage(upload).corrections
    texts = before.chosen(sent, form.only.data or "") if before else {}
    act = before.act(form.only.data or "") if before else None
    try:
        corrections.correct_upload(
            upload, texts, act=act, seen=form.seen.data or "", actor=current_person(), language=language()
        )
    except DomainError as error:
        db.session.rollback()
        form.reject(error)
        return outcome_answer(upload, Attempt(form, sent))
    page = UploadPage(upload)
    _say(page.errors, saved=bool(texts or act))
    place = _next_place(before, page.corrections, form.only.data or "") or "findings"
    return redirect(url_for(".upload_outcome", upload_id=upload.id, _anchor=place), 303)


@bp.post("/plans/<int:version_id>/corrections")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def correct_cells(version: PlanVersion) -> ResponseReturnValue:
    """All of what was sent is written, or none of it and the page says why."""
    form, sent = CorrectionForm(), _sent()
    form.validate_on_submit()
    before = _corrections_of_draft(version)
    texts, act = before.chosen(sent, form.only.data or ""), before.act(form.only.data or "")
    try:
        problems = corrections.correct_draft(
            version, texts, act=act, seen=_number(form.seen.data), actor=current_person(), language=language()
        )
    except DomainError as error:
        db.session.rollback()
        form.reject(error)
        return plan_answer(version, Attempt(form, sent))
    if problems:
        found = {cell: problem for problem in problems if (cell := Cell.of(problem))}
        return plan_answer(version, Attempt(form, sent, found))
    left = draft_findings(version)
    _say(len(left.errors), saved=bool(texts or act))
    place = _next_place(before, _corrections_of_draft(version), form.only.data or "") or "missing"
    return redirect(url_for(".show", version_id=version.id, _anchor=place), 303)


@bp.post("/uploads/<int:upload_id>/take-over")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def take_over(upload: PlanImport) -> ResponseReturnValue:
    """Of a workbook that the plan has overtaken: what is ticked goes beside the plan as it is now."""
    form = CorrectionForm()
    form.validate_on_submit()
    chosen = set(request.form.getlist("take"))
    try:
        taken = (
            rebasing.take_over(upload, chosen, seen=form.seen.data or "", actor=current_person())
            if chosen
            else 0
        )
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "danger")
        return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)
    if taken:
        flash(_("Taken over. Look at what would change, then apply it."), "success")
    else:
        flash(_("Nothing was ticked, so nothing was taken over."), "info")
    return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)


@bp.get("/uploads/<int:upload_id>/coloured.xlsx")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def coloured_upload(upload: PlanImport) -> ResponseReturnValue:
    """The same workbook back; not once it is applied, put aside or overtaken, when it would not fit any more."""
    page = UploadPage(upload)
    if not page.gives_back:
        return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)
    return attachment(coloured.coloured_upload(upload, page.findings, language=language()))


@bp.get("/plans/<int:version_id>/coloured.xlsx")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def coloured_draft(version: PlanVersion) -> ResponseReturnValue:
    if not version.is_editable:
        return redirect(url_for(".show", version_id=version.id), 303)
    return attachment(coloured.coloured_draft(version, draft_findings(version), language=language()))


def _sent() -> Sent:
    return {name: request.form.getlist(name) for name in request.form if "." in name}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < MOST_SEEN else -1


def _corrections_of_draft(version: PlanVersion) -> Corrections:
    check = draft_findings(version)
    return corrections_of(
        check.findings, check.content, definition_of(version), general=covering_plan(version.plan)
    )


def _say(errors: int, *, saved: bool) -> None:
    if not saved:
        flash(_("Nothing was typed, so nothing was saved."), "info")
    elif errors:
        left = ngettext("One thing is left to correct.", "%(num)d things are left to correct.", errors)
        flash(_("Saved and checked. %(left)s", left=left), "success")
    else:
        flash(_("Saved and checked. Nothing is left to correct."), "success")


def _next_place(before: Corrections | None, after: Corrections | None, saved: str) -> str | None:
    return before.next_place(after, saved) if before and after else None
