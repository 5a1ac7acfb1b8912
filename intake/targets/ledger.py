"""Entering minutes into the ledgers of many municipalities; a pot nobody has opened gets what is usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from animators.hours.balances import usual_grant
from animators.hours.models import HourBudget, LedgerEntry, LedgerKind, Pot
from core.bulk import insert_rows, take_ids
from core.database import db
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

    def enter(self, taken: Sequence[Taken], scope: Scope) -> None:
        self._open({(one.place_id, one.pot) for one in taken})
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
