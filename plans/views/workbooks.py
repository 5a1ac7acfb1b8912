"""Workbooks: download, upload, the outcome of a check, apply or put aside."""

from http import HTTPStatus

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person, public
from accounts.policy import Permission
from core import storage
from core.database import db
from core.downloads import to_keep
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, language
from plans import downloads
from plans.actions import Desk
from plans.correction_page import Attempt
from plans.definitions import PlanKind
from plans.downloads import Download, plan_workbook
from plans.errors import BaseChanged, NotEditable
from plans.finding_texts import group_findings
from plans.forms.corrections import CorrectionForm
from plans.forms.publishing import SubmitForm
from plans.forms.workbooks import UploadForm
from plans.models import PlanImport, PlanVersion
from plans.page import place_of, visible_comments
from plans.services import sending, uploads
from plans.services.consent import may_consent
from plans.sources import UPLOAD, VERSION
from plans.templates import current_template_version, template
from plans.upload_page import UploadPage
from plans.views.blueprint import bp, to_plan
from plans.views.reading import read_meanwhile
from plans.workflow import PlanAction
from programme.queries import the_programme


@bp.get("/plans/<int:version_id>/workbook.xlsx")
@allowed_on(Permission.PLAN_READ, VERSION)
def download(version: PlanVersion) -> ResponseReturnValue:
    """The short workbook by default, ``?full=1`` the whole one: both are the same template version."""
    comments = visible_comments(version, current_person().id)
    short = "full" not in request.args
    return attachment(plan_workbook(version, language=language(), short=short, comments=comments))


def attachment(file: Download) -> Response:
    return to_keep(file.data, name=file.name, content_type=uploads.XLSX)


@bp.route("/plans/<int:version_id>/upload", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, VERSION)
def upload(version: PlanVersion) -> ResponseReturnValue:
    if not version.is_editable:
        raise NotEditable
    form = UploadForm()
    if form.validate_on_submit():
        file = uploads.SentFile(form.file.data.filename or "", form.file.data.read())
        version, outcome = read_meanwhile(version, file, uploads.expected_of(version))
        received = uploads.receive(version, file, outcome, actor=current_person())
        return _to_outcome(received)
    return render_template("plans/upload.html", version=version, form=form), form.status


def _to_outcome(upload: PlanImport) -> ResponseReturnValue:
    """A script that shows how far the file is gets the address alone, to go there itself."""
    address = url_for("plans.upload_outcome", upload_id=upload.id)
    if request.accept_mimetypes.best == "application/json":
        return Response(status=HTTPStatus.CREATED, headers={"Location": address})
    return redirect(address, 303)


@bp.get("/uploads/<int:upload_id>")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def upload_outcome(upload: PlanImport) -> ResponseReturnValue:
    return outcome_answer(upload)


def outcome_answer(upload: PlanImport, attempt: Attempt | None = None) -> ResponseReturnValue:
    """The outcome's page; after corrections that were not taken, with what was sent and why."""
    page, person = UploadPage(upload, attempt), current_person()
    button = Desk(upload.version, person).button(PlanAction.SUBMIT) if page.is_complete else None
    return render_template(
        "plans/upload_outcome.html",
        upload=upload,
        version=upload.version,
        outcome=page,
        findings=group_findings(page.findings, page.definition, code_lists=the_programme().code_lists),
        form=attempt.form if attempt else ConfirmForm(),
        plain_form=ConfirmForm(formdata=None),
        where=lambda remark: place_of(remark, upload.version),
        correction_form_data=attempt.form if attempt else CorrectionForm(formdata=None),
        may_send=button is not None,
        consent=SubmitForm(formdata=None) if may_consent(upload.version, person) else None,
    ), attempt.form.status if attempt else HTTPStatus.OK


@bp.post("/uploads/<int:upload_id>/apply")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def apply_upload(upload: PlanImport) -> ResponseReturnValue:
    try:
        uploads.apply_upload(upload, actor=current_person())
    except BaseChanged as error:
        flash(str(error), "danger")
        return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)
    return to_plan(upload.version, _("The plan now holds what the workbook says."))


@bp.post("/uploads/<int:upload_id>/apply-and-submit")
@allowed_on(Permission.PLAN_SUBMIT, UPLOAD)
def apply_and_submit(upload: PlanImport) -> ResponseReturnValue:
    """Both or neither: where one says no, nothing was done and the page tells what stands in the way."""
    wanted = bool(SubmitForm().publish_on_approval.data)
    try:
        sending.apply_and_submit(upload, actor=current_person(), publish_on_approval=wanted)
    except DomainError as error:
        db.session.rollback()
        flash(_("Nothing was changed. %(reason)s", reason=error), "danger")
        return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)
    return to_plan(upload.version, _("The plan holds what the workbook says, and the animator has it now."))


@bp.post("/uploads/<int:upload_id>/discard")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def discard_upload(upload: PlanImport) -> ResponseReturnValue:
    uploads.discard_upload(upload, actor=current_person())
    return to_plan(upload.version, _("The uploaded workbook has been put aside. Nothing was changed."))


@bp.get("/uploads/<int:upload_id>/fresh.xlsx")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def fresh_workbook(upload: PlanImport) -> ResponseReturnValue:
    """For a file of a version that is not taken: a workbook of the one in force that holds what it says."""
    if not UploadPage(upload).gives_fresh:
        return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)
    return attachment(downloads.fresh_workbook(upload, language=language()))


@bp.get("/uploads/<int:upload_id>/file.xlsx")
@allowed_on(Permission.PLAN_EDIT, UPLOAD)
def uploaded_file(upload: PlanImport) -> ResponseReturnValue:
    """The file exactly as it was sent."""
    if upload.file is None:
        return redirect(url_for(".upload_outcome", upload_id=upload.id), 303)
    return attachment(Download(upload.file.name, storage.read(upload.file)))


@bp.get("/instructions/<kind>")
@public
def instructions(kind: str) -> ResponseReturnValue:
    """What goes into each column, from the same definition as the workbook and the checks."""
    if kind not in set(PlanKind):
        abort(404)
    definition = template(PlanKind(kind), current_template_version(PlanKind(kind)))
    return render_template("plans/instructions.html", definition=definition)
