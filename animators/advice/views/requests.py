"""Asking for advice, and answering."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from animators.advice.age import with_age
from animators.advice.errors import AnotherWasAsked, AnotherWasSent
from animators.advice.forms import AnswerForm, AskForm, CloseRequestForm
from animators.advice.log_page import expected_for
from animators.advice.models import AdviceRequest
from animators.advice.notices import still_belongs
from animators.advice.services import logging
from animators.advice.services import requests as services
from animators.advice.services.logging import Talk
from animators.advice.sources import REQUEST
from animators.advice.views.blueprint import bp
from animators.consultations.models import Channel
from core import clock
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID
from phrases.models import PhraseKind
from phrases.services import count_uses


@bp.route(f"/partnerships/<{ID}:partnership_id>/advice/ask", methods=["GET", "POST"])
@allowed_on(Permission.ADVICE_ASK, PARTNERSHIP)
def ask(partnership: Partnership) -> ResponseReturnValue:
    form, animator = AskForm(), partnership.animator(clock.today())
    if form.validate_on_submit():
        try:
            asked = services.ask(partnership, form.asked(), key=form.key.data, actor=current_person())
        except AnotherWasAsked as refusal:
            form.renew_key()
            form.reject(refusal)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            said = (
                _("Sent to %(name)s.", name=animator.name) if animator else _("Sent to the programme office.")
            )
            return _to(asked, said)
    return render_template(
        "advice/ask.html", partnership=partnership, form=form, animator=animator
    ), form.status


@bp.get(f"/advice/requests/<{ID}:request_id>")
@allowed_on(Permission.ADVICE_READ, REQUEST)
def show_request(asked: AdviceRequest) -> ResponseReturnValue:
    [waiting] = with_age([asked])
    return render_template(
        "advice/request.html",
        asked=asked,
        days=waiting.days,
        partnership=asked.partnership,
        animator=asked.partnership.animator(clock.today()),
        may_be_called=still_belongs(asked),
        form=ConfirmForm(),
    )


@bp.route(f"/advice/requests/<{ID}:request_id>/answer", methods=["GET", "POST"])
@allowed_on(Permission.ADVICE_ANSWER, REQUEST)
def answer(asked: AdviceRequest) -> ResponseReturnValue:
    """In writing: it is entered as a chat, with the minutes that it took."""
    person, form = current_person(), AnswerForm()
    form.offer_phrases(person, PhraseKind.ADVICE)
    if form.inserts_phrase:
        form.insert_into(form.answer)
    elif form.validate_on_submit() and _is_warned(form, asked):
        try:
            said = form.with_phrase(form.answer.data)
            logging.log_advice(
                _written(asked, form), key=form.key.data, answers=asked, answer=said, actor=person
            )
        except AnotherWasSent as refusal:
            form.renew_key()
            form.reject(refusal)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            count_uses(person, form.used_phrases)
            return _to(asked, _("Answered. The partnership gets it by mail."))
    return render_template("advice/answer.html", asked=asked, form=form), form.status


@bp.route(f"/advice/requests/<{ID}:request_id>/close", methods=["GET", "POST"])
@allowed_on(Permission.ADVICE_ANSWER, REQUEST)
def close_request(asked: AdviceRequest) -> ResponseReturnValue:
    form = CloseRequestForm()
    if form.validate_on_submit():
        try:
            services.decline(asked, word=form.answer.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(asked, _("Closed. The partnership gets a mail."))
    return render_template("advice/close.html", asked=asked, form=form), form.status


@bp.post(f"/advice/requests/<{ID}:request_id>/withdraw")
@allowed_on(Permission.ADVICE_WITHDRAW, REQUEST)
def withdraw_request(asked: AdviceRequest) -> ResponseReturnValue:
    ConfirmForm().validate_on_submit()
    try:
        services.withdraw(asked, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".show_request", request_id=asked.id), 303)
    return _to(asked, _("Taken back. Nobody needs to answer it any more."))


def _is_warned(form: AnswerForm, asked: AdviceRequest) -> bool:
    if logging.is_logged(form.key.data, actor=current_person()):
        return True
    expected = expected_for(current_person(), asked.partnership.municipality_id, form.chosen_minutes())
    return expected is None or form.is_warned_of(expected)


def _written(asked: AdviceRequest, form: AnswerForm) -> Talk:
    return Talk(
        municipality_id=asked.partnership.municipality_id,
        channel=Channel.CHAT,
        minutes=form.chosen_minutes(),
        topics=[asked.topic],
        day=clock.today(),
        over_reason=form.over_reason.data,
    )


def _to(asked: AdviceRequest, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show_request", request_id=asked.id), 303)
