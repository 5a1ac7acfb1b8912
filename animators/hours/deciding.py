"""The office decides about minutes over the pot, and changes budgets by itself. A decision is never edited: another may follow."""

from sqlalchemy import select

from accounts.models import User
from animators.consultations.models import Consultation
from animators.hours.balances import Balance, balance_of_budget
from animators.hours.budgets import hold_consultation, locked_budgets
from animators.hours.errors import (
    NoteNeeded,
    NotEnoughThere,
    NothingChanges,
    OwnAdvice,
    OwnRequest,
    ReasonNeeded,
)
from animators.hours.events import HoursEvent
from animators.hours.ledger import enter, settle
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerKind, Pot
from animators.hours.notices import tell_changed, tell_decided
from core import audit, clock
from core.database import db
from core.workflow import NotNow
from municipalities.models import Municipality


def grant(adjustment: BudgetAdjustment, *, note: str | None = None, actor: User) -> None:
    """The pot gets them, and they are taken from it."""
    budget, _other = _held(adjustment, actor)
    _count_in(adjustment, budget, Decision.GRANTED, note, actor=actor)
    _remember(HoursEvent.GRANTED, adjustment, note, actor=actor)


def refuse(adjustment: BudgetAdjustment, *, note: str | None, actor: User) -> None:
    """They stay visible with the consultation, apart from the pot."""
    _held(adjustment, actor)
    if not note:
        raise NoteNeeded
    _decide(adjustment, Decision.REFUSED, note)
    _remember(HoursEvent.REFUSED, adjustment, note, actor=actor)


def transfer(adjustment: BudgetAdjustment, *, note: str | None = None, actor: User) -> None:
    """As granted, with minutes of the other pot: one entry takes them away there, one brings them here."""
    budget, other = _held(adjustment, actor)
    _check_free(other, adjustment.minutes)
    _pair(
        adjustment,
        _counted(other, -adjustment.minutes, Decision.TRANSFERRED, reason=adjustment.reason, actor=actor),
    )
    _count_in(adjustment, budget, Decision.TRANSFERRED, note, actor=actor)
    _remember(HoursEvent.TRANSFERRED, adjustment, note, actor=actor)


def adjust(budget: HourBudget, minutes: int, reason: str, *, actor: User) -> BudgetAdjustment:
    return adjust_pot(budget.municipality, budget.pot, minutes, reason, actor=actor)


def adjust_pot(
    municipality: Municipality, pot: Pot, minutes: int, reason: str, *, actor: User
) -> BudgetAdjustment:
    """More or fewer hours for a pot, without an overrun. Fewer go as far as what is free."""
    budget = locked_budgets(municipality.id, pot)[pot]
    _check_wanted(minutes, reason)
    before = balance_of_budget(budget)
    if minutes < 0:
        _check_free(budget, -minutes)
    made = _counted(budget, minutes, Decision.GRANTED, reason=reason, actor=actor)
    db.session.flush()
    settle(budget, actor=actor)
    _remember_change(HoursEvent.ADJUSTED, made, before, actor=actor)
    return made


def move(
    municipality: Municipality, minutes: int, reason: str, *, to: Pot, actor: User
) -> tuple[BudgetAdjustment, BudgetAdjustment]:
    """From one pot to the other, without an overrun: (what is taken there, what is added here)."""
    _check_wanted(minutes, reason)
    if minutes < 0:
        raise NothingChanges
    budgets = locked_budgets(municipality.id, *Pot)
    budget, other = budgets[to], budgets[other_pot(to)]
    before = balance_of_budget(budget)
    _check_free(other, minutes)
    taken = _counted(other, -minutes, Decision.TRANSFERRED, reason=reason, actor=actor)
    added = _counted(budget, minutes, Decision.TRANSFERRED, reason=reason, actor=actor)
    _pair(added, taken)
    settle(budget, actor=actor)
    _remember_change(HoursEvent.MOVED, added, before, actor=actor)
    return taken, added


