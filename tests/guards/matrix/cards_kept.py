"""Work cards: of two animators, each one that is open, one submitted and one that is checked."""

from collections.abc import Mapping
from datetime import date

from accounts.models import User
from animators.cards.models import Work
from animators.cards.queries import content_of
from animators.cards.services import flow
from animators.cards.services.entering import Entry, add_line, begin_card
from core.database import db
from tests.guards.matrix.markers import hostile
from tests.guards.matrix.world import Record, World

MONTHS = {"checked": date(2026, 1, 1), "submitted": date(2026, 2, 1), "open": date(2026, 3, 1)}


def some_cards(world: World, people: Mapping[str, User]) -> None:
    for family, name in {"a": "animator", "b": "otheranimator"}.items():
        for state, month in MONTHS.items():
            _card(world, family, state, month, people[name], people["office"])


def _card(world: World, family: str, state: str, month: date, animator: User, office: User) -> None:
    card = begin_card(animator, month, actor=animator)
    entry = Entry(month, Work.TRAVEL, 60, 40, f"From {hostile(f'{family}card')}")
    line = add_line(card, entry, actor=animator)
    world.seen[f"{family}{state} card"] = flow.seen_as(content_of(card))
    if state != "open":
        flow.submit_card(card, seen=world.seen[f"{family}{state} card"], actor=animator)
    if state == "checked":
        flow.check_card(card, actor=office)
    db.session.flush()
    named = f"{family}{state}"
    world.records.setdefault("card", []).append(Record(named, family, {"card_id": card.id}))
    if state == "open":
        values = {"card_id": card.id, "line_id": line.id}
        world.records.setdefault("card line", []).append(Record(named, family, values))
