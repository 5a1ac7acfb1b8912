"""Suggesting an offer, what the office does with it and with initiatives: each deed once as it works."""

from collections.abc import Mapping

from tests.guards.matrix.deed import SPREADSHEET, Deed, Fields
from tests.guards.matrix.knowledge_kept import WORKBOOK
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.world import World
from tests.support.forms import Upload

OFFER = {
    "title": "Kurs", "summary": "Dwa popołudnia z telefonem", "url": "https://kursy.example/telefon", "provider": "Fundacja",
    "provider_website": "https://kursy.example/", "life_areas": ["health"], "digcomp_areas": ["safety"],
    "audience": ["seniors"], "price_kind": "free", "languages": ["pl"],
}  # fmt: skip
BY_OFFICE = {**OFFER, "provider_status": "recommended"}
INITIATIVE = {
    "number": "3", "title": "Sieć w świetlicach", "purpose": "Internet blisko domu", "decision_maker": "Ministerstwo",
    "actor": "Gminy", "level": "local",
}  # fmt: skip


def _workbook(world: World) -> Fields:
    return {"file": Upload(world.workbooks[WORKBOOK], "oferty.xlsx", SPREADSHEET)}


DEEDS_OF_KNOWLEDGE: Mapping[str, Deed] = {
    "public.suggest_offer": Deed(
        VISITOR, fields={**OFFER, "contact_email": "biuro@kursy.example"}, names={"lang": "pl"}
    ),
    "offers.from_file": Deed("office", fields=_workbook),
    "offers.write": Deed("office", fields=BY_OFFICE),
    "offers.edit": Deed("office", "offer", "draft", BY_OFFICE),
    "offers.moderate": Deed("office", "offer", "draft"),
    "offers.publish": Deed("office", "offer", "moderated"),
    "offers.confirm": Deed("office", "offer", "outdated"),
    "offers.outdate": Deed("office", "offer", "published"),
    "initiatives.enter": Deed("office", fields={**INITIATIVE, "number": "9"}),
    "initiatives.edit": Deed("office", "initiative", "proposed", INITIATIVE),
    "initiatives.follow_up": Deed(
        "office",
        "initiative",
        "proposed",
        {"day": "2026-04-15", "text": "Rada zdecydowała", "action": "decide"},
    ),
    "offers.decline": Deed("office", "offer", "draft"),
}
