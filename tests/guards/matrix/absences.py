"""Animators, their assignments and a leave that is over, and what the office sees before it reassigns."""

from collections.abc import Mapping
from datetime import date

from accounts.models import User
from animators.people.models import AnimatorProfile
from animators.people.moves import Reassignment
from animators.people.queries.leaves import EndedCover
from animators.people.queries.moving import assignments_from
from animators.people.services.leaves import summarise
from animators.people.services.reassigning import preview
from core.database import db
from partnerships.models import AssignmentKind, Partnership
from tests.guards.matrix.world import Record, World
from tests.make import Make

AWAY, BACK = date(2026, 3, 2), date(2026, 3, 13)
FROM = date(2026, 5, 1)


def an_absence(world: World, people: Mapping[str, User], make: Make) -> None:
    """In family ``a``: its animator was away, and is back."""
    for name in ("animator", "otheranimator", "onleave"):
        world.records.setdefault("animator", []).append(Record(name, "", {"person_id": people[name].id}))
    partnership = db.session.get_one(
        Partnership, world.record("partnership", "adraft").values["partnership_id"]
    )
    cover = make.assignment(
        partnership.municipality, people["cover"], kind=AssignmentKind.COVER, starts_on=AWAY, ends_on=BACK
    )
    summary = summarise(people["animator"], [EndedCover(cover, people["animator"])])
    world.records["leave"] = [Record("adraft", "a", {"summary_id": summary.id})]
    [main] = [one for one in partnership.assignments if one.kind is AssignmentKind.MAIN]
    world.records["assignment"] = [Record("adraft", "a", {"assignment_id": main.id})]
    db.session.add(
        AnimatorProfile(user=people["animator"], bio="Pomagam bibliotekom", regions=["16"], visible=False)
    )
    db.session.flush()
    world.seen["reassignment"] = _token(people["otheranimator"], people["animator"])


def _token(leaver: User, successor: User) -> str:
    """Of what the office sees when it moves everything of one animator to another."""
    places = {one.municipality_id: successor for one in assignments_from(leaver, FROM)}
    return preview(Reassignment(leaver, FROM, places)).token
