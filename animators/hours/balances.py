"""What is left of the hours: granted less what the ledger says was taken, never a number of its own."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from animators.hours.models import COUNTED, BudgetAdjustment, Decision, HourBudget, LedgerEntry, Pot
from core.database import db
from programme.queries import the_programme
from programme.settings import ProgrammeSettings

Balances = dict[tuple[int, Pot], "Balance"]


@dataclass(frozen=True)
class Balance:
    """Minutes of one pot. What waits for the office stands apart: it is neither granted nor used."""

    granted: int
    used: int
    pending: int = 0

    @property
    def free(self) -> int:
        return self.granted - self.used

    @property
    def percent(self) -> int:
        """How much of the grant is used, in whole percent and never rounded up; of no grant all of it is."""
        return self.used * 100 // self.granted if self.granted else 100


def usual_grant(pot: Pot, settings: ProgrammeSettings) -> int:
    """Minutes a municipality has where nobody decided otherwise."""
    if pot is Pot.REMOTE:
        return settings.remote_budget_minutes
    return settings.visits_per_municipality * settings.visit_nominal_minutes


def granted_minutes() -> ColumnElement[int]:
    """Of the ``HourBudget`` of the query: what it began with and every change of it that counts."""
    adjusted = select(func.coalesce(func.sum(BudgetAdjustment.minutes), 0)).where(
        BudgetAdjustment.budget_id == HourBudget.id, BudgetAdjustment.decision.in_(COUNTED)
    )
    return HourBudget.granted_minutes + adjusted.scalar_subquery()


def used_minutes() -> ColumnElement[int]:
    taken = select(func.coalesce(func.sum(LedgerEntry.minutes), 0)).where(
        LedgerEntry.budget_id == HourBudget.id
    )
    return taken.scalar_subquery()


def pending_minutes() -> ColumnElement[int]:
    asked = select(func.coalesce(func.sum(BudgetAdjustment.minutes), 0)).where(
        BudgetAdjustment.budget_id == HourBudget.id, BudgetAdjustment.decision == Decision.PENDING
    )
    return asked.scalar_subquery()


def balances_of(municipality_ids: Collection[int]) -> Balances:
    """By municipality and pot, of those that have a budget."""
    rows = db.session.execute(
        select(
            HourBudget.municipality_id, HourBudget.pot, granted_minutes(), used_minutes(), pending_minutes()
        ).where(HourBudget.municipality_id.in_(municipality_ids))
    )
    return {
        (place, pot): Balance(int(granted), int(used), int(pending))
        for place, pot, granted, used, pending in rows
    }


def balances_with_usual(municipality_ids: Collection[int]) -> Balances:
    """Of every pot of all of them: where no budget was opened yet, nothing of the usual grant is used."""
    settings = the_programme().settings
    known = balances_of(municipality_ids)
    usual = {pot: Balance(usual_grant(pot, settings), 0) for pot in Pot}
    return {(place, pot): known.get((place, pot), usual[pot]) for place in municipality_ids for pot in Pot}


def balance_of_budget(budget: HourBudget) -> Balance:
    """As the database has it now: ask with the row locked before anything is entered."""
    granted, used, pending = db.session.execute(
        select(granted_minutes(), used_minutes(), pending_minutes()).where(HourBudget.id == budget.id)
    ).one()
    return Balance(int(granted), int(used), int(pending))
