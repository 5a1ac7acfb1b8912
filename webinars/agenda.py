"""Webinars in everybody's calendar, one's own marked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from flask import url_for
from sqlalchemy import select

from accounts.models import User
from core import clock
from core.agenda import Appointment, Group
from core.calendars import Entry
from core.database import db
from core.i18n import _l
from webinars.models import Webinar, WebinarStatus
from webinars.queries import seats_by_webinar
from webinars.registrations.calendars import entry_of as entry_of_seat
from webinars.registrations.models import WebinarRegistration
from webinars.times import place_said

KIND, KIND_OF_MINE, KIND_OF_OTHERS = _l("Webinar"), _l("Your webinar"), _l("Event of others")


def webinars_between(person: User, first: date, last: date) -> Iterator[Appointment]:
    """Drafts are nobody's date yet. Whoever has a seat gets the entry of the invitation, with the link to join."""
    begin, end = (
        datetime.combine(day, time(), tzinfo=clock.LOCAL_ZONE) for day in (first, last + timedelta(days=1))
    )
    found = db.session.scalars(
        select(Webinar)
        .where(Webinar.starts_at >= begin, Webinar.starts_at < end, Webinar.status != WebinarStatus.DRAFT)
        .order_by(Webinar.starts_at, Webinar.id)
    ).all()
    seats = seats_by_webinar(person, [one.id for one in found])
    for webinar in found:
        seat = seats.get(webinar.id)
        mine = seat is not None and seat.holds_seat
        yield Appointment(
            _entry_of_mine(seat) if seat is not None and mine else entry_of(webinar),
            KIND_OF_MINE if mine else KIND_OF_OTHERS if webinar.is_outside else KIND,
            url_for("webinars.show", webinar_id=webinar.id),
            about=webinar.title,
            group=Group.OUTSIDE if webinar.is_outside else Group.WEBINAR,
        )


def _entry_of_mine(seat: WebinarRegistration) -> Entry:
    """The link to join stands in its text; as a place it would be no words to read."""
    return replace(entry_of_seat(seat), place=place_said(seat.webinar))


def entry_of(webinar: Webinar, *, url: str = "") -> Entry:
    """As everybody may have it: never with the link to join."""
    begins, ends = webinar.starts_at, webinar.ends_at
    is_of_a_day = webinar.taken_over  # of earlier ones often only the day is known
    return Entry(
        uid=webinar.calendar_uid,
        sequence=webinar.calendar_sequence,
        changed_at=webinar.updated_at,
        title=webinar.title,
        begins=clock.local(begins).date() if is_of_a_day else clock.local(begins),
        ends=None if is_of_a_day else clock.local(ends),
        place=place_said(webinar),
        text=webinar.abstract,
        url=url,
        is_cancelled=webinar.status is WebinarStatus.CANCELLED,
    )
