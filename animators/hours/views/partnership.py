"""The hours of one municipality: what is left, each entry of it, and what some minutes would do to it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission, can
from animators.consultations.models import Channel
from animators.hours import queries
from animators.hours.forecasts import Forecast, forecast
from animators.hours.forms import HoursForm
from animators.hours.minutes import MinutesRefused, read_minutes
from animators.hours.views.blueprint import bp
from core.paging import asked_id
from partnerships.models import Partnership
from partnerships.queries import partnership_by_id
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID


@bp.get(f"/partnerships/<{ID}:partnership_id>/hours")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    return render_template(
        "hours/of_partnership.html",
        partnership=partnership,
        ledgers=queries.ledgers_of(partnership.municipality),
        requests=queries.requests_of(partnership.municipality),
    )


@bp.get("/hours/forecast")
@allowed(Permission.PARTNERSHIP_READ)
def show_forecast() -> ResponseReturnValue:
    """A part of a page, asked for while people type. Nothing to say is an empty answer, and so is a place of others."""
    form, slip = HoursForm(), None
    try:
        form.forecast = _asked()
    except MinutesRefused as refusal:
        slip = str(refusal)
    return render_template("hours/forecast.html", form=form, slip=slip)


def _asked() -> Forecast | None:
    partnership = partnership_by_id(asked_id("partnership_id") or 0)
    channel, typed = request.args.get("channel", ""), request.args.get("minutes", "").strip()
    if partnership is None or not can(current_person(), Permission.PARTNERSHIP_READ, partnership):
        return None
    if channel not in set(Channel) or not typed:
        return None
    more = read_minutes(typed) - (asked_id("already") or 0)
    return forecast(partnership.municipality, Channel(channel).pot, more) if more > 0 else None
