"""Budgets under lock: whoever is about to enter minutes waits here for whoever is doing so."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from animators.consultations.models import Consultation
from animators.hours.balances import usual_grant
from animators.hours.models import HourBudget, Pot
from core import clock
from core.database import db, insert_into, table_of
from core.workflow import NotNow
from programme.queries import the_programme


def locked_budget(municipality_id: int, pot: Pot) -> HourBudget:
    return locked_budgets(municipality_id, pot)[pot]


def locked_budgets(municipality_id: int, *pots: Pot) -> dict[Pot, HourBudget]:
    """A pot nobody has opened gets what is usual. Always in one order, so that no two wait for each other.

    SQLite has one writer at a time anyway: what may write begins ``IMMEDIATE``.
    """
    found = _held(municipality_id, pots)
    if found.keys() < set(pots):  # it went to another municipality while this waited for it
        found = _held(municipality_id, pots)
    if found.keys() < set(pots):
        raise NotNow
    return found


def _held(municipality_id: int, pots: Collection[Pot]) -> dict[Pot, HourBudget]:
    for pot in sorted(pots):
        _open(municipality_id, pot)
    found = (
        select(HourBudget)
        .where(HourBudget.municipality_id == municipality_id, HourBudget.pot.in_(pots))
        .order_by(HourBudget.id)
        .with_for_update(of=HourBudget)
        .execution_options(populate_existing=True)
    )
    return {budget.pot: budget for budget in db.session.scalars(found)}


def _open(municipality_id: int, pot: Pot) -> None:
    known = select(HourBudget.id).where(HourBudget.municipality_id == municipality_id, HourBudget.pot == pot)
    if db.session.scalar(known) is not None:
        return
    row = {
        "municipality_id": municipality_id,
        "pot": pot,
        "granted_minutes": usual_grant(pot, the_programme().settings),
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }
    opened = insert_into(table_of(HourBudget)).values(row)
    db.session.execute(opened.on_conflict_do_nothing(index_elements=["municipality_id", "pot"]))


def hold_consultation(consultation: Consultation) -> None:
    """Before its budget: every change of a consultation's minutes takes the two in this order."""
    db.session.flush()
    fresh = ["over_budget_minutes", "row_version"]
    db.session.refresh(consultation, attribute_names=fresh, with_for_update={"key_share": True})


def hold_unless_busy(consultation_ids: Sequence[int]) -> set[int]:
    """Of other people's consultations only those that nobody is changing this moment: waiting here could be for ever."""
    held = select(Consultation.id).where(Consultation.id.in_(consultation_ids)).order_by(Consultation.id)
    return set(db.session.scalars(held.with_for_update(key_share=True, skip_locked=True)))
