"""What this package adds to the application."""

from datetime import datetime
from typing import Any

from flask import Flask

from accounts.policy import Permission, can
from core.agenda import add_to_agenda, add_to_programme_agenda
from core.fact_words import Fact, leave_out_facts, name_facts
from core.formatting import moment
from core.help_links import add_help, help_topics
from core.i18n import _l
from core.jobs import Job, daily_at, hourly_at, register
from core.navigation import MenuEntry, OfficeTool, add_to_menu, add_to_office
from municipalities.followers import register_follower
from subscriptions.news import add_news
from webinars import jobs
from webinars.agenda import webinars_between
from webinars.attendance.setup import init_attendance
from webinars.certificates.setup import init_certificates
from webinars.explaining import help_from_webinars
from webinars.following import AttendancesFollow, RegistrationsFollow
from webinars.models import WebinarForm
from webinars.news import news_of_webinars
from webinars.recordings.setup import init_recordings
from webinars.registrations.setup import init_registrations
from webinars.times import place_said, said
from webinars.views import bp


def _moment(value: str) -> str:
    return moment(datetime.fromisoformat(value))


def _topics(codes: Any) -> str:
    titles = help_topics()
    return ", ".join(titles.get(code, code) for code in codes)


name_facts(
    "webinar",
    title=_l("Title"),
    starts_at=Fact(_l("Begins at"), _moment),
    minutes=_l("Length in minutes"),
    abstract=_l("What it is about"),
    co_organisers=_l("Organised together with"),
    form=Fact(_l("How it is held"), lambda code: str(WebinarForm(code).label)),
    place=_l("Place"),
    capacity=_l("Seats"),
    is_outside=_l("An event of others"),
    outside_link=_l("Page of its organiser"),
    explains=Fact(_l("Helps with"), _topics),
)
name_facts(
    "webinar_series",
    name=_l("Name"),
    description=_l("What it is about"),
    position=_l("Place among the series"),
    min_minutes=_l("Minutes to be there for"),
    recording_counts=_l("The recording counts"),
)
leave_out_facts("series_id", "introduction_id")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.filters.update(webinar_time=said, webinar_place=place_said)
    register_follower(AttendancesFollow())
    register_follower(RegistrationsFollow())
    add_to_agenda(app, webinars_between)
    add_to_programme_agenda(app, webinars_between)
    add_news(app, news_of_webinars)
    init_registrations(app)
    init_recordings(app)
    init_attendance(app)
    init_certificates(app)
    add_help(app, help_from_webinars)
    register(
        app,
        Job(
            "webinars.held",
            jobs.note_held,
            hourly_at(10),
            does=_l("Notes webinars as held once they are over."),
        ),
        Job("webinars.archive", jobs.archive, daily_at(4, 40), does=_l("Archives webinars held long ago.")),
    )
    add_to_menu(
        app, MenuEntry(_l("Webinars"), "webinars.index", lambda person: can(person, Permission.WEBINAR_READ))
    )
    add_to_office(
        app,
        OfficeTool(
            _l("Series of webinars"),
            _l("What belongs together, in which order, and which webinar to begin with."),
            "webinars.all_series",
            lambda person: can(person, Permission.WEBINAR_MANAGE),
        ),
        OfficeTool(
            _l("Webinars in figures"),
            _l("How far ahead each was announced, how many registered and came."),
            "webinars.figures",
            lambda person: can(person, Permission.WEBINAR_MANAGE),
        ),
    )
