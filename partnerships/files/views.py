"""Files of a partnership: what there is, sending, signing, replacing and removing them, and taking one away."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person, public
from accounts.policy import Permission
from core import storage
from core.downloads import to_keep
from core.errors import DomainError
from core.i18n import _
from core.uploads import sent_file, takes_files
from partnerships.files import services as attachments
from partnerships.files.errors import OpensEvidence
from partnerships.files.forms import AddFileForm, ChangeFileForm, DocumentForm, RemoveFileForm, SignatureForm
from partnerships.files.models import Attachment, FileClass
from partnerships.files.queries import attachment_by_id, files_of
from partnerships.files.services import most_bytes
from partnerships.models import Partnership
from partnerships.sources import FILE, PARTNERSHIP
from partnerships.views.blueprint import ID, bp

open_bp = Blueprint("files", __name__, url_prefix="/files")


@bp.get(f"/<{ID}:partnership_id>/files")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def files(partnership: Partnership) -> ResponseReturnValue:
    everything = files_of(partnership)
    kept = [one for one in everything if one.attachment.is_kept]
    by_class = [(kind, [one for one in kept if one.attachment.file_class is kind]) for kind in IN_ORDER]
    return render_template(
        "partnerships/files.html",
        partnership=partnership,
        groups=[(kind, found) for kind, found in by_class if found],
        removed=[one.attachment for one in everything if not one.attachment.is_kept],
    )


IN_ORDER = (FileClass.PARTNERSHIP, FileClass.EVIDENCE, FileClass.PUBLIC)


@bp.route(f"/<{ID}:partnership_id>/files/add", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
@takes_files(most_bytes)
def add_file(partnership: Partnership) -> ResponseReturnValue:
    form = AddFileForm()
    file = sent_file(form.file)
    if form.validate_on_submit() and file:
        try:
            attachments.attach(
                partnership,
                data=file.data,
                name=file.name,
                file_class=FileClass(form.file_class.data),
                title=form.title.data or "",
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_files(partnership.id, _("The file is kept."))
    return render_template("partnerships/add_file.html", partnership=partnership, form=form), form.status


@bp.get(f"/files/<{ID}:attachment_id>")
@allowed_on(Permission.FILE_OPEN, FILE)
def open_file(attachment: Attachment) -> ResponseReturnValue:
    return _download(attachment, attachments.content_for(attachment, reader=current_person()))


@bp.route(f"/files/<{ID}:attachment_id>/replace", methods=["GET", "POST"])
@allowed_on(Permission.FILE_EDIT, FILE)
@takes_files(most_bytes)
def replace_file(attachment: Attachment) -> ResponseReturnValue:
    form = DocumentForm()
    file = sent_file(form.file)
    if form.validate_on_submit() and file:
        try:
            attachments.replace(attachment, data=file.data, name=file.name, actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_files(attachment.partnership_id, _("The newer file stands in its place now."))
    return render_template("partnerships/replace_file.html", attachment=attachment, form=form), form.status


@bp.route(f"/files/<{ID}:attachment_id>/signature", methods=["GET", "POST"])
@allowed_on(Permission.FILE_EDIT, FILE)
@takes_files(most_bytes)
def sign_file(attachment: Attachment) -> ResponseReturnValue:
    form = SignatureForm()
    file = sent_file(form.file)
    if form.validate_on_submit() and file:
        try:
            attachments.add_signature(attachment, data=file.data, name=file.name, actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_files(attachment.partnership_id, _("The signature is kept beside its document."))
    return render_template("partnerships/sign_file.html", attachment=attachment, form=form), form.status


@bp.route(f"/files/<{ID}:attachment_id>/change", methods=["GET", "POST"])
@allowed_on(Permission.FILE_EDIT, FILE)
def change_file(attachment: Attachment) -> ResponseReturnValue:
    form = ChangeFileForm(obj=attachment)
    opens_evidence = False
    if form.validate_on_submit():
        try:
            attachments.change(
                attachment,
                title=form.title.data or "",
                file_class=FileClass(form.file_class.data),
                actor=current_person(),
                is_sure=bool(form.sure.data),
            )
        except DomainError as refusal:
            form.reject(refusal)
            opens_evidence = isinstance(refusal, OpensEvidence)
        else:
            return _to_files(attachment.partnership_id, _("The file is saved."))
    page = render_template(
        "partnerships/change_file.html", attachment=attachment, form=form, asks_whether_sure=opens_evidence
    )
    return page, form.status


@bp.route(f"/files/<{ID}:attachment_id>/remove", methods=["GET", "POST"])
@allowed_on(Permission.FILE_EDIT, FILE)
def remove_file(attachment: Attachment) -> ResponseReturnValue:
    form = RemoveFileForm()
    if form.validate_on_submit():
        try:
            attachments.remove(attachment, reason=form.reason.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_files(
                attachment.partnership_id, _("The file is removed. That it was here stays in the history.")
            )
    return render_template("partnerships/remove_file.html", attachment=attachment, form=form), form.status


@open_bp.get(f"/<{ID}:attachment_id>/<name>")
@public
def public_file(attachment_id: int, name: str) -> ResponseReturnValue:
    """For everybody who has the address; any other file is not there. The name only makes the address readable."""
    attachment = attachment_by_id(attachment_id)
    if attachment is None or attachment.file is None or not attachment.is_open_to_everybody:
        abort(404)
    return _download(attachment, storage.read(attachment.file))


def _download(attachment: Attachment, data: bytes) -> Response:
    """To be kept, never to be shown: byte for byte, of the kind that was checked, under the name it was sent by."""
    return to_keep(data, name=attachment.file_name, content_type=attachment.kind.media_type)


def _to_files(partnership_id: int, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".files", partnership_id=partnership_id), 303)
