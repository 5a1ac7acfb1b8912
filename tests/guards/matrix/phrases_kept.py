"""Ready phrases: of two animators, each their own, and one that the office shares."""

from collections.abc import Mapping

from accounts.models import User
from core.database import db
from phrases.models import PhraseKind
from phrases.services import Wording, add_phrase, put_away
from tests.guards.matrix.markers import hostile
from tests.guards.matrix.world import Record, World


def some_phrases(world: World, people: Mapping[str, User]) -> None:
    for family, name in {"a": "animator", "b": "otheranimator"}.items():
        owner, secret = people[name], hostile(f"{family}phrase")
        said = Wording(PhraseKind.REMARK, f"Title {secret}", f"Words {secret}")
        kept = add_phrase(said, owner=owner, actor=owner)
        _keep(world, f"{family}phrase", family, "own", kept.id)
    away = add_phrase(
        Wording(PhraseKind.REPORT, "Away", "Words"), owner=people["animator"], actor=people["animator"]
    )
    put_away(away, actor=people["animator"])
    _keep(world, "aphrase away", "a", "own", away.id)
    office = people["office"]
    shared = add_phrase(Wording(PhraseKind.DECISION, "Shared", "Words for all"), owner=None, actor=office)
    _keep(world, "shared", "", "shared", shared.id)
    db.session.flush()


def _keep(world: World, name: str, family: str, state: str, phrase_id: int) -> None:
    record = Record(name, family, {"phrase_id": phrase_id}, state)
    world.records.setdefault("phrase", []).append(record)
