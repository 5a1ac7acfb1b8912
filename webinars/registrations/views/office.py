"""Who registered for a webinar, for the office; and moving it, or cancelling it, with everybody told."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import audit
from core.database import aside
from core.downloads import to_keep
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.paging import page_number
from partnerships.views.blueprint import ID
from webinars.models import Webinar
from webinars.registrations import access, moving, services, sheets
from webinars.registrations.events import SeatEvent
from webinars.registrations.forms import CallOffForm, GuestForm, MoveForm
from webinars.registrations.models import AccessNeed, AudienceGroup, RegistrationStatus, WebinarRegistration
from webinars.registrations.queries import counts_of, everybody_of, need_lines, page_of, seats_left
from webinars.registrations.seats import is_open
from webinars.registrations.sources import SEAT, SEATS
from webinars.registrations.times import book_by
from webinars.registrations.views.blueprint import bp
from webinars.times import said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get(f"/office/webinars/<{ID}:webinar_id>/registrations")
@allowed_on(Permission.SEAT_MANAGE, SEATS)
def of_webinar(webinar: Webinar) -> ResponseReturnValue:
    return render_template(
        "webinars/registrations/office.html",
        webinar=webinar,
        when=said(webinar),
        page=page_of(webinar, number=page_number()),
        counts=counts_of(webinar),
        groups=list(AudienceGroup),
        statuses=list(RegistrationStatus),
        needs=need_lines(webinar),
        book_by=book_by(webinar.starts_at),
        left=seats_left(webinar),
        is_open=is_open(webinar),
        button=ConfirmForm(formdata=None),
    )


@bp.get(f"/office/webinars/<{ID}:webinar_id>/registrations.xlsx")
@allowed_on(Permission.SEAT_MANAGE, SEATS)
def workbook(webinar: Webinar) -> ResponseReturnValue:
    actor = current_person()
    with aside() as transaction:
        count = counts_of(webinar).total
        audit.record(SeatEvent.EXPORTED, webinar, actor=actor, session=transaction, rows=count)
    data = sheets.workbook(everybody_of(webinar), need_lines(webinar))
    return to_keep(data, name=sheets.file_name(webinar), content_type=XLSX)


@bp.route(f"/office/webinars/<{ID}:webinar_id>/registrations/add", methods=["GET", "POST"])
@allowed_on(Permission.SEAT_MANAGE, SEATS)
def add(webinar: Webinar) -> ResponseReturnValue:
    form = GuestForm()
    if form.validate_on_submit():
        try:
            services.add_by_hand(webinar, form.guest(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(webinar, _("Entered. The mail with the entry for the calendar is on its way."))
    return render_template("webinars/registrations/add.html", webinar=webinar, form=form), form.status


@bp.post(f"/office/webinar-seats/<{ID}:seat_id>/cancel")
@allowed_on(Permission.SEAT_MANAGE, SEAT)
def strike(seat: WebinarRegistration) -> ResponseReturnValue:
    """Somebody asked the office by phone."""
    ConfirmForm().validate_on_submit()
    try:
        services.cancel(seat, actor=current_person())
    except DomainError as refusal:
        return _refused(seat.webinar, refusal)
    return _to(seat.webinar, _("The registration is cancelled, and the person told by mail."))


@bp.post(f"/office/webinars/<{ID}:webinar_id>/access/<need>")
@allowed_on(Permission.SEAT_MANAGE, SEATS)
def tick(webinar: Webinar, need: str) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    if need not in set(AccessNeed):
        abort(404)
    access.tick(webinar, AccessNeed(need), actor=current_person())
    return redirect(url_for("seats.of_webinar", webinar_id=webinar.id, _anchor="access"), 303)


@bp.route(f"/office/webinars/<{ID}:webinar_id>/move", methods=["GET", "POST"])
@allowed_on(Permission.SEAT_MANAGE, SEATS)
def move(webinar: Webinar) -> ResponseReturnValue:
    form = MoveForm.of(webinar)
    if form.validate_on_submit():
        try:
            told = moving.move(webinar, form.new_time(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(webinar, _told(_("The webinar is moved."), told))
    page = render_template(
        "webinars/registrations/move.html",
        webinar=webinar,
        when=said(webinar),
        form=form,
        counts=counts_of(webinar),
    )
    return page, form.status


@bp.route(f"/office/webinars/<{ID}:webinar_id>/cancel", methods=["GET", "POST"])
@allowed_on(Permission.SEAT_MANAGE, SEATS)
def call_off(webinar: Webinar) -> ResponseReturnValue:
    form = CallOffForm()
    if form.validate_on_submit():
        try:
            told = moving.call_off(webinar, reason=form.reason.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(webinar, _told(_("The webinar is cancelled."), told))
    page = render_template(
        "webinars/registrations/call_off.html",
        webinar=webinar,
        when=said(webinar),
        form=form,
        counts=counts_of(webinar),
    )
    return page, form.status


def _told(what: str, number: int) -> str:
    if not number:
        return what
    mails = ngettext("One person is told by mail.", "%(num)d people are told by mail.", number)
    return f"{what} {mails}"


def _refused(webinar: Webinar, refusal: DomainError) -> ResponseReturnValue:
    flash(str(refusal), "danger")
    return redirect(url_for("seats.of_webinar", webinar_id=webinar.id), 303)


def _to(webinar: Webinar, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("seats.of_webinar", webinar_id=webinar.id), 303)
