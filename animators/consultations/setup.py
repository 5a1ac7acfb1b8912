"""What consultations add to the application once they took place."""

from typing import Any

from flask import Flask

from accounts.policy import Permission, can
from animators.consultations import jobs
from animators.consultations.agenda import next_steps_between
from animators.consultations.deeds import register_deeds
from animators.consultations.models import Channel, ConsultationStatus, Side
from animators.consultations.open_work import open_consultations
from animators.consultations.views import bp
from core.agenda import add_to_agenda
from core.fact_words import Fact, name_facts
from core.i18n import _l
from core.jobs import Job, daily_at, hourly_at, register
from core.navigation import OfficeTool, add_to_office
from partnerships.handovers.open_work import register_open_work
from partnerships.pages import PartnershipPage, add_to_partnership
from partnerships.words import listed


def init_consultations(app: Flask) -> None:
    _name_facts()
    app.register_blueprint(bp)
    register_deeds(app)
    register_open_work(open_consultations)
    add_to_agenda(app, next_steps_between)
    register(
        app,
        Job(
            "consultations.steps",
            jobs.remind_of_steps,
            daily_at(6, 45),
            does=_l(
                "Reminds of next steps of consultations the working day before, and once when they are late."
            ),
        ),
        Job(
            "animators.confirm",
            jobs.confirm_in_time,
            hourly_at(25),
            does=_l("Confirms visits and remote advice that nobody disputed in time."),
        ),
    )
    add_to_partnership(app, PartnershipPage(_l("Next steps"), "consultations.next_steps", 270))
    add_to_office(
        app,
        OfficeTool(
            _l("Disputed reports"),
            _l("What partnerships say is not right about a visit or a call: decide whether it counts."),
            "consultations.disputes",
            lambda person: can(person, Permission.CONSULTATION_DECIDE),
        ),
    )


def _name_facts() -> None:
    name_facts(
        "consultation",
        channel=Fact(_l("Channel"), lambda value: str(Channel(value).label)),
        day=_l("Day"),
        actual_start=_l("Began"),
        minutes=_l("Length in minutes"),
        topics=Fact(_l("Topics"), _topics),
        participants_count=_l("Number of people"),
        summary=_l("Summary"),
        length_note=_l("Why so short or long"),
        status=Fact(_l("Status"), lambda value: str(ConsultationStatus(value).label)),
        side=Fact(_l("Said by"), lambda value: str(Side(value).label)),
    )
    name_facts(
        "follow_up",
        text=_l("What is to be done"),
        owner=Fact(_l("Who does it"), lambda value: str(Side(value).label)),
        due_on=_l("Until"),
        done_on=_l("Done on"),
    )


def _topics(codes: Any) -> str:
    return listed(codes, "advice_topic")
