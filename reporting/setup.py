"""What this package adds to the application."""

from typing import Any

from flask import Flask

import reporting.years  # noqa: F401 (its pages belong to the blueprint)
from accounts.policy import Permission, can
from core.agenda import add_to_programme_agenda
from core.i18n import _l
from core.jobs import Job, daily_at, register
from core.navigation import MenuEntry, OfficeTool, add_to_menu, add_to_office
from reporting.agenda import reports_due
from reporting.jobs import compare_frozen
from reporting.views import bp


def _only_reads(person: Any) -> bool:
    """A funder; the office finds reports among its tools."""
    return can(person, Permission.REPORT_LIST) and not can(person, Permission.REPORT_MANAGE)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_programme_agenda(app, reports_due)
    add_to_menu(app, MenuEntry(_l("Reports"), "reporting.index", _only_reads))
    add_to_office(
        app,
        OfficeTool(
            _l("Reports"),
            _l("Quarters to close and freeze, every figure with what shows it, and a report for any days."),
            "reporting.index",
            lambda person: can(person, Permission.REPORT_MANAGE),
        ),
    )
    register(
        app,
        Job(
            "reporting.compare",
            compare_frozen,
            daily_at(4, 40),
            does=_l("Holds frozen figures against the records, and notes what differs and why."),
        ),
    )
