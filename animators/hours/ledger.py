"""Entering minutes. What fits into the pot is an entry; the rest stands apart with its consultation until the office decides.

Three things hold after each of these, whoever else is at it: nothing is taken that was not granted; what a consultation
has in the ledger and what stands apart with it are together what it lasted; and nothing waits for the office while there
is room. So the balance is the same whatever came first.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from accounts.models import User
from animators.consultations.models import Consultation
from animators.hours.balances import balance_of_budget
from animators.hours.budgets import hold_consultation, hold_unless_busy, locked_budget
from animators.hours.errors import BookedAlready, OverBudgetNeedsReason
from animators.hours.events import HoursEvent
from animators.hours.forecasts import Forecast, Level, forecast
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerEntry, LedgerKind
from core import audit, clock
from core.database import db

__all__ = ["Booking", "Forecast", "Level", "book", "correct", "entered", "forecast", "settle", "take_back"]


@dataclass(frozen=True)
class Booking:
    entry: LedgerEntry | None
    """What fitted; None: nothing was left."""
    over: int
    request: BudgetAdjustment | None
    """Of what did not fit."""


def book(consultation: Consultation, *, reason: str | None, actor: User | None) -> Booking:
    """Take what a consultation lasted from its pot. Over the pot it needs a reason, and becomes one request to the office."""
    hold_consultation(consultation)
    budget = locked_budget(consultation.municipality_id, consultation.channel.pot)
    if entered(consultation) or consultation.over_budget_minutes:
        raise BookedAlready
    minutes = consultation.actual_minutes or 0
    return _take(consultation, budget, minutes, LedgerKind.CONSULTATION, reason=reason, actor=actor)


def correct(
    consultation: Consultation,
    minutes: int,
    *,
    reason: str,
    over_reason: str | None = None,
    actor: User | None,
) -> Booking:
    """It lasted longer or shorter than was entered: what was entered stays, and the difference is entered.

    ``reason``: why it is corrected, for the history; ``over_reason``: why more time was needed, for the office.
    """
    hold_consultation(consultation)
    budget = locked_budget(consultation.municipality_id, consultation.channel.pot)
    before, difference = consultation.actual_minutes, minutes - _counted(consultation)
    booking = Booking(None, 0, None)
    if difference > 0:
        kind = LedgerKind.CORRECTION
        why = over_reason or reason
        booking = _take(consultation, budget, difference, kind, reason=why, actor=actor)
    elif difference < 0:
        booking = Booking(_give_back(consultation, budget, -difference, actor=actor), 0, None)
    consultation.actual_minutes = minutes
    audit.record(
        HoursEvent.CORRECTED, consultation, actor=actor, personal={"reason": reason},
        before={"minutes": before}, after={"minutes": minutes},
    )  # fmt: skip
    return booking


def take_back(consultation: Consultation, *, reason: str, actor: User | None) -> None:
    """It is void: its minutes are given back, and nothing of it waits for the office."""
    hold_consultation(consultation)
    budget = locked_budget(consultation.municipality_id, consultation.channel.pot)
    counted = _counted(consultation)
    _give_back(consultation, budget, counted, actor=actor)
    audit.record(
        HoursEvent.TAKEN_BACK, consultation, actor=actor, personal={"reason": reason},
        before={"minutes": counted}, after={"minutes": 0},
    )  # fmt: skip


def settle(budget: HourBudget, *, actor: User | None) -> None:
    """There may be room again: what waits for the office goes in as far as it fits, the oldest first. The budget is locked."""
    free = balance_of_budget(budget).free
    if free <= 0:
        return
    waiting = _pending(budget)
    held = hold_unless_busy([one.consultation_id for one in waiting if one.consultation_id])
    for request in waiting:
        if free > 0 and request.consultation_id in held:
            free -= _let_in(request, min(free, request.minutes), actor=actor)
    db.session.flush()


def enter(
    budget: HourBudget, consultation: Consultation, minutes: int, kind: LedgerKind, *, actor: User | None
) -> LedgerEntry:
    """One row of the ledger. Nobody but this package decides whether it fits."""
    entry = LedgerEntry(
        budget=budget, minutes=minutes, kind=kind, consultation_id=consultation.id, day=_day_of(consultation, kind),
        made_by_id=actor.id if actor else None,
    )  # fmt: skip
    db.session.add(entry)
    return entry


def entered(consultation: Consultation) -> int:
    """What the ledger holds of it, corrections included."""
    taken = select(func.coalesce(func.sum(LedgerEntry.minutes), 0))
    return int(db.session.scalar(taken.where(LedgerEntry.consultation_id == consultation.id)) or 0)


def request_of(consultation: Consultation) -> BudgetAdjustment | None:
    """What waits for the office with it."""
    return db.session.scalar(
        select(BudgetAdjustment)
        .where(
            BudgetAdjustment.consultation_id == consultation.id, BudgetAdjustment.decision == Decision.PENDING
        )
        .execution_options(populate_existing=True)
    )


# --- Taking ------------------------------------------------------------------------------------------------


def _take(
    consultation: Consultation,
    budget: HourBudget,
    minutes: int,
    kind: LedgerKind,
    *,
    reason: str | None,
    actor: User | None,
) -> Booking:
    settle(budget, actor=actor)
    within = min(minutes, max(0, balance_of_budget(budget).free))
    over = minutes - within
    if over and not reason:
        raise OverBudgetNeedsReason(over)
    entry = enter(budget, consultation, within, kind, actor=actor) if within else None
    request = _ask(consultation, budget, over, reason or "", actor=actor) if over else None
    db.session.flush()
    return Booking(entry, over, request)


def _ask(
    consultation: Consultation, budget: HourBudget, over: int, reason: str, *, actor: User | None
) -> BudgetAdjustment:
    """One consultation has one request: a second overrun of it makes that one bigger."""
    request = request_of(consultation)
    before = request.minutes if request else 0
    if request is None:
        request = BudgetAdjustment(
            budget=budget, minutes=over, consultation_id=consultation.id, reason=reason,
            requested_by_id=actor.id if actor else None, decision=Decision.PENDING,
        )  # fmt: skip
        db.session.add(request)
    else:
        request.minutes, request.reason = before + over, reason
    consultation.over_budget_minutes += over
    audit.record(
        HoursEvent.ASKED, request, actor=actor, personal={"reason": reason},
        before={"pending": before}, after={"pending": before + over},
    )  # fmt: skip
    return request


# --- Giving back -------------------------------------------------------------------------------------------


def _give_back(
    consultation: Consultation, budget: HourBudget, minutes: int, *, actor: User | None
) -> LedgerEntry | None:
    """First of what stands apart, as it is in nobody's way; then of the ledger, where others may be waiting for it."""
    apart = min(minutes, consultation.over_budget_minutes)
    request = request_of(consultation)
    if request is not None and apart:
        _shrink(request, min(apart, request.minutes), actor=actor)
    consultation.over_budget_minutes -= apart
    rest = minutes - apart
    entry = enter(budget, consultation, -rest, LedgerKind.CORRECTION, actor=actor) if rest else None
    db.session.flush()
    settle(budget, actor=actor)
    return entry


