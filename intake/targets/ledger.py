"""Entering minutes into the ledgers of many municipalities; a pot nobody has opened gets what is usual."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from accounts.models import User
from animators.hours.balances import (
    balance_of_budget,
    balances_of,
    granted_minutes,
    pending_minutes,
    used_minutes,
    usual_grant,
)
from animators.hours.events import HoursEvent
from animators.hours.ledger import settle
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerEntry, LedgerKind, Pot
from core import audit, clock
from core.bulk import insert_rows, take_ids
from core.database import db
from core.i18n import _
from intake.targets.base import Scope
from programme.queries import the_programme

Key = tuple[int, Pot]


@dataclass(frozen=True, slots=True)
class Taken:
    place_id: int
    pot: Pot
    minutes: int
    day: date
    kind: LedgerKind
    consultation_id: int | None


def room_in(keys: Collection[Key]) -> dict[Key, int]:
    """Free minutes; of a pot that nobody has opened what is usual."""
    balances, settings = balances_of({place for place, _pot in keys}), the_programme().settings
    return {key: balances[key].free if key in balances else usual_grant(key[1], settings) for key in keys}


class Budgets:
    """Budgets by municipality and pot; those that are missing are opened."""

    def __init__(self) -> None:
        rows = db.session.execute(select(HourBudget.municipality_id, HourBudget.pot, HourBudget.id))
        self._ids: dict[Key, int] = {(place, pot): key for place, pot, key in rows}

    @staticmethod
    def opened() -> dict[Key, int]:
        """Opening balances so far, in minutes."""
        rows = db.session.execute(
            select(HourBudget.municipality_id, HourBudget.pot, func.sum(LedgerEntry.minutes))
            .join(LedgerEntry, LedgerEntry.budget_id == HourBudget.id)
            .where(LedgerEntry.kind == LedgerKind.OPENING)
            .group_by(HourBudget.id)
        )
        return {(place, pot): int(minutes) for place, pot, minutes in rows}

    @staticmethod
    def opened_until() -> dict[Key, date]:
        """The last day whose hours an opening balance holds."""
        rows = db.session.execute(
            select(HourBudget.municipality_id, HourBudget.pot, func.max(LedgerEntry.day))
            .join(LedgerEntry, LedgerEntry.budget_id == HourBudget.id)
            .where(LedgerEntry.kind == LedgerKind.OPENING)
            .group_by(HourBudget.id)
            .having(func.sum(LedgerEntry.minutes) > 0)
        )
        return {(place, pot): day for place, pot, day in rows}

    @staticmethod
    def one_by_one() -> dict[Key, list[tuple[date, int]]]:
        """What consultations took, by their days."""
        rows = db.session.execute(
            select(HourBudget.municipality_id, HourBudget.pot, LedgerEntry.day, LedgerEntry.minutes)
            .join(LedgerEntry, LedgerEntry.budget_id == HourBudget.id)
            .where(LedgerEntry.consultation_id.is_not(None))
        )
        found: dict[Key, list[tuple[date, int]]] = {}
        for place, pot, day, minutes in rows:
            found.setdefault((place, pot), []).append((day, minutes))
        return found

    def enter(self, taken: Sequence[Taken], scope: Scope) -> None:
        """More than was granted is what happened before: the office takes it over, and so the pot grows by it."""
        self._open({(one.place_id, one.pot) for one in taken})
        touched = {self._ids[one.place_id, one.pot] for one in taken}
        held = select(HourBudget.id).where(HourBudget.id.in_(touched)).order_by(HourBudget.id)
        db.session.execute(held.with_for_update()).all()
        insert_rows(
            LedgerEntry,
            [
                {
                    "budget_id": self._ids[one.place_id, one.pot], "minutes": one.minutes, "kind": one.kind,
                    "consultation_id": one.consultation_id, "day": one.day, "taken_over": scope.taken_over,
                    "made_by_id": scope.actor.id,
                }
                for one in taken
            ],
        )  # fmt: skip
        _keep_within(touched, actor=scope.actor)

    def _open(self, keys: set[Key]) -> None:
        missing = sorted(keys - set(self._ids))
        settings = the_programme().settings
        ids = take_ids(HourBudget, len(missing))
        rows = [
            {"id": key, "municipality_id": place, "pot": pot, "granted_minutes": usual_grant(pot, settings)}
            for key, (place, pot) in zip(ids, missing, strict=True)
        ]
        insert_rows(HourBudget, rows)
        self._ids |= dict(zip(missing, ids, strict=True))


def _keep_within(budget_ids: Collection[int], *, actor: User) -> None:
    """Nothing is free below zero, and nothing waits for the office where there is room."""
    touched = select(HourBudget).where(HourBudget.id.in_(budget_ids)).order_by(HourBudget.id)
    for budget in db.session.scalars(touched.where(_is_unbalanced())):
        over = -balance_of_budget(budget).free
        if over > 0:
            _grant(budget, over, actor=actor)
        settle(budget, actor=actor)


def _is_unbalanced() -> ColumnElement[bool]:
    return or_(granted_minutes() < used_minutes(), pending_minutes() > 0)


def _grant(budget: HourBudget, minutes: int, *, actor: User) -> None:
    made = BudgetAdjustment(
        budget=budget, minutes=minutes, decision=Decision.GRANTED, decided_at=clock.now(),
        reason=str(_("Taken over from earlier records: more was used than the pot held.")), requested_by_id=actor.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    audit.record(
        HoursEvent.ADJUSTED, made, actor=actor, minutes=minutes, pot=str(budget.pot), taken_over=True
    )
