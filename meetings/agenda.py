"""Meetings in the calendar of whoever leads the partnership, helps to, or advises it."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from accounts.models import User
from core.agenda import Appointment, Group
from core.i18n import _l
from meetings.invitations import entry_of
from meetings.queries import all_meetings_between, meetings_around

KIND = _l("Partnership meeting")


def meetings_between(person: User, first: date, last: date) -> Iterator[Appointment]:
    """The same entries as in the invitations, so that a calendar holds each of them once."""
    for meeting in meetings_around(person, first, last):
        yield Appointment(
            entry_of(meeting),
            KIND,
            url_for("meetings.show", meeting_id=meeting.id),
            about=meeting.partnership.municipality.name,
        )


def all_meetings(_person: User, first: date, last: date) -> Iterator[Appointment]:
    for meeting in all_meetings_between(first, last):
        municipality, animator = (
            meeting.partnership.municipality,
            meeting.partnership.animator(meeting.held_on),
        )
        yield Appointment(
            entry_of(meeting),
            KIND,
            url_for("meetings.show", meeting_id=meeting.id),
            about=municipality.name,
            group=Group.MEETING,
            region=municipality.voivodeship.name,
            animators={animator.id: animator.name} if animator else {},
        )
