"""Addresses about meetings."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import clock
from core.calendars import MEDIA_TYPE, calendar_file
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.uploads import sent_file, takes_files
from meetings import queries, services
from meetings.errors import CalledOff
from meetings.forms import CallForm, CallOffForm, ChangeForm, OutcomeForm, RecordForm
from meetings.invitations import entry_of, guests_of, not_yet_invited
from meetings.models import MeetingState, PartnershipMeeting
from meetings.sources import MEETING
from partnerships.files.services import most_bytes
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID
from programme.queries import the_programme

bp = Blueprint("meetings", __name__)


@bp.get(f"/partnerships/<{ID}:partnership_id>/meetings")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    meetings = queries.meetings_of(partnership)
    return render_template(
        "meetings/list.html",
        partnership=partnership,
        to_come=[one for one in reversed(meetings) if one.state is MeetingState.PLANNED],
        past=[one for one in meetings if one.state is not MeetingState.PLANNED],
        held=sum(one.state is MeetingState.HELD for one in meetings),
        wanted=the_programme().settings.min_meetings,
    )


@bp.route(f"/partnerships/<{ID}:partnership_id>/meetings/call", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
def call(partnership: Partnership) -> ResponseReturnValue:
    form = CallForm()
    if form.validate_on_submit():
        try:
            meeting = services.call_meeting(
                partnership, form.when(), invite=form.invite.data, actor=current_person()
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            said = _("The meeting is called and the invitation is on its way.")
            return _to(meeting, said if meeting.invited_at else _("The meeting is called."))
    page = render_template(
        "meetings/call.html", partnership=partnership, form=form, guest_list=guests_of(partnership)
    )
    return page, form.status


@bp.route(f"/partnerships/<{ID}:partnership_id>/meetings/record", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
@takes_files(most_bytes)
def record(partnership: Partnership) -> ResponseReturnValue:
    form = RecordForm()
    if form.validate_on_submit():
        try:
            meeting = services.record_meeting(
                partnership,
                form.when(),
                form.outcome(),
                minutes_file=sent_file(form.minutes_file),
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(meeting, _("The meeting is recorded."))
    return render_template("meetings/record.html", partnership=partnership, form=form), form.status


@bp.get(f"/meetings/<{ID}:meeting_id>")
@allowed_on(Permission.PARTNERSHIP_READ, MEETING)
def show(meeting: PartnershipMeeting) -> ResponseReturnValue:
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        partnership=meeting.partnership,
        to_invite=not_yet_invited(meeting) if meeting.state is MeetingState.PLANNED else [],
        form=ConfirmForm(),
        today=clock.today(),
    )


@bp.route(f"/meetings/<{ID}:meeting_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, MEETING)
def change(meeting: PartnershipMeeting) -> ResponseReturnValue:
    if _is_past_changing(meeting):
        return _to_called_off(meeting)
    form = ChangeForm(obj=meeting)
    if form.validate_on_submit():
        try:
            told = services.change_meeting(meeting, form.when(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            said = _("Saved. Those invited get a mail that moves the entry in their calendars.")
            return _to(meeting, said if told else _("The meeting is saved."))
    return render_template("meetings/change.html", meeting=meeting, form=form), form.status


@bp.route(f"/meetings/<{ID}:meeting_id>/outcome", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, MEETING)
@takes_files(most_bytes)
def outcome(meeting: PartnershipMeeting) -> ResponseReturnValue:
    if _is_past_changing(meeting):
        return _to_called_off(meeting)
    form = OutcomeForm.of(meeting)
    if form.validate_on_submit():
        try:
            services.record_outcome(
                meeting, form.outcome(), minutes_file=sent_file(form.minutes_file), actor=current_person()
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(meeting, _("The meeting is recorded."))
    return render_template("meetings/outcome.html", meeting=meeting, form=form), form.status


@bp.post(f"/meetings/<{ID}:meeting_id>/invite")
@allowed_on(Permission.PARTNERSHIP_EDIT, MEETING)
def invite(meeting: PartnershipMeeting) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    try:
        invited = services.send_invitations(meeting, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".show", meeting_id=meeting.id), 303)
    return _to(
        meeting, ngettext("One invitation is on its way.", "%(num)d invitations are on their way.", invited)
    )


@bp.route(f"/meetings/<{ID}:meeting_id>/call-off", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, MEETING)
def call_off(meeting: PartnershipMeeting) -> ResponseReturnValue:
    if _is_past_changing(meeting):
        return _to_called_off(meeting)
    form = CallOffForm()
    if form.validate_on_submit():
        try:
            services.call_off(meeting, reason=form.reason.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(meeting, _("The meeting is called off."))
    return render_template("meetings/call_off.html", meeting=meeting, form=form), form.status


@bp.get(f"/meetings/<{ID}:meeting_id>/calendar.ics")
@allowed_on(Permission.PARTNERSHIP_READ, MEETING)
def calendar(meeting: PartnershipMeeting) -> ResponseReturnValue:
    answer = Response(calendar_file([entry_of(meeting)]), mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"meeting-{meeting.id}.ics")
    return answer


def _is_past_changing(meeting: PartnershipMeeting) -> bool:
    """A form is not offered for what its service refuses."""
    return meeting.called_off_at is not None and request.method == "GET"


def _to_called_off(meeting: PartnershipMeeting) -> ResponseReturnValue:
    flash(str(CalledOff()), "danger")
    return redirect(url_for(".show", meeting_id=meeting.id), 303)


def _to(meeting: PartnershipMeeting, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show", meeting_id=meeting.id), 303)
