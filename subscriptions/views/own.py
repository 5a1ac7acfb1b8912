"""News for people with an account, chosen on a page of their own."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core.i18n import _
from subscriptions import services
from subscriptions.forms import NewsForm
from subscriptions.queries import subscriber_of_person
from subscriptions.views.blueprint import bp


@bp.route("/account/news", methods=["GET", "POST"])
@allowed(Permission.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Ticking nothing ends it."""
    person = current_person()
    subscriber = subscriber_of_person(person)
    form = NewsForm.of(subscriber) if request.method == "GET" else NewsForm()
    if form.validate_on_submit():
        kept = services.choose(person, form.wanted(), form.how_often())
        flash(_("Your choice is saved.") if kept else _("You get no news by mail."), "success")
        return redirect(url_for(".own"), 303)
    return render_template("subscriptions/own.html", form=form, subscriber=subscriber), form.status
