"""What the hours add to the application."""

from typing import Any

from flask import Flask

from accounts.policy import Permission, can
from animators.hours.models import Decision
from animators.hours.views import bp
from core.fact_words import Fact, name_facts
from core.i18n import _l
from core.navigation import OfficeTool, add_to_office
from partnerships.pages import PartnershipPage, add_to_partnership


def init_hours(app: Flask) -> None:
    name_facts(
        "budget_adjustment",
        pending=_l("Minutes over the pot"),
        decision=Fact(_l("Decision"), _label),
        granted=_l("Minutes granted"),
    )
    app.register_blueprint(bp)
    add_to_partnership(app, PartnershipPage(_l("Hours of advice"), "hours.of_partnership", 250))
    add_to_office(
        app,
        OfficeTool(
            _l("Exceptions of hours"),
            _l("Minutes over a pot: grant or refuse them, or move hours from the other pot."),
            "hours.exceptions",
            lambda person: can(person, Permission.BUDGET_DECIDE),
        ),
    )


def _label(value: Any) -> str:
    return str(Decision(value).label)
