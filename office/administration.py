"""What whoever administers the programme finds beside the office's own work."""

from flask import Flask

from accounts.parts import AccountPart, add_to_account
from accounts.policy import Permission, can
from core.i18n import _l
from core.jobs import Job, daily_at, register
from core.navigation import OfficeTool, add_to_office
from office.erasures import repeating
from office.erasures.commands import commands as erasures_commands
from office.erasures.views import bp as erasures_bp
from office.history.views import bp as history_bp
from office.own_data.views import bp as own_data_bp
from office.programme.facts import name_programme_facts
from office.programme.views import bp as programme_bp
from office.retention.views import bp as retention_bp
from programme.services import register_seed


def init_app(app: Flask) -> None:
    app.register_blueprint(programme_bp)
    app.register_blueprint(history_bp)
    name_programme_facts()
    app.register_blueprint(retention_bp)
    app.register_blueprint(erasures_bp)
    app.cli.add_command(erasures_commands)
    register_seed(repeating.after_preparing)
    register(
        app,
        Job(
            "erasures.repeat",
            repeating.run,
            daily_at(4, 10),
            does=_l("Erases again whoever a restored copy of the database brought back."),
        ),
    )
    app.register_blueprint(own_data_bp)
    add_to_account(
        app,
        AccountPart(
            _l("Your data"),
            _l("A copy of everything the system keeps about you."),
            _l("See your data"),
            "own_data.index",
        ),
    )
    add_to_office(
        app,
        OfficeTool(
            _l("The programme"),
            _l("Its name, funding statement, logos, dates, numbers and lists."),
            "programme.index",
            lambda person: can(person, Permission.PROGRAMME_MANAGE),
        ),
        OfficeTool(
            _l("History of everything"),
            _l("Who did what, who opened or exported what, in the whole programme."),
            "history.index",
            lambda person: can(person, Permission.HISTORY_SEARCH),
        ),
        OfficeTool(
            _l("How long data is kept"),
            _l("Each rule, how many records it would take away today, and requests for erasure."),
            "retention.index",
            lambda person: can(person, Permission.ERASURE_MANAGE),
        ),
    )
