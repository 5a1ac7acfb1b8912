"""Jobs that every installation has, whatever its packages: mail goes out, forgotten files go."""

from datetime import timedelta

from flask import Flask

from core import mail_bundles, mail_forgetting, sending, storage
from core.i18n import _, _l
from core.jobs import Job, daily_at, every, hourly_at, register
from core.retention import RetentionRule, register_retention


def init_standing_jobs(app: Flask) -> None:
    register(
        app,
        Job(
            "mail.send",
            _send_mail,
            every(seconds=10),
            lease=timedelta(minutes=1),
            does=_l("Sends the mails that wait."),
        ),
        Job(
            "mail.bundle",
            _bundle_mails,
            every(seconds=60),
            does=_l("Puts what can wait into one mail a day for each person."),
        ),
        Job(
            "mail.forget",
            mail_forgetting.forget_mails,
            daily_at(4, 15),
            does=_l("Empties mails of more than a year ago."),
        ),
        Job(
            "storage.sweep",
            _sweep_files,
            hourly_at(minute=17),
            does=_l("Removes contents of files that no record names."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "mail.forget",
            _l("Mails that were sent"),
            lambda: _("One year."),
            _l("To show what was promised to whom."),
            _l("Emptied of words and addresses; that there was one stays"),
            "mail.forget",
            mail_forgetting.due,
        ),
    )


def _send_mail() -> str:
    return f"{sending.send_due()} sent"


def _bundle_mails() -> str:
    return f"{mail_bundles.compose_due()} people"


def _sweep_files() -> str:
    return f"{storage.sweep()} removed"
