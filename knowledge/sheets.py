"""The catalogue as a workbook, for the office."""

from collections.abc import Sequence

from core.i18n import _l, language
from core.sheets import Column, Sheet
from core.workbooks.kinds import day, member_of, text
from knowledge.models import CatalogueItem, OfferState, PriceKind, ProviderStatus
from programme.queries import the_programme


def catalogue_sheet() -> Sheet[CatalogueItem]:
    lists, code = the_programme().code_lists, language()

    def said(key: str, codes: Sequence[str]) -> str:
        return "; ".join(lists[key].label(one, code) for one in codes)

    return Sheet(
        CatalogueItem,
        {
            "title": Column(_l("Name of the offer"), text(max_length=200)),
            "summary": Column(_l("What it offers"), text(max_length=1500)),
            "provider": Column(_l("Provider"), text(max_length=200)),
            "provider_status": Column(_l("What the provider is to the programme"), member_of(ProviderStatus)),
            "provider_website": Column(_l("Website of the provider"), text(max_length=500), required=False),
            "url": Column(_l("Page of the offer"), text(max_length=500)),
            "life_areas": Column(
                _l("Areas of life"), text(max_length=500), required=False,
                value=lambda item: said("life_area", item.life_areas),
            ),
            "digcomp_areas": Column(
                _l("Digital skills"), text(max_length=500), required=False,
                value=lambda item: said("digcomp_area", item.digcomp_areas),
            ),
            "audience": Column(
                _l("For whom"), text(max_length=500),
                value=lambda item: "; ".join(str(one.label) for one in item.for_whom),
            ),
            "price_kind": Column(_l("Price"), member_of(PriceKind)),
            "languages": Column(
                _l("Languages"), text(max_length=200),
                value=lambda item: "; ".join(str(one.label) for one in item.spoken),
            ),
            "state": Column(_l("Status"), member_of(OfferState)),
            "checked_on": Column(_l("Checked on"), day(), required=False),
        },
        name=_l("Catalogue of offers"),
    )  # fmt: skip
