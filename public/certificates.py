"""Anybody may check a certificate of attendance: no name stands there beyond its initials. A guest opens theirs by a link."""

from typing import NoReturn

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from accounts import throttle
from core.downloads import to_keep
from core.i18n import _
from core.printing import NotPrinted
from public.addresses import in_both_languages
from public.blueprint import bp
from webinars.certificates.documents import certificate_pdf
from webinars.certificates.forms import CheckForm
from webinars.certificates.models import Certificate
from webinars.certificates.queries import (
    certificate_by_number,
    certificate_by_token,
    certificate_of_guest,
)
from webinars.registrations import guest_links
from webinars.registrations.models import GuestLink, LinkPurpose

LIMITS = throttle.Limits("certificate", account=10, account_from_place=10, place=30, known_device=30)
"""Tries that find nothing. Numbers follow one another, so days must not be guessed."""
LINKS = throttle.Limits("certificate-link", account=60, account_from_place=60, place=60, known_device=60)
"""Only codes that do not exist are counted."""


@in_both_languages(bp, "/{certificates}", methods=("GET", "POST"))
def certificate_check(lang: str) -> ResponseReturnValue:
    """By what stands on the paper: it leads to the same page as the code beside it."""
    form = CheckForm()
    if not form.validate_on_submit() or form.held_on.data is None:
        return _form(form), form.status
    place = request.remote_addr or ""
    attempt = throttle.a_try(LIMITS, account=place, address=place)
    if throttle.admit(LIMITS, attempt):
        return _form(form, is_busy=True), 429
    found = certificate_by_number(form.number.data or "", form.held_on.data)
    if found is None:
        return _form(form, is_unknown=True), 404
    throttle.forgive(attempt)
    return redirect(url_for(".certificate", lang=lang, token=found.token), 303)


@in_both_languages(bp, "/{certificates}/<token>")
def certificate(lang: str, token: str) -> ResponseReturnValue:
    """Where the code on the paper leads."""
    found = certificate_by_token(token) or _unknown()
    return render_template("public/certificates/show.html", certificate=found)


# --- Of a guest, by the link in their mail ---------------------------------------------------------------


@in_both_languages(bp, "/{certificates}/{yours}/<token>")
def guest_certificate(lang: str, token: str) -> ResponseReturnValue:
    link = guest_links.find(token, LinkPurpose.CERTIFICATE) or _unknown()
    found = _open_to(link)
    if found is None:
        return render_template("public/certificates/over.html"), 410
    return render_template(
        "public/certificates/yours.html", certificate=found, token=token, last_day=link.valid_until
    )


@in_both_languages(bp, "/{certificates}/{yours}/<token>/certificate.pdf")
def guest_certificate_file(lang: str, token: str) -> ResponseReturnValue:
    found = _open_to(guest_links.find(token, LinkPurpose.CERTIFICATE) or _unknown())
    if found is None:
        return render_template("public/certificates/over.html"), 410
    try:
        data = certificate_pdf(found).printed()
    except NotPrinted as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".guest_certificate", lang=lang, token=token), 303)
    name = " ".join((_("certificate"), found.number.replace("/", "-")))
    return to_keep(data, name=f"{name}.pdf", content_type="application/pdf")


def _open_to(link: GuestLink) -> Certificate | None:
    """None: its time is over, or the certificate was revoked and no other has followed yet."""
    return certificate_of_guest(link.registration) if guest_links.is_open(link) else None


def _unknown() -> NoReturn:
    """Counted, so that nobody tries one after the other for long."""
    place = request.remote_addr or ""
    if wait := throttle.admit(LINKS, throttle.a_try(LINKS, account=place, address=place)):
        raise TooManyRequests(retry_after=wait)
    abort(404)


def _form(form: CheckForm, *, is_unknown: bool = False, is_busy: bool = False) -> str:
    return render_template(
        "public/certificates/check.html", form=form, is_unknown=is_unknown, is_busy=is_busy
    )
