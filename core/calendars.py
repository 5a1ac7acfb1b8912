"""Calendar files as Thunderbird, Outlook and Google read them: one entry keeps its uid, and a higher sequence moves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core import clock

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

MEDIA_TYPE = "text/calendar"

LOCAL_CLOCK = f"""BEGIN:VTIMEZONE
TZID:{clock.LOCAL_ZONE.key}
BEGIN:DAYLIGHT
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""The rule itself, as Outlook wants it. What icalendar makes of the zone lists days, and puts spring an hour late."""


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
    ends: datetime | date | None = None
    """Of whole days the day after the last one, as calendars count."""
    place: str = ""
    text: str = ""
    url: str = ""
    organiser: Person | None = None
    is_cancelled: bool = False
    is_tentative: bool = False
    """Proposed, and nobody has agreed yet."""

    @property
    def status(self) -> str:
        if self.is_cancelled:
            return "CANCELLED"
        return "TENTATIVE" if self.is_tentative else "CONFIRMED"


def calendar_file(
    entries: Sequence[Entry],
    *,
    method: Method = Method.PUBLISH,
    invited: Person | None = None,
    name: str = "",
    refresh: timedelta | None = None,
) -> str:
    """``invited`` is whom a REQUEST or CANCEL goes to: a calendar takes it only with its reader named.

    ``name`` and ``refresh`` are for a file that a calendar subscribes to: what to call it, how often to ask again.
    """
    from icalendar import Calendar, Timezone, vDuration  # late: it takes long to load, and few pages make one

    calendar = Calendar()
    calendar.add("prodid", "-//Gromada//Gromada//PL")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)  # what Outlook and Google read
    if refresh is not None:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(refresh))
    calendar.add_component(Timezone.from_ical(LOCAL_CLOCK))  # also alone: a calendar without any part is none
    for entry in entries:
        calendar.add_component(_event(entry, invited))
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
    event.add("status", entry.status)
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
