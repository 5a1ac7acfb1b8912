"""The first week of somebody who leads a partnership: a few things in the order that helps, ticked by what is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select

from accounts.models import User
from assessments.models import SelfAssessment
from core import clock
from core.database import db
from core.i18n import _
from partnerships.models import LeaderTerm, Partnership
from tasks.queries import TasksOf, tasks_of
from webinars.models import Attendance, Webinar, WebinarSeries, WebinarStatus
from webinars.registrations.models import HOLDS_SEAT, WebinarRegistration

NEW_FOR = timedelta(days=21)
"""A week of a volunteer's evenings is rather three of the calendar."""


@dataclass(frozen=True)
class Thing:
    label: str
    text: str
    url: str
    done: bool


def is_new(term: LeaderTerm | None) -> bool:
    return term is not None and clock.today() - term.starts_on <= NEW_FOR


def first_things(partnership: Partnership, person: User) -> Sequence[Thing]:
    """In four queries."""
    tasks = tasks_of([partnership.id])[partnership.id]
    here: dict[str, Any] = {"partnership_id": partnership.id}
    things = [
        Thing(
            _("Say how you can be reached"),
            _("Your animator calls when something is urgent."),
            url_for("accounts.profile"),
            bool(person.phone),
        ),
        Thing(
            _("Enter who belongs to the partnership"),
            _("The day of the founding and the organisations; your own counts too."),
            url_for("partnerships.members", **here),
            _enough(tasks),
        ),
        Thing(
            _("Call the initiating meeting"),
            _("Everybody gets the invitation with an entry for the calendar."),
            url_for("meetings.of_partnership", **here),
            bool(tasks.numbers["meetings_entered"]),
        ),
        Thing(
            _("See where your municipality stands"),
            _("The self-assessment takes ten minutes and offers needs for the plan."),
            url_for("assessments.of_partnership", **here),
            _has_assessment(partnership),
        ),
        Thing(
            _("Begin the general plan"),
            _("From an example of a municipality like yours, online or as a workbook."),
            url_for("progress.partnership", **here),
            bool(tasks.numbers["plan_versions"]),
        ),
    ]
    introduction = _introduction()
    if introduction is not None:
        text = _("The webinar to begin with: %(title)s", title=introduction.title)
        address = url_for("webinars.show", webinar_id=introduction.id)
        things.insert(1, Thing(_("See the introduction"), text, address, _knows(introduction, person)))
    return things


def _enough(tasks: TasksOf) -> bool:
    return bool(tasks.numbers["is_founded"] and tasks.numbers["members"] > 1)


def _has_assessment(partnership: Partnership) -> bool:
    known = select(SelfAssessment.id).where(SelfAssessment.partnership_id == partnership.id).limit(1)
    return db.session.scalar(known) is not None


def _introduction() -> Webinar | None:
    """Of the first series that has one to come or to look back on: a draft is the office's, one called off nobody's."""
    return db.session.scalars(
        select(Webinar)
        .join(WebinarSeries, WebinarSeries.introduction_id == Webinar.id)
        .where(
            WebinarSeries.ended_at.is_(None),
            Webinar.status.not_in({WebinarStatus.DRAFT, WebinarStatus.CANCELLED}),
        )
        .order_by(WebinarSeries.position, WebinarSeries.id)
        .limit(1)
    ).first()


def _knows(webinar: Webinar, person: User) -> bool:
    was_there = select(Attendance.id).where(
        Attendance.webinar_id == webinar.id, Attendance.user_id == person.id
    )
    comes = select(WebinarRegistration.id).where(
        WebinarRegistration.webinar_id == webinar.id,
        WebinarRegistration.user_id == person.id,
        WebinarRegistration.status.in_(HOLDS_SEAT),
    )
    return db.session.scalar(select(was_there.exists() | comes.exists())) is True
