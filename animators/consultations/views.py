"""Addresses about one consultation after it took place, and what was agreed in all of them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission
from animators.consultations import queries, services
from animators.consultations.forms import (
    ConfirmReportForm,
    CorrectForm,
    DisputeForm,
    ReportForm,
    SettleForm,
    StepForm,
    TickForm,
)
from animators.consultations.models import Consultation, FollowUp
from animators.consultations.page import page_of
from animators.consultations.report_form import report_form_pdf
from animators.consultations.services.confirming import check_open
from animators.consultations.services.reporting import check_correctable, check_reportable, needs_late_reason
from animators.consultations.sources import CONSULTATION, FOLLOW_UP
from animators.consultations.workflow import Outcome
from animators.hours.bars import bars_of
from animators.hours.forecasts import forecast
from core.downloads import to_keep
from core.errors import DomainError
from core.i18n import _
from core.text import slug
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID
from phrases.models import PhraseKind
from phrases.services import count_uses

bp = Blueprint("consultations", __name__)


@bp.get(f"/consultations/<{ID}:consultation_id>")
@allowed_on(Permission.CONSULTATION_READ, CONSULTATION)
def show(consultation: Consultation) -> ResponseReturnValue:
    return render_template(
        "consultations/show.html",
        consultation=consultation,
        partnership=consultation.partnership,
        page=page_of(consultation, current_person()),
        form=ConfirmReportForm(seen=services.seen_as(consultation)),
    )


# --- The animator's report ---------------------------------------------------------------------------------


@bp.route(f"/consultations/<{ID}:consultation_id>/report", methods=["GET", "POST"])
@allowed_on(Permission.CONSULTATION_REPORT, CONSULTATION)
def report(consultation: Consultation) -> ResponseReturnValue:
    check_reportable(consultation)
    person, form = current_person(), ReportForm.of(consultation)
    form.offer_phrases(person, PhraseKind.REPORT)
    if form.inserts_phrase:
        form.insert_into(form.summary)
    elif form.more_steps.data:
        form.one_more_step()
    elif form.validate_on_submit() and _is_warned(form, consultation, form.minutes.data):
        try:
            services.report_visit(consultation, form.report(form.promises()), actor=person)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            count_uses(person, form.used_phrases)
            return _to(consultation, _("The report is on its way to the partnership."))
    if form.forecast is None and form.minutes.data:
        form.forecast = forecast(consultation.municipality, consultation.channel.pot, form.minutes.data)
    return _report_page("report", consultation, form)


@bp.route(f"/consultations/<{ID}:consultation_id>/correct", methods=["GET", "POST"])
@allowed_on(Permission.CONSULTATION_REPORT, CONSULTATION)
def correct(consultation: Consultation) -> ResponseReturnValue:
    check_correctable(consultation)
    person, form = current_person(), CorrectForm.of(consultation)
    form.offer_phrases(person, PhraseKind.REPORT)
    before = consultation.actual_minutes or 0
    if form.inserts_phrase:
        form.insert_into(form.summary)
    elif form.validate_on_submit() and _is_warned(form, consultation, (form.minutes.data or 0) - before):
        try:
            services.correct_report(consultation, form.report(), reason=form.reason.data or "", actor=person)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            count_uses(person, form.used_phrases)
            return _to(consultation, _("Corrected. The partnership is asked to confirm it as it is now."))
    return _report_page("correct", consultation, form)


def _is_warned(form: ReportForm | CorrectForm, visit: Consultation, more: int) -> bool:
    """Fewer minutes need no warning."""
    return more <= 0 or form.is_warned_of(forecast(visit.municipality, visit.channel.pot, more))


def _report_page(name: str, visit: Consultation, form: ReportForm | CorrectForm) -> ResponseReturnValue:
    page = render_template(
        f"consultations/{name}.html",
        consultation=visit,
        partnership=visit.partnership,
        form=form,
        is_late=needs_late_reason(visit),
    )
    return page, form.status


@bp.get(f"/consultations/<{ID}:consultation_id>/form.pdf")
@allowed_on(Permission.CONSULTATION_READ, CONSULTATION)
def report_form(consultation: Consultation) -> ResponseReturnValue:
    """To be filled in by hand where there is no coverage."""
    name = f"{slug(consultation.municipality.name)}-{consultation.visit_no or consultation.id}.pdf"
    return to_keep(report_form_pdf(consultation), name=name, content_type="application/pdf")


# --- What the partnership says -----------------------------------------------------------------------------


@bp.post(f"/consultations/<{ID}:consultation_id>/confirm")
@allowed_on(Permission.CONSULTATION_CONFIRM, CONSULTATION)
def confirm(consultation: Consultation) -> ResponseReturnValue:
    form, person = ConfirmReportForm(), current_person()
    form.validate_on_submit()
    side, seen = services.side_of(consultation, person), form.seen.data or None
    try:
        services.confirm(consultation, actor=person, side=side, seen=seen)
    except DomainError as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".show", consultation_id=consultation.id), 303)
    return _to(consultation, _("Confirmed. Thank you."))


@bp.route(f"/consultations/<{ID}:consultation_id>/dispute", methods=["GET", "POST"])
@allowed_on(Permission.CONSULTATION_CONFIRM, CONSULTATION)
def dispute(consultation: Consultation) -> ResponseReturnValue:
    person, form = current_person(), DisputeForm()
    check_open(consultation, person)
    if form.validate_on_submit():
        try:
            services.dispute(
                consultation,
                form.reason.data or "",
                actor=person,
                side=services.side_of(consultation, person),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(consultation, _("Disputed. The programme office decides, and both sides are told."))
    page = render_template(
        "consultations/dispute.html",
        consultation=consultation,
        page=page_of(consultation, person),
        form=form,
    )
    return page, form.status


# --- The office decides ------------------------------------------------------------------------------------


@bp.get("/consultations/disputes")
@allowed(Permission.CONSULTATION_DECIDE)
def disputes() -> ResponseReturnValue:
    return render_template("consultations/disputes.html", disputes=queries.disputes())


@bp.route(f"/consultations/<{ID}:consultation_id>/decide", methods=["GET", "POST"])
@allowed_on(Permission.CONSULTATION_DECIDE, CONSULTATION)
def decide(consultation: Consultation) -> ResponseReturnValue:
    person, form = current_person(), SettleForm()
    if form.validate_on_submit():
        try:
            services.settle(
                consultation,
                Outcome(form.outcome.data),
                form.note.data or "",
                minutes=form.minutes.data,
                actor=person,
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(consultation, _("Decided. Both sides are told."))
    page = render_template(
        "consultations/decide.html",
        consultation=consultation,
        page=page_of(consultation, person),
        bars=bars_of(consultation.municipality_id),
        form=form,
    )
    return page, form.status


# --- Next steps --------------------------------------------------------------------------------------------


@bp.get(f"/partnerships/<{ID}:partnership_id>/next-steps")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def next_steps(partnership: Partnership) -> ResponseReturnValue:
    steps = queries.follow_ups_of(partnership.municipality_id)
    return render_template(
        "consultations/next_steps.html",
        partnership=partnership,
        open_steps=[one for one in steps if one.done_on is None],
        done=[one for one in steps if one.done_on is not None],
        form=TickForm(formdata=None),
    )


@bp.route(f"/consultations/<{ID}:consultation_id>/next-steps", methods=["GET", "POST"])
@allowed_on(Permission.FOLLOW_UP_EDIT, CONSULTATION)
def add_step(consultation: Consultation) -> ResponseReturnValue:
    form = StepForm()
    if form.validate_on_submit():
        try:
            services.add_follow_up(consultation, form.promise(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(consultation, _("The next step is written down."))
    return render_template("consultations/add_step.html", consultation=consultation, form=form), form.status


@bp.post(f"/next-steps/<{ID}:follow_up_id>")
@allowed_on(Permission.FOLLOW_UP_EDIT, FOLLOW_UP)
def tick(follow_up: FollowUp) -> ResponseReturnValue:
    form = TickForm()
    form.validate_on_submit()
    services.tick(follow_up, done=form.done.data, actor=current_person())
    said, partnership = (
        _("Ticked as done.") if follow_up.done_on else _("Open again."),
        follow_up.consultation.partnership,
    )
    if form.listed.data and partnership is not None:
        flash(said, "success")
        return redirect(url_for(".next_steps", partnership_id=partnership.id), 303)
    return _to(follow_up.consultation, said)


def _to(consultation: Consultation, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show", consultation_id=consultation.id), 303)
