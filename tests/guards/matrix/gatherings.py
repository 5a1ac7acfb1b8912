"""Meetings and handbooks of the towns."""

from datetime import date, time

from accounts.models import User
from core.database import db
from handbooks.models import HandbookIssue
from handbooks.queries import current_edition
from handbooks.services import keep_edition, send_copies
from meetings.models import PartnershipMeeting
from meetings.services import When, call_meeting
from partnerships.models import Partnership
from tests.guards.matrix.markers import hostile
from tests.guards.matrix.world import Record, World
from tests.support.documents import pdf

HELD_ON = date(2026, 4, 15)


def a_meeting(world: World, name: str, partnership: Partnership, *, actor: User) -> None:
    secret = hostile(f"{name}meeting")
    when = When(HELD_ON, time(17), 90, f"Room {secret}", f"Point {secret}")
    meeting: PartnershipMeeting = call_meeting(partnership, when, invite=False, actor=actor)
    meeting.summary, meeting.next_steps = f"Agreed {secret}", f"Next {secret}"
    _keep(world, "meeting", name, meeting_id=meeting.id)


def some_handbooks(world: World, name: str, partnership: Partnership, *, actor: User) -> None:
    if current_edition() is None:
        _edition(world, actor)
    (issue,) = send_copies([partnership.municipality], sent_on=date(2026, 4, 1), sent_count=4, actor=actor)
    kept: HandbookIssue = issue
    kept.note = hostile(f"{name}handbook")
    _keep(world, "handbook", name, partnership_id=partnership.id, issue_id=kept.id)
    db.session.flush()


def _edition(world: World, actor: User) -> None:
    edition = keep_edition(
        None,
        title="Podręcznik",
        edition="1",
        published_on=date(2026, 1, 1),
        is_current=True,
        file=("podrecznik.pdf", pdf()),
        actor=actor,
    )
    world.records.setdefault("edition", []).append(Record("first", "", {"edition_id": edition.id}))


def _keep(world: World, kind: str, name: str, **values: object) -> None:
    world.records.setdefault(kind, []).append(Record(name, name[0], values))
