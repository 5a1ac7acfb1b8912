"""What this package adds to the application."""

from typing import Any

from flask import Flask

import office.board_views.models
import office.erasures.models
import office.letters.models  # noqa: F401 (their tables belong to every installation)
from accounts.policy import Permission, can
from core.fact_words import name_facts
from core.i18n import _l
from core.long_work import Offer, add_offers, register_kinds
from core.mail_samples import add_mail_samples
from core.navigation import MenuEntry, OfficeTool, add_to_menu, add_to_office
from office import bulk_views, jobs_views, reminding_many
from office.board_views.views import bp as board_views_bp
from office.exchange.views import bp as exchange_bp
from office.letters import sending
from office.letters.views import bp as letters_bp
from office.mails import samples
from office.mails.commands import commands
from office.mails.views import bp as mails_bp
from office.views import bp
from partnerships.pages import PartnershipPage, add_to_partnership

BOARD_OFFER = Offer(
    _l("The board as it is seen"),
    _l("Choose and sort municipalities there, then take exactly these as XLSX or CSV."),
    "office.board",
    lambda person: can(person, Permission.BOARD_READ),
)
WHOLE_FILES_OFFER = Offer(
    _l("Whole files of partnerships (ZIP)"),
    _l("Agreements, minutes, plans, decisions, consultations and mails of one region or of all."),
    "bulk.whole_files",
    lambda person: can(person, Permission.BOARD_READ),
    {"whole": 1},
)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.register_blueprint(mails_bp)
    app.cli.add_command(commands)
    add_mail_samples(app, samples.ALL)
    app.register_blueprint(jobs_views.bp)
    app.register_blueprint(bulk_views.bp)
    app.register_blueprint(board_views_bp)
    app.register_blueprint(letters_bp)
    app.register_blueprint(exchange_bp)
    register_kinds(app, sending.KIND, reminding_many.KIND)
    add_offers(app, BOARD_OFFER, WHOLE_FILES_OFFER)
    add_to_partnership(app, PartnershipPage(_l("Letters from the office"), "letters.of_partnership", 690))
    name_facts(
        "board_view", name=_l("Name"), is_shared=_l("Shown to the office"), is_default=_l("Opens the board")
    )
    name_facts("board_letter", subject=_l("Subject"), body=_l("Text"))
    name_facts("programme", job=_l("Job"))
    add_to_menu(
        app,
        MenuEntry(_l("Board"), "office.board", _is_office),
        MenuEntry(_l("Office"), "office.tools", _has_tools),
    )
    add_to_office(
        app,
        OfficeTool(
            _l("People"),
            _l("Accounts, roles and invitations."),
            "people.index",
            lambda person: can(person, Permission.PEOPLE_MANAGE),
        ),
        OfficeTool(
            _l("Letters to leaders"),
            _l("What the office wrote to many partnerships at once, and drafts."),
            "letters.index",
            lambda person: can(person, Permission.LETTER_WRITE),
        ),
        OfficeTool(
            _l("Imports and exports"),
            _l("Bring records, take everything away, and fetch what took long to make."),
            "exchange.index",
            lambda person: can(person, Permission.LONG_WORK_LIST),
        ),
        OfficeTool(
            _l("Mails"),
            _l("What waits, what failed or came back, and how each mail reads."),
            "mails.index",
            lambda person: can(person, Permission.MAIL_MANAGE),
        ),
        OfficeTool(
            _l("What runs by itself"),
            _l("Reminders, confirmations, mail and tidying up: when each ran last and how it ended."),
            "jobs.index",
            lambda person: can(person, Permission.JOBS_RUN),
        ),
    )


def _is_office(person: Any) -> bool:
    return can(person, Permission.BOARD_READ)


def _has_tools(person: Any) -> bool:
    """Who administers the installation finds what is theirs there as well."""
    return can(person, Permission.PROGRAMME_MANAGE)
