"""What the records know of an animator's work: each piece by a key of its own, on its day, with its minutes as they are now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from animators.advice.models import OutsideAdvice
from animators.cards.models import Work
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.models import Pot
from core.clock import local
from core.database import db
from partnerships.models import Partnership
from plans.models import Plan, PlanVersion

TOOK_PLACE = frozenset(
    {
        ConsultationStatus.HELD,
        ConsultationStatus.REPORTED,
        ConsultationStatus.LOGGED,
        ConsultationStatus.DISPUTED,
        ConsultationStatus.CONFIRMED,
    }
)


@dataclass(frozen=True)
class Done:
    """A visit, a call, a review: something that happened, with the minutes that stand in the records today."""

    key: str
    """The same for ever: a card that holds it is compared by it."""
    day: date
    work: Work
    about: str
    minutes: int = 0
    count: int = 1
    over_budget: int = 0
    """Of the minutes of a consultation: those apart from the municipality's pot."""


def work_done(animator: User) -> list[Done]:
    """In the order of the days."""
    found = [*_consultations(animator), *_outside(animator), *_reviews(animator)]
    return sorted(found, key=lambda one: (one.day, one.key))


def _consultations(animator: User) -> Iterator[Done]:
    """Entered here: what was taken over from earlier records was accounted for elsewhere."""
    query = (
        select(Consultation)
        .where(
            Consultation.animator_id == animator.id,
            Consultation.status.in_(TOOK_PLACE),
            Consultation.actual_start.is_not(None),
            Consultation.actual_minutes.is_not(None),
            Consultation.taken_over.is_(False),
        )
        .options(joinedload(Consultation.municipality, innerjoin=True))
    )
    for one in db.session.scalars(query):
        if one.actual_start is None or one.actual_minutes is None:
            continue
        yield Done(
            f"consultation:{one.id}",
            local(one.actual_start).date(),
            Work.VISIT if one.channel.pot is Pot.VISIT else Work.REMOTE,
            f"{one.municipality.name} – {_how(one)}",
            one.actual_minutes,
            over_budget=one.over_budget_minutes,
        )


def _how(consultation: Consultation) -> str:
    label = str(consultation.channel.label)
    return f"{label} {consultation.visit_no}" if consultation.channel is Channel.VISIT else label


def _outside(animator: User) -> Iterator[Done]:
    query = select(OutsideAdvice).where(
        OutsideAdvice.animator_id == animator.id, OutsideAdvice.taken_back_at.is_(None)
    )
    for one in db.session.scalars(query):
        about = f"{one.organisation} – {one.channel.label}"
        yield Done(f"outside:{one.id}", one.day, Work.OUTSIDE, about, one.minutes)


def _reviews(animator: User) -> Iterator[Done]:
    """Each decision counts, a return as well as an approval."""
    query = (
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(PlanVersion.decided_by_id == animator.id, PlanVersion.decided_at.is_not(None))
        .options(
            joinedload(PlanVersion.plan, innerjoin=True)
            .joinedload(Plan.partnership, innerjoin=True)
            .joinedload(Partnership.municipality, innerjoin=True)
        )
    )
    for one in db.session.scalars(query):
        if one.decided_at is None:
            continue
        about = f"{one.partnership.municipality.name} – {one.plan.title}"
        yield Done(f"review:{one.id}", local(one.decided_at).date(), Work.REVIEW, about)
