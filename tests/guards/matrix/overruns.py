"""Minutes over the pot in the towns, each with its reason."""

from datetime import UTC, date, datetime

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.ledger import book
from core.database import db
from partnerships.models import Partnership
from tests.guards.matrix.markers import hostile
from tests.guards.matrix.world import Record, World

OVER = 30


def an_overrun(world: World, name: str, partnership: Partnership) -> None:
    """All of the usual eight hours, and half an hour more that waits for the office."""
    actor = partnership.animator(date(2026, 4, 15))
    consultation = Consultation(
        municipality=partnership.municipality, animator=actor, channel=Channel.PHONE, actual_minutes=480 + OVER,
        actual_start=datetime(2026, 4, 10, 9, tzinfo=UTC), status=ConsultationStatus.CONFIRMED,
    )  # fmt: skip
    db.session.add(consultation)
    request = book(consultation, reason=f"Long {hostile(f'{name}overrun')}", actor=actor).request
    assert request is not None
    world.records.setdefault("overrun", []).append(Record(name, name[0], {"adjustment_id": request.id}))
