"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.i18n import _, _l
from core.jobs import Job, daily_at, register
from core.navigation import OfficeTool, add_to_office
from core.retention import RetentionRule, register_retention
from feedback import jobs, services
from feedback.views import bp


def init_app(app: Flask) -> None:
    """Whether a public page helped, and what the office makes of it."""
    app.register_blueprint(bp)
    add_to_office(
        app,
        OfficeTool(
            _l("Did pages help?"),
            _l("What visitors answer at the foot of public pages, and their words."),
            "feedback.index",
            lambda person: can(person, Permission.FEEDBACK_READ),
        ),
    )
    register(
        app,
        Job(
            "feedback.forget",
            jobs.forget,
            daily_at(3, 50),
            does=_l("Deletes the words that visitors wrote about a page, a year later."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "feedback.forget",
            _l("Words of visitors about a page"),
            lambda: _("One year."),
            _l("To make the page better."),
            _l("The words are deleted; whether the page helped stays counted"),
            "feedback.forget",
            services.due_words,
        ),
    )
