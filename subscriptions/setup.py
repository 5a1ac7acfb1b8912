"""What this package adds to the application."""

from typing import Any

from flask import Flask

from accounts.parts import AccountPart, add_to_account
from accounts.policy import Permission, can
from core.fact_words import Fact, leave_out_facts, name_facts
from core.i18n import _, _l
from core.jobs import Job, daily_at, every, register
from core.mail_samples import add_mail_samples
from core.navigation import OfficeTool, add_to_office
from core.retention import RetentionRule, register_retention
from subscriptions import jobs, services
from subscriptions.mail_samples import SAMPLES
from subscriptions.models import Frequency
from subscriptions.office_news.setup import init_office_news
from subscriptions.topics import topic_label
from subscriptions.views import bp
from subscriptions.words import polish

OFTEN, SOON = 300, 60
"""Seconds between looks at what is new, and at what was released."""


def _topics(codes: Any) -> str:
    """``plans:14`` is a topic in one voivodeship."""
    return ", ".join(dict.fromkeys(topic_label(str(code).partition(":")[0]) for code in codes))


name_facts(
    "subscriber",
    wanted=Fact(_l("News of"), _topics),
    frequency=Fact(_l("How often"), lambda code: str(Frequency(code).label)),
)
name_facts(
    "digest_issue",
    titles=Fact(_l("Title"), polish),
    introductions=Fact(_l("Introduction"), polish),
    topic=Fact(_l("Topic"), topic_label),
)
leave_out_facts("item")


def init_app(app: Flask) -> None:
    """Topics people subscribe to, and the weekly digest."""
    app.register_blueprint(bp)
    add_mail_samples(app, SAMPLES)
    add_to_account(
        app,
        AccountPart(
            _l("News by mail"),
            _l("What is new in the programme, of topics you choose."),
            _l("Choose news"),
            "digests.own",
        ),
    )
    add_to_office(
        app,
        OfficeTool(
            _l("Weekly digest"),
            _l("Read this week's draft, release it, and see who gets news of what."),
            "digests.index",
            lambda person: can(person, Permission.DIGEST_MANAGE),
        ),
    )
    init_office_news(app)
    _register_jobs(app)


def _register_jobs(app: Flask) -> None:
    register(
        app,
        Job(
            "digest.draft",
            jobs.draft_digest,
            daily_at(6, 0),
            does=_l("Drafts the weekly digest on its day, or as soon as possible after it."),
        ),
        Job(
            "digest.send",
            jobs.send_digest,
            every(SOON),
            does=_l("Puts a released digest into the outbox, for each reader their topics."),
        ),
        Job(
            "news.at_once",
            jobs.tell_at_once,
            every(OFTEN),
            does=_l("Tells news to people who want them at once."),
        ),
        Job("news.daily", jobs.tell_daily, daily_at(7, 0), does=_l("Tells the news of a day in one mail.")),
        Job(
            "news.forget",
            jobs.forget,
            daily_at(3, 40),
            does=_l("Deletes addresses that asked for news and were not confirmed within seven days."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "news.forget",
            _l("Addresses that asked for news"),
            lambda: _("Seven days, unless they are confirmed."),
            _l("To send the link that confirms."),
            _l("Deleted"),
            "news.forget",
            services.due_requests,
        ),
    )
