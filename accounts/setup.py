"""What this package adds to the application."""

from typing import Any

from flask import Flask

from accounts import jobs, mail_choices
from accounts.commands import commands
from accounts.hints import init_hints
from accounts.long_work.telling import tell_asker
from accounts.long_work.views import bp as long_work_bp
from accounts.mail_rhythm import MailRhythm, MailTopic
from accounts.page import for_every_page
from accounts.policy import Permission, can
from accounts.sessions import init_sessions
from accounts.views import (
    bp,
    entrance,
    hints,
    mail_links,
    own,
    people,
    second_step,
    sign_in_links,
    stop_mails,
)
from core.fact_words import Fact, name_facts
from core.i18n import _, _l
from core.jobs import Job, daily_at, register
from core.long_work import on_end
from core.mail import MailStatus, decide_about_mails
from core.navigation import MenuEntry, add_to_menu
from core.retention import RetentionRule, register_retention

VIEWS = (entrance, hints, mail_links, own, people, second_step, sign_in_links, stop_mails)
"""Imported, so that their pages are known."""


def init_app(app: Flask) -> None:
    init_sessions(app)
    app.before_request(second_step.ask_to_set_up)
    init_hints(app)
    app.context_processor(for_every_page)
    decide_about_mails(app, mail_choices.POST)
    app.register_blueprint(bp)
    app.register_blueprint(people.bp)
    app.register_blueprint(long_work_bp)
    on_end(app, tell_asker)
    add_to_menu(app, MenuEntry(_l("People"), "people.index", _has_no_office))
    register(
        app,
        Job(
            "accounts.invitations",
            jobs.remind_of_invitations,
            daily_at(6, 55),
            does=_l("Reminds people of invitations that end within three days."),
        ),
        Job(
            "accounts.tidy",
            jobs.tidy,
            daily_at(4, 40),
            does=_l("Removes expired links, ended sessions and failed tries to sign in."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "accounts.tidy",
            _l("Sign-in sessions, links of invitations, failed tries to sign in"),
            lambda: _("Sessions at most 12 hours; one day after they have ended. Links in mails: 90 days."),
            _l("To keep accounts safe; failed tries only as hashes."),
            _l("Deleted"),
            "accounts.tidy",
            jobs.due,
        ),
    )
    app.cli.add_command(commands)
    _name_facts()


def _name_facts() -> None:
    name_facts(
        "user",
        mail_rhythm=Fact(_l("How often mails come"), _rhythm),
        wants_reminders=MailTopic.REMINDERS.label,
        wants_news=MailTopic.NEWS.label,
        notification_email=_l("E-mail address for notices"),
    )
    name_facts("outbox_mail", status=Fact(_l("State"), _mail_status))


def _rhythm(value: Any) -> str:
    return str(MailRhythm(value).label)


def _mail_status(value: Any) -> str:
    return str(MailStatus(value).label)


def _has_no_office(person: Any) -> bool:
    """The office finds people on its own page; for an administrator they are all there is."""
    return can(person, Permission.PEOPLE_MANAGE) and not can(person, Permission.BOARD_READ)
