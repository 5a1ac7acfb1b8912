"""A plan as a PDF to print, send and keep: tagged (PDF/UA-1), in the reader's language."""

from typing import Any

from core.clock import now
from core.formatting import day, number
from core.i18n import _, language
from core.printing import Order
from core.records import foldable
from municipalities.in_time import Place
from plans.approval import approval_in_words
from plans.documents import parts
from plans.downloads import Download, file_name
from plans.models import PlanVersion
from plans.page import PlanPage, plan_page
from plans.place import place_of
from plans.queries import covering_plan
from plans.totals import totals
from plans.workflow import PlanStatus
from programme.logo_copies import logos_on_paper
from programme.queries import the_programme

TEMPLATE = "plan.typ"
NOT_FINAL = frozenset({PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW, PlanStatus.RETURNED})
"""Nobody has approved what stands in such a copy: it says so on every page."""


def plan_pdf(version: PlanVersion, *, address: str | None = None) -> Download:
    """For people who work on the plan; ``address``: where everybody can read this version, if it is public."""
    page = plan_page(version, general=covering_plan(version.plan))
    return Download(file_name(version, language(), "pdf"), _order(version, page, address).printed())


def public_plan_pdf(version: PlanVersion, *, address: str) -> Order:
    """Not printed yet: whoever asks may have it already."""
    return _order(version, plan_page(version, public=True), address)


def _order(version: PlanVersion, page: PlanPage, address: str | None) -> Order:
    data = document(version, page, address=address)
    return Order(TEMPLATE, data, moment=version.published_at or version.updated_at)


def document(version: PlanVersion, page: PlanPage, *, address: str | None) -> dict[str, Any]:
    """Everything the template shows; it knows no other source."""
    place, programme = place_of(version), the_programme()
    return {
        "language": language(),
        "title": _("%(plan)s: %(name)s", plan=version.plan.title, name=place.name),
        "author": programme.name,
        "programme": programme.name,
        "place": ", ".join(
            (
                str(place.kind.label).capitalize(),
                place.county_label,
                _("%(name)s voivodeship", name=place.voivodeship),
            )
        ),
        "version": _("version %(number)s", number=version.number),
        "draft": _draft(version),
        "facts": _facts(version, place),
        "totals": [
            {"label": one.label, "value": number(one.value), "note": one.note}
            for one in totals(page.content, page.definition)
        ],
        "sections": parts.sections(page),
        "proof": _proof(version, page, address),
        "funding": programme.funding_statement,
        "logos": logos_on_paper(),
        "replaced": False,
        "words": _words(),
    }


def _draft(version: PlanVersion) -> dict[str, str] | None:
    if version.status not in NOT_FINAL:
        return None
    return {
        "mark": _("Draft"),
        "text": _(
            "A copy of %(day)s. Nobody has approved this content, and it may still change.", day=day(now())
        ),
    }


def _facts(version: PlanVersion, place: Place) -> list[parts.Part]:
    municipality = version.partnership.municipality
    return parts.facts(
        [
            (_("Partnership"), version.partnership.name),
            (_("Status"), str(version.status.label)),
            (_("Version"), str(version.number)),
            (_("Approved on"), day(version.decided_at) if version.decided_at and not _draft(version) else ""),
            (_("Published on"), day(version.published_at) if version.published_at else ""),
            (
                _("Published by"),
                str(version.published_on_behalf.label) if version.published_on_behalf else "",
            ),
            (_("Territorial code"), place.code),
            (_("Population"), municipality.population_in_words if municipality.population else ""),
        ]
    )


def _proof(version: PlanVersion, page: PlanPage, address: str | None) -> parts.Part:
    shown = {"address": address or "", "shown": foldable(address or "")}
    if page.public:
        return {
            **shown,
            "title": _("Is this the approved content?"),
            "text": approval_in_words(version),
            "hash": version.content_hash or "",
        }
    return {
        **shown,
        "title": _("About this copy"),
        "text": _(
            "Made on %(day)s for people who work on this plan. It may hold names and e-mail addresses of people: do not publish it.",
            day=day(now()),
        ),
        "hash": version.content_hash or "",
    }


def _words() -> dict[str, str]:
    return {
        "address": _("Read it online:"),
        "contents": _("Contents"),
        "figures": _("Figures"),
        "page": _("Page %(number)s of %(all)s", number="{number}", all="{all}"),
        "replaced": _("□ stands for a sign that the font of this document does not have."),
        "together": _("Together"),
    }
