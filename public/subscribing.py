"""News by mail without an account: the form, and what the links in mails open.

The form answers everybody alike, whether it knows the address or not. Opening a link changes nothing; its page has a button.
"""

from hashlib import sha256
from typing import NoReturn

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from accounts import throttle
from core.database import db
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from core.one_click import insist_on_token, takes_one_click
from municipalities.queries import voivodeships
from public.addresses import in_both_languages
from public.blueprint import bp
from subscriptions import links, services
from subscriptions.forms import ChangeForm, SubscribeForm
from subscriptions.models import Subscriber, SubscriptionRequest
from subscriptions.topics import topic_label

LIMITS = throttle.Limits("news", account=4, account_from_place=4, place=60, known_device=60)
LINKS = throttle.Limits("news-link", account=100, account_from_place=100, place=100, known_device=100)
"""Only links that do not exist are counted."""


@in_both_languages(bp, "/{news}", methods=("GET", "POST"))
def subscribe(lang: str) -> ResponseReturnValue:
    form = SubscribeForm()
    if form.validate_on_submit():
        email = form.email.data or ""
        _count(LIMITS, email.casefold())
        services.ask(email, form.wanted(), form.how_often())
        return redirect(url_for(".news_asked", lang=lang), 303)
    return render_template("public/subscribe.html", form=form), form.status


@in_both_languages(bp, "/{news}/{sent}")
def news_asked(lang: str) -> ResponseReturnValue:
    return render_template("public/news_asked.html")


@in_both_languages(bp, "/{news}/{stopped}")
def news_stopped(lang: str) -> ResponseReturnValue:
    return render_template("public/news_stopped.html")


@in_both_languages(bp, "/{news}/{confirm}/<token>", methods=("GET", "POST"))
def confirm_news(lang: str, token: str) -> ResponseReturnValue:
    """The address answers for itself."""
    asked = links.request_by_token(token) or _unknown(token)
    if not links.is_open(asked):
        return _over()
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            subscriber = services.confirm(asked)
        except DomainError:
            db.session.rollback()
            return _over()
        flash(_("You get news from now on."), "success")
        return redirect(url_for(".own_news", lang=lang, token=links.token_of(subscriber)), 303)
    page = render_template("public/confirm_news.html", asked=asked, wanted=_in_words(asked), form=form)
    return page, form.status


@in_both_languages(bp, "/{news}/<token>", methods=("GET", "POST"))
def own_news(lang: str, token: str) -> ResponseReturnValue:
    """What an address gets, to be changed."""
    subscriber = links.subscriber_by_token(token) or _unknown(token)
    form = ChangeForm.of(subscriber) if request.method == "GET" else ChangeForm()
    if form.validate_on_submit():
        services.change(subscriber, form.wanted(), form.how_often())
        flash(_("Your choice is saved."), "success")
        return redirect(url_for(".own_news", lang=lang, token=token), 303)
    page = render_template("public/own_news.html", subscriber=subscriber, token=token, form=form)
    return page, form.status


@in_both_languages(bp, "/{news}/<token>/{stop}", methods=("GET", "POST"))
@takes_one_click
def stop_news(lang: str, token: str) -> ResponseReturnValue:
    """Opening it changes nothing, as scanners open links too. A mail program sends the POST by itself."""
    by_program = request.form.get("List-Unsubscribe") == "One-Click"
    if request.method == "POST" and not by_program:
        insist_on_token()
    subscriber: Subscriber = links.subscriber_by_token(token) or _unknown(token)
    if request.method == "POST":
        services.end(subscriber, actor=None)
        if by_program:  # which follows no redirects
            return _("You get no news by mail any more."), 200
        return redirect(url_for(".news_stopped", lang=lang), 303)
    return render_template("public/stop_news.html", token=token, form=ConfirmForm())


def _in_words(asked: SubscriptionRequest) -> list[str]:
    """Each topic once, with its voivodeships."""
    names = {one.id: one.name for one in voivodeships()}
    found: dict[str, list[str]] = {}
    for one in services.wanted_in(asked):
        found.setdefault(topic_label(one.topic), []).extend(
            [names[one.region]] if one.region in names else []
        )
    return [f"{label} ({', '.join(sorted(places))})" if places else label for label, places in found.items()]


def _unknown(token: str) -> NoReturn:
    """Counted, so that nobody tries one after the other for long."""
    _count(LINKS, sha256(token.encode()).hexdigest())
    abort(404)


def _count(limits: throttle.Limits, account: str) -> None:
    attempt = throttle.a_try(limits, account=account, address=request.remote_addr)
    if wait := throttle.admit(limits, attempt):
        raise TooManyRequests(retry_after=wait)


def _over() -> ResponseReturnValue:
    return render_template("public/news_link_over.html"), 410
