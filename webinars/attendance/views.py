"""Who came to a webinar, for the office: reports of platforms, ticks, counts of municipalities."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed_on, current_person
from accounts.policy import Permission
from accounts.queries import person_by_email
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.paging import page_number
from core.uploads import takes_files
from partnerships.views.blueprint import ID
from webinars.attendance import by_hand, queries, reports
from webinars.attendance.errors import NobodyKnown, PlaceMissing
from webinars.attendance.forms import OTHER, PERSON, PLACE, CountForm, ReportForm, SettleForm, TickForm
from webinars.attendance.models import AttendanceLine, AttendanceReport, LineState
from webinars.attendance.reading.tables import MOST_BYTES
from webinars.attendance.writing import outcome_of, present_of, wanted_of
from webinars.certificates.queries import standing_of
from webinars.models import Attendance, AttendanceSource, Webinar
from webinars.registrations.sources import own_webinar
from webinars.times import said

bp = Blueprint("attendance", __name__)

WEBINAR = Source(load=own_webinar, read=Permission.WEBINAR_MANAGE)
REPORT = Source(load=queries.report_by_id, read=Permission.WEBINAR_MANAGE)
LINE = Source(load=queries.line_by_id, read=Permission.WEBINAR_MANAGE)
ENTRY = Source(load=queries.attendance_by_id, read=Permission.WEBINAR_MANAGE)


@bp.get(f"/office/webinars/<{ID}:webinar_id>/attendance")
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def of_webinar(webinar: Webinar) -> ResponseReturnValue:
    return render_template(
        "webinars/attendance/of_webinar.html",
        webinar=webinar,
        when=said(webinar),
        came=queries.came_to(webinar),
        page=queries.page_of(webinar, number=page_number()),
        reports=queries.reports_of(webinar),
        certificates=standing_of(webinar),
        recording=AttendanceSource.RECORDING,
        least=webinar.series.min_minutes if webinar.series else 0,
        button=ConfirmForm(formdata=None),
    )


# --- By hand ---------------------------------------------------------------------------------------------


@bp.route(f"/office/webinars/<{ID}:webinar_id>/attendance/tick", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def tick(webinar: Webinar) -> ResponseReturnValue:
    seats, form = queries.not_there_yet(webinar), TickForm()
    form.offer(seats)
    if form.validate_on_submit():
        try:
            number = by_hand.tick(webinar, form.seats.data or [], actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(webinar, ngettext("One person entered.", "%(num)d people entered.", number))
    page = render_template("webinars/attendance/tick.html", webinar=webinar, seats=seats, form=form)
    return page, form.status


@bp.route(f"/office/webinars/<{ID}:webinar_id>/attendance/count", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
def count(webinar: Webinar) -> ResponseReturnValue:
    form = CountForm()
    if form.validate_on_submit():
        try:
            by_hand.set_count(webinar, form.chosen_place(), form.people.data or 0, actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(webinar, _("Entered."))
    return render_template("webinars/attendance/count.html", webinar=webinar, form=form), form.status


@bp.post(f"/office/attendance/<{ID}:attendance_id>/remove")
@allowed_on(Permission.WEBINAR_MANAGE, ENTRY)
def remove(attendance: Attendance) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    webinar = attendance.webinar
    try:
        by_hand.remove(attendance, actor=current_person())
    except DomainError as refusal:
        return _refused(webinar, refusal)
    return _to(webinar, _("Taken out."))


# --- Reports ---------------------------------------------------------------------------------------------


@bp.route(f"/office/webinars/<{ID}:webinar_id>/attendance/report", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, WEBINAR)
@takes_files(lambda: MOST_BYTES)
def read(webinar: Webinar) -> ResponseReturnValue:
    form = ReportForm()
    if form.validate_on_submit():
        sent = form.sent_file
        try:
            report = reports.take_in(webinar, sent.data if sent else b"", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return redirect(url_for(".report", report_id=report.id), 303)
    return render_template("webinars/attendance/read.html", webinar=webinar, form=form), form.status


@bp.get(f"/office/attendance-reports/<{ID}:report_id>")
@allowed_on(Permission.WEBINAR_MANAGE, REPORT)
def report(report: AttendanceReport) -> ResponseReturnValue:
    """What is in it and what saving it does. Nothing is saved by looking."""
    source = reports.formats().source(report.source)
    return render_template(
        "webinars/attendance/report.html",
        report=report,
        webinar=report.webinar,
        when=said(report.webinar),
        source=source.name if source else report.source,
        is_other_day=reports.is_of_another_day(report),
        states=queries.states_of(report),
        state=LineState,
        outcome=outcome_of(wanted_of(report, reports.lines_of(report)), present_of(report.webinar)),
        page=queries.open_lines(report, number=page_number()),
        known=queries.found_otherwise(report),
        button=ConfirmForm(formdata=None),
    )


@bp.post(f"/office/attendance-reports/<{ID}:report_id>/save")
@allowed_on(Permission.WEBINAR_MANAGE, REPORT)
def save(report: AttendanceReport) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    try:
        outcome = reports.save(report, actor=current_person())
    except DomainError as refusal:
        return _refused(report.webinar, refusal)
    new = ngettext("One person entered.", "%(num)d people entered.", outcome.new)
    changed = ngettext("The minutes of one corrected.", "The minutes of %(num)d corrected.", outcome.changed)
    return _to(report.webinar, f"{new} {changed}" if outcome.changed else new)


@bp.post(f"/office/attendance-reports/<{ID}:report_id>/rest")
@allowed_on(Permission.WEBINAR_MANAGE, REPORT)
def rest(report: AttendanceReport) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    number = reports.settle_rest(report, actor=current_person())
    flash(
        ngettext(
            "One person counted as from elsewhere.", "%(num)d people counted as from elsewhere.", number
        ),
        "success",
    )
    return redirect(url_for(".report", report_id=report.id), 303)


@bp.post(f"/office/attendance-reports/<{ID}:report_id>/discard")
@allowed_on(Permission.WEBINAR_MANAGE, REPORT)
def discard(report: AttendanceReport) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    webinar = report.webinar
    reports.discard(report, actor=current_person())
    return _to(webinar, _("Discarded. Nothing of it is kept."))


@bp.route(f"/office/attendance-people/<{ID}:line_id>", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, LINE)
def settle(line: AttendanceLine) -> ResponseReturnValue:
    """Then the next one who may be somebody, until none is left."""
    if not line.is_open:
        return redirect(url_for(".report", report_id=line.report_id), 303)
    form, report = SettleForm(), line.report
    form.offer(queries.candidates_of(line))
    if form.validate_on_submit():
        try:
            _settle(line, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            following = queries.next_open(report)
            if following is None:
                return redirect(url_for(".report", report_id=report.id), 303)
            return redirect(url_for(".settle", line_id=following.id), 303)
    page = render_template(
        "webinars/attendance/settle.html", line=line, report=report, webinar=report.webinar, form=form
    )
    return page, form.status


def _settle(line: AttendanceLine, form: SettleForm) -> None:
    chosen, actor = form.who.data, current_person()
    if chosen == OTHER:
        reports.settle_as_other(line, actor=actor)
    elif chosen == PLACE:
        place = form.chosen_place()
        if place is None:
            raise PlaceMissing
        reports.settle_as_place(line, place, actor=actor)
    elif chosen == PERSON:
        person = person_by_email(form.email.data or "")
        if person is None:
            raise NobodyKnown
        reports.settle_as_user(line, person, actor=actor)
    else:
        reports.settle_as_person(line, chosen or abort(422), actor=actor)


def _refused(webinar: Webinar, refusal: DomainError) -> ResponseReturnValue:
    flash(str(refusal), "danger")
    return redirect(url_for("attendance.of_webinar", webinar_id=webinar.id), 303)


def _to(webinar: Webinar, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("attendance.of_webinar", webinar_id=webinar.id), 303)
