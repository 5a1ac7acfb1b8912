"""Registering for a webinar without an account: the form, and what the links in a guest's mails open.

The form answers everybody alike, whether it knows the address or not: what becomes of it is said by mail alone. Opening
a link changes nothing; its page has one button.
"""

from collections.abc import Callable
from hashlib import sha256

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from accounts import throttle
from core.database import db
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from partnerships.views.blueprint import ID
from public.addresses import in_both_languages
from public.blueprint import bp
from webinars.models import Webinar
from webinars.registrations import guest_links, moving, services
from webinars.registrations.forms import GuestForm, NeedsForm
from webinars.registrations.models import GuestLink, LinkPurpose, RegistrationStatus, WebinarRegistration
from webinars.registrations.queries import place_in_line, seats_left
from webinars.registrations.seats import check_open, is_open
from webinars.registrations.sources import announced_webinar
from webinars.registrations.views.own import calendar_answer
from webinars.times import place_said, said

LIMITS = throttle.Limits("webinar-seat", account=4, account_from_place=4, place=60, known_device=60)
"""A few mails to one address; a school behind one network may register all its teachers."""
LINKS = throttle.Limits("seat-link", account=100, account_from_place=100, place=100, known_device=100)
"""Only links that do not exist are counted."""


@in_both_languages(bp, f"/{{webinars}}/<{ID}:webinar_id>/{{register}}", methods=("GET", "POST"))
def register_for_webinar(lang: str, webinar_id: int) -> ResponseReturnValue:
    webinar = announced_webinar(webinar_id) or abort(404)
    form = GuestForm()
    if is_open(webinar) and form.validate_on_submit():
        answer = _ask(webinar, form, lang)
        if answer is not None:
            return answer
    return render_template(
        "public/register_for_webinar.html",
        webinar=webinar,
        when=said(webinar),
        where=place_said(webinar),
        left=seats_left(webinar),
        is_open=is_open(webinar),
        form=form,
    ), form.status


def _ask(webinar: Webinar, form: GuestForm, lang: str) -> ResponseReturnValue | None:
    """None: the form says what is to be put right."""
    try:
        guest = form.guest()
        _count(LIMITS, guest.email.casefold())
        services.ask(webinar, guest)
    except DomainError as refusal:
        db.session.rollback()
        form.reject(refusal)
        return None
    return redirect(url_for(".registration_sent", lang=lang, webinar_id=webinar.id), 303)


@in_both_languages(bp, f"/{{webinars}}/<{ID}:webinar_id>/{{register}}/{{sent}}")
def registration_sent(lang: str, webinar_id: int) -> ResponseReturnValue:
    webinar = announced_webinar(webinar_id) or abort(404)
    return render_template("public/registration_sent.html", webinar=webinar)


@in_both_languages(bp, "/{seat}/{confirm}/<token>", methods=("GET", "POST"))
def confirm_registration(lang: str, token: str) -> ResponseReturnValue:
    """The address answers for itself. Pressed again it leads to the same place as long as the seat is there."""
    link = _link(token, LinkPurpose.OPT_IN)
    if not guest_links.is_open(link):
        return _over()
    try:
        check_open(link.registration.webinar)
    except DomainError as refusal:
        return _refused(link.registration, refusal)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            seat = services.opt_in(link)
        except DomainError as refusal:
            db.session.rollback()
            return _refused(link.registration, refusal)
        flash(_said_of(seat), "success")
        return redirect(url_for(".seat", lang=lang, token=_new_link(seat)), 303)
    return _button(
        link.registration, _("Register for this webinar?"), _("Register for the webinar"), form,
        text=_("Your seat is kept from the moment you press the button."),
    ), form.status  # fmt: skip


@in_both_languages(bp, "/{seat}/<token>", methods=("GET", "POST"))
def seat(lang: str, token: str) -> ResponseReturnValue:
    """A guest's own page; sent, it says anew what they need."""
    link = _link(token, LinkPurpose.SEAT)
    if not guest_links.is_open(link):
        return _over()
    found = link.registration
    form = NeedsForm.of(found) if request.method == "GET" else NeedsForm()
    if form.validate_on_submit():
        try:
            services.change_needs(found, form.wanted(), actor=None)
        except DomainError as refusal:
            db.session.rollback()
            form.reject(refusal)
        else:
            flash(_("Saved. The organiser sees what is needed, not who needs it."), "success")
            return redirect(url_for(".seat", lang=lang, token=token), 303)
    return render_template(
        "public/seat.html",
        webinar=found.webinar,
        when=said(found.webinar),
        where=place_said(found.webinar),
        seat=found,
        line=place_in_line(found) if found.status is RegistrationStatus.WAITLISTED else None,
        is_open=is_open(found.webinar),
        form=form,
        token=token,
    ), form.status


