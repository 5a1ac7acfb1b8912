"""A person's own seat at a webinar."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.calendars import MEDIA_TYPE
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from partnerships.views.blueprint import ID
from webinars.models import Webinar
from webinars.registrations import moving, services
from webinars.registrations.calendars import file_to_keep
from webinars.registrations.errors import NotRegistered
from webinars.registrations.forms import NeedsForm
from webinars.registrations.models import RegistrationStatus, WebinarRegistration
from webinars.registrations.queries import place_in_line, seat_of, seats_left
from webinars.registrations.seats import is_open
from webinars.registrations.sources import WEBINAR
from webinars.registrations.views.blueprint import bp
from webinars.times import place_said, said


@bp.get(f"/webinars/<{ID}:webinar_id>/seat")
@allowed_on(Permission.SEAT_TAKE, WEBINAR)
def show(webinar: Webinar) -> ResponseReturnValue:
    seat = seat_of(webinar, current_person())
    return _page(webinar, seat, NeedsForm.of(seat) if seat else NeedsForm())


@bp.post(f"/webinars/<{ID}:webinar_id>/register")
@allowed_on(Permission.SEAT_TAKE, WEBINAR)
def register(webinar: Webinar) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    try:
        seat = services.register(webinar, current_person())
    except DomainError as refusal:
        return _refused(webinar, refusal)
    if seat.status is RegistrationStatus.WAITLISTED:
        flash(
            _("All seats are taken. You are on the waiting list, at place %(n)s.", n=place_in_line(seat)),
            "info",
        )
    else:
        flash(_("You are registered. The entry for your calendar is in your mail."), "success")
    return _to(webinar)


@bp.post(f"/webinars/<{ID}:webinar_id>/seat/cancel")
@allowed_on(Permission.SEAT_TAKE, WEBINAR)
def cancel(webinar: Webinar) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    try:
        services.cancel(_mine(webinar), actor=current_person())
    except DomainError as refusal:
        return _refused(webinar, refusal)
    flash(_("You are not registered any more. Changed your mind? Register again."), "success")
    return _to(webinar)


@bp.post(f"/webinars/<{ID}:webinar_id>/seat/confirm")
@allowed_on(Permission.SEAT_TAKE, WEBINAR)
def confirm(webinar: Webinar) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    try:
        moving.confirm(_mine(webinar), actor=current_person())
    except DomainError as refusal:
        return _refused(webinar, refusal)
    flash(_("Thank you. Your seat at the new time is kept."), "success")
    return _to(webinar)


@bp.post(f"/webinars/<{ID}:webinar_id>/seat/needs")
@allowed_on(Permission.SEAT_TAKE, WEBINAR)
def needs(webinar: Webinar) -> ResponseReturnValue:
    form, seat = NeedsForm(), seat_of(webinar, current_person())
    if form.validate_on_submit():
        try:
            services.change_needs(_mine(webinar), form.wanted(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("Saved. The organiser sees what is needed, not who needs it."), "success")
            return _to(webinar)
    return _page(webinar, seat, form), form.status


@bp.get(f"/webinars/<{ID}:webinar_id>/seat.ics")
@allowed_on(Permission.SEAT_TAKE, WEBINAR)
def calendar(webinar: Webinar) -> ResponseReturnValue:
    seat = seat_of(webinar, current_person())
    return calendar_answer(seat) if seat is not None and seat.holds_seat else _to(webinar)


def calendar_answer(seat: WebinarRegistration) -> Response:
    answer = Response(file_to_keep(seat), mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"webinar-{seat.webinar_id}.ics")
    return answer


def _mine(webinar: Webinar) -> WebinarRegistration:
    seat = seat_of(webinar, current_person())
    if seat is None:
        raise NotRegistered
    return seat


def _page(webinar: Webinar, seat: WebinarRegistration | None, form: NeedsForm) -> str:
    return render_template(
        "webinars/registrations/own.html",
        webinar=webinar,
        when=said(webinar),
        where=place_said(webinar),
        seat=seat,
        form=form,
        button=ConfirmForm(formdata=None),
        is_open=is_open(webinar),
        line=place_in_line(seat) if seat and seat.status is RegistrationStatus.WAITLISTED else None,
        left=seats_left(webinar),
    )


def _refused(webinar: Webinar, refusal: DomainError) -> ResponseReturnValue:
    flash(str(refusal), "danger")
    return _to(webinar)


def _to(webinar: Webinar) -> ResponseReturnValue:
    return redirect(url_for("seats.show", webinar_id=webinar.id), 303)
