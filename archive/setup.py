"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from archive.commands import commands
from archive.read_only import keep_read_only
from archive.views import bp
from archive.whole import KIND
from core.i18n import _l
from core.long_work import Offer, add_offers, register_kinds
from core.navigation import OfficeTool, add_to_office


def init_app(app: Flask) -> None:
    """After all others: their jobs rest once the programme is over."""
    app.cli.add_command(commands)
    app.register_blueprint(bp)
    register_kinds(app, KIND)
    add_offers(
        app,
        Offer(
            _l("The whole programme (ZIP)"),
            _l(
                "Every table, the files, the reports and a list of checksums; another, empty installation can read it."
            ),
            "archive.whole",
            lambda person: can(person, Permission.PROGRAMME_END),
        ),
    )
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
