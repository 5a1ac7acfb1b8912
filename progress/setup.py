"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.i18n import _l
from core.navigation import MenuEntry, add_to_menu
from partnerships.pages import PartnershipPage, add_to_partnership
from progress.views import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_partnership(app, PartnershipPage(_l("What happened"), "progress.history", 700))
    add_to_menu(
        app, MenuEntry(_l("Home"), "progress.home", lambda person: can(person, Permission.OWN_ACCOUNT))
    )
