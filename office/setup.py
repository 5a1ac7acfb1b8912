"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.i18n import _l
from core.navigation import MenuEntry, add_to_menu
from office.views import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_menu(
        app, MenuEntry(_l("Board"), "office.board", lambda person: can(person, Permission.BOARD_READ))
    )
