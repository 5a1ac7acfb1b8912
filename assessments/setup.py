"""What this package adds to the application."""

from flask import Flask

from assessments.offers import NEEDS_OFFERED
from assessments.open_work import begun_assessments
from assessments.questionnaire import NEED_AREAS
from assessments.views import bp
from core.fact_words import Fact, name_facts
from core.i18n import _l
from partnerships.handovers.open_work import register_open_work
from partnerships.pages import PartnershipPage, add_to_partnership
from partnerships.words import listed
from plans.editing.offers import register_offers

name_facts(
    "self_assessment",
    area=Fact(_l("Area"), lambda code: listed(code, NEED_AREAS)),
    answers=_l("Answers"),
    score=_l("Result of 100"),
    note=_l("Note"),
    taken_on=_l("Finished on"),
)


def init_app(app: Flask) -> None:
    """Self-assessments: where a municipality stands, and which needs follow from it."""
    app.register_blueprint(bp)
    register_open_work(begun_assessments)
    register_offers(app, NEEDS_OFFERED)
    add_to_partnership(app, PartnershipPage(_l("Self-assessment"), "assessments.of_partnership", 210))
