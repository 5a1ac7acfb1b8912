"""Anybody may check whether a file of a plan says what was published."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts import throttle
from core.forms import BaseForm, InputRequired, Upload
from core.i18n import LANGUAGES, _l, in_language
from plans.comparing.words import Change, change_in_words
from plans.documents.plan_pdf import public_plan_pdf
from plans.models import PlanVersion
from plans.templates import definition_of
from plans.verifying import Verdict, verify
from public.addresses import in_both_languages
from public.blueprint import bp
from public.files import address_of

LIMITS = throttle.Limits("verify", account=60, account_from_place=60, place=60, known_device=60)
"""Reading a stranger's file takes seconds: a town hall behind one address may still check a folder of them."""


class VerifyForm(BaseForm):
    file = Upload(
        _l("PDF or workbook of a plan"),
        validators=[InputRequired(_l("Choose the file to check"))],
        render_kw={"accept": ".pdf,.xlsx"},
    )


@in_both_languages(bp, "/{verify}", methods=("GET", "POST"))
def verification(lang: str) -> ResponseReturnValue:
    """Answers on the page itself: nothing of the file is kept, so there is nothing to lead to."""
    form = VerifyForm()
    if not form.validate_on_submit():
        return _page(form), form.status
    attempt = throttle.a_try(LIMITS, account=request.remote_addr or "", address=request.remote_addr)
    if throttle.admit(LIMITS, attempt):
        return _page(form, is_busy=True), 429
    return _page(form, verify(form.file.data.read(), printed=_printed))


def _printed(version: PlanVersion) -> list[bytes]:
    files = []
    for language in LANGUAGES:
        with in_language(language):
            files.append(public_plan_pdf(version, address=address_of(version, language)).printed())
    return files


def _page(form: VerifyForm, verdict: Verdict | None = None, *, is_busy: bool = False) -> str:
    return render_template(
        "public/verify.html",
        form=form,
        verdict=verdict,
        change=_change(verdict) if verdict else None,
        is_busy=is_busy,
    )


def _change(verdict: Verdict) -> Change | None:
    if verdict.version is None or verdict.difference is None:
        return None
    version = verdict.version
    return change_in_words(verdict.difference, definition_of(version), version.rows, in_full=True)
