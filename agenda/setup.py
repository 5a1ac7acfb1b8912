"""What this package adds to the application."""

from typing import Any

from flask import Flask

import agenda.models  # noqa: F401 (its table belongs to every installation)
from accounts.parts import AccountPart, add_to_account
from accounts.policy import Permission, can
from accounts.role_sources import roles_of
from accounts.roles import Role
from agenda.views import bp
from core.i18n import _l
from core.navigation import MenuEntry, OfficeTool, add_to_menu, add_to_office


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_menu(app, MenuEntry(_l("Calendar"), "agenda.month", _has_dates))
    add_to_office(
        app,
        OfficeTool(
            _l("Calendar"),
            _l(
                "Visits, meetings, webinars, deadlines and leave of the whole programme: a month, a week or a list."
            ),
            "agenda.programme",
            lambda person: can(person, Permission.BOARD_READ),
        ),
    )
    add_to_account(
        app,
        AccountPart(
            _l("Your calendar elsewhere"),
            _l("Thunderbird, Outlook or Google can show your dates, each read from a private address."),
            _l("Private calendar address"),
            "agenda.address",
        ),
    )


def _has_dates(person: Any) -> bool:
    """Of the office only who also leads or advises: it has dates of its own seldom, and finds them on its page."""
    return can(person, Permission.OWN_ACCOUNT) and bool(
        roles_of(person) & {Role.LEADER, Role.DEPUTY, Role.ANIMATOR}
    )
