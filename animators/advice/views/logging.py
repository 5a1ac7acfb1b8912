"""Logging a talk, and putting right what was logged."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission, can
from animators.advice.errors import AnotherWasSent
from animators.advice.forms import CorrectForm, LogForm
from animators.advice.log_page import entries_before, expected_for, prepare_log_page
from animators.advice.models import AdviceRequest
from animators.advice.queries import request_by_id
from animators.advice.services import logging
from animators.advice.sources import ENTRY
from animators.advice.views.blueprint import bp
from animators.consultations.models import Channel, Consultation
from animators.hours.balances import balances_with_usual
from animators.hours.forecasts import forecast as forecast_of
from animators.hours.models import Pot
from core import clock
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from core.paging import asked_id
from partnerships.views.blueprint import ID


@bp.route("/advice/log", methods=["GET", "POST"])
@allowed(Permission.ADVICE_LOG)
def log() -> ResponseReturnValue:
    person, answers = current_person(), _request_named()
    before = entries_before(person)
    form = _form(answers, before.last)
    form.order_topics(before.topics)
    if form.validate_on_submit() and _is_warned(form, form.place_id):
        try:
            entry = logging.log_advice(form.talk(), key=form.key.data, answers=answers, actor=person)
        except AnotherWasSent as refusal:
            form.renew_key()
            form.reject(refusal)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return redirect(url_for(".logged", consultation_id=entry.id), 303)
    page = prepare_log_page(form, person, on=form.day.data or clock.today(), before=before)
    return render_template("advice/log.html", form=form, page=page, answers=answers), form.status


@bp.get("/advice/forecast")
@allowed(Permission.ADVICE_LOG)
def forecast() -> ResponseReturnValue:
    """What the pot will hold, while the form is being filled in: a part of its page."""
    form = LogForm(request.args, meta={"csrf": False})
    slip = next(iter(form.minutes.process_errors), None)
    if slip is None:
        form.forecast = expected_for(current_person(), form.place_id, form.chosen_minutes())
    return render_template("hours/forecast.html", form=form, slip=slip)


@bp.get(f"/advice/entries/<{ID}:consultation_id>")
@allowed_on(Permission.ADVICE_CORRECT, ENTRY)
def logged(consultation: Consultation) -> ResponseReturnValue:
    balances = balances_with_usual([consultation.municipality_id])
    return render_template(
        "advice/logged.html",
        entry=consultation,
        balance=balances[consultation.municipality_id, Pot.REMOTE],
        form=ConfirmForm(),
    )


@bp.post(f"/advice/entries/<{ID}:consultation_id>/undo")
@allowed_on(Permission.ADVICE_CORRECT, ENTRY)
def undo(consultation: Consultation) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    try:
        logging.undo(consultation, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
    else:
        flash(_("Taken back. Its minutes are in the pot again."), "success")
    return redirect(url_for(".logged", consultation_id=consultation.id), 303)


@bp.route(f"/advice/entries/<{ID}:consultation_id>/correct", methods=["GET", "POST"])
@allowed_on(Permission.ADVICE_CORRECT, ENTRY)
def correct(consultation: Consultation) -> ResponseReturnValue:
    form = CorrectForm()
    if form.validate_on_submit() and _is_warned_of_more(form, consultation):
        try:
            logging.correct_minutes(
                consultation,
                form.chosen_minutes(),
                reason=form.reason.data or "",
                over_reason=form.over_reason.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("Corrected. The former entry stays beside it."), "success")
            return redirect(url_for(".logged", consultation_id=consultation.id), 303)
    return render_template("advice/correct.html", entry=consultation, form=form), form.status


def _is_warned(form: LogForm, place_id: int | None) -> bool:
    """What has been sent before is answered as it was: it needs no warning any more."""
    if logging.is_logged(form.key.data, actor=current_person()):
        return True
    expected = expected_for(current_person(), place_id, form.chosen_minutes())
    return expected is None or form.is_warned_of(expected)


def _is_warned_of_more(form: CorrectForm, consultation: Consultation) -> bool:
    more = (form.chosen_minutes() or 0) - (consultation.actual_minutes or 0)
    return more <= 0 or form.is_warned_of(forecast_of(consultation.municipality, Pot.REMOTE, more))


def _form(answers: AdviceRequest | None, last: Consultation | None) -> LogForm:
    """The defaults: what the address names, then the request that is answered, then what was logged last."""
    place = asked_id("municipality")
    channel = request.args.get("channel", "")
    if answers is not None:
        place, channel = answers.partnership.municipality_id, channel or str(answers.channel)
    if place is None:
        place = last.municipality_id if last else None
    if channel not in set(map(str, Channel)):
        channel = str(last.channel if last else Channel.PHONE)
    topics = [answers.topic] if answers else []
    minutes = asked_id("minutes")
    form: LogForm = LogForm.fresh(municipality=str(place or ""), channel=channel, topics=topics)
    if minutes:
        form.suggest_minutes(minutes)
    return form


def _request_named() -> AdviceRequest | None:
    """The request that the talk answers, as the address names it."""
    named = asked_id("request")
    if named is None:
        return None
    found = request_by_id(named)
    if found is None or not can(current_person(), Permission.ADVICE_ANSWER, found):
        abort(404)
    return found
