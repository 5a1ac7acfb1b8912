"""Meetings in the calendar of whoever leads the partnership, helps to, or advises it."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from accounts.models import User
from core.agenda import Appointment
from core.i18n import _l
from meetings.invitations import entry_of
from meetings.queries import meetings_around

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
