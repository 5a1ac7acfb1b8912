"""Pages for everybody: the programme, published plans, what we do with data, how accessible we are."""

from collections.abc import Sequence

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guards import public
from core.i18n import _, language
from core.paging import address_with, asked_id, page_number
from core.retention import retention_rules
from handbooks.queries import current_edition
from municipalities.models import Municipality, MunicipalityKind
from municipalities.sizes import SizeClass
from partnerships.models import Partnership
from plans.approval import approval_in_words
from plans.models import PlanVersion
from plans.page import plan_page
from plans.place import place_of
from plans.totals import totals
from plans.workflow import PlanStatus
from public.addresses import in_both_languages
from public.blueprint import bp
from public.catalogue import Order, Wanted, plans_in_list
from public.changed import last_change, last_publication
from public.places import heirs_of, moved_to, municipality_at, version_in, version_of
from public.plan_map import map_of_plans
from public.queries import (
    Region,
    newest_plans,
    other_public_versions,
    partnership_of,
    programme_figures,
    public_version,
    regions,
)
from public.topics import topic_called, topics
from webinars.queries import coming
from webinars.workflow import TO_COME

SHOWN_ON_HOME = 6
WEBINARS_ON_HOME = 3
ENDINGS = ("pdf", "xlsx", "csv")


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
    ahead, places = [one for one in coming() if one.status in TO_COME], regions()
    return render_template(
        "public/home.html",
        figures=programme_figures(),
        newest=newest_plans(SHOWN_ON_HOME),
        coming=ahead[:WEBINARS_ON_HOME],
        ahead=len(ahead),
        regions=places,
        map=map_of_plans(places),
        handbook=current_edition(),
        changed_on=last_change(),
    )


@in_both_languages(bp, "/{plans}")
def plans(lang: str) -> ResponseReturnValue:
    wanted, places = _wanted(), regions()
    return render_template(
        "public/plans.html",
        page=plans_in_list(wanted, number=page_number()),
        wanted=wanted,
        chosen=_chosen(wanted, places),
        regions=places,
        kinds=list(MunicipalityKind),
        sizes=list(SizeClass),
        orders=list(Order),
        topics=topics(),
        changed_on=last_publication(),
    )


def _wanted() -> Wanted:
    """What is no choice of ours is as good as none."""
    asked = request.args
    return Wanted(
        text=asked.get("q", "")[:80],
        voivodeship_id=asked_id("voivodeship"),
        kind=asked.get("kind", None, MunicipalityKind),
        size=asked.get("size", None, SizeClass),
        topic=topic_called(asked.get("topic", "")),
        words=asked.get("words", "")[:80],
        order=asked.get("sort", Order.NAME, Order),
    )


def _chosen(wanted: Wanted, places: Sequence[Region]) -> list[tuple[str, str]]:
    """Each thing the list is narrowed by, with the address of the list without it."""
    region = next((one.name for one in places if one.id == wanted.voivodeship_id), None)
    chosen = {
        "q": _("“%(text)s”", text=wanted.text.strip()) if wanted.text.strip() else None,
        "voivodeship": _("%(name)s voivodeship", name=region) if region else None,
        "kind": str(wanted.kind.label) if wanted.kind else None,
        "size": str(wanted.size.label) if wanted.size else None,
        "topic": wanted.topic.label if wanted.topic else None,
        "words": _("in the plan: “%(text)s”", text=wanted.words.strip()) if wanted.words.strip() else None,
    }
    return [(label, address_with(**{key: None, "page": None})) for key, label in chosen.items() if label]


@in_both_languages(bp, "/{municipalities}/<place>")
def municipality(lang: str, place: str) -> ResponseReturnValue:
    found, moved = municipality_at(place)
    heirs = heirs_of(found)
    today = heirs[0] if len(heirs) == 1 else found
    if moved or today is not found:
        return redirect(url_for(".municipality", lang=lang, place=today.address_name), 301)
    partnership = partnership_of(found)
    version = public_version(partnership) if partnership else version_in(found)
    return render_template(
        "public/municipality.html",
        municipality=found,
        partnership=partnership,
        version=version,
        changed_on=version.published_at if version else None,
        heirs=heirs,
        facts=_facts(found, partnership),
    )


def _facts(found: Municipality, partnership: Partnership | None) -> list[tuple[str, str]]:
    facts = [(_("Partnership"), partnership.name)] if partnership else []
    facts.append((_("Territorial code"), found.code))
    return [*facts, (_("Population"), found.population_in_words)] if found.population else facts


@in_both_languages(bp, "/{municipalities}/<place>/{plan}")
def plan(lang: str, place: str) -> ResponseReturnValue:
    found, moved = municipality_at(place)
    heir = moved_to(found)
    if moved or heir is not None:
        return redirect(url_for(".plan", lang=lang, place=(heir or found).address_name), 301)
    version = version_in(found)
    if version is None and heirs_of(found):
        return redirect(url_for(".municipality", lang=lang, place=found.address_name), 301)
    return _plan_page(version or abort(404), found)


@in_both_languages(bp, "/{municipalities}/<place>/{plan}/{versions}/<int:number>")
def plan_version(lang: str, place: str, number: int) -> ResponseReturnValue:
    """An earlier version stays readable, and says that there is a newer one."""
    found, moved = municipality_at(place)
    heir = moved_to(found, number)
    if moved or heir is not None:
        address = (heir or found).address_name
        return redirect(url_for(".plan_version", lang=lang, place=address, number=number), 301)
    return _plan_page(version_of(found, number), found)


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
    return render_template("public/privacy.html", retention=retention_rules(current_app))


@in_both_languages(bp, "/{accessibility}")
def accessibility(lang: str) -> ResponseReturnValue:
    return render_template("public/accessibility.html")


def _plan_page(version: PlanVersion, found: Municipality) -> ResponseReturnValue:
    page = plan_page(version, public=True)
    return render_template(
        "public/plan.html",
        version=version,
        plan=version.plan,
        municipality=version.partnership.municipality,
        place=place_of(version),
        heirs=heirs_of(found),
        page=page,
        files=_files(version, lang=language()),
        totals=totals(page.content, page.definition),
        is_in_force=version.status is PlanStatus.PUBLISHED,
        others=other_public_versions(version),
        approval=approval_in_words(version),
        changed_on=version.published_at,
    )


def _files(version: PlanVersion, *, lang: str) -> dict[str, str]:
    """Addresses of this version's files by their kind; those of the plan in force stay the same."""
    place = version.partnership.municipality.address_name
    if version.status is PlanStatus.PUBLISHED:
        return {one: url_for(".plan_file", lang=lang, place=place, ending=one) for one in ENDINGS}
    number = version.number
    return {
        one: url_for(".plan_version_file", lang=lang, place=place, number=number, ending=one)
        for one in ENDINGS
    }
