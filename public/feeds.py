"""Feeds as RFC 4287 wants them: ids that stay for ever, moments of change, links that lead back."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import current_app

from core.i18n import _, language
from programme.queries import the_programme
from webinars.models import Webinar, WebinarStatus
from webinars.times import place_said, said

ATOM = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"


def feed_of(
    webinars: Sequence[Webinar],
    *,
    title: str,
    own: str,
    page: str,
    key: str,
    address: Callable[[Webinar], str],
    began_at: datetime,
) -> str:
    """``key`` is the feed's own, whatever its address; ``began_at`` is when it last changed if nothing is in it yet."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language()})
    _add(feed, "id", _id(key))
    _add(feed, "title", title)
    _add(feed, "updated", _moment(max((one.updated_at for one in webinars), default=began_at)))
    SubElement(feed, "link", {"rel": "self", "type": ATOM, "href": own})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _add(SubElement(feed, "author"), "name", the_programme().name)
    _add(feed, "generator", "Gromada")
    for one in webinars:
        _entry(feed, one, address(one))
    return tostring(feed, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="utf-8"?>\n', "\n")
    )


def _entry(feed: Element, webinar: Webinar, address: str) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", _id(webinar.calendar_uid))
    _add(entry, "title", _title(webinar))
    _add(entry, "updated", _moment(webinar.updated_at))
    _add(entry, "published", _moment(webinar.announced_at or webinar.created_at))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    if webinar.series is not None:
        SubElement(entry, "category", {"term": webinar.series.slug, "label": webinar.series.name})
    _add(entry, "summary", f"{said(webinar)}. {place_said(webinar)}.")
    if webinar.abstract:
        _add(entry, "content", webinar.abstract, type="text")


def _title(webinar: Webinar) -> str:
    if webinar.status is WebinarStatus.CANCELLED:
        return _("Cancelled: %(title)s", title=webinar.title)
    if webinar.status is WebinarStatus.MOVED:
        return _("Moved: %(title)s", title=webinar.title)
    return webinar.title


def _id(key: str) -> str:
    """A tag (RFC 4151): it names the record, not the page, and stays whatever becomes of addresses and titles."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "gromada"
    since = the_programme().row.created_at.astimezone(UTC).date()
    return f"tag:{host},{since.isoformat()}:{key}"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    """Without the control characters that no XML may hold."""
    element = SubElement(parent, name, attributes)
    element.text = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