def other_pot(pot: Pot) -> Pot:
    return Pot.VISIT if pot is Pot.REMOTE else Pot.REMOTE


# --- Under lock --------------------------------------------------------------------------------------------


def _held(adjustment: BudgetAdjustment, actor: User) -> tuple[HourBudget, HourBudget]:
    """Its budget and that of the other pot. Of two who decide at once the second is told that it is decided."""
    if adjustment.consultation_id is None:
        raise NotNow
    if adjustment.requested_by_id == actor.id:
        raise OwnRequest
    consultation = _consultation(adjustment)
    _check_not_own(consultation, actor)
    hold_consultation(consultation)
    budgets = locked_budgets(adjustment.budget.municipality_id, *Pot)
    present = select(BudgetAdjustment).where(BudgetAdjustment.id == adjustment.id)
    db.session.scalars(present.execution_options(populate_existing=True)).one()
    if adjustment.decision is not Decision.PENDING:
        raise NotNow
    pot = adjustment.budget.pot
    return budgets[pot], budgets[other_pot(pot)]


def _check_not_own(consultation: Consultation, actor: User) -> None:
    if actor.id == consultation.animator_id or actor.id in consultation.animator_ids(clock.today()):
        raise OwnAdvice


def _consultation(adjustment: BudgetAdjustment) -> Consultation:
    return db.session.get_one(Consultation, adjustment.consultation_id)


def _check_free(budget: HourBudget, wanted: int) -> None:
    free = balance_of_budget(budget).free
    if wanted > free:
        raise NotEnoughThere(wanted, max(0, free))


def _check_wanted(minutes: int, reason: str) -> None:
    if minutes == 0:
        raise NothingChanges
    if not reason:
        raise ReasonNeeded


# --- Deciding ----------------------------------------------------------------------------------------------


def _decide(adjustment: BudgetAdjustment, decision: Decision, note: str | None) -> None:
    adjustment.decision, adjustment.decided_at = decision, clock.now()
    adjustment.decision_note = note or None
    db.session.flush()


def _count_in(
    adjustment: BudgetAdjustment, budget: HourBudget, decision: Decision, note: str | None, *, actor: User
) -> None:
    """The pot grows by them and they are taken from it, so that what is free stays as it is."""
    consultation = db.session.get_one(Consultation, adjustment.consultation_id, populate_existing=True)
    _decide(adjustment, decision, note)
    enter(budget, consultation, adjustment.minutes, LedgerKind.CONSULTATION, actor=actor)
    consultation.over_budget_minutes -= adjustment.minutes
    db.session.flush()


def _counted(
    budget: HourBudget, minutes: int, decision: Decision, *, reason: str, actor: User
) -> BudgetAdjustment:
    made = BudgetAdjustment(
        budget=budget, minutes=minutes, reason=reason, requested_by_id=actor.id, decision=decision,
        decided_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    return made


def _pair(one: BudgetAdjustment, other: BudgetAdjustment) -> None:
    one.paired, other.paired = other, one
    db.session.flush()


# --- Remembering and telling -------------------------------------------------------------------------------------------


def _remember(event: HoursEvent, adjustment: BudgetAdjustment, note: str | None, *, actor: User) -> None:
    personal = {"note": note} if note else None
    audit.record(
        event, adjustment, actor=actor, personal=personal, minutes=adjustment.minutes,
        before={"decision": Decision.PENDING.value}, after={"decision": adjustment.decision.value},
    )  # fmt: skip
    tell_decided(adjustment, actor=actor)


def _remember_change(
    event: HoursEvent, adjustment: BudgetAdjustment, before: Balance, *, actor: User
) -> None:
    audit.record(
        event, adjustment, actor=actor, personal={"reason": adjustment.reason}, pot=str(adjustment.budget.pot),
        before={"granted": before.granted}, after={"granted": before.granted + adjustment.minutes},
    )  # fmt: skip
    tell_changed(adjustment, actor=actor)
