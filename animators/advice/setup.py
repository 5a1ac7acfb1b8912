"""What remote advice adds to the application."""

from functools import partial

from flask import Flask

from accounts.policy import Permission, can
from animators.advice import jobs
from animators.advice.following import RequestsFollow
from animators.advice.models import RequestStatus
from animators.advice.open_work import open_requests
from animators.advice.services.requests import close_those_open
from animators.advice.views import bp
from animators.advice.words import dialled
from animators.consultations.models import Channel
from core.fact_words import Fact, name_facts
from core.i18n import _l
from core.jobs import Job, daily_at, register
from core.navigation import MenuEntry, add_to_menu
from municipalities.followers import register_follower
from partnerships.closing import register_calling_off
from partnerships.handovers.open_work import register_open_work
from partnerships.pages import PartnershipPage, add_to_partnership
from partnerships.words import listed


def init_advice(app: Flask) -> None:
    _name_facts()
    register_follower(RequestsFollow())
    register_open_work(open_requests)
    register_calling_off(close_those_open)
    app.register_blueprint(bp)
    app.jinja_env.filters["dialled"] = dialled
    add_to_partnership(app, PartnershipPage(_l("Advice"), "advice.of_partnership", 260))
    add_to_menu(
        app, MenuEntry(_l("Advice"), "advice.index", lambda person: can(person, Permission.ADVICE_LOG))
    )
    register(
        app,
        Job(
            "animators.advice_of_day",
            jobs.tell_of_the_day,
            daily_at(20, 10),
            does=_l("Tells leaders in the evening what was logged that day, in one mail."),
        ),
    )


def _name_facts() -> None:
    topics = partial(listed, list_key="advice_topic")
    name_facts(
        "advice_request",
        topic=Fact(_l("Topic"), topics),
        question=_l("Question"),
        answer=_l("Answer"),
        channel=Fact(_l("Channel"), _channel),
        status=Fact(_l("Status"), lambda value: str(RequestStatus(value).label)),
    )
    name_facts(
        "outside_advice",
        organisation=_l("Organisation"),
        channel=Fact(_l("Channel"), _channel),
        minutes=_l("Minutes"),
        topics=Fact(_l("Topics"), topics),
        day=_l("Day"),
    )


def _channel(value: str) -> str:
    return str(Channel(value).label)
