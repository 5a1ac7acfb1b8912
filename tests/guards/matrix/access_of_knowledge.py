"""Who may open what of the catalogue of offers and of initiatives."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import ANYBODY, Access, on, page
from tests.guards.matrix.people import OFFICE

OFFER, INITIATIVE = on("offer", OFFICE), on("initiative", OFFICE)

ACCESS_OF_KNOWLEDGE: Mapping[str, Access] = {
    "public.offers": ANYBODY,
    "public.offer": ANYBODY,
    "public.suggest_offer": ANYBODY,
    "public.offer_suggested": ANYBODY,
    "public.initiatives": ANYBODY,
    "public.initiative": ANYBODY,
    "public.initiatives_feed": ANYBODY,
    "initiatives.index": page(OFFICE),
    "initiatives.enter": page(OFFICE),
    "initiatives.show": INITIATIVE,
    "initiatives.edit": INITIATIVE,
    "initiatives.follow_up": INITIATIVE,
    "offers.index": page(OFFICE),
    "offers.as_xlsx": page(OFFICE),
    "offers.template": page(OFFICE),
    "offers.from_file": page(OFFICE),
    "offers.write": page(OFFICE),
    "offers.show": OFFER,
    "offers.edit": OFFER,
    "offers.moderate": OFFER,
    "offers.publish": OFFER,
    "offers.confirm": OFFER,
    "offers.outdate": OFFER,
    "offers.decline": OFFER,
}
