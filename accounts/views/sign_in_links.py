"""Getting in by a link from a mail, for people who come a few times a year and know no password by heart."""

import logging
import time

from flask import after_this_request, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts import link_browsers, services, throttle
from accounts.addresses import own_path, sign_in_name
from accounts.errors import LinkNoLongerWorks, TooManyRequests
from accounts.events import AccountEvent
from accounts.forms import AskForLinkForm
from accounts.guards import public
from accounts.models import OneTimeToken, TokenPurpose
from accounts.queries import person_by_email
from accounts.tokens import is_for, open_token
from accounts.views import bp, entrance
from core.forms import ConfirmForm

logger = logging.getLogger(__name__)


@bp.route("/sign-in/link", methods=["GET", "POST"])
@public
def ask_for_sign_in_link() -> ResponseReturnValue:
    form = AskForLinkForm()
    if not form.validate_on_submit():
        return _asking_page(form), form.status
    began = time.monotonic()
    browser = link_browsers.known_or_new_browser().going_to(own_path(request.args.get("next")))
    try:
        _ask_for_link(form.email.data or "", browser.secret)
    except TooManyRequests as refusal:
        form.reject(refusal)
        return _asking_page(form), 429, {"Retry-After": str(refusal.retry_after)}
    after_this_request(lambda sent: entrance.not_before(began + entrance.SAME_TIME_SECONDS, sent))
    response = make_response(redirect(url_for(".sign_in_link_sent"), 303))
    link_browsers.remember(response, browser)
    return response


def _asking_page(form: AskForLinkForm) -> str:
    return render_template("accounts/ask_for_sign_in_link.html", form=form, next=request.args.get("next"))


def _ask_for_link(email: str, browser: str) -> None:
    origin, limits = entrance.origin(), throttle.SIGN_IN_LINK
    account = sign_in_name(email)
    known = origin.device.id if origin.device.knows(person_by_email(account)) else None
    attempt = throttle.a_try(limits, account=account, address=origin.address, device=known)
    if wait := throttle.admit(limits, attempt):
        raise TooManyRequests(wait)
    services.request_sign_in_link(account, browser=browser)


@bp.get("/sign-in/link-sent")
@public
def sign_in_link_sent() -> ResponseReturnValue:
    return render_template("accounts/sign_in_link_sent.html")


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def sign_in_by_link(token: str) -> ResponseReturnValue:
    """Opening it changes nothing, as mail scanners open it too; the button signs in."""
    found, browser = open_token(token, TokenPurpose.SIGN_IN), link_browsers.this_browser()
    if found is None or not found.user.is_active:
        return _gone()
    entrance.greet_in_language_of(found.user)
    if browser is None or not is_for(found, browser.secret):
        return render_template("accounts/another_browser.html", form=AskForLinkForm(formdata=None)), 403
    form = ConfirmForm()
    if form.validate_on_submit():
        return _sign_in(token, browser)
    return _button_page(found, form), form.status


def _sign_in(token: str, browser: link_browsers.LinkBrowser) -> ResponseReturnValue:
    try:
        person = services.use_sign_in_link(token, browser=browser.secret)
    except LinkNoLongerWorks:
        return _gone()
    logger.info("sign-in by link person=%s", person.id)
    response = entrance.let_in(person, browser.way_on, event=AccountEvent.SIGNED_IN_BY_LINK)
    link_browsers.forget(response)
    return response


def _button_page(found: OneTimeToken, form: ConfirmForm) -> str:
    return render_template(
        "accounts/sign_in_by_link.html", form=form, name=found.user.name, email=found.user.email
    )


def _gone() -> ResponseReturnValue:
    return render_template("accounts/link_no_longer_works.html", purpose=TokenPurpose.SIGN_IN), 404
