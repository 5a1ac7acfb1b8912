"""Published plans to take away, and the pictures that stand beside a shared link."""

from collections.abc import Callable

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.printing import Order
from plans.documents.plan_csv import plan_csv
from plans.documents.plan_pdf import public_plan_pdf
from plans.downloads import Download, file_name, plan_workbook
from plans.models import PlanVersion
from plans.views.documents import attachment
from public.addresses import in_both_languages
from public.blueprint import bp
from public.cards import home_card, municipality_card
from public.places import from_outside, moved_to, municipality_at, only_heir, version_in, version_of
from public.queries import programme_figures

ASK_AGAIN = "public, no-cache"
"""Anybody may keep it, but asks each time whether it is still the one: a plan may be replaced any day."""
FOR_A_DAY = "public, max-age=86400"


@in_both_languages(bp, "/{municipalities}/<place>/{plan}.<any(pdf, csv, xlsx):ending>")
def plan_file(lang: str, place: str, ending: str) -> ResponseReturnValue:
    """The published content without names and e-mails of people."""
    found, moved = municipality_at(place)
    heir = moved_to(found)
    if moved or heir is not None:
        address = (heir or found).address_name
        return redirect(url_for(".plan_file", lang=lang, place=address, ending=ending), 301)
    return _file(version_of(found), ending, lang)


@in_both_languages(
    bp, "/{municipalities}/<place>/{plan}/{versions}/<int:number>.<any(pdf, csv, xlsx):ending>"
)
def plan_version_file(lang: str, place: str, number: int, ending: str) -> ResponseReturnValue:
    """The same of an earlier version that was public."""
    found, moved = municipality_at(place)
    heir = moved_to(found, number)
    if moved or heir is not None:
        at = (heir or found).address_name
        return redirect(url_for(".plan_version_file", lang=lang, place=at, number=number, ending=ending), 301)
    return _file(version_of(found, number), ending, lang)


def _file(version: PlanVersion, ending: str, lang: str) -> ResponseReturnValue:
    if ending == "pdf":
        order = public_plan_pdf(version, address=address_of(version, lang))
        name = file_name(version, lang, "pdf")
        return _unless_known(order, lambda: attachment(Download(name, order.printed())), ASK_AGAIN)
    if ending == "csv":
        file = plan_csv(version, sheet=request.args.get("sheet"), public=True) or abort(404)
    else:
        file = plan_workbook(version, language=lang, short=False, public=True)
    response = attachment(file)
    response.add_etag()
    response.headers["Cache-Control"] = ASK_AGAIN
    return response.make_conditional(request)


def address_of(version: PlanVersion, lang: str) -> str:
    """Where everybody can read this version."""
    place = version.partnership.municipality.address_name
    return from_outside(url_for(".plan_version", lang=lang, place=place, number=version.number))


@in_both_languages(bp, "/{card}.png")
def home_picture(lang: str) -> ResponseReturnValue:
    return _picture(home_card(programme_figures()))


@in_both_languages(bp, "/{municipalities}/<place>/{card}.png")
def picture(lang: str, place: str) -> ResponseReturnValue:
    """One for the municipality and its plan: with the plan's figures once it is published."""
    found, moved = municipality_at(place)
    heir = only_heir(found)
    if moved or heir is not None:
        return redirect(url_for(".picture", lang=lang, place=(heir or found).address_name), 301)
    return _picture(municipality_card(found, version_in(found)))


def _picture(order: Order) -> Response:
    return _unless_known(order, lambda: Response(order.printed(), mimetype="image/png"), FOR_A_DAY)


def _unless_known(order: Order, answer: Callable[[], Response], keeping: str) -> Response:
    """Printed only for somebody who does not have it yet."""
    known = request.if_none_match.contains_weak(order.fingerprint)
    response = Response(status=304) if known else answer()
    response.set_etag(order.fingerprint)
    response.headers["Cache-Control"] = keeping
    return response
