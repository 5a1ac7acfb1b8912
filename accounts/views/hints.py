"""Putting a first-time hint away, and showing all of them again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts import services
from accounts.addresses import own_path
from accounts.guards import allowed, current_person
from accounts.hints import Hint
from accounts.policy import Permission
from accounts.views import bp
from core.i18n import _


@bp.post("/hints/<hint>/dismiss")
@allowed(Permission.OWN_ACCOUNT)
def dismiss_hint(hint: str) -> ResponseReturnValue:
    """Back to the page; a script that took the hint away in place needs only a word for those who cannot see it go."""
    if hint not in set(Hint):
        abort(404)
    services.dismiss_hint(current_person(), Hint(hint))
    if request.headers.get("HX-Request"):
        return render_template("accounts/hint_dismissed.html")
    return redirect(own_path(request.args.get("next")), 303)


@bp.post("/account/hints")
@allowed(Permission.OWN_ACCOUNT)
def show_hints_again() -> ResponseReturnValue:
    services.show_hints_again(current_person())
    flash(_("The hints are shown again."), "success")
    return redirect(url_for(".profile"), 303)
