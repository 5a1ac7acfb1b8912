"""Every entry of a municipality's hours, what was asked for over them, and what the office has to decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import User
from animators.consultations.models import Consultation
from animators.hours.bars import Bar, bars_of
from animators.hours.models import (
    COUNTED,
    BudgetAdjustment,
    Decision,
    HourBudget,
    LedgerEntry,
    LedgerKind,
    Pot,
)
from core import clock
from core.database import db
from core.i18n import _
from core.paging import Page, paged
from municipalities.models import Municipality


@dataclass(frozen=True)
class Line:
    """One row of the ledger as people read it: what it did to what is left, and what was left then."""

    moment: datetime
    day: date
    what: str
    who: str | None
    minutes: int
    """More than none: there is more to use."""
    left: int = 0
    note: str | None = None
    consultation_id: int | None = None


@dataclass(frozen=True)
class PotLedger:
    bar: Bar
    lines: Sequence[Line]
    """The latest first."""


def ledgers_of(municipality: Municipality) -> list[PotLedger]:
    found: dict[Pot, list[Line]] = {pot: [] for pot in Pot}
    for pot, line in (*_granted(municipality), *_taken(municipality)):
        found[pot].append(line)
    return [PotLedger(bar, _running(found[bar.pot])) for bar in bars_of(municipality.id)]


def requests_of(municipality: Municipality) -> Sequence[BudgetAdjustment]:
    """What was asked for over its pots, the latest first."""
    mine = _overruns().where(HourBudget.municipality_id == municipality.id)
    return db.session.scalars(mine.order_by(BudgetAdjustment.id.desc())).all()


def pending_requests() -> Sequence[BudgetAdjustment]:
    """The longest waiting first."""
    waiting = _overruns().where(BudgetAdjustment.decision == Decision.PENDING)
    return db.session.scalars(waiting.order_by(BudgetAdjustment.created_at, BudgetAdjustment.id)).all()


def decided_requests(number: int) -> Page[BudgetAdjustment]:
    """The latest decision first."""
    decided = _overruns().where(BudgetAdjustment.decision != Decision.PENDING)
    latest = decided.order_by(BudgetAdjustment.decided_at.desc(), BudgetAdjustment.id.desc())
    page = paged(latest, number=number)
    return replace(page, rows=[row[0] for row in page.rows])


def count_pending() -> int:
    waiting = select(func.count()).where(BudgetAdjustment.decision == Decision.PENDING)
    return db.session.scalar(waiting) or 0


def overrun_by_id(adjustment_id: int) -> BudgetAdjustment | None:
    """Asked for with a consultation: what the office changed by itself is nothing to decide about."""
    return db.session.scalar(_overruns().where(BudgetAdjustment.id == adjustment_id))


def _overruns() -> Select[BudgetAdjustment]:
    return (
        select(BudgetAdjustment)
        .join(BudgetAdjustment.budget)
        .join(BudgetAdjustment.consultation)
        .options(
            contains_eager(BudgetAdjustment.budget).joinedload(HourBudget.municipality, innerjoin=True),
            contains_eager(BudgetAdjustment.consultation).joinedload(Consultation.animator),
            joinedload(BudgetAdjustment.requested_by),
        )
    )


# --- Lines -------------------------------------------------------------------------------------------------


def _running(lines: Sequence[Line]) -> list[Line]:
    """With what was left after each; the latest first."""
    left, told = 0, []
    for line in _by_day(lines):
        left += line.minutes
        told.append(replace(line, left=left))
    return told[::-1]


def _by_day(lines: Sequence[Line]) -> Iterator[Line]:
    """By the day they are of, and of one day as they were entered. Of what was used first and granted later the grant
    stands before: there was never less than nothing.
    """
    latest_first = sorted(
        lines,
        key=lambda one: (one.moment > START_OF_ALL, one.day, one.moment, one.minutes < 0),
        reverse=True,
    )
    waiting, left = latest_first[::-1], 0
    while waiting:
        line = waiting[0]
        if left + line.minutes < 0:
            line = _what_let_in(line, waiting) or line
        waiting.remove(line)
        left += line.minutes
        yield line


def _what_let_in(line: Line, later: Sequence[Line]) -> Line | None:
    """What was granted for this very consultation, else the first that gave something."""
    given = (one for one in later if one.minutes > 0)
    return min(given, key=lambda one: one.consultation_id != line.consultation_id, default=None)


def _granted(municipality: Municipality) -> Iterator[tuple[Pot, Line]]:
    budgets = select(HourBudget).where(HourBudget.municipality_id == municipality.id)
    for budget in db.session.scalars(budgets):
        if budget.granted_minutes:
            day = clock.local(budget.created_at).date()
            yield (
                budget.pot,
                Line(START_OF_ALL, day, _("Granted at the beginning"), None, budget.granted_minutes),
            )
    changed = (
        select(BudgetAdjustment)
        .join(BudgetAdjustment.budget)
        .options(contains_eager(BudgetAdjustment.budget))
        .where(HourBudget.municipality_id == municipality.id, BudgetAdjustment.decision.in_(COUNTED))
    )
    for one in db.session.scalars(changed):
        moment = one.decided_at or one.created_at
        yield one.budget.pot, Line(
            moment, clock.local(moment).date(), _what_changed(one), _("The programme office"), one.minutes,
            note=one.decision_note if one.consultation_id else one.reason, consultation_id=one.consultation_id,
        )  # fmt: skip


def _what_changed(one: BudgetAdjustment) -> str:
    if one.decision is Decision.TRANSFERRED:
        return _("Moved from the other pot") if one.minutes > 0 else _("Moved to the other pot")
    if one.consultation_id:
        return _("Granted beyond the pot")
    return _("The office gave more") if one.minutes > 0 else _("The office took some away")


def _taken(municipality: Municipality) -> Iterator[tuple[Pot, Line]]:
    entries = (
        select(LedgerEntry)
        .join(LedgerEntry.budget)
        .options(
            contains_eager(LedgerEntry.budget),
            joinedload(LedgerEntry.consultation).joinedload(Consultation.animator),
            joinedload(LedgerEntry.made_by),
        )
        .where(HourBudget.municipality_id == municipality.id)
    )
    for one in db.session.scalars(entries):
        who = _who(one)
        yield one.budget.pot, Line(
            one.created_at, one.day, _what_was_taken(one), who.name if who else None, -one.minutes,
            note=one.note, consultation_id=one.consultation_id,
        )  # fmt: skip


def _who(one: LedgerEntry) -> User | None:
    """Who advised; of a correction who made it."""
    if one.kind is LedgerKind.CONSULTATION and one.consultation is not None:
        return one.consultation.animator
    return one.made_by


def _what_was_taken(one: LedgerEntry) -> str:
    if one.kind is not LedgerKind.CONSULTATION or one.consultation is None:
        return str(one.kind.label)
    if one.consultation.visit_no:
        return _("Visit %(number)s", number=one.consultation.visit_no)
    return str(one.consultation.channel.label)


START_OF_ALL = datetime(1, 1, 1, tzinfo=UTC)
"""What a pot began with stands before everything else, whenever it was opened."""
