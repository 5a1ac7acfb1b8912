"""The office's side of its own news: write, look at it, publish, put right, withdraw."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission
from core.checked_links import dead_among
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import LANGUAGES, _
from core.paging import page_number
from subscriptions.office_news import queries, services
from subscriptions.office_news.forms import OfficeNewsForm
from subscriptions.office_news.models import OfficeNews
from subscriptions.topics import topic_label
from subscriptions.views.blueprint import ID

bp = Blueprint("office_news", __name__)

NEWS = Source(load=queries.office_news_by_id, read=Permission.DIGEST_MANAGE)
manages = allowed_on(Permission.DIGEST_MANAGE, NEWS)


@bp.get("/office/news")
@allowed(Permission.DIGEST_MANAGE)
def index() -> ResponseReturnValue:
    page = queries.all_of_it(page_number())
    return render_template(
        "subscriptions/office_news/index.html",
        page=page,
        topic_label=topic_label,
        dead=dead_among(one.url for one in page.rows),
    )


@bp.route("/office/news/new", methods=["GET", "POST"])
@allowed(Permission.DIGEST_MANAGE)
def write() -> ResponseReturnValue:
    form = OfficeNewsForm()
    if form.validate_on_submit():
        try:
            news = services.write(form.words(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(news, _("Saved. Nobody sees it before you publish it."))
    return render_template("subscriptions/office_news/edit.html", news=None, form=form), form.status


@bp.get(f"/office/news/<{ID}:news_id>")
@manages
def show(news: OfficeNews) -> ResponseReturnValue:
    return render_template(
        "subscriptions/office_news/show.html",
        news=news,
        topic=topic_label(news.topic),
        readers=queries.readers_of(news.topic) if news.is_draft else None,
        languages=LANGUAGES,
        is_dead=bool(dead_among([news.url])),
        form=ConfirmForm(),
    )


@bp.route(f"/office/news/<{ID}:news_id>/edit", methods=["GET", "POST"])
@manages
def edit(news: OfficeNews) -> ResponseReturnValue:
    form = OfficeNewsForm.of(news) if request.method == "GET" else OfficeNewsForm()
    if not news.is_draft:
        form.keep_topic()
    if form.validate_on_submit():
        try:
            services.change(news, form.words(news), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(news, _("Saved."))
    return render_template("subscriptions/office_news/edit.html", news=news, form=form), form.status


@bp.post(f"/office/news/<{ID}:news_id>/publish")
@manages
def publish(news: OfficeNews) -> ResponseReturnValue:
    services.publish(news, actor=current_person())
    return _to(news, _("Published. Whoever asked for this topic is told."))


@bp.post(f"/office/news/<{ID}:news_id>/withdraw")
@manages
def withdraw(news: OfficeNews) -> ResponseReturnValue:
    services.withdraw(news, actor=current_person())
    return _to(news, _("Withdrawn. Nobody sees it here any more."))


def _to(news: OfficeNews, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("office_news.show", news_id=news.id), 303)
