"""What agreeing on visits adds to the application."""

from collections.abc import Sequence
from datetime import datetime

from flask import Flask

import animators.visits.trip_views  # noqa: F401 (its addresses belong to the same blueprint)
from accounts.mail_links import register_mail_deed
from animators.visits.agenda import all_visits, visits_in_agenda
from animators.visits.deeds import ACCEPT_THIS_DATE, THIS_IS_NOT_RIGHT
from animators.visits.jobs import hand_visits_over, hold_visits, remind_of_tomorrow
from animators.visits.open_work import visits_under_way
from animators.visits.services.changing import cancel_those_to_come
from animators.visits.views import bp
from core.agenda import add_to_agenda, add_to_programme_agenda
from core.fact_words import Fact, name_facts
from core.formatting import moment
from core.i18n import _l
from core.jobs import Job, daily_at, hourly_at, register
from partnerships.closing import register_calling_off
from partnerships.handovers.open_work import register_open_work
from partnerships.pages import PartnershipPage, add_to_partnership


def init_visits(app: Flask) -> None:
    name_facts(
        "consultation",
        planned_start=_l("Planned for"),
        planned_minutes=_l("Length in minutes"),
        place=_l("Place"),
        animator=_l("Animator"),
        proposed_dates=Fact(_l("Proposed dates"), _moments),
    )
    app.register_blueprint(bp)
    register_open_work(visits_under_way)
    register_calling_off(cancel_those_to_come)
    register_mail_deed(app, ACCEPT_THIS_DATE)
    register_mail_deed(app, THIS_IS_NOT_RIGHT)
    add_to_agenda(app, visits_in_agenda)
    add_to_programme_agenda(app, all_visits)
    add_to_partnership(app, PartnershipPage(_l("Visits"), "visits.of_partnership", 240))
    register(
        app,
        Job(
            "visits.tomorrow",
            remind_of_tomorrow,
            daily_at(8, 5),
            does=_l("Reminds both sides of a visit on the day before it."),
        ),
        Job(
            "visits.held",
            hold_visits,
            hourly_at(5),
            does=_l("Writes down that agreed visits are over, and asks for their reports."),
        ),
        Job(
            "visits.handed_over",
            hand_visits_over,
            hourly_at(15),
            does=_l("Moves agreed visits to the calendar of the animator who took a municipality over."),
        ),
    )


def _moments(values: Sequence[str]) -> str:
    return "; ".join(moment(datetime.fromisoformat(value)) for value in values)
