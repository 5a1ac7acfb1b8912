"""Ending mails of one kind, from the mail itself."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts import services
from accounts.guards import public
from accounts.mail_choices import whose_token
from accounts.views import bp, entrance
from core.forms import ConfirmForm
from core.i18n import _
from core.one_click import insist_on_token, takes_one_click


@bp.route("/mails/stop/<token>", methods=["GET", "POST"])
@public
@takes_one_click
def stop_mails(token: str) -> ResponseReturnValue:
    """Opening it changes nothing, as scanners open links too. A mail program sends the POST by itself."""
    by_program = request.form.get("List-Unsubscribe") == "One-Click"
    if not by_program:
        insist_on_token()
    found = whose_token(token)
    if found is None:
        return render_template("accounts/mail_link_unknown.html"), 404
    person, topic = found
    entrance.greet_in_language_of(person)
    if request.method == "POST":
        services.stop_mails(person, topic)
        if by_program:  # which follows no redirects
            return _("You get no more of these mails"), 200
        return redirect(url_for(".stop_mails", token=token), 303)
    page = render_template(
        "accounts/stop_mails.html", topic=topic, is_stopped=not person.wants(topic), form=ConfirmForm()
    )
    return page, 200
