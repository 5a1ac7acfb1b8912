"""Publication: the consent before the decision, the page before the button, the final file."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import storage
from core.database import db
from core.forms import ConfirmForm
from core.i18n import _
from plans.downloads import Download
from plans.errors import NotNow
from plans.forms.publishing import FinalFileForm
from plans.models import ImportStatus, PlanImport, PlanVersion
from plans.publish_page import FinalFilePage, PublishPage
from plans.services import consent as consents
from plans.services import final_file, flow, uploads
from plans.services.shared import workflow_of
from plans.sources import FINAL_FILE, VERSION
from plans.views.blueprint import bp, to_plan
from plans.views.reading import read_meanwhile
from plans.views.workbooks import attachment
from plans.workflow import PlanAction, PlanStatus


@bp.post("/plans/<int:version_id>/publish-on-approval")
@allowed_on(Permission.PLAN_CONSENT, VERSION)
def consent(version: PlanVersion) -> ResponseReturnValue:
    consents.give_consent(version, actor=current_person())
    return to_plan(version, _("The plan will be published in your name as soon as it is approved."))


@bp.post("/plans/<int:version_id>/publish-on-approval/take-back")
@allowed_on(Permission.PLAN_CONSENT, VERSION)
def take_consent_back(version: PlanVersion) -> ResponseReturnValue:
    consents.take_consent_back(version, actor=current_person())
    return to_plan(
        version, _("The plan will not be published with the approval: you publish it yourself afterwards.")
    )


@bp.route("/plans/<int:version_id>/publish", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_PUBLISH, VERSION)
def publish(version: PlanVersion) -> ResponseReturnValue:
    """The mail about the approval leads here; whoever comes too late sees where the plan stands."""
    if ConfirmForm().validate_on_submit():
        flow.publish_plan(version, actor=current_person())
        return to_plan(version, _published())
    if not _can_be_published(version):
        is_public = version.status is PlanStatus.PUBLISHED
        return to_plan(version, _("The plan is public already.") if is_public else None)
    return _publish_page(version, FinalFileForm(formdata=None))


def _can_be_published(version: PlanVersion) -> bool:
    return version.is_current and workflow_of(version).allows(PlanAction.PUBLISH, version.status)


def _publish_page(version: PlanVersion, form: FinalFileForm) -> ResponseReturnValue:
    page = PublishPage(version)
    status = 422 if form.has_errors else 200
    return render_template(
        "plans/publish.html", version=version, page=page, form=form, confirm=ConfirmForm()
    ), status


def _published() -> str:
    return _("The plan is published. Anybody can read it now.")


@bp.post("/plans/<int:version_id>/publish/file")
@allowed_on(Permission.PLAN_PUBLISH, VERSION)
def publish_file(version: PlanVersion) -> ResponseReturnValue:
    """The other way to publish: by the final file, compared with what was approved."""
    if not _can_be_published(version):
        raise NotNow
    form = FinalFileForm()
    if not form.validate_on_submit():
        return _publish_page(version, form)
    file = uploads.SentFile(form.file.data.filename or "", form.file.data.read())
    version, outcome = read_meanwhile(version, file, uploads.expected_as_it_is(version))
    received = final_file.receive_final_file(version, file, outcome, actor=current_person())
    if received.status is ImportStatus.APPLIED:
        return to_plan(version, _published())
    db.session.flush()
    return redirect(url_for(".final_file_outcome", upload_id=received.id), 303)


@bp.get("/final-files/<int:upload_id>")
@allowed_on(Permission.PLAN_PUBLISH, FINAL_FILE)
def final_file_outcome(upload: PlanImport) -> ResponseReturnValue:
    return render_template(
        "plans/publish_outcome.html",
        upload=upload,
        version=upload.version,
        outcome=FinalFilePage(upload),
        form=ConfirmForm(),
    )


@bp.post("/final-files/<int:upload_id>/new-version")
@allowed_on(Permission.PLAN_PUBLISH, FINAL_FILE)
def final_file_to_draft(upload: PlanImport) -> ResponseReturnValue:
    """Whoever may publish is offered this way on, as soon as their file differs."""
    reason = _("The final file differs from what was approved.")
    draft = final_file.begin_draft_from(upload, reason=reason, actor=current_person())
    return to_plan(draft, _("Version %(number)s begins with what your file says.", number=draft.number))


@bp.get("/final-files/<int:upload_id>/file.xlsx")
@allowed_on(Permission.PLAN_PUBLISH, FINAL_FILE)
def sent_final_file(upload: PlanImport) -> ResponseReturnValue:
    """The file exactly as it was sent."""
    if upload.file is None:
        return redirect(url_for(".final_file_outcome", upload_id=upload.id), 303)
    return attachment(Download(upload.file.name, storage.read(upload.file)))
