"""Materials: the office adds and removes them, everybody takes them along."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guards import allowed_on, current_person, public
from accounts.policy import Permission, can
from core import storage
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from core.uploads import takes_files
from webinars import queries, services
from webinars.forms import MaterialForm
from webinars.models import Webinar
from webinars.services.materials import most_bytes
from webinars.views.blueprint import ID, WEBINAR, bp


@bp.route(f"/webinars/<{ID}:webinar_id>/materials", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
@takes_files(most_bytes)
def materials(webinar: Webinar) -> ResponseReturnValue:
    form = MaterialForm()
    if form.validate_on_submit():
        try:
            services.add_material(
                webinar,
                title=form.title.data or "",
                link=form.link.data or None,
                file=form.sent_file,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(webinar, _("The material is added."))
    page = render_template("webinars/materials.html", webinar=webinar, form=form, confirm=ConfirmForm())
    return page, form.status


@bp.post(f"/webinars/<{ID}:webinar_id>/materials/<{ID}:material_id>/remove")
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def remove_material(webinar: Webinar, material_id: int) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    found = queries.material_by_id(material_id)
    if found is None or found[1].id != webinar.id:
        abort(404)
    services.remove_material(webinar, found[0], actor=current_person())
    return _to(webinar, _("The material is removed."))


@bp.get(f"/webinars/materials/<{ID}:material_id>")
@public
def material(material_id: int) -> ResponseReturnValue:
    """A file is only ever saved, never shown by the browser; of a draft it is the office's."""
    found = queries.material_by_id(material_id)
    if found is None:
        abort(404)
    kept, webinar = found
    if kept.file is None or not (webinar.is_public or can(current_user, Permission.WEBINAR_MANAGE)):
        abort(404)
    answer = Response(storage.read(kept.file), mimetype=kept.file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=kept.file.name)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _to(webinar: Webinar, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".materials", webinar_id=webinar.id), 303)
