"""Offers in each state: a suggestion with an address for questions, one looked through, published, out of date; two initiatives."""

from collections.abc import Mapping

from accounts.models import User
from core import clock
from initiatives import services as initiatives
from initiatives.models import Level
from initiatives.services import Content as InitiativeContent
from initiatives.workflow import InitiativeAction
from knowledge import services
from knowledge.models import CatalogueItem, PriceKind, ProviderStatus
from knowledge.services import Content
from knowledge.sheets import offers_sheet
from tests.guards.matrix.markers import HOSTILE, hostile
from tests.guards.matrix.world import Record, World

WORKBOOK = "offers"
"""Where ``World.workbooks`` keeps a file of offers."""


def some_offers(world: World, people: Mapping[str, User]) -> None:
    office = people["office"]
    hidden, shown = hostile("adraftwebinar"), f"Oferta {HOSTILE}"
    draft, moderated = (_suggested(hidden) for _ in range(2))
    published, outdated = (services.write(_content(shown), actor=office) for _ in range(2))
    for item in (moderated, published, outdated):
        services.moderate(item, actor=office)
    for item in (published, outdated):
        services.publish(item, actor=office)
    services.outdate(outdated, actor=office)
    kept = {"draft": draft, "moderated": moderated, "published": published, "outdated": outdated}
    for name, item in kept.items():
        world.records.setdefault("offer", []).append(Record(name, "z", {"item_id": item.id}))

    world.workbooks[WORKBOOK] = offers_sheet().workbook([_content("Kurs z pliku")])
    some_initiatives(world, office)


def some_initiatives(world: World, office: User) -> None:
    for number, name in enumerate(("proposed", "decided"), start=1):
        words = f"Inicjatywa {HOSTILE}"
        initiative = initiatives.enter(
            InitiativeContent(
                number=number,
                title=words,
                purpose=words,
                decision_maker=words,
                actor=words,
                level=Level.LOCAL,
            ),
            actor=office,
        )
        if name == "decided":
            initiatives.follow_up(
                initiative, day=clock.today(), text=words, action=InitiativeAction.DECIDE, actor=office
            )
        record = Record(name, "z", {"initiative_id": initiative.id})
        world.records.setdefault("initiative", []).append(record)


def _suggested(title: str) -> CatalogueItem:
    return services.suggest(_content(title), contact_email="biuro@dostawcy.example", actor=None)


def _content(title: str) -> Content:
    return Content(
        title=title, summary=title, provider=title, provider_website=None, provider_status=ProviderStatus.OTHER,
        digcomp_areas=["safety"], life_areas=["health"], audience=["adults"], languages=["pl"],
        price_kind=PriceKind.FREE, url="https://dostawcy.example/oferta",
    )  # fmt: skip
