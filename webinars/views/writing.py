"""Writing, announcing, copying and discarding a webinar: the office's."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from programme.queries import the_programme
from webinars import queries, services
from webinars.forms import AnnounceForm, WebinarEditForm
from webinars.models import Webinar, WebinarStatus
from webinars.notice import days_until, is_short
from webinars.views.blueprint import ID, WEBINAR, bp, to_webinar


@bp.route("/webinars/new", methods=["GET", "POST"])
@allowed(Permission.WEBINAR_MANAGE)
def write() -> ResponseReturnValue:
    return _edit_page(None)


@bp.route(f"/webinars/<{ID}:webinar_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def edit(webinar: Webinar) -> ResponseReturnValue:
    return _edit_page(webinar)


def _edit_page(webinar: Webinar | None) -> ResponseReturnValue:
    form = WebinarEditForm.of(webinar)
    form.offer(queries.open_series(), webinar)
    if webinar is not None and webinar.status is not WebinarStatus.DRAFT and not webinar.is_outside:
        form.keep_time()
    if form.validate_on_submit():
        try:
            content = form.content(webinar)
            if webinar is None:
                written = services.write_webinar(content, actor=current_person())
                return to_webinar(written, _("The draft is saved. Nobody but the office sees it yet."))
            services.change_webinar(webinar, content, actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_webinar(webinar, _("The webinar is saved."))
    return render_template("webinars/edit.html", webinar=webinar, form=form), form.status


@bp.route(f"/webinars/<{ID}:webinar_id>/announce", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def announce(webinar: Webinar) -> ResponseReturnValue:
    form = AnnounceForm()
    if form.validate_on_submit():
        try:
            services.announce(webinar, reason=form.short_notice_reason.data or None, actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_webinar(webinar, _("The webinar is announced: everybody sees it now and can register."))
    days = days_until(webinar.starts_at)
    page = render_template(
        "webinars/announce.html",
        webinar=webinar,
        form=form,
        days=days,
        is_short=is_short(days),
        notice=the_programme().settings.webinar_notice_days,
    )
    return page, form.status


@bp.post(f"/webinars/<{ID}:webinar_id>/copy")
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def copy(webinar: Webinar) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    made = services.copy_webinar(webinar, actor=current_person())
    flash(_("This is the copy: check its day and give it a link to join."), "success")
    return redirect(url_for(".edit", webinar_id=made.id), 303)


@bp.post(f"/webinars/<{ID}:webinar_id>/discard")
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def discard(webinar: Webinar) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    services.discard_draft(webinar, actor=current_person())
    flash(_("The draft is discarded."), "success")
    return redirect(url_for(".index"), 303)


@bp.post(f"/webinars/<{ID}:webinar_id>/withdraw")
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def withdraw(webinar: Webinar) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    services.withdraw(webinar, actor=current_person())
    return to_webinar(webinar, _("The event is marked as cancelled."))
