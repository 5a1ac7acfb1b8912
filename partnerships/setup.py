"""What this package adds to the application."""

from functools import partial

from flask import Flask
from flask_login import current_user

from accounts.policy import Permission, can
from accounts.role_sources import (
    register_charges,
    register_duties,
    register_reason_to_join,
    register_role_holders,
    register_role_source,
)
from accounts.roles import Role
from core.i18n import _l
from core.jobs import Job, daily_at, every, hourly_at, register
from core.navigation import MenuEntry, add_to_menu
from core.retention import register_retention
from municipalities.followers import register_follower
from municipalities.models import Municipality
from partnerships.changes.following import PartnershipsFollow
from partnerships.fact_words import name_facts_of_partnerships
from partnerships.files import commands as file_commands
from partnerships.files import jobs as file_jobs
from partnerships.files.models import Attachment
from partnerships.handovers import jobs as handover_jobs
from partnerships.heads import headed
from partnerships.invitations import reason_to_join
from partnerships.models import TermKind
from partnerships.pages import PartnershipPage, add_to_partnership
from partnerships.queries import (
    charges_from_partnerships,
    duties_from_partnerships,
    ids_of_animators,
    ids_with_term,
    roles_from_partnerships,
)
from partnerships.views import bp, files
from partnerships.words import listed

LEADERS = partial(ids_with_term, TermKind.LEADER)
DEPUTIES = partial(ids_with_term, TermKind.DEPUTY)


def may_open_file(attachment: Attachment) -> bool:
    """For the macro that shows a file wherever it stands: what is imported by a page does not know its reader."""
    return can(current_user, Permission.FILE_OPEN, attachment)


def may_enter_mayor(municipality: Municipality) -> bool:
    """Asked by the page of a municipality, which knows nothing of partnerships."""
    if not can(current_user, Permission.MAYOR_EDIT):
        return False
    return can(current_user, Permission.MAYOR_EDIT, headed(municipality.id))


PAGES = (
    PartnershipPage(_l("Members"), "partnerships.members", 100),
    PartnershipPage(_l("Files"), "partnerships.files", 300),
    PartnershipPage(_l("People and terms"), "partnerships.terms", 600),
    PartnershipPage(
        _l("Name and founding"), "partnerships.edit", 850, Permission.PARTNERSHIP_EDIT, only_while_open=True
    ),
    PartnershipPage(_l("Head of the municipality"), "partnerships.head", 810, Permission.PARTNERSHIP_EDIT),
    PartnershipPage(
        _l("Close the partnership"),
        "partnerships.close",
        900,
        Permission.PARTNERSHIP_MANAGE,
        only_while_open=True,
    ),
)


def init_app(app: Flask) -> None:
    name_facts_of_partnerships()
    register_follower(PartnershipsFollow())
    register_role_source(roles_from_partnerships)
    register_duties(duties_from_partnerships)
    register_reason_to_join(reason_to_join)
    register_charges(charges_from_partnerships)
    register_role_holders(Role.LEADER, LEADERS)
    register_role_holders(Role.DEPUTY, DEPUTIES)
    register_role_holders(Role.ANIMATOR, ids_of_animators)
    app.jinja_env.filters["listed"] = listed
    app.jinja_env.globals.update(may_open_file=may_open_file, may_enter_mayor=may_enter_mayor)
    app.register_blueprint(bp)
    app.register_blueprint(files.open_bp)
    app.cli.add_command(file_commands.commands)
    register_retention(app, *file_jobs.RULES)
    add_to_partnership(app, *PAGES)
    register(
        app,
        Job(
            "partnerships.hand_over",
            handover_jobs.hand_over,
            every(seconds=300),
            does=_l("Carries out hand-overs whose day has come, and lets those expire that nobody answered."),
        ),
        Job(
            "partnerships.handover_waits",
            handover_jobs.remind_of_handovers,
            daily_at(6, 50),
            does=_l("Reminds of hand-overs that expire within three days for want of an answer."),
        ),
        Job(
            "partnerships.files",
            file_jobs.remove_expired,
            daily_at(4, 20),
            does=_l("Removes files whose last day is over, such as lists with personal data."),
        ),
        Job(
            "partnerships.leaderless",
            handover_jobs.remind_of_missing_leaders,
            hourly_at(minute=5),
            does=_l("Reminds once a week, from Monday 07:00, of partnerships that nobody leads."),
        ),
    )
    add_to_menu(
        app,
        MenuEntry(
            _l("Partnerships"), "partnerships.index", lambda person: can(person, Permission.PARTNERSHIP_READ)
        ),
    )
