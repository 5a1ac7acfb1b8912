"""What work cards add to the application."""

from flask import Flask

import animators.cards.models  # noqa: F401 (their tables belong to every installation)
from accounts.policy import Permission, can
from animators.cards import jobs
from animators.cards.models import Work
from animators.cards.views import bp
from animators.cards.words import amount_of_work, money
from animators.cards.workflow import CardStatus
from core.fact_words import Fact, name_facts
from core.i18n import _l
from core.jobs import Job, daily_at, register
from core.navigation import OfficeTool, add_to_office


def init_cards(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.filters.update(money=money, amount_of_work=amount_of_work)
    name_facts("work_card", status=Fact(_l("State"), lambda status: str(CardStatus(status).label)))
    name_facts(
        "work_card_line",
        day=_l("Day"),
        kind=Fact(_l("Kind of work"), lambda kind: str(Work(kind).label)),
        minutes=_l("Length in minutes"),
        km=_l("Kilometres"),
        note=_l("What it was"),
        is_correction=_l("Correction of an earlier month"),
    )
    add_to_office(
        app,
        OfficeTool(
            _l("Work cards"),
            _l("What each animator did in a month: who has submitted, to be checked, locked and exported."),
            "cards.office",
            lambda person: can(person, Permission.CARD_CHECK),
        ),
    )
    register(
        app,
        Job(
            "cards.begin",
            jobs.begin_cards_of_the_month,
            daily_at(0, 20),
            does=_l("Begins the work cards of a month."),
        ),
        Job(
            "cards.remind",
            jobs.remind_of_cards,
            daily_at(7, 10),
            does=_l("Reminds animators of work cards they have not submitted."),
        ),
    )
