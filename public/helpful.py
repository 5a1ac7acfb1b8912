"""Was this page helpful? Asked at the foot of public pages, answered with one button, without cookies or a script.

The address that takes an answer is signed for its page, so only pages of ours are answered for; nothing of whoever
answers is needed, and so no session and no token of one.
"""

from urllib.parse import urlsplit

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import TooManyRequests

from accounts import throttle
from core import clock
from core.database import db
from core.errors import DomainError
from core.one_click import takes_one_click
from feedback import services
from feedback.forms import HelpfulForm, WordsForm
from feedback.models import PageFeedback
from public.addresses import in_both_languages
from public.blueprint import bp

LIMITS = throttle.Limits("helpful", account=300, account_from_place=5, place=40, known_device=40)
"""Five answers for one page from one place: a library with one connection may still say what it thinks."""
WORDS_WITHIN = 3600
"""Seconds in which words can be added."""
LONGEST_PATH = 300


def address_for(lang: str) -> str | None:
    """Where the page that is being shown has its answers sent. None: this page is not asked about."""
    path = request.path
    if request.method != "GET" or len(path) > LONGEST_PATH or "token" in (request.view_args or {}):
        return None
    return url_for("public.page_helpful", lang=lang, token=page_token(path))


@in_both_languages(bp, "/{helpful}/<token>", methods=("POST",))
@takes_one_click
def page_helpful(lang: str, token: str) -> ResponseReturnValue:
    path = _path(token)
    form = HelpfulForm()
    _refuse_other_sites()
    if not form.validate_on_submit():
        abort(400)
    _count(path)
    given = services.answer(path, lang, helpful=form.says_yes)
    return redirect(url_for(".helpful_words", lang=lang, token=words_token(given)), 303)


@in_both_languages(bp, "/{helpful}/{words}/<token>", methods=("GET", "POST"))
@takes_one_click
def helpful_words(lang: str, token: str) -> ResponseReturnValue:
    """Thanks, and room for words: once, within the hour."""
    given = _given(token)
    form = WordsForm()
    if form.validate_on_submit():
        _refuse_other_sites()
        try:
            services.add_words(given, form.text.data or "")
        except DomainError as refusal:
            db.session.rollback()
            form.reject(refusal)
        else:
            return redirect(url_for(".helpful_thanks", lang=lang, token=page_token(given.path)), 303)
    return render_template("public/helpful_words.html", form=form, given=given), form.status


@in_both_languages(bp, "/{helpful}/{sent}/<token>")
def helpful_thanks(lang: str, token: str) -> ResponseReturnValue:
    """A page of its own: what is said once after leading on would need a cookie."""
    return render_template("public/helpful_thanks.html", path=_path(token))


def page_token(path: str) -> str:
    return str(_signer("helpful-page").dumps(path))


def words_token(given: PageFeedback) -> str:
    return str(_signer("helpful-words").dumps([given.id, int(clock.now().timestamp())]))


def _path(token: str) -> str:
    try:
        return str(_signer("helpful-page").loads(token))
    except BadSignature:
        abort(404)


def _given(token: str) -> PageFeedback:
    try:
        answer_id, since = _signer("helpful-words").loads(token)
    except BadSignature:
        abort(404)
    given = db.session.get(PageFeedback, answer_id)
    is_late = clock.now().timestamp() - since > WORDS_WITHIN
    return given if given is not None and given.text is None and not is_late else abort(404)


def _refuse_other_sites() -> None:
    """Browsers say from where a form was sent; a page of somebody else's must not answer in a visitor's place."""
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or (
        origin not in (None, "null") and urlsplit(origin or "").netloc != request.host
    ):
        abort(400)


def _count(path: str) -> None:
    attempt = throttle.a_try(LIMITS, account=path, address=request.remote_addr)
    if wait := throttle.admit(LIMITS, attempt):
        raise TooManyRequests(retry_after=wait)


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=purpose)
