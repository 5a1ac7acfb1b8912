"""The second step of signing in: asking for the code, and switching it on and off for oneself."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup
from segno import make

from accounts import throttle
from accounts.demo_sign_ins import DEMO_SIGN_INS
from accounts.errors import TooManyAttempts, TooManyRequests
from accounts.guards import allowed, current_person, public
from accounts.models import User
from accounts.policy import Permission
from accounts.second_factor import codes, half_way, services
from accounts.second_factor.errors import NeededForYourRole, SharedAccount, WrongCode
from accounts.second_factor.forms import CodeForm, FirstCodeForm
from accounts.views import bp, entrance
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from programme.queries import the_programme

Made = TypeVar("Made")

WITHOUT = frozenset({"static", "accounts.switch_language", "accounts.sign_out", "accounts.still_here"})
"""What somebody who still has to set it up can do beside setting it up."""


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> ResponseReturnValue:
    here = half_way.who_is_half_way()
    if here is None:
        flash(_("Please begin again: signing in took more than ten minutes."), "warning")
        return redirect(url_for(".sign_in"), 303)
    entrance.greet_in_language_of(here.person)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            _checked(here.person, form.code.data or "")
        except TooManyAttempts as refusal:
            form.reject(refusal)
            return _asking(here.person, form), 429, {"Retry-After": str(refusal.retry_after)}
        except WrongCode as refusal:
            form.reject(refusal)
        else:
            response = entrance.begin(here.person, here.way_on, event=here.event)
            half_way.forget(response)
            return response
    return _asking(here.person, form), form.status


def _asking(person: User, form: CodeForm) -> str:
    return render_template("accounts/second_factor/ask.html", form=form, email=person.email)


def _checked(person: User, code: str) -> None:
    """Each try is counted before it is made: six digits could be guessed by whoever may try for ever."""
    limits, origin = throttle.SECOND_STEP, entrance.origin()
    known = origin.device.id if origin.device.knows(person) else None
    attempt = throttle.a_try(limits, account=person.email, address=origin.address, device=known)
    if wait := throttle.admit(limits, attempt):
        raise TooManyAttempts(wait)
    services.check(person, code)
    throttle.forgive(attempt)


# --- Of one's own ----------------------------------------------------------------------------------------


@bp.route("/account/second-step", methods=["GET", "POST"])
@allowed(Permission.OWN_ACCOUNT)
def own_second_step() -> ResponseReturnValue:
    """Where it stands; while it is being set up, the square code and the field for the first code."""
    person, form = current_person(), FirstCodeForm()
    if services.begun_by(person) is not None and form.validate_on_submit():
        try:
            return _codes_page(services.confirm(person, form.code.data or ""))
        except DomainError as refusal:
            form.reject(refusal)
    return _own_page(form), form.status


@bp.post("/account/second-step/begin")
@allowed(Permission.OWN_ACCOUNT)
def begin_second_step() -> ResponseReturnValue:
    if _is_demo() and current_person().email in DEMO_SIGN_INS:
        raise SharedAccount
    services.begin(current_person())
    return redirect(url_for(".own_second_step"), 303)


@bp.post("/account/second-step/codes")
@allowed(Permission.OWN_ACCOUNT)
def renew_recovery_codes() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return _codes_page(_with_code(form, services.renew_codes))
        except DomainError as refusal:
            form.reject(refusal)
    return _own_page(FirstCodeForm(formdata=None), form), form.status


@bp.post("/account/second-step/off")
@allowed(Permission.OWN_ACCOUNT)
def second_step_off() -> ResponseReturnValue:
    form = CodeForm()
    if _is_needed(current_person()):
        raise NeededForYourRole
    if form.validate_on_submit():
        try:
            _with_code(form, services.switch_off)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The second step is switched off."), "success")
            return redirect(url_for(".own_second_step"), 303)
    return _own_page(FirstCodeForm(formdata=None), form), form.status


def _with_code(form: CodeForm, deed: Callable[[User, str], Made]) -> Made:
    """Codes are counted here, too: an open browser must not let anybody try them all."""
    person = current_person()
    limits = throttle.SECOND_STEP
    attempt = throttle.a_try(limits, account=person.email, address=entrance.origin().address)
    if wait := throttle.admit(limits, attempt):
        raise TooManyRequests(wait)
    made = deed(person, form.code.data or "")
    throttle.forgive(attempt)
    return made


def _own_page(form: FirstCodeForm, code_form: CodeForm | None = None) -> str:
    person = current_person()
    begun = services.begun_by(person)
    return render_template(
        "accounts/second_factor/own.html",
        form=form,
        code_form=code_form or CodeForm(formdata=None),
        confirm=ConfirmForm(formdata=None),
        factor=services.factor_of(person),
        begun=begun,
        key=codes.key_of(begun.salt) if begun else None,
        square=_square(person, begun.salt) if begun else None,
        is_needed=_is_needed(person),
        codes_left=services.codes_left(person),
    )


def _square(person: User, salt: str) -> Markup:
    """A picture in the page itself: what it says must not travel through any address."""
    address = codes.address_of(salt, name=person.email, issuer=the_programme().row.short_name)
    drawn = make(address, error="m", micro=False).svg_inline(scale=5, border=4, light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 (drawn by the library from squares alone)


def _codes_page(fresh: list[str]) -> str:
    """Shown this once: only their hashes are kept, so nothing leads back here."""
    return render_template("accounts/second_factor/codes.html", codes=fresh)


def ask_to_set_up() -> ResponseReturnValue | None:
    """Before any page of somebody whose role needs the second step and who has none yet."""
    if request.endpoint in WITHOUT or request.endpoint in _SETTING_UP or not current_user.is_authenticated:
        return None
    person = current_person()
    if person.has_second_step or not _is_needed(person):
        return None
    return redirect(url_for("accounts.own_second_step"), 303)


def _is_needed(person: User) -> bool:
    """In the demonstration everybody knows the passwords, so there is nothing to keep."""
    return not _is_demo() and services.is_needed(person)


def _is_demo() -> bool:
    return bool(current_app.config["GROMADA"].is_demo)


_SETTING_UP = frozenset({"accounts.own_second_step", "accounts.begin_second_step"})
