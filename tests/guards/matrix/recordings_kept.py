"""Recordings: one published with a question and texts that try to come alive, one that is owed."""

from collections.abc import Mapping
from datetime import UTC, datetime

from accounts.models import User
from core.database import db
from core.uploads import SentFile
from tests.guards.matrix.markers import HOSTILE
from tests.guards.matrix.world import Record, World
from webinars.models import Webinar, WebinarStatus
from webinars.recordings import services
from webinars.recordings.models import Captions, Recording
from webinars.recordings.owing import owe_recording
from webinars.recordings.queries import recording_of
from webinars.recordings.services import Published

WAS = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
CAPTIONS = f"WEBVTT\n\n00:01.000 --> 00:03.000\n{HOSTILE}\n".encode()


def some_recordings(world: World, people: Mapping[str, User]) -> None:
    office = people["office"]
    asked, owed = _recording("asked", world), _recording("owed", world)
    content = Published(
        url="https://films.example/a", minutes=60, captions=Captions.FILE,
        captions_file=SentFile("napisy.vtt", CAPTIONS), transcript=HOSTILE, without_materials=True,
    )  # fmt: skip
    services.publish(asked, content, actor=office)
    services.ask(asked, text=f"Co? {HOSTILE}", answers=[f"To {HOSTILE}", "Nic"], right_answer=1, actor=office)
    assert owed.is_owed


def _recording(name: str, world: World) -> Recording:
    webinar = Webinar(
        title=f"Był {HOSTILE}", abstract=HOSTILE, starts_at=WAS, minutes=60, status=WebinarStatus.HELD
    )
    db.session.add(webinar)
    db.session.flush()
    owe_recording(webinar)
    recording = recording_of(webinar.id)
    assert recording is not None
    world.records.setdefault("recording", []).append(Record(name, "a", {"webinar_id": webinar.id}))
    return recording
