"""Feeds of pages, as RFC 4287 wants them: ids that stay for ever, moments of change, links that lead back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import current_app

from core.i18n import language
from programme.queries import the_programme

ATOM = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True)
class Entry:
    key: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str


def atom_feed(
    entries: Sequence[Entry], *, title: str, own: str, page: str, key: str, began_at: datetime
) -> str:
    """``key`` is the feed's own, whatever its address; ``began_at`` is when it last changed if nothing is in it yet."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language()})
    add_text(feed, "id", tag(key))
    add_text(feed, "title", title)
    add_text(feed, "updated", timestamp(max((one.updated for one in entries), default=began_at)))
    SubElement(feed, "link", {"rel": "self", "type": ATOM, "href": own})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    add_text(SubElement(feed, "author"), "name", the_programme().name)
    for one in entries:
        _add_entry(feed, one)
    return f"{HEAD}{tostring(feed, encoding='unicode', xml_declaration=False)}\n"


def tag(key: str) -> str:
    """As RFC 4151: it names the record, not the page, and stays whatever becomes of addresses and titles."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "gromada"
    since = the_programme().row.created_at.astimezone(UTC).date()
    return f"tag:{host},{since.isoformat()}:{key}"


def timestamp(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def add_text(parent: Element, name: str, text: str, **attributes: str) -> None:
    """Without the control characters that no XML may hold."""
    element = SubElement(parent, name, attributes)
    element.text = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _add_entry(feed: Element, one: Entry) -> None:
    entry = SubElement(feed, "entry")
    add_text(entry, "id", tag(one.key))
    add_text(entry, "title", one.title)
    add_text(entry, "updated", timestamp(one.updated))
    add_text(entry, "published", timestamp(one.published))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": one.url})
    add_text(entry, "summary", one.summary)
