"""Feeds of webinars: each with its state, its series and what it is about."""

from collections.abc import Callable, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from core.i18n import _, language
from programme.queries import the_programme
from public.atom import ATOM, HEAD, NAMESPACE, add_text, tag, timestamp
from webinars.models import Webinar, WebinarStatus
from webinars.times import place_said, said

__all__ = ["ATOM", "feed_of"]


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
    add_text(feed, "id", tag(key))
    add_text(feed, "title", title)
    add_text(feed, "updated", timestamp(max((one.updated_at for one in webinars), default=began_at)))
    SubElement(feed, "link", {"rel": "self", "type": ATOM, "href": own})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    add_text(SubElement(feed, "author"), "name", the_programme().name)
    add_text(feed, "generator", "Gromada")
    for one in webinars:
        _entry(feed, one, address(one))
    return f"{HEAD}{tostring(feed, encoding='unicode', xml_declaration=False)}\n"


def _entry(feed: Element, webinar: Webinar, address: str) -> None:
    entry = SubElement(feed, "entry")
    add_text(entry, "id", tag(webinar.calendar_uid))
    add_text(entry, "title", _title(webinar))
    add_text(entry, "updated", timestamp(webinar.updated_at))
    add_text(entry, "published", timestamp(webinar.announced_at or webinar.created_at))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    if webinar.series is not None:
        SubElement(entry, "category", {"term": webinar.series.slug, "label": webinar.series.name})
    add_text(entry, "summary", f"{said(webinar)}. {place_said(webinar)}.")
    if webinar.abstract:
        add_text(entry, "content", webinar.abstract, type="text")


def _title(webinar: Webinar) -> str:
    if webinar.status is WebinarStatus.CANCELLED:
        return _("Cancelled: %(title)s", title=webinar.title)
    if webinar.status is WebinarStatus.MOVED:
        return _("Moved: %(title)s", title=webinar.title)
    return webinar.title
