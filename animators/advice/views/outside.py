"""Advice to organisations outside the partnerships."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission
from animators.advice.errors import AnotherWasSentOutside
from animators.advice.forms import OutsideForm, TakeBackForm
from animators.advice.log_page import entries_before
from animators.advice.models import OutsideAdvice
from animators.advice.queries import advised_lately, recently_outside
from animators.advice.services import outside as services
from animators.advice.sources import OUTSIDE
from animators.advice.views.blueprint import bp
from core import clock
from core.errors import DomainError
from core.formatting import hours
from core.i18n import _
from partnerships.views.blueprint import ID


@bp.route("/advice/outside", methods=["GET", "POST"])
@allowed(Permission.ADVICE_LOG)
def outside() -> ResponseReturnValue:
    person = current_person()
    form: OutsideForm = OutsideForm.fresh()
    form.order_topics(entries_before(person).topics)
    form.municipality.choices = [
        ("", _("None in particular")),
        *(
            (str(one.municipality.id), one.municipality.name)
            for one in sorted(
                advised_lately(person, clock.today()), key=lambda one: one.municipality.sort_key
            )
        ),
    ]
    if form.validate_on_submit():
        try:
            entry = services.log_outside(form.talk(), key=form.key.data, actor=person)
        except AnotherWasSentOutside as refusal:
            form.renew_key()
            form.reject(refusal)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            said = _(
                "Logged: %(minutes)s for %(name)s.", minutes=hours(entry.minutes), name=entry.organisation
            )
            flash(said, "success")
            return redirect(url_for(".outside"), 303)
    return render_template("advice/outside.html", form=form, entries=recently_outside(person)), form.status


@bp.route(f"/advice/outside/<{ID}:outside_id>/take-back", methods=["GET", "POST"])
@allowed_on(Permission.ADVICE_OUTSIDE, OUTSIDE)
def take_back_outside(entry: OutsideAdvice) -> ResponseReturnValue:
    form = TakeBackForm()
    if form.validate_on_submit():
        try:
            services.take_back_outside(entry, reason=form.reason.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("Taken back. It counts no more."), "success")
            return redirect(url_for(".outside"), 303)
    return render_template("advice/take_back_outside.html", entry=entry, form=form), form.status
