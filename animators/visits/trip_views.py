"""Addresses of a trip: visits to several municipalities proposed in a row."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from animators.visits.errors import NoDate
from animators.visits.trip_forms import USUAL_GAP, StopsForm, TripForm, mark_of
from animators.visits.trips import Choice, Stop, StopRefused, choices_for, in_a_row, send, warnings_about
from animators.visits.views import bp
from core.errors import DomainError
from core.forms import SelectChoice
from core.i18n import _, ngettext
from programme.queries import the_programme


@bp.route("/visits/trip", methods=["GET", "POST"])
@allowed(Permission.VISIT_TRIP)
def trip() -> ResponseReturnValue:
    """First where and when, in the address; then the visits in a row, which can be changed and sent."""
    choices = choices_for(current_person())
    if request.method == "POST":
        return _sent(choices)
    form = _trip_form(choices)
    if request.args and form.validate():
        try:
            chosen = [one for one in choices if one.partnership.id in (form.places.data or [])]
            stops = in_a_row(chosen, form.first(), minutes=form.minutes.data or 0, gap=form.gap.data or 0)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _review(choices, StopsForm.of(stops, form.gap.data or 0), stops)
    return render_template("visits/trip.html", form=form, choices=choices)


def _trip_form(choices: Sequence[Choice]) -> TripForm:
    settings = the_programme().settings
    usual = {"minutes": settings.visit_nominal_minutes, "gap": USUAL_GAP}
    form = TripForm(request.args or None, data=usual, meta={"csrf": False})
    form.places.choices = [SelectChoice(one.partnership.id, _label(one)) for one in choices]
    return form


def _label(choice: Choice) -> str:
    place = choice.partnership.municipality.name
    return _("%(place)s (visit %(number)s)", place=place, number=choice.visit_no)


def _sent(choices: Sequence[Choice]) -> ResponseReturnValue:
    form, taken = StopsForm(), []
    if not form.validate_on_submit():
        return _review(choices, form, [])
    try:
        taken = form.taken(choices)
        if not taken:
            raise NoDate
        warnings = warnings_about([stop for _row, stop in taken], current_person(), gap=form.gap_minutes())
        if warnings and form.warned.data != mark_of(warnings):
            return _review(choices, form, [stop for _row, stop in taken])
        proposed = send([stop for _row, stop in taken], actor=current_person())
    except StopRefused as refusal:
        row = taken[refusal.index][0] if taken else list(form.stops)[refusal.index]
        form.reject_at(row, refusal)
        return _review(choices, form, [])
    except DomainError as refusal:
        form.reject(refusal)
        return _review(choices, form, [])
    flash(
        ngettext("One proposal is on its way.", "%(num)d proposals are on their way.", len(proposed)),
        "success",
    )
    return redirect(url_for("agenda.month"), 303)


def _review(choices: Sequence[Choice], form: StopsForm, stops: Sequence[Stop]) -> ResponseReturnValue:
    """The visits one below the other, with what to know about them above."""
    warnings = warnings_about(stops, current_person(), gap=form.gap_minutes())
    form.warned.data = mark_of(warnings)
    page = render_template(
        "visits/trip_review.html", form=form, rows=form.choices(choices), warnings=warnings
    )
    return page, form.status
