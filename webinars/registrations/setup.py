"""What registering for webinars adds to the application."""

from datetime import datetime

from flask import Flask

from accounts.mail_links import register_mail_deed
from core.fact_words import Fact, name_facts
from core.formatting import moment
from core.i18n import _, _l
from core.jobs import Job, daily_at, every, register
from core.retention import RetentionRule, register_retention
from webinars.changes import on_change
from webinars.models import WebinarStatus
from webinars.registrations.deeds import DEEDS
from webinars.registrations.forgetting import due_seats
from webinars.registrations.jobs import forget, release_seats, send_reminders
from webinars.registrations.models import AccessNeed, RegistrationStatus
from webinars.registrations.moving import follow_change
from webinars.registrations.views import bp

OFTEN = 300
"""Seconds between looks at what is due: a reminder an hour before comes when an hour is left."""


def init_registrations(app: Flask) -> None:
    name_facts(
        "webinar_registration", status=Fact(_l("Status"), lambda code: str(RegistrationStatus(code).label))
    )
    name_facts(
        "webinar_access_task", need=Fact(_l("What is needed"), lambda code: str(AccessNeed(code).label))
    )
    name_facts(
        "webinar",
        status=Fact(_l("Status"), lambda code: str(WebinarStatus(code).label)),
        reconfirm_by=Fact(_l("People confirm until"), _moment),
    )
    app.register_blueprint(bp)
    for deed in DEEDS:
        register_mail_deed(app, deed)
    on_change(app, follow_change)
    register(
        app,
        Job(
            "webinars.remind",
            send_reminders,
            every(OFTEN),
            does=_l("Reminds people of webinars the day before and an hour before."),
        ),
        Job(
            "webinars.release_seats",
            release_seats,
            every(OFTEN),
            does=_l("Gives seats that nobody confirmed after a move to the waiting list."),
        ),
        Job(
            "webinars.forget_guests",
            forget,
            daily_at(3, 20),
            does=_l("Deletes guests' names and addresses, and what people needed, 30 days after a webinar."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "webinars.forget_guests",
            _l("Guests of a webinar, and what people need to take part"),
            lambda: _("30 days after it; an address that was never confirmed: three days."),
            _l("Used for this webinar only."),
            _l("Names, addresses and needs are deleted; counts stay"),
            "webinars.forget_guests",
            due_seats,
        ),
    )


def _moment(value: str) -> str:
    return moment(datetime.fromisoformat(value))
