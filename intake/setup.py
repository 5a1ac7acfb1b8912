"""What this package adds to the application."""

from datetime import timedelta

from flask import Flask

from accounts.policy import Permission, can
from core.fact_words import Fact, name_facts
from core.i18n import _l
from core.jobs import Job, daily_at, every, register
from core.long_work import Offer, add_offers, register_kinds
from core.navigation import OfficeTool, add_to_office
from intake import jobs
from intake.taking_in import KIND
from intake.views import bp
from partnerships.pages import PartnershipPage, add_to_partnership
from plans.earlier import EarlierStatus

PAGES = (
    PartnershipPage(
        _l("Members from a file"), "intake.members", 810, Permission.PARTNERSHIP_EDIT, only_while_open=True
    ),
    PartnershipPage(_l("Earlier records"), "intake.earlier", 820),
)


OFFERS = (
    Offer(
        _l("Records from files"),
        _l(
            "Bring the whole register or what the office kept before. Everything brought so far stands there."
        ),
        "intake.index",
        lambda person: can(person, Permission.RECORDS_IMPORT),
    ),
    Offer(
        _l("The whole register (XLSX)"),
        _l("Municipalities taking part with their people, members, meetings and hours."),
        "intake.register_export",
        lambda person: can(person, Permission.RECORDS_IMPORT),
        is_file=True,
    ),
)


def _name_facts() -> None:
    """What the history of records from files tells."""
    name_facts(
        taken_over=_l("Taken over from earlier records"),
        held_on=_l("Held on"),
        people_count=_l("People"),
        place=_l("Place"),
        sent_count=_l("Copies sent"),
        confirmed_count=_l("Copies confirmed"),
        confirmed_on=_l("Confirmed on"),
        decided_on=_l("Decided on"),
        year_to=_l("Last year"),
    )
    name_facts("earlier_plan", status=Fact(_l("Status"), lambda state: str(EarlierStatus(state).label)))


def init_app(app: Flask) -> None:
    _name_facts()
    app.register_blueprint(bp)
    add_to_partnership(app, *PAGES)
    register_kinds(app, KIND)
    add_offers(app, *OFFERS)
    register(
        app,
        Job(
            "intake.invite",
            jobs.send_invitations,
            every(seconds=10),
            lease=timedelta(minutes=10),
            does=_l("Invites the people of files that were taken in, where the office wanted so."),
        ),
        Job(
            "intake.forget",
            jobs.discard_forgotten,
            daily_at(4, 40),
            does=_l("Puts aside uploaded registers that nobody took in."),
        ),
    )
    add_to_office(
        app,
        OfficeTool(
            _l("Records from files"),
            _l("The whole register in and out, and what the office kept in spreadsheets before."),
            "intake.index",
            lambda person: can(person, Permission.RECORDS_IMPORT),
        ),
    )
