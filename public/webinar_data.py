"""A webinar as other programs read it: an entry of a calendar, an event for search engines."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from core import clock
from core.calendars import calendar_file
from programme.queries import the_programme
from webinars.agenda import entry_of
from webinars.models import Webinar, WebinarStatus
from webinars.recordings.models import Captions
from webinars.recordings.queries import Shown

ASKED_AGAIN = timedelta(hours=6)
SCHEMA = "https://schema.org"

STATUSES = {
    WebinarStatus.CANCELLED: "EventCancelled",
    WebinarStatus.MOVED: "EventRescheduled",
}


def calendar_of_one(webinar: Webinar, *, url: str) -> str:
    return calendar_file([entry_of(webinar, url=url)])


def public_calendar(webinars: Sequence[Webinar], *, name: str, address: Callable[[Webinar], str]) -> str:
    """A calendar to subscribe to: what moves moves there too, and what was cancelled says so."""
    entries = [entry_of(one, url=address(one)) for one in webinars]
    return calendar_file(entries, name=name, refresh=ASKED_AGAIN)


def about_event(webinar: Webinar, *, url: str, recording: Shown | None = None) -> dict[str, Any]:
    """As https://schema.org/Event, for search engines; with the film of it, once there is one to watch."""
    begins, ends = clock.local(webinar.starts_at), clock.local(webinar.ends_at)
    event: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": webinar.title,
        "startDate": begins.date().isoformat() if webinar.taken_over else begins.isoformat(),
        "endDate": ends.date().isoformat() if webinar.taken_over else ends.isoformat(),
        "eventStatus": f"{SCHEMA}/{STATUSES.get(webinar.status, 'EventScheduled')}",
        "eventAttendanceMode": f"{SCHEMA}/{_mode(webinar)}EventAttendanceMode",
        "location": _location(webinar, url),
        "organizer": {"@type": "Organization", "name": webinar.co_organisers or the_programme().name},
        "isAccessibleForFree": True,
    }
    if webinar.abstract:
        event["description"] = webinar.abstract
    if webinar.presenters:
        event["performer"] = {"@type": "Person", "name": webinar.presenters}
    if webinar.moved_from is not None and webinar.status is not WebinarStatus.CANCELLED:
        event["previousStartDate"] = clock.local(webinar.moved_from).isoformat()
    if recording is not None and recording.is_published:
        event["recordedIn"] = about_recording(webinar, recording)
    return event


def about_recording(webinar: Webinar, shown: Shown) -> dict[str, Any]:
    """As https://schema.org/VideoObject."""
    record = shown.record
    film: dict[str, Any] = {
        "@type": "VideoObject",
        "name": webinar.title,
        "description": webinar.abstract or webinar.title,
        "url": shown.link,
        "uploadDate": clock.local(record.published_at).isoformat() if record.published_at else None,
        "accessibilityFeature": ["captions"] if record.captions is not Captions.NO else ["transcript"],
    }
    if record.minutes:
        film["duration"] = f"PT{record.minutes}M"
    return film


def _mode(webinar: Webinar) -> str:
    return "Online" if webinar.form.is_online else "Offline"


def _location(webinar: Webinar, url: str) -> dict[str, Any]:
    """Of an online one the page where one registers, never the room itself."""
    if webinar.form.is_online:
        return {"@type": "VirtualLocation", "url": webinar.outside_link or url}
    return {"@type": "Place", "name": webinar.place, "address": webinar.place}
