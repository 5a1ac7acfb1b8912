"""What this package adds to the application."""

from flask import Flask

from core.agenda import add_to_agenda, add_to_programme_agenda
from core.fact_words import Fact, clock_time, name_facts
from core.i18n import _l
from meetings.agenda import all_meetings, meetings_between
from meetings.following import MeetingsFollow, call_off_those_to_come
from meetings.open_work import open_meetings
from meetings.views import bp
from municipalities.followers import register_follower
from partnerships.closing import register_calling_off
from partnerships.handovers.open_work import register_open_work
from partnerships.pages import PartnershipPage, add_to_partnership

name_facts(
    "partnership_meeting",
    held_on=_l("Day"),
    starts_at=Fact(_l("Begins at"), clock_time),
    minutes=_l("Length in minutes"),
    place=_l("Place"),
    agenda=_l("Agenda"),
    people_count=_l("Number of people"),
    summary=_l("What was agreed"),
    next_steps=_l("Next steps"),
)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    register_open_work(open_meetings)
    register_follower(MeetingsFollow())
    register_calling_off(call_off_those_to_come)
    add_to_agenda(app, meetings_between)
    add_to_programme_agenda(app, all_meetings)
    add_to_partnership(app, PartnershipPage(_l("Meetings"), "meetings.of_partnership", 200))
