"""Consultations of the towns: a visit that was reported, one that is owed its report, and a call that is disputed."""

from datetime import UTC, date, datetime, timedelta

from accounts.mail_links import mail_link
from accounts.models import User
from animators.consultations.models import Channel, Consultation, ConsultationStatus, FollowUp, Side
from animators.consultations.notices import CONFIRM
from animators.consultations.services import seen_as
from animators.hours.ledger import book
from core.database import db
from partnerships.models import Partnership
from tests.guards.matrix.markers import hostile
from tests.guards.matrix.world import Record, World

TODAY = date(2026, 4, 15)
MORNING = datetime(2026, 4, 14, 8, tzinfo=UTC)
LINK = "link to confirm"
"""Where the world keeps the token of a link in a mail."""


def some_consultations(world: World, name: str, partnership: Partnership) -> None:
    secret = hostile(f"{name}consultation")
    visit = {
        "channel": Channel.VISIT,
        "planned_start": MORNING,
        "planned_minutes": 240,
        "place": f"At {secret}",
    }
    talked = {
        "actual_start": MORNING, "topics": ["general_plan"], "summary": f"Said {secret}",
        "reported_at": MORNING + timedelta(hours=5),
    }  # fmt: skip
    reported = _kept(
        partnership, status=ConsultationStatus.REPORTED, visit_no=1, actual_minutes=240, participants_count=9,
        **visit, **talked,
    )  # fmt: skip
    owed = _kept(partnership, status=ConsultationStatus.AGREED, visit_no=2, **visit)
    disputed = _kept(
        partnership, status=ConsultationStatus.DISPUTED, channel=Channel.PHONE, actual_minutes=30,
        disputed_at=MORNING, dispute_reason=f"Not so {secret}", **talked,
    )  # fmt: skip
    step = FollowUp(text=f"Do {secret}", owner=Side.LEADER, due_on=TODAY, consultation=reported)
    db.session.add(step)
    db.session.flush()
    for one in (reported, disputed):
        book(one, reason=f"More {secret}", actor=one.animator)
    for what, one in {"reported": reported, "owed": owed, "disputed": disputed}.items():
        _keep(world, "consultation", f"{name} {what}", consultation_id=one.id)
    _keep(world, "follow up", name, follow_up_id=step.id)
    world.seen[f"{name} reported"] = seen_as(reported)
    if name == "adraft":
        _link(world, reported, partnership.leader(TODAY))


def _link(world: World, consultation: Consultation, leader: User | None) -> None:
    assert leader is not None
    address = mail_link(CONFIRM, consultation, leader, valid_for=timedelta(days=365))
    world.seen[LINK] = address.rpartition("/")[2]


def _kept(partnership: Partnership, **said: object) -> Consultation:
    animator = partnership.animator(TODAY)
    consultation = Consultation(municipality=partnership.municipality, animator=animator, **said)
    db.session.add(consultation)
    db.session.flush()
    return consultation


def _keep(world: World, kind: str, name: str, **values: object) -> None:
    world.records.setdefault(kind, []).append(Record(name, name[0], values))
