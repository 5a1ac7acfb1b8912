"""Pages for everybody: the programme, published plans, what we do with data, how accessible we are."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guards import public
from core.i18n import _, language
from core.paging import asked_id, page_number
from municipalities.models import Municipality
from partnerships.models import Partnership
from plans.models import PlanVersion
from plans.page import plan_page
from plans.totals import totals
from plans.workflow import PlanStatus
from public.addresses import in_both_languages
from public.blueprint import bp
from public.places import municipality_at, version_of
from public.queries import (
    newest_plans,
    other_public_versions,
    partnership_of,
    programme_figures,
    public_version,
    published_plans,
    regions,
)

SHOWN_ON_HOME = 6


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """People who are signed in go to their own home, everybody else to the programme in their language."""
    if current_user.is_authenticated:
        return redirect(url_for("progress.home"))
    response = redirect(url_for(".home", lang=language()))
    response.vary.update(("Accept-Language", "Cookie"))
    return response


@in_both_languages(bp, "/")
def home(lang: str) -> ResponseReturnValue:
    return render_template(
        "public/home.html",
        figures=programme_figures(),
        newest=newest_plans(SHOWN_ON_HOME),
        regions=regions(),
    )


@in_both_languages(bp, "/{plans}")
def plans(lang: str) -> ResponseReturnValue:
    text, region = request.args.get("q", "")[:80], asked_id("voivodeship")
    return render_template(
        "public/plans.html",
        page=published_plans(text, region, number=page_number()),
        text=text,
        region=region,
        regions=regions(),
    )


@in_both_languages(bp, "/{municipalities}/<place>")
def municipality(lang: str, place: str) -> ResponseReturnValue:
    found, moved = municipality_at(place)
    if moved:
        return redirect(url_for(".municipality", lang=lang, place=found.address_name), 301)
    partnership = partnership_of(found)
    version = public_version(partnership) if partnership else None
    return render_template(
        "public/municipality.html",
        municipality=found,
        partnership=partnership,
        version=version,
        facts=_facts(found, partnership),
    )


def _facts(found: Municipality, partnership: Partnership | None) -> list[tuple[str, str]]:
    facts = [(_("Partnership"), partnership.name)] if partnership else []
    facts.append((_("Territorial code"), found.code))
    return [*facts, (_("Population"), found.population_in_words)] if found.population else facts


@in_both_languages(bp, "/{municipalities}/<place>/{plan}")
def plan(lang: str, place: str) -> ResponseReturnValue:
    found, moved = municipality_at(place)
    if moved:
        return redirect(url_for(".plan", lang=lang, place=found.address_name), 301)
    return _plan_page(version_of(found))


@in_both_languages(bp, "/{municipalities}/<place>/{plan}/{versions}/<int:number>")
def plan_version(lang: str, place: str, number: int) -> ResponseReturnValue:
    """An earlier version stays readable, and says that there is a newer one."""
    found, moved = municipality_at(place)
    if moved:
        return redirect(url_for(".plan_version", lang=lang, place=found.address_name, number=number), 301)
    return _plan_page(version_of(found, number))


@bp.get("/privacy")
@public
def privacy_in_ones_language() -> ResponseReturnValue:
    return redirect(url_for(".privacy", lang=language()))


@bp.get("/accessibility")
@public
def accessibility_in_ones_language() -> ResponseReturnValue:
    return redirect(url_for(".accessibility", lang=language()))


@in_both_languages(bp, "/{privacy}")
def privacy(lang: str) -> ResponseReturnValue:
    return render_template("public/privacy.html")


@in_both_languages(bp, "/{accessibility}")
def accessibility(lang: str) -> ResponseReturnValue:
    return render_template("public/accessibility.html")


def _plan_page(version: PlanVersion) -> ResponseReturnValue:
    page = plan_page(version, public=True)
    return render_template(
        "public/plan.html",
        version=version,
        plan=version.plan,
        municipality=version.partnership.municipality,
        page=page,
        totals=totals(page.content, page.definition),
        is_in_force=version.status is PlanStatus.PUBLISHED,
        others=other_public_versions(version),
    )
