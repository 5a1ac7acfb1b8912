"""Getting in: signing in, invitations, a new password; and out again."""

import time

from flask import (
    Response,
    after_this_request,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from flask_login import current_user
from wtforms.widgets import PasswordInput

from accounts import devices, services, throttle
from accounts.addresses import own_path, sign_in_name
from accounts.demo_sign_ins import DEMO_PASSWORD, DEMO_SIGN_INS
from accounts.errors import LinkNoLongerWorks, SignInRefused, TooManyRequests
from accounts.events import AccountEvent
from accounts.forms import AskForLinkForm, NewPasswordForm, SignInForm
from accounts.guards import public
from accounts.models import TokenPurpose, User
from accounts.second_factor import half_way
from accounts.second_factor.services import factor_of
from accounts.sessions import begin_session, end_session
from accounts.sign_in import Origin, person_for
from accounts.tokens import open_token
from accounts.views import bp
from core import audit
from core.errors import DomainError
from core.i18n import LANGUAGE_COOKIE, _

SAME_TIME_SECONDS = 0.25
"""How long an answer takes that must not tell whether there is such an account: longer than the work for either."""


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        try:
            person = person_for(form.email.data or "", form.password.data or "", origin=origin())
        except SignInRefused as refusal:
            form.reject(refusal)
            return _sign_in_page(form, refusal.retry_after)
        return let_in(person, own_path(request.args.get("next")))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(own_path(request.args.get("next")), 303)
    return _sign_in_page(form)


def _sign_in_page(form: SignInForm, retry_after: int | None = None) -> ResponseReturnValue:
    demo = DEMO_SIGN_INS if current_app.config["GROMADA"].is_demo else {}
    chosen = request.args.get("account", "")
    if request.method == "GET" and chosen in demo:
        form.email.data, form.password.data = chosen, DEMO_PASSWORD
        form.password.widget = PasswordInput(hide_value=False)
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        demo=demo,
        demo_password=DEMO_PASSWORD if demo else None,
        chosen=form.email.data if form.email.data in demo else None,
        next=request.args.get("next"),
    )
    if retry_after is None:
        return page, form.status
    return page, 429, {"Retry-After": str(retry_after)}


def let_in(person: User, way_on: str, *, event: AccountEvent = AccountEvent.SIGNED_IN) -> Response:
    """Sign this browser in, after the second step where this person has one."""
    if factor_of(person) is not None:
        response = make_response(redirect(url_for(".second_step"), 303))
        half_way.remember(response, half_way.HalfWay(person, way_on, event))
        return response
    return begin(person, way_on, event=event)


def begin(person: User, way_on: str, *, event: AccountEvent = AccountEvent.SIGNED_IN) -> Response:
    """Somebody who has shown all that is asked for. The browser is remembered as one that this person uses."""
    begun = begin_session(person, browser=request.user_agent.string)
    audit.record(event, begun, actor=person)
    response = make_response(redirect(way_on, 303))
    devices.remember(response, person)
    return response


def origin() -> Origin:
    return Origin(request.remote_addr, devices.this_device())


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    end_session()
    flash(_("You are signed out."), "success")
    return redirect(url_for(".sign_in"), 303)


# --- A forgotten password --------------------------------------------------------------------------------


@bp.route("/forgot-password", methods=["GET", "POST"])
@public
def forgot_password() -> ResponseReturnValue:
    form = AskForLinkForm()
    if form.validate_on_submit():
        began = time.monotonic()
        try:
            _ask_for_link(form.email.data or "")
        except TooManyRequests as refusal:
            form.reject(refusal)
            page = render_template("accounts/forgot_password.html", form=form)
            return page, 429, {"Retry-After": str(refusal.retry_after)}
        after_this_request(lambda response: not_before(began + SAME_TIME_SECONDS, response))
        return redirect(url_for(".password_link_sent"), 303)
    return render_template("accounts/forgot_password.html", form=form), form.status


def _ask_for_link(email: str) -> None:
    limits = throttle.PASSWORD_LINK
    account = sign_in_name(email)
    if wait := throttle.admit(limits, throttle.a_try(limits, account=account, address=origin().address)):
        raise TooManyRequests(wait)
    services.request_password_reset(account)


def not_before(moment: float, response: Response) -> Response:
    """Runs after the commit, so nobody waits for us but the one who asked."""
    time.sleep(max(0.0, moment - time.monotonic()))
    return response


@bp.get("/forgot-password/sent")
@public
def password_link_sent() -> ResponseReturnValue:
    return render_template("accounts/password_link_sent.html")


# --- Links from mails: opening one changes nothing, as mail scanners open them too ------------------------


@bp.route("/new-password/<token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> ResponseReturnValue:
    return _choose_password(token, TokenPurpose.PASSWORD_RESET)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    return _choose_password(token, TokenPurpose.INVITATION)


def _choose_password(secret: str, purpose: TokenPurpose) -> ResponseReturnValue:
    found = open_token(secret, purpose)
    if found is None or not found.user.is_active:
        return render_template("accounts/link_no_longer_works.html", purpose=purpose), 404
    greet_in_language_of(found.user)
    form = NewPasswordForm()
    name, email = found.user.name, found.user.email
    if form.validate_on_submit():
        is_invited = purpose is TokenPurpose.INVITATION
        choose = services.accept_invitation if is_invited else services.set_new_password
        try:
            person = choose(secret, form.password.data or "")
        except LinkNoLongerWorks:
            return render_template("accounts/link_no_longer_works.html", purpose=purpose), 404
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(
                _("Welcome! Your account is ready.") if is_invited else _("You have a new password."),
                "success",
            )
            return let_in(person, "/")
    template = f"accounts/{purpose.value}.html"
    return render_template(template, form=form, name=name, email=email), form.status


def greet_in_language_of(person: User) -> None:
    """Unless somebody chose another one in this browser."""
    if not request.cookies.get(LANGUAGE_COOKIE):
        g.preferred_language = person.language
        refresh()
