"""What a leave took from the hours of the municipalities: one query for all of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from animators.hours.balances import granted_minutes, used_minutes
from animators.hours.models import HourBudget, LedgerEntry, LedgerKind, Pot
from core.database import db
from partnerships.models import AnimatorAssignment


@dataclass(frozen=True)
class Taken:
    """From one pot while somebody covered, and what is left of it today."""

    pot: Pot
    used: int
    left: int


@dataclass(frozen=True)
class Entered:
    """One entry of the ledger."""

    municipality_id: int
    pot: Pot
    left: int
    day: date
    minutes: int


TAKEN = (LedgerKind.CONSULTATION, LedgerKind.CORRECTION)
"""What somebody advised. What municipalities handed on, or the programme began with, nobody took on that day."""


def entries_between(places: Collection[int], first: date, last: date) -> list[Entered]:
    entry = aliased(LedgerEntry)  # all of them are counted beside
    found = db.session.execute(
        select(
            HourBudget.municipality_id,
            HourBudget.pot,
            granted_minutes() - used_minutes(),
            entry.day,
            entry.minutes,
        )
        .join(entry, entry.budget_id == HourBudget.id)
        .where(HourBudget.municipality_id.in_(places), entry.kind.in_(TAKEN), entry.day.between(first, last))
        .order_by(HourBudget.id, entry.id)
    )
    return [Entered(row[0], row[1], int(row[2]), row[3], row[4]) for row in found]


def taken_during(cover: AnimatorAssignment, entries: Iterable[Entered]) -> list[Taken]:
    theirs = [
        one for one in entries if one.municipality_id == cover.municipality_id and cover.covers(one.day)
    ]
    left = {one.pot: one.left for one in theirs}
    return [
        Taken(pot, sum(one.minutes for one in theirs if one.pot is pot), minutes)
        for pot, minutes in left.items()
    ]
