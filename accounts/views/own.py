"""A person's own account: profile, password, where they are signed in, the language they read."""

from flask import (
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts import services
from accounts.addresses import own_path
from accounts.forms import ChangePasswordForm, MailChoicesForm, ProfileForm
from accounts.guards import allowed, current_person, public
from accounts.hints import count_dismissed
from accounts.mail_rhythm import MailRhythm
from accounts.models import SignInSession
from accounts.parts import account_parts
from accounts.policy import Permission
from accounts.queries import open_sessions_of
from accounts.sessions import is_alive, is_this_one
from accounts.views import bp, entrance
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import LANGUAGE_COOKIE, LANGUAGES, _
from core.mail_addresses import bounce_of


@bp.route("/account", methods=["GET", "POST"])
@allowed(Permission.OWN_ACCOUNT)
def profile() -> ResponseReturnValue:
    person = current_person()
    form = ProfileForm(obj=person)
    if form.validate_on_submit():
        try:
            services.update_profile(
                person,
                name=form.name.data or "",
                phone=form.phone.data,
                best_time=form.best_time.data,
                notification_email=form.notification_email.data,
                language=form.language.data,
                actor=person,
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("Your profile was saved."), "success")
            return redirect(url_for(".profile"), 303)
    return _profile_page(form), form.status


@bp.post("/account/mails")
@allowed(Permission.OWN_ACCOUNT)
def mails() -> ResponseReturnValue:
    """How often mails come, and which need not come."""
    form, person = MailChoicesForm(), current_person()
    if form.validate_on_submit():
        services.choose_mails(
            person,
            rhythm=MailRhythm(form.mail_rhythm.data),
            wants_reminders=bool(form.wants_reminders.data),
            wants_news=bool(form.wants_news.data),
            actor=person,
        )
        flash(_("Saved: that is how mails come from now on."), "success")
        return redirect(url_for(".profile", _anchor="mails"), 303)
    return _profile_page(ProfileForm(formdata=None, obj=person), form), form.status


def _profile_page(form: ProfileForm, mail_form: MailChoicesForm | None = None) -> str:
    return render_template(
        "accounts/account.html",
        form=form,
        mail_form=mail_form or _mail_form(),
        bounced=bounce_of(current_person().mail_address),
        sessions=_my_sessions(),
        is_this_one=is_this_one,
        parts=account_parts(),
        hints_put_away=count_dismissed(current_person()),
        confirm=ConfirmForm(),
    )


def _mail_form() -> MailChoicesForm:
    person = current_person()
    return MailChoicesForm(
        formdata=None,
        mail_rhythm=person.mail_rhythm.value,
        wants_reminders=person.wants_reminders,
        wants_news=person.wants_news,
    )


def _my_sessions() -> list[SignInSession]:
    return [row for row in open_sessions_of(current_person()) if is_alive(row)]


@bp.route("/account/password", methods=["GET", "POST"])
@allowed(Permission.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        person = current_person()
        try:
            services.change_password(
                person, current=form.current_password.data or "", password=form.password.data or ""
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("You have a new password. Everywhere else you are signed out."), "success")
            return entrance.begin(person, url_for(".profile"))
    return render_template("accounts/change_password.html", form=form), form.status


@bp.route("/account/sessions", methods=["GET", "POST"])
@allowed(Permission.OWN_ACCOUNT)
def sessions() -> ResponseReturnValue:
    form = ConfirmForm()
    if form.validate_on_submit():
        services.sign_out_everywhere(current_person(), actor=current_person())
        flash(_("You are signed out everywhere."), "success")
        return redirect(url_for(".sign_in"), 303)
    page = render_template(
        "accounts/sessions.html", form=form, sessions=_my_sessions(), is_this_one=is_this_one
    )
    return page, form.status


@bp.post("/account/still-here")
@allowed(Permission.OWN_ACCOUNT)
def still_here() -> ResponseReturnValue:
    """Asked by a page whose reader wants to stay signed in; asking is all it takes."""
    return "", 204


@bp.route("/language/<language>", methods=["GET", "POST"])
@public
def switch_language(language: str) -> ResponseReturnValue:
    """By link for a visitor, whose browser alone remembers it; by button for a person, whose account does."""
    if language not in LANGUAGES:
        abort(404)
    form = ConfirmForm()
    way_on = own_path(request.args.get("next"))
    if current_user.is_authenticated and not form.validate_on_submit():
        page = render_template(
            "accounts/language.html", form=form, wanted=language, wanted_name=LANGUAGES[language], next=way_on
        )
        return page, form.status
    if current_user.is_authenticated:
        services.speak(current_user, language)
    response = make_response(redirect(way_on, 303))
    secure = current_app.config["GROMADA"].secure
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=365 * 24 * 3600, secure=secure, httponly=True, samesite="Lax"
    )
    return response
