"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.fact_words import Fact, name_facts
from core.i18n import _l
from core.jobs import Job, daily_at, register
from core.mail_samples import add_mail_samples
from core.navigation import OfficeTool, add_to_office
from initiatives import jobs
from initiatives.mail_samples import SAMPLES
from initiatives.models import InitiativeStatus, Level
from initiatives.news import news_of_initiatives
from initiatives.views import bp
from subscriptions.news import add_news

STATUS = Fact(_l("Status"), lambda code: str(InitiativeStatus(code).label))

name_facts(
    "initiative",
    number=_l("Number"),
    title=_l("Title"),
    purpose=_l("What it is for"),
    decision_maker=_l("Who decides"),
    actor=_l("Who carries it out"),
    level=Fact(_l("Level"), lambda code: str(Level(code).label)),
)
name_facts("initiative_update", status=STATUS, last_follow_up_on=_l("Last followed up on"))


def init_app(app: Flask) -> None:
    """Measures of a plan of action, followed up by the office and read by everybody."""
    app.register_blueprint(bp)
    add_news(app, news_of_initiatives)
    add_mail_samples(app, SAMPLES)
    add_to_office(
        app,
        OfficeTool(
            _l("Initiatives"),
            _l("Measures to be carried out, where each stands, and which nobody has followed up for long."),
            "initiatives.index",
            lambda person: can(person, Permission.INITIATIVE_MANAGE),
        ),
    )
    register(
        app,
        Job(
            "initiatives.remind",
            jobs.remind_office,
            daily_at(7, 40),
            does=_l("Reminds the office once a month of initiatives that nobody has followed up for long."),
        ),
    )