@in_both_languages(bp, "/{seat}/<token>/{give_up}", methods=("GET", "POST"))
def cancel_seat(lang: str, token: str) -> ResponseReturnValue:
    return _deed(
        lang,
        token,
        title=_("Cancel your registration?"),
        text=_(
            "Your seat goes to the person who waits first. You can register again as long as there is room."
        ),
        button=_("Cancel my registration"),
        does=lambda found: services.cancel(found, actor=None),
        done=_("You are not registered any more. Thank you for making room."),
        is_done=lambda found: not found.is_active,
    )


@in_both_languages(bp, "/{seat}/<token>/{new_time}", methods=("GET", "POST"))
def confirm_time(lang: str, token: str) -> ResponseReturnValue:
    return _deed(
        lang,
        token,
        title=_("Do you come at the new time?"),
        text=_("The webinar was moved. Confirm, and your seat stays yours."),
        button=_("I come at the new time"),
        does=lambda found: moving.confirm(found, actor=None),
        done=_("Thank you. Your seat at the new time is kept."),
        is_done=lambda found: found.status is not RegistrationStatus.MUST_RECONFIRM,
    )


@in_both_languages(bp, "/{seat}/<token>/webinar.ics")
def seat_calendar(lang: str, token: str) -> ResponseReturnValue:
    link = _link(token, LinkPurpose.SEAT)
    if not guest_links.is_open(link):
        return _over()
    return calendar_answer(link.registration) if link.registration.holds_seat else abort(404)


def _deed(
    lang: str,
    token: str,
    *,
    title: str,
    text: str,
    button: str,
    does: Callable[[WebinarRegistration], None],
    done: str,
    is_done: Callable[[WebinarRegistration], bool],
) -> ResponseReturnValue:
    """One button. Where there is nothing left to do the page of the registration says how it stands."""
    link = _link(token, LinkPurpose.SEAT)
    if not guest_links.is_open(link):
        return _over()
    found, own = link.registration, url_for(".seat", lang=lang, token=token)
    form = ConfirmForm()
    if is_done(found):
        return redirect(own, 303)
    if form.validate_on_submit():
        try:
            does(found)
        except DomainError as refusal:
            db.session.rollback()
            return _refused(found, refusal)
        flash(done, "success")
        return redirect(own, 303)
    try:
        check_open(found.webinar)
    except DomainError as refusal:
        return _refused(found, refusal)
    return _button(found, title, button, form, text=text), form.status


def _link(token: str, purpose: LinkPurpose) -> GuestLink:
    """Unknown ones are counted, so that nobody tries one after the other for long."""
    link = guest_links.find(token, purpose)
    if link is None:
        _count(LINKS, sha256(token.encode()).hexdigest())
        abort(404)
    return link


def _count(limits: throttle.Limits, account: str) -> None:
    attempt = throttle.a_try(limits, account=account, address=request.remote_addr)
    if wait := throttle.admit(limits, attempt):
        raise TooManyRequests(retry_after=wait)


def _new_link(found: WebinarRegistration) -> str:
    return guest_links.issue(found, LinkPurpose.SEAT, until=guest_links.end_of(found))


def _said_of(found: WebinarRegistration) -> str:
    if found.status is RegistrationStatus.WAITLISTED:
        return _("All seats are taken. You are on the waiting list, at place %(n)s.", n=place_in_line(found))
    return _("You are registered. The entry for your calendar is in your mail.")


def _button(found: WebinarRegistration, title: str, button: str, form: ConfirmForm, *, text: str) -> str:
    return render_template(
        "public/seat_button.html",
        title=title,
        text=text,
        button=button,
        form=form,
        webinar=found.webinar,
        when=said(found.webinar),
        where=place_said(found.webinar),
    )


def _over() -> ResponseReturnValue:
    return render_template("public/seat_link_over.html", sentence=None, webinar=None), 410


def _refused(found: WebinarRegistration, refusal: DomainError) -> ResponseReturnValue:
    return render_template("public/seat_link_over.html", sentence=str(refusal), webinar=found.webinar), 409
