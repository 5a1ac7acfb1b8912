"""What recordings add to the application."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask, url_for

from accounts.policy import Permission, can
from core.checked_links import LinkPlace, add_links, dead_among
from core.fact_words import Fact, name_facts
from core.help_links import HelpLink
from core.i18n import _, _l
from core.jobs import Job, daily_at, register
from core.navigation import OfficeTool, add_to_office
from webinars.models import AttendanceSource
from webinars.recorded import Recordings, keep_recordings
from webinars.recordings import jobs, queries
from webinars.recordings.models import Captions, RecordingState
from webinars.recordings.views import bp


def init_recordings(app: Flask) -> None:
    _name_facts()
    app.register_blueprint(bp)
    app.jinja_env.filters["dead_links"] = dead_links
    keep_recordings(app, Recordings(queries.has_published, queries.shown_of, help_from_recordings))
    add_links(app, shown_links, places_of_links)
    register(
        app,
        Job(
            "webinars.recordings",
            jobs.chase_recordings,
            daily_at(7, 25),
            does=_l("Reminds the office of recordings that are owed."),
        ),
        Job(
            "webinars.links",
            jobs.check_shown_links,
            daily_at(5, 20),
            does=_l("Looks whether links of recordings and materials still work."),
        ),
    )
    add_to_office(
        app,
        OfficeTool(
            _l("Recordings"),
            _l("Which are owed, which are published, and of which webinars there is none."),
            "recordings.index",
            lambda person: can(person, Permission.WEBINAR_MANAGE),
        ),
    )


def dead_links(records: Iterable[Any], *names: str) -> frozenset[str]:
    """``materials | dead_links("link")``: those addresses of these records that lead nowhere any more. In one query."""
    return dead_among(getattr(one, name) for one in records for name in names)


def shown_links() -> Iterable[str]:
    return [one.url for one in queries.links_of_webinars()]


def places_of_links() -> Iterable[LinkPlace]:
    for one in queries.links_of_webinars():
        yield LinkPlace(one.url, one.title, "webinars.show", {"webinar_id": one.webinar_id})


def help_from_recordings(topic: str) -> Iterator[HelpLink]:
    for one in queries.published_that_explain(topic):
        length = _("Recording, %(minutes)s min", minutes=one.minutes) if one.minutes else _("Recording")
        yield HelpLink(one.webinar.title, url_for("recordings.watch", webinar_id=one.webinar_id), length)


def _name_facts() -> None:
    name_facts(
        "recording",
        state=Fact(_l("Status"), lambda code: str(RecordingState(code).label)),
        url=_l("Where people watch it"),
        minutes=_l("Length in minutes"),
        captions=Fact(_l("Captions"), lambda code: str(Captions(code).label)),
        transcript=_l("Transcript"),
        without_materials=_l("There were no slides or other materials"),
        due_on=_l("Due on"),
        substitute_link=_l("Link to it"),
    )
    name_facts(
        "recording_question",
        text=_l("Question"),
        answers=Fact(_l("Answers"), " · ".join),
        right_answer=Fact(_l("Which one is right"), lambda number: str(number + 1)),
    )
    name_facts(
        "attendance", source=Fact(_l("How it is known"), lambda code: str(AttendanceSource(code).label))
    )
