"""The map on the programme's page: published plans by voivodeship, each with plans a way to their list."""

from collections.abc import Sequence

from flask import url_for

from core.formatting import number
from core.i18n import _, language, ngettext
from municipalities.region_map import Place, RegionMap, region_map
from public.queries import Region

LIST = "plans-by-region"


def map_of_plans(regions: Sequence[Region]) -> RegionMap:
    total = sum(region.plans for region in regions)
    said = ngettext(
        "%(num)d published plan in all. The list beside the map holds the same numbers.",
        "%(num)d published plans in all. The list beside the map holds the same numbers.",
        total,
    )
    places = [_place(region) for region in regions]
    return region_map("plans", _("Published plans by voivodeship"), places, said=said, table=LIST)


def _place(region: Region) -> Place:
    said = ngettext(
        "%(name)s: %(num)d published plan",
        "%(name)s: %(num)d published plans",
        region.plans,
        name=region.name,
    )
    url = url_for("public.plans", lang=language(), voivodeship=region.id) if region.plans else None
    return Place(region.code, region.name, region.plans, number(region.plans), said, url)
