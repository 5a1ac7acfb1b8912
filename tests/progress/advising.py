"""Consultations, requests and hours as they stand, for tests about what they lead to on the pages about progress."""

import secrets
from datetime import datetime, timedelta
from typing import Any, TypeVar

from animators.advice.models import AdviceRequest
from animators.consultations.models import (
    Channel,
    Consultation,
    ConsultationStatus,
    FollowUp,
    Side,
    VisitSlot,
)
from animators.hours.models import HourBudget, LedgerEntry, LedgerKind, Pot
from core import clock
from core.database import Base, db
from partnerships.models import Partnership

Record = TypeVar("Record", bound=Base)


def kept(record: Record) -> Record:
    db.session.add(record)
    db.session.commit()
    return record


def visit_at(
    partnership: Partnership,
    status: ConsultationStatus,
    starts_at: datetime | None = None,
    *,
    number: int = 1,
    **values: Any,
) -> Consultation:
    return kept(
        Consultation(
            municipality=partnership.municipality, animator=partnership.animator(clock.today()), channel=Channel.VISIT,
            visit_no=number, status=status, planned_start=starts_at, planned_minutes=240 if starts_at else None,
            place="Library" if starts_at else None, calendar_uid=secrets.token_hex(8), **values,
        )
    )  # fmt: skip


def proposed(
    partnership: Partnership, by: Side, *starts: datetime, number: int = 1, by_phone: bool = False
) -> Consultation:
    """A visit for which this side proposed these dates."""
    visit = visit_at(partnership, ConsultationStatus.PROPOSED, number=number)
    for start in starts:
        kept(VisitSlot(consultation=visit, proposed_by=by, starts_at=start, minutes=240, place="Library"))
    return visit


def advised(
    partnership: Partnership,
    at: datetime,
    status: ConsultationStatus = ConsultationStatus.CONFIRMED,
    *,
    channel: Channel = Channel.PHONE,
    minutes: int = 30,
    **values: Any,
) -> Consultation:
    """A piece of remote advice."""
    return kept(
        Consultation(
            municipality=partnership.municipality, animator=partnership.animator(clock.today()), channel=channel,
            actual_start=at, actual_minutes=minutes, status=status, reported_at=at, topics=["organisation"], **values,
        )
    )  # fmt: skip


def next_step(consultation: Consultation, text: str, owner: Side, **values: Any) -> FollowUp:
    return kept(FollowUp(consultation=consultation, text=text, owner=owner, **values))


def asked(partnership: Partnership, topic: str = "annual_plan") -> AdviceRequest:
    return kept(
        AdviceRequest(
            partnership=partnership, asked_by=partnership.leader(clock.today()), topic=topic, question="How?",
            channel=Channel.PHONE, entry_key=secrets.token_hex(16),
        )
    )  # fmt: skip


def used(partnership: Partnership, minutes: int, pot: Pot = Pot.REMOTE, *, granted: int = 480) -> None:
    budget = kept(HourBudget(municipality=partnership.municipality, pot=pot, granted_minutes=granted))
    kept(LedgerEntry(budget=budget, minutes=minutes, kind=LedgerKind.OPENING, day=clock.today()))


def days_ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)
