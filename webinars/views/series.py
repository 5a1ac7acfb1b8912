"""Series: the office makes them, puts their webinars in order and ends them."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from programme.queries import the_programme
from webinars import queries, services
from webinars.forms import SeriesForm
from webinars.models import WebinarSeries
from webinars.views.blueprint import ID, SERIES, bp


@bp.get("/webinars/series")
@allowed(Permission.WEBINAR_MANAGE)
def all_series() -> ResponseReturnValue:
    return render_template("webinars/all_series.html", series=queries.all_series())


@bp.route("/webinars/series/new", methods=["GET", "POST"])
@allowed(Permission.WEBINAR_MANAGE)
def new_series() -> ResponseReturnValue:
    form = SeriesForm.of(None, recording_counts=the_programme().settings.recording_counts_as_attendance)
    form.offer([])
    if form.validate_on_submit():
        try:
            made = services.make_series(form.content(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(made, _("The series is saved."))
    return render_template("webinars/new_series.html", form=form), form.status


@bp.route(f"/webinars/series/<{ID}:series_id>", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, SERIES)
def series(series: WebinarSeries) -> ResponseReturnValue:
    line = queries.webinars_of(series)
    form = SeriesForm.of(series)
    form.offer(line)
    if form.validate_on_submit():
        try:
            services.change_series(series, form.content(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(series, _("The series is saved."))
    page = render_template(
        "webinars/series.html", series=series, webinars=line, form=form, confirm=ConfirmForm()
    )
    return page, form.status


@bp.post(f"/webinars/series/<{ID}:series_id>/order/<{ID}:webinar_id>/<any(earlier, later):where>")
@allowed_on(Permission.WEBINAR_MANAGE, SERIES)
def order(series: WebinarSeries, webinar_id: int, where: str) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    webinar = queries.webinar_by_id(webinar_id)
    if webinar is None or webinar.series_id != series.id:
        abort(404)
    services.move_within_series(webinar, earlier=where == "earlier", actor=current_person())
    return redirect(url_for(".series", series_id=series.id, _anchor=f"webinar-{webinar.id}"), 303)


@bp.post(f"/webinars/series/<{ID}:series_id>/end")
@allowed_on(Permission.WEBINAR_MANAGE, SERIES)
def end(series: WebinarSeries) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    try:
        services.end_series(series, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".series", series_id=series.id), 303)
    return _to(series, _("The series has ended. What it has stays to be read and watched."))


@bp.post(f"/webinars/series/<{ID}:series_id>/reopen")
@allowed_on(Permission.WEBINAR_MANAGE, SERIES)
def reopen(series: WebinarSeries) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    services.reopen_series(series, actor=current_person())
    return _to(series, _("The series goes on."))


def _to(series: WebinarSeries, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".series", series_id=series.id), 303)
