"""What was taken over from earlier records for one partnership: on one page, until each has a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from animators.consultations.models import Consultation
from animators.hours.balances import Balance, balances_of
from animators.hours.models import HourBudget, LedgerEntry, Pot
from core.database import db
from partnerships.models import Partnership
from partnerships.queries.records import with_people, with_place
from plans.earlier import EarlierPlan
from plans.earlier_queries import earlier_plans_of
from webinars.models import Attendance


@dataclass(frozen=True)
class EarlierRecords:
    plans: Sequence[EarlierPlan]
    consultations: Sequence[Consultation]
    balances: Sequence[tuple[Pot, Balance]]
    openings: Sequence[LedgerEntry]
    attendances: Sequence[Attendance]

    @property
    def is_empty(self) -> bool:
        return not (self.plans or self.consultations or self.balances or self.attendances)


def earlier_records(partnership: Partnership) -> EarlierRecords:
    place_id = partnership.municipality_id
    balances = balances_of([place_id])
    return EarlierRecords(
        plans=earlier_plans_of(partnership),
        consultations=db.session.scalars(
            select(Consultation)
            .where(Consultation.municipality_id == place_id, Consultation.taken_over)
            .options(joinedload(Consultation.animator))
            .order_by(Consultation.actual_start.desc(), Consultation.id)
        ).all(),
        balances=[(pot, balances[place_id, pot]) for pot in Pot if (place_id, pot) in balances],
        openings=db.session.scalars(
            select(LedgerEntry)
            .join(LedgerEntry.budget)
            .where(
                HourBudget.municipality_id == place_id,
                LedgerEntry.taken_over,
                LedgerEntry.consultation_id.is_(None),
            )
            .options(joinedload(LedgerEntry.budget))
            .order_by(LedgerEntry.day, LedgerEntry.id)
        ).all(),
        attendances=db.session.scalars(
            select(Attendance)
            .where(Attendance.municipality_id == place_id, Attendance.taken_over)
            .options(joinedload(Attendance.webinar), joinedload(Attendance.user))
            .order_by(Attendance.id)
        ).all(),
    )


def earlier_plan_by_id(earlier_plan_id: int) -> EarlierPlan | None:
    return db.session.scalar(
        select(EarlierPlan)
        .where(EarlierPlan.id == earlier_plan_id)
        .options(
            joinedload(EarlierPlan.file),
            joinedload(EarlierPlan.partnership).options(*with_place(), *with_people()),
        )
    )
