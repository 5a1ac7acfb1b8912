"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from archive.commands import commands
from archive.read_only import keep_read_only
from archive.views import bp
from core.i18n import _l
from core.navigation import OfficeTool, add_to_office


def init_app(app: Flask) -> None:
    """After all others: their jobs rest once the programme is over."""
    app.cli.add_command(commands)
    app.register_blueprint(bp)
    keep_read_only(app)
    add_to_office(
        app,
        OfficeTool(
            _l("End of the programme"),
            _l("Make everything read-only once the programme is over, and take it along as a whole."),
            "archive.end",
            lambda person: can(person, Permission.PROGRAMME_END),
        ),
    )
