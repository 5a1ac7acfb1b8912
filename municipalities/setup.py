"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.i18n import _l
from core.navigation import MenuEntry, OfficeTool, add_to_menu, add_to_office
from municipalities.change_views import bp as changes
from municipalities.commands import commands
from municipalities.fact_words import name_facts_of_municipalities
from municipalities.views import bp


def init_app(app: Flask) -> None:
    name_facts_of_municipalities()
    app.register_blueprint(bp)
    app.register_blueprint(changes)
    app.cli.add_command(commands)
    add_to_office(
        app,
        OfficeTool(
            _l("Changes of municipalities"),
            _l("New names and codes, mergers, divisions; and the official file to take in."),
            "municipality_changes.index",
            lambda person: can(person, Permission.MUNICIPALITY_CHANGE),
        ),
    )
    add_to_menu(
        app,
        MenuEntry(
            _l("Municipalities"),
            "municipalities.index",
            shown_to=lambda person: can(person, Permission.MUNICIPALITY_READ),
        ),
    )
