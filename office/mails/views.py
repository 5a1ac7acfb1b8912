"""The outbox: what waits, what went wrong, and what to do about it; and how every mail reads."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.mail_links import without_secrets
from accounts.policy import Permission
from core import audit, mail_addresses
from core.database import aside
from core.forms import ConfirmForm
from core.i18n import LANGUAGES, _, in_language
from core.mail import MailStatus, OutboxMail, mail_pictures
from core.mail_addresses import BouncedAddress, MailEvent
from core.mail_text import as_html
from core.paging import address_with, page_number, paged
from core.small_pictures import as_data
from office.mails import previews, queries
from office.mails.forms import MailFilterForm

bp = Blueprint("mails", __name__, url_prefix="/office/mail")

MAIL = Source(load=queries.mail_by_id, read=Permission.MAIL_MANAGE)
ADDRESS = Source(load=queries.bounced_by_id, read=Permission.MAIL_MANAGE)

BETWEEN_TWO = frozenset({"plans/mail/feedback_wanted", "plans/mail/feedback_given"})
"""An annual plan that a leader shows their animator is nobody else's, and so are the mails about it."""

OF_A_MAIL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'; base-uri 'none'"
"""A mail brings its styles with it; nothing in it runs, and nothing is loaded."""


@bp.get("")
@allowed(Permission.MAIL_MANAGE)
def index() -> ResponseReturnValue:
    status = request.args.get("state", "")
    wanted = queries.MailFilter(
        request.args.get("q", ""), MailStatus(status) if status in set(MailStatus) else None
    )
    counts = queries.counts()
    return render_template(
        "office/mails/index.html",
        page=paged(queries.mails(wanted), number=page_number()),
        form=MailFilterForm.showing(wanted),
        wanted=wanted,
        states=[(one, count, address_with(state=one.value, page=None)) for one, count in counts.items()],
        addresses=queries.bounced_addresses(),
        confirm=ConfirmForm(),
    )


@bp.get("/<int:mail_id>")
@allowed_on(Permission.MAIL_MANAGE, MAIL)
def show(mail: OutboxMail) -> ResponseReturnValue:
    """One mail as others than its reader may see it: without links that act in the reader's name. Opening it is remembered."""
    with aside() as transaction:
        audit.record(MailEvent.OPENED, mail, actor=current_person(), session=transaction)
    hidden = mail.template in BETWEEN_TWO or any(
        part.template in BETWEEN_TWO for part in queries.parts_of(mail)
    )
    text = "" if hidden else without_secrets(mail.body)
    is_emptied = mail_addresses.is_emptied(mail)
    return render_template(
        "office/mails/show.html",
        mail=mail,
        text=text,
        html=as_html(text),
        parts=queries.parts_of(mail),
        bounced=mail_addresses.bounce_of(mail.to_address),
        is_emptied=is_emptied,
        can_go_again=mail_addresses.why_not_again(mail) is None,
        can_have_bounced=mail.status in (MailStatus.SENT, MailStatus.FAILED)
        and mail.bundle_id is None
        and not is_emptied,
        confirm=ConfirmForm(),
    )


@bp.post("/<int:mail_id>/again")
@allowed_on(Permission.MAIL_MANAGE, MAIL)
def send_again(mail: OutboxMail) -> ResponseReturnValue:
    mail_addresses.send_again(mail, actor=current_person())
    return _back(mail, _("The mail goes out again."))


@bp.post("/<int:mail_id>/bounced")
@allowed_on(Permission.MAIL_MANAGE, MAIL)
def bounced(mail: OutboxMail) -> ResponseReturnValue:
    mail_addresses.mark_bounced(mail, actor=current_person())
    return _back(mail, _("Noted. Nothing is sent to this address until it is corrected or cleared."))


@bp.post("/addresses/<int:address_id>/clear")
@allowed_on(Permission.MAIL_MANAGE, ADDRESS)
def clear(address: BouncedAddress) -> ResponseReturnValue:
    mail_addresses.clear_bounced(address, actor=current_person())
    flash(_("Mails go to this address again."), "success")
    return redirect(url_for(".index"), 303)


def _back(mail: OutboxMail, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show", mail_id=mail.id), 303)


# --- How every mail reads --------------------------------------------------------------------------------


@bp.get("/templates")
@allowed(Permission.MAIL_MANAGE)
def templates() -> ResponseReturnValue:
    return render_template("office/mails/templates.html", templates=previews.all_previews())


@bp.get("/templates/<key>")
@allowed(Permission.MAIL_MANAGE)
def template(key: str) -> ResponseReturnValue:
    found = previews.known(key)
    if found is None:
        abort(404)
    shown = [(code, name, previews.preview(found, code)) for code, name in LANGUAGES.items()]
    return render_template("office/mails/template.html", template=found, shown=shown)


@bp.get("/templates/<key>/<code>.html")
@allowed(Permission.MAIL_MANAGE)
def as_mail(key: str, code: str) -> ResponseReturnValue:
    """The whole mail as a mail program shows it, with its own styles."""
    found = previews.known(key)
    if found is None or code not in LANGUAGES:
        abort(404)
    with in_language(code):
        pictures = mail_pictures()
        inside = {one.name: one.picture for one in pictures if one.picture}
        page = render_template(
            "core/mail_layout.html",
            mail=previews.preview(found, code),
            pictures=pictures,
            source=lambda name: as_data(inside[name]),
        )
    response = Response(page)
    response.headers["Content-Security-Policy"] = OF_A_MAIL
    return response