def _let_in(request: BudgetAdjustment, minutes: int, *, actor: User | None) -> int:
    consultation = db.session.get_one(Consultation, request.consultation_id, populate_existing=True)
    enter(request.budget, consultation, minutes, LedgerKind.CONSULTATION, actor=actor)
    consultation.over_budget_minutes -= minutes
    _shrink(request, minutes, actor=actor)
    return minutes


def _shrink(request: BudgetAdjustment, minutes: int, *, actor: User | None) -> None:
    """The request of what is left; of nothing left it says how much it was."""
    before = request.minutes
    if minutes == before:
        request.decision, request.decided_at = Decision.SETTLED, clock.now()
    else:
        request.minutes = before - minutes
    audit.record(
        HoursEvent.SETTLED, request, actor=actor,
        before={"pending": before}, after={"pending": before - minutes},
    )  # fmt: skip


def _pending(budget: HourBudget) -> list[BudgetAdjustment]:
    db.session.flush()
    found = select(BudgetAdjustment).where(
        BudgetAdjustment.budget_id == budget.id,
        BudgetAdjustment.decision == Decision.PENDING,
        BudgetAdjustment.consultation_id.is_not(None),
    )
    return list(
        db.session.scalars(found.order_by(BudgetAdjustment.id).execution_options(populate_existing=True))
    )


def _counted(consultation: Consultation) -> int:
    """What it lasted, as far as it was entered: in the ledger or apart from it."""
    return entered(consultation) + consultation.over_budget_minutes


def _day_of(consultation: Consultation, kind: LedgerKind) -> date:
    """Of the consultation itself; a correction is of the day on which it was made."""
    if kind is LedgerKind.CORRECTION or consultation.actual_start is None:
        return clock.today()
    return clock.local(consultation.actual_start).date()
