"""What this package adds to the application."""

from typing import Any

from flask import Flask

from accounts.policy import Permission, can
from contacts.views import bp
from core.i18n import _l
from core.navigation import MenuEntry, OfficeTool, add_to_menu, add_to_office


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_menu(app, MenuEntry(_l("Contacts"), "contacts.index", _has_people_around))
    add_to_office(
        app,
        OfficeTool(
            _l("Contacts"),
            _l("Everybody in the programme with phone and mail: by role, voivodeship and organisation."),
            "contacts.index",
            lambda person: can(person, Permission.BOARD_READ),
        ),
    )


def _has_people_around(person: Any) -> bool:
    """The office finds them among its tools."""
    return can(person, Permission.PARTNERSHIP_READ) and not can(person, Permission.BOARD_READ)
