"""What the office decides about hours: overruns, and changes of a pot by itself."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission
from animators.hours import deciding, queries
from animators.hours.bars import bars_of, bars_of_many
from animators.hours.forms import ADD, MOVE, TAKE, ChangeForm, DecideForm
from animators.hours.models import BudgetAdjustment, Decision
from animators.hours.sources import OVERRUN
from animators.hours.views.blueprint import bp
from core.errors import DomainError
from core.formatting import hours
from core.forms import SelectChoice
from core.i18n import _, ngettext
from core.paging import page_number
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID

DECIDE = {
    Decision.GRANTED: deciding.grant,
    Decision.TRANSFERRED: deciding.transfer,
    Decision.REFUSED: deciding.refuse,
}


@bp.get("/office/hours/exceptions")
@allowed(Permission.BUDGET_DECIDE)
def exceptions() -> ResponseReturnValue:
    pending = queries.pending_requests()
    return render_template(
        "hours/exceptions.html",
        pending=pending,
        bars=bars_of_many({one.budget.municipality_id for one in pending}),
        decided=queries.decided_requests(page_number()),
    )


@bp.route(f"/office/hours/exceptions/<{ID}:adjustment_id>", methods=["GET", "POST"])
@allowed_on(Permission.BUDGET_DECIDE, OVERRUN)
def decide(adjustment: BudgetAdjustment) -> ResponseReturnValue:
    form = DecideForm()
    bars = {bar.pot: bar for bar in bars_of(adjustment.budget.municipality_id)}
    other = bars[deciding.other_pot(adjustment.budget.pot)]
    form.decision.choices = _choices(adjustment, other.balance.free)
    if form.validate_on_submit():
        try:
            DECIDE[Decision(form.decision.data)](
                adjustment, note=form.note.data or None, actor=current_person()
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _decided()
    page = render_template(
        "hours/decide.html",
        adjustment=adjustment,
        bars=bars.values(),
        form=form,
        partnership=adjustment.consultation.partnership if adjustment.consultation else None,
    )
    return page, form.status


def _choices(adjustment: BudgetAdjustment, free_there: int) -> list[SelectChoice]:
    minutes = hours(adjustment.minutes)
    other = deciding.other_pot(adjustment.budget.pot)
    return [
        SelectChoice(Decision.GRANTED.value, _("Grant %(minutes)s: the pot grows by them", minutes=minutes)),
        SelectChoice(
            Decision.TRANSFERRED.value,
            _(
                "Move %(minutes)s from the pot “%(pot)s”, where %(free)s are free",
                minutes=minutes, pot=other.label, free=hours(free_there),
            ),
        ),
        SelectChoice(Decision.REFUSED.value, _("Refuse: they stay visible, apart from the pot")),
    ]  # fmt: skip


def _decided() -> ResponseReturnValue:
    left = queries.count_pending()
    said = _("It is decided. The leader and the animator get a mail.")
    more = ngettext("One more waits.", "%(num)d more wait.", left) if left else _("Nothing else waits.")
    flash(f"{said} {more}", "success")
    return redirect(url_for("hours.exceptions"), 303)


@bp.route(f"/partnerships/<{ID}:partnership_id>/hours/change", methods=["GET", "POST"])
@allowed_on(Permission.BUDGET_DECIDE, PARTNERSHIP)
def change(partnership: Partnership) -> ResponseReturnValue:
    form = ChangeForm()
    if form.validate_on_submit():
        try:
            _change(partnership, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The hours are changed. The leader and the animator get a mail."), "success")
            return redirect(url_for("hours.of_partnership", partnership_id=partnership.id), 303)
    page = render_template(
        "hours/change.html", partnership=partnership, bars=bars_of(partnership.municipality_id), form=form
    )
    return page, form.status


def _change(partnership: Partnership, form: ChangeForm) -> None:
    pot, what, minutes, reason = form.chosen
    place, actor = partnership.municipality, current_person()
    if what == MOVE:
        deciding.move(place, minutes, reason, to=pot, actor=actor)
    elif what == ADD:
        deciding.adjust_pot(place, pot, minutes, reason, actor=actor)
    elif what == TAKE:
        deciding.adjust_pot(place, pot, -minutes, reason, actor=actor)
