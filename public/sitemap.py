"""Every page for everybody, with its address in both languages and the day it last changed; and what robots may read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response, current_app, url_for
from sqlalchemy import select

from accounts.guards import public
from core import clock
from core.database import db
from core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from initiatives.queries import in_order as initiatives_in_order
from knowledge.queries import for_sitemap as offers_for_sitemap
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from plans.models import PlanVersion
from public.blueprint import bp
from public.changed import (
    animators_changed,
    initiatives_changed,
    last_change,
    last_publication,
    offers_changed,
    webinars_changed,
)
from public.places import from_outside
from public.queries import published
from webinars.models import Webinar, WebinarStatus
from webinars.queries import open_series

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
MOST = 50_000
"""Addresses that one file may hold."""
FOR_AN_HOUR = "public, max-age=3600"
PAGES = (
    "home", "plans", "webinars", "animators", "office_news", "digests", "offers", "initiatives", "verification", "privacy", "accessibility",
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One page: its view, what its address names, and the day it last changed, if that can be known."""

    endpoint: str
    values: dict[str, Any]
    changed_on: date | None = None

    def address(self, lang: str) -> str:
        return from_outside(url_for(f"public.{self.endpoint}", lang=lang, **self.values))


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """Samples are for nobody to find; of real work all that everybody may read."""
    rule = "Disallow: /" if current_app.config["GROMADA"].is_demo else "Disallow:"
    lines = ["User-agent: *", rule, f"Sitemap: {from_outside(url_for('.sitemap'))}", ""]
    return _kept(Response("\n".join(lines), mimetype="text/plain"))


@bp.get("/sitemap.xml")
@public
def sitemap() -> Response:
    return _kept(
        Response(
            sitemap_of([*_lasting(), *_places(), *_webinars(), *_offers(), *_initiatives()]),
            mimetype="application/xml",
        )
    )


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = FOR_AN_HOUR
    return response


def sitemap_of(pages: Sequence[Listed]) -> str:
    """Each address names all languages of its page, its own among them, and the one for readers of any other."""
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for page in pages[: MOST // len(LANGUAGES)]:
        addresses = {lang: page.address(lang) for lang in LANGUAGES}
        for address in addresses.values():
            entry = SubElement(root, "url")
            SubElement(entry, "loc").text = address
            if page.changed_on:
                SubElement(entry, "lastmod").text = page.changed_on.isoformat()
            for lang, other in addresses.items():
                SubElement(entry, "xhtml:link", {"rel": "alternate", "hreflang": lang, "href": other})
            default = {"rel": "alternate", "hreflang": "x-default", "href": addresses[DEFAULT_LANGUAGE]}
            SubElement(entry, "xhtml:link", default)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _lasting() -> Iterator[Listed]:
    changed = {
        "home": last_change(), "plans": last_publication(), "webinars": webinars_changed(),
        "animators": animators_changed(), "offers": offers_changed(), "initiatives": initiatives_changed(),
    }  # fmt: skip
    for name in PAGES:
        yield Listed(name, {}, changed.get(name))


def _places() -> Iterator[Listed]:
    """Every municipality with a partnership, and its plan where there is one; two queries."""
    plans = {
        municipality_id: clock.local(at).date()
        for municipality_id, at in db.session.execute(
            published().with_only_columns(Partnership.municipality_id, PlanVersion.published_at)
        )
        if at
    }
    query = (
        select(Municipality)
        .join(Partnership, Partnership.municipality_id == Municipality.id)
        .where(Partnership.status != PartnershipStatus.CLOSED)
        .order_by(Municipality.sort_key, Municipality.id)
    )
    for one in db.session.scalars(query):
        yield Listed("municipality", {"place": one.address_name}, plans.get(one.id))
        if one.id in plans:
            yield Listed("plan", {"place": one.address_name}, plans[one.id])


def _webinars() -> Iterator[Listed]:
    for series in open_series():
        yield Listed("webinar_series", {"slug": series.slug}, clock.local(series.updated_at).date())
    query = select(Webinar).where(Webinar.status != WebinarStatus.DRAFT).order_by(Webinar.id)
    for one in db.session.scalars(query):
        yield Listed("webinar", {"webinar_id": one.id}, clock.local(one.updated_at).date())


def _offers() -> Iterator[Listed]:
    """What went out of date is not to be found any more."""
    for one in offers_for_sitemap():
        yield Listed("offer", {"item_id": one.id}, clock.local(one.updated_at).date())


def _initiatives() -> Iterator[Listed]:
    for one in initiatives_in_order():
        yield Listed("initiative", {"initiative_id": one.id}, clock.local(one.updated_at).date())
