"""Remote advice in the towns: a talk, a request that waits, and one talk with somebody outside."""

from collections.abc import Mapping
from datetime import date

from accounts.models import User
from animators.advice.services.logging import Talk, log_advice
from animators.advice.services.outside import OutsideTalk, log_outside
from animators.advice.services.requests import Question, ask
from animators.consultations.models import Channel
from core.database import db
from partnerships.models import Partnership
from tests.guards.matrix.markers import hostile
from tests.guards.matrix.world import Record, World

ADVISER = {"a": "animator", "b": "otheranimator", "c": "cover", "d": "manyhats"}
DAY = date(2026, 4, 15)


def some_advice(
    world: World, name: str, partnership: Partnership, people: Mapping[str, User], *, asker: User
) -> None:
    """Nobody advises the fifth family's towns, so nobody talks with them."""
    adviser = people.get(ADVISER.get(name[0], ""))
    asked = ask(
        partnership,
        Question(
            "annual_plan", f"How {hostile(f'{name}question')}?", Channel.CHAT, hostile(f"{name}question")
        ),
        key=f"{name} question",
        actor=asker,
    )
    _keep(world, "request", name, request_id=asked.id)
    if adviser is None:
        return
    talk = Talk(
        partnership.municipality_id, Channel.PHONE, 20, ["workbook"], DAY, summary=f"Said {hostile(f'{name}talk')}",
        over_reason=f"More {hostile(f'{name}talk')}",
    )  # fmt: skip
    entry = log_advice(talk, key=f"{name} talk", actor=adviser)
    _keep(world, "entry", name, consultation_id=entry.id)
    outside = OutsideTalk(
        f"Fundacja {hostile(f'{name}outside')}", Channel.ONLINE, 30, ["funding"], DAY,
        summary=f"Said {hostile(f'{name}outside')}",
    )  # fmt: skip
    _keep(world, "outside", name, outside_id=log_outside(outside, key=f"{name} outside", actor=adviser).id)
    db.session.flush()


def _keep(world: World, kind: str, name: str, **values: object) -> None:
    world.records.setdefault(kind, []).append(Record(name, name[0], values))
