"""What is left of the hours: granted less what the ledger says was taken, never a number of its own."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from animators.hours.models import HourBudget, LedgerEntry, Pot
from core.database import db
from programme.settings import ProgrammeSettings


@dataclass(frozen=True)
class Balance:
    granted: int
    used: int

    @property
    def free(self) -> int:
        return self.granted - self.used


def usual_grant(pot: Pot, settings: ProgrammeSettings) -> int:
    """Minutes a municipality has where nobody decided otherwise."""
    if pot is Pot.REMOTE:
        return settings.remote_budget_minutes
    return settings.visits_per_municipality * settings.visit_nominal_minutes


def balances_of(municipality_ids: Collection[int]) -> dict[tuple[int, Pot], Balance]:
    """By municipality and pot, of those that have a budget."""
    rows = db.session.execute(
        select(
            HourBudget.municipality_id,
            HourBudget.pot,
            HourBudget.granted_minutes,
            func.coalesce(func.sum(LedgerEntry.minutes), 0),
        )
        .outerjoin(LedgerEntry, LedgerEntry.budget_id == HourBudget.id)
        .where(HourBudget.municipality_id.in_(municipality_ids))
        .group_by(HourBudget.id)
    )
    return {(place, pot): Balance(granted, int(used)) for place, pot, granted, used in rows}
