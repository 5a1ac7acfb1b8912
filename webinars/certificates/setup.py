"""What certificates add to the application."""

from collections.abc import Mapping
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Flask

from core import clock, mail
from core.fact_words import name_facts
from core.i18n import _l, language
from core.jobs import Job, every, register
from core.mail_samples import add_mail_samples
from webinars.certificates import jobs
from webinars.certificates.views import bp
from webinars.certificates.words import how_long
from webinars.registrations.forgetting import KEPT

OFTEN = 600
"""Seconds: long enough for the office to put a mistake right at once."""


def _sample() -> Mapping[str, Any]:
    day = clock.today() - timedelta(days=3)
    titles = ("Jak pytać seniorów, czego potrzebują", "Bezpieczne hasła")
    return {
        "certificates": [SimpleNamespace(id=n, title=title, held_on=day) for n, title in enumerate(titles, 1)]
    }


def _sample_of_guest() -> Mapping[str, Any]:
    held_on = clock.today() - timedelta(days=3)
    return {
        "certificate": SimpleNamespace(title="Bezpieczne hasła", held_on=held_on),
        "link": mail.link_to("public.guest_certificate", lang=language(), token="x" * 43),
        "last_day": held_on + KEPT,
    }


def init_certificates(app: Flask) -> None:
    name_facts("certificate", number=_l("Number"))
    app.register_blueprint(bp)
    app.jinja_env.filters["how_long"] = how_long
    add_mail_samples(
        app,
        {
            "webinars/certificates/mail/ready": _sample,
            "webinars/certificates/mail/ready_for_guest": _sample_of_guest,
        },
    )
    register(
        app,
        Job(
            "webinars.certificates",
            jobs.issue_certificates,
            every(OFTEN),
            does=_l("Issues certificates to those who took part in a webinar, and tells them."),
        ),
    )
