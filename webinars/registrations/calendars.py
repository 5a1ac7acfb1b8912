"""A webinar in the calendar of whoever comes: one entry that is entered, moves, and is taken out again."""

from flask import current_app

from core.calendars import Entry, Method, Person, calendar_file
from core.i18n import _
from programme.queries import the_programme
from webinars.models import Webinar
from webinars.registrations.models import WebinarRegistration
from webinars.times import place_said


def entry_of(seat: WebinarRegistration, *, is_cancelled: bool = False) -> Entry:
    """Its times are in UTC, which no calendar can misread in the nights when the clocks change.

    The sequence rises with the webinar and with this seat: whoever gives it up and takes one again has three entries
    that follow each other, and a calendar takes only a later one.
    """
    webinar = seat.webinar
    link = webinar.join_link if webinar.form.is_online and not is_cancelled else None
    return Entry(
        uid=webinar.calendar_uid,
        sequence=webinar.calendar_sequence + seat.row_version,
        changed_at=max(webinar.updated_at, seat.updated_at),
        title=webinar.title,
        begins=webinar.starts_at,
        ends=webinar.ends_at,
        place=link or place_said(webinar),
        text=_("To join: %(link)s", link=link) if link else "",
        url=link or "",
        organiser=Person(the_programme().name, current_app.config["GROMADA"].mail_from),
        is_cancelled=is_cancelled,
    )


def file_for(seat: WebinarRegistration, method: Method = Method.REQUEST) -> str:
    entry = entry_of(seat, is_cancelled=method is Method.CANCEL)
    return calendar_file([entry], method=method, invited=Person(seat.mail_name, seat.mail_address))


def file_to_keep(seat: WebinarRegistration) -> str:
    """For whoever takes it from the page."""
    return calendar_file([entry_of(seat)])


def where(webinar: Webinar) -> str:
    """For those who have a seat: of an online one the link itself."""
    return (webinar.join_link if webinar.form.is_online else None) or place_said(webinar)
