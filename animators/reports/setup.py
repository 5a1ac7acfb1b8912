"""What the reports add to the application."""

from typing import Any

from flask import Flask

from accounts.policy import Permission, can
from animators.reports.views import bp
from core.i18n import _l
from core.navigation import OfficeTool, add_to_office


def init_reports(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_office(
        app,
        OfficeTool(
            _l("Hours of advice"),
            _l("Planned and held by month, by municipality and by animator; the ledger for the accounts."),
            "hours_reports.months",
            _reads,
        ),
    )


def _reads(person: Any) -> bool:
    return can(person, Permission.HOURS_READ_ALL)
