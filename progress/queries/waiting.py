"""What waits besides plans: a fixed number of queries, however many municipalities somebody leads or advises."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus, FollowUp, Side
from animators.consultations.workflow import TOOK_PLACE
from core import clock
from core.database import db
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.queries import advised_by, led_by
from partnerships.workflow import PartnershipStatus


@dataclass(frozen=True)
class AdvisedPlace:
    """An open partnership's municipality that somebody advises today."""

    partnership_id: int
    municipality_id: int
    name: str
    sort_key: str
    founded_on: date | None
    entered_at: datetime

    @property
    def known_since(self) -> date:
        return self.founded_on or clock.local(self.entered_at).date()


def advised_places(animator: User) -> list[AdvisedPlace]:
    """By the alphabet."""
    found = db.session.execute(
        select(
            Partnership.id, Municipality.id, Municipality.name, Municipality.sort_key, Partnership.founded_on,
            Partnership.created_at,
        )
        .join(Partnership.municipality)
        .where(advised_by(animator), Partnership.status != PartnershipStatus.CLOSED)
        .order_by(Municipality.sort_key, Partnership.id)
    )  # fmt: skip
    return [AdvisedPlace(*row) for row in found]


def last_contacts(municipality_ids: Collection[int]) -> dict[int, datetime]:
    """When each was last advised, in person or from afar: meetings of the partnership itself are no contact.

    A visit that was agreed on and has begun counts before its report is there.
    """
    took_place = or_(
        Consultation.status.in_(TOOK_PLACE),
        and_(Consultation.status == ConsultationStatus.AGREED, Consultation.planned_start <= clock.now()),
    )
    begun = func.coalesce(Consultation.actual_start, Consultation.planned_start)
    found = db.session.execute(
        select(Consultation.municipality_id, func.max(begun))
        .where(Consultation.municipality_id.in_(municipality_ids), took_place, begun.is_not(None))
        .group_by(Consultation.municipality_id)
    )
    return {row[0]: row[1] for row in found}


TOLD_FOR = timedelta(days=7)
"""A decision of the office stays on the animator's list so long."""


def disputes_of(animator: User) -> Sequence[Consultation]:
    """Of the municipalities they advise: what waits for the office, and what it decided lately."""
    decided_lately = and_(
        Consultation.decision_note.is_not(None),
        Consultation.status.in_((ConsultationStatus.CONFIRMED, ConsultationStatus.VOID)),
        Consultation.updated_at >= clock.now() - TOLD_FOR,
    )
    return db.session.scalars(
        _consultations(advised_by(animator))
        .where(or_(Consultation.status == ConsultationStatus.DISPUTED, decided_lately))
        .order_by(Consultation.disputed_at, Consultation.id)
    ).all()


def steps_due(person: User, side: Side) -> Sequence[FollowUp]:
    """Due today or before, of the side on which this person stands."""
    stands = led_by(person) if side is Side.LEADER else advised_by(person)
    return db.session.scalars(
        select(FollowUp)
        .join(FollowUp.consultation)
        .join(Consultation.municipality)
        .join(Partnership, _open_there())
        .options(contains_eager(FollowUp.consultation).contains_eager(Consultation.municipality))
        .where(
            stands,
            FollowUp.owner == side,
            FollowUp.done_on.is_(None),
            FollowUp.due_on <= clock.today(),
            Consultation.status != ConsultationStatus.VOID,
        )
        .order_by(FollowUp.due_on, FollowUp.id)
    ).all()


def _consultations(who: ColumnElement[bool]) -> Select[Consultation]:
    return (
        select(Consultation)
        .join(Consultation.municipality)
        .join(Partnership, _open_there())
        .options(contains_eager(Consultation.municipality))
        .where(who)
    )


def _open_there() -> ColumnElement[bool]:
    return and_(
        Partnership.municipality_id == Municipality.id, Partnership.status != PartnershipStatus.CLOSED
    )
