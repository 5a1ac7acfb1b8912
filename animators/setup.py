"""What this package adds to the application."""

from flask import Flask

import animators.advice.models
import animators.consultations.models
import animators.hours.models
import animators.people.models  # noqa: F401 (their tables belong to every installation)
from accounts.policy import Permission, can
from animators.advice.setup import init_advice
from animators.cards.setup import init_cards
from animators.consultations.setup import init_consultations
from animators.fact_words import name_facts_of_animators
from animators.following import ConsultationsFollow, HoursFollow
from animators.hours.setup import init_hours
from animators.people import jobs
from animators.people.agenda import covers_between
from animators.people.views import bp
from animators.reports.setup import init_reports
from animators.visits.setup import init_visits
from core.agenda import add_to_agenda, add_to_programme_agenda
from core.i18n import _l
from core.jobs import Job, daily_at, hourly_at, register
from core.navigation import MenuEntry, add_to_menu
from municipalities.followers import register_follower


def init_app(app: Flask) -> None:
    name_facts_of_animators()
    register_follower(HoursFollow())
    register_follower(ConsultationsFollow())
    app.register_blueprint(bp)
    init_reports(app)
    init_advice(app)
    init_hours(app)
    init_consultations(app)
    init_cards(app)
    init_visits(app)
    add_to_agenda(app, covers_between)
    add_to_programme_agenda(app, covers_between)
    add_to_menu(
        app,
        MenuEntry(_l("Animators"), "animators.index", lambda person: can(person, Permission.ANIMATOR_MANAGE)),
    )
    register(
        app,
        Job(
            "animators.back",
            jobs.tell_who_is_back,
            daily_at(5, 20),
            does=_l("Tells animators who come back from a leave what happened meanwhile."),
        ),
        Job(
            "animators.reviews",
            jobs.move_reviews_on,
            hourly_at(35),
            does=_l("Gives reviews to the new animator where the former one works no more."),
        ),
    )
