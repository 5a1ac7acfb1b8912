"""What this package adds to the application."""

from typing import Any

from flask import Flask

from accounts.policy import Permission, can
from core.i18n import _l
from core.navigation import OfficeTool, add_to_office
from overview.views import bp


def _is_office(person: Any) -> bool:
    return can(person, Permission.BOARD_READ)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_office(
        app,
        OfficeTool(
            _l("Overview"),
            _l(
                "How far the programme is: stages, tasks on a map, week by week, and which partnerships are at risk."
            ),
            "overview.index",
            _is_office,
        ),
    )
