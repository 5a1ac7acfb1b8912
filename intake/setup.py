"""What this package adds to the application."""

from flask import Flask

import plans.earlier  # noqa: F401 (its table belongs to every installation)
from accounts.policy import Permission, can
from core.i18n import _l
from core.jobs import Job, every, register
from core.navigation import OfficeTool, add_to_office
from intake import jobs
from intake.views import bp
from partnerships.pages import PartnershipPage, add_to_partnership

PAGES = (
    PartnershipPage(
        _l("Members from a file"), "intake.members", 810, Permission.PARTNERSHIP_EDIT, only_while_open=True
    ),
    PartnershipPage(_l("Earlier records"), "intake.earlier", 820),
)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_partnership(app, *PAGES)
    register(app, Job("intake.apply", jobs.apply_waiting, every(seconds=5)))
    add_to_office(
        app,
        OfficeTool(
            _l("Records from files"),
            _l("The whole register in and out, and what the office kept in spreadsheets before."),
            "intake.index",
            lambda person: can(person, Permission.RECORDS_IMPORT),
        ),
    )
