"""What a link in a mail does without signing in."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from accounts import mail_links, throttle
from accounts.errors import LinkNoLongerWorks
from accounts.guards import public
from accounts.models import MailLink
from accounts.sessions import hashed
from accounts.views import bp, entrance
from core.database import db
from core.errors import DomainError
from core.forms import BaseForm


@bp.route("/do/<token>", methods=["GET", "POST"])
@public
def do_by_link(token: str) -> ResponseReturnValue:
    """Opening it changes nothing; the button does it, whoever else is signed in here."""
    link = mail_links.link_of(token)
    if link is None:
        return _unknown(token)
    entrance.greet_in_language_of(link.user)
    if link.used_at is not None:
        return _done(link, token)
    if mail_links.has_expired(link):
        return _shown("expired", link), 410
    try:
        deed, record = mail_links.deed_of(link)
        page = deed.page(record, link.user)
    except DomainError as refusal:
        return _refused(link, refusal)
    form = page.form()
    if form.validate_on_submit():
        answer = _press(link, token, form)
        if answer is not None:
            return answer
    return _shown("button", link, page=page, form=form), form.status


def _press(link: MailLink, token: str, form: BaseForm) -> ResponseReturnValue | None:
    """None: what was typed is not right, and the form says so."""
    typed = {name: value for name, value in form.data.items() if name != "csrf_token"}
    try:
        mail_links.use_link(link, **typed)
    except LinkNoLongerWorks:  # another press of the same button was faster: the page says what came of it
        db.session.rollback()
    except DomainError as refusal:
        db.session.rollback()
        if refusal.field in typed:
            form.reject(refusal)
            return None
        return _refused(link, refusal)
    return redirect(url_for(".do_by_link", token=token), 303)


def _done(link: MailLink, token: str) -> ResponseReturnValue:
    """Said again to whoever comes again, by the button too."""
    if request.method == "POST":
        return redirect(url_for(".do_by_link", token=token), 303)
    return _shown("done", link)


def _refused(link: MailLink, refusal: DomainError) -> ResponseReturnValue:
    return _shown("refused", link, sentence=str(refusal)), 409


def _shown(what: str, link: MailLink, **names: object) -> str:
    more = url_for(".sign_in", next=mail_links.place_of(link))
    return render_template(f"accounts/mail_link_{what}.html", link=link, sign_in=more, **names)


def _unknown(token: str) -> ResponseReturnValue:
    """Counted, so that nobody tries one after the other for long."""
    attempt = throttle.a_try(throttle.MAIL_LINK, account=hashed(token), address=request.remote_addr)
    if wait := throttle.admit(throttle.MAIL_LINK, attempt):
        raise TooManyRequests(retry_after=wait)
    return render_template("accounts/mail_link_unknown.html"), 404
