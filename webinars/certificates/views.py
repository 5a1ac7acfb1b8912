"""One's own certificates; and the office takes one back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission
from core import audit
from core.database import aside
from core.downloads import to_keep
from core.errors import DomainError
from core.i18n import _
from core.printing import NotPrinted
from partnerships.views.blueprint import ID
from webinars.certificates import queries, services
from webinars.certificates.documents import certificate_pdf
from webinars.certificates.events import CertificateEvent
from webinars.certificates.forms import RevokeForm
from webinars.certificates.models import Certificate

bp = Blueprint("certificates", __name__)


def _standing(certificate_id: int) -> Certificate | None:
    """A revoked one is like one that is not there."""
    found = queries.certificate_by_id(certificate_id)
    return found if found is not None and found.stands else None


CERTIFICATE = Source(load=_standing, read=Permission.CERTIFICATE_READ)


@bp.get("/certificates")
@allowed(Permission.SEAT_TAKE)
def mine() -> ResponseReturnValue:
    return render_template(
        "webinars/certificates/mine.html", certificates=queries.certificates_of(current_person())
    )


@bp.get(f"/certificates/<{ID}:certificate_id>.pdf")
@allowed_on(Permission.CERTIFICATE_READ, CERTIFICATE)
def document(certificate: Certificate) -> ResponseReturnValue:
    reader = current_person()
    if certificate.user_id != reader.id:
        with aside() as transaction:
            audit.record(CertificateEvent.TAKEN, certificate, actor=reader, session=transaction)
    try:
        data = certificate_pdf(certificate).printed()
    except NotPrinted as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".mine"), 303)
    name = " ".join((_("certificate"), certificate.number.replace("/", "-")))
    return to_keep(data, name=f"{name}.pdf", content_type="application/pdf")


@bp.route(f"/office/certificates/<{ID}:certificate_id>/revoke", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, CERTIFICATE)
def revoke(certificate: Certificate) -> ResponseReturnValue:
    form = RevokeForm()
    if form.validate_on_submit():
        try:
            services.revoke(certificate, reason=form.reason.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The certificate is revoked."), "success")
            return redirect(url_for("attendance.of_webinar", webinar_id=certificate.webinar_id), 303)
    page = render_template("webinars/certificates/revoke.html", certificate=certificate, form=form)
    return page, form.status
