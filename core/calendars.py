"""Calendar files as Thunderbird, Outlook and Google read them: one entry keeps its uid, and a higher sequence moves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

MEDIA_TYPE = "text/calendar"


class Method(StrEnum):
    """What the file asks the calendar to do (RFC 5546)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Person:
    name: str
    address: str


@dataclass(frozen=True)
class Entry:
    uid: str
    sequence: int
    changed_at: datetime
    title: str
    begins: datetime | date
    """A moment with its zone, or a whole day."""
    ends: datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    organiser: Person | None = None
    is_cancelled: bool = False


def calendar_file(
    entries: Sequence[Entry], *, method: Method = Method.PUBLISH, invited: Person | None = None
) -> str:
    """``invited`` is whom a REQUEST or CANCEL goes to: a calendar takes it only with its reader named."""
    from icalendar import Calendar  # late: it takes long to load, and few pages make a calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Gromada//Gromada//PL")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    for entry in entries:
        calendar.add_component(_event(entry, invited))
    years = [entry.begins.year for entry in entries]
    if years:  # the clock changes of these years, not of seven decades
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    return str(calendar.to_ical().decode())


def _event(entry: Entry, invited: Person | None) -> "Event":
    from icalendar import Event, vText

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("summary", entry.title)
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends or entry.begins + timedelta(days=1))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    for name, text in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if text:
            event.add(name, text)
    if entry.organiser is not None:
        event["organizer"] = _address(entry.organiser)
    if invited is not None:
        attendee = _address(invited)
        attendee.params["RSVP"] = vText("FALSE")
        event["attendee"] = attendee
    return event


def _address(person: Person) -> "vCalAddress":
    from icalendar import vCalAddress, vText

    address = vCalAddress(f"mailto:{person.address}")
    address.params["CN"] = vText(person.name)
    return address
