"""What stands behind a figure, row by row, with the sum of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from accounts.models import User
from animators.advice.models import OutsideAdvice
from animators.consultations.models import Consultation
from animators.hours.models import BudgetAdjustment, HourBudget, LedgerEntry, Pot
from animators.reports.figures import CONSULTATIONS, OF_NOW
from animators.reports.ledger_rows import balances_after, corrected_entry, of_ledger
from animators.reports.places import IS_OPEN, with_animator
from animators.reports.selection import Selection
from core.database import db
from core.paging import PAGE_SIZE, Page
from municipalities.models import Municipality
from partnerships.models import Partnership


@dataclass(frozen=True)
class Found:
    """One page of rows, and the sum over every page."""

    page: Page[Any]
    minutes: int


class ConsultationRow(NamedTuple):
    consultation: Consultation
    at: datetime | None
    minutes: int


def _page_of(total: int, number: int) -> tuple[int, int]:
    """Number of the page and how many rows to pass over; a page past the end is the last one."""
    number = max(1, min(number, -(-total // PAGE_SIZE)))
    return number, (number - 1) * PAGE_SIZE


def consultations_behind(key: str, selection: Selection, *, number: int) -> Found:
    rows = CONSULTATIONS[key]
    query = of_figure(
        key, select(Consultation, rows.when.label("at"), rows.minutes.label("minutes")), selection
    )[0]
    narrow = query.with_only_columns(rows.minutes.label("minutes")).subquery()
    total, minutes = _summed(narrow)
    number, skipped = _page_of(total, number)
    found = db.session.execute(
        query.options(
            joinedload(Consultation.municipality, innerjoin=True).joinedload(
                Municipality.county, innerjoin=True
            ),
            joinedload(Consultation.animator),
        )
        .order_by(rows.when.desc(), Consultation.id.desc())
        .limit(PAGE_SIZE)
        .offset(skipped)
    )
    return Found(Page([ConsultationRow(*row) for row in found], number, total), minutes)


def of_figure(
    key: str, query: Select[*tuple[Any, ...]], selection: Selection
) -> tuple[Select[*tuple[Any, ...]], ColumnElement[Any]]:
    """What a figure counts, and whose it is: of a period who gave it, of now who advises there, as rights follow that."""
    rows = CONSULTATIONS[key]
    query = query.join(Municipality, Municipality.id == Consultation.municipality_id).where(rows.where())
    if key not in OF_NOW:
        return query.where(
            selection.consultations(), selection.moments(rows.when)
        ), Consultation.animator_id.expression
    query, adviser = with_animator(query.join(Partnership, IS_OPEN).where(selection.places()))
    return (query if selection.advised_id is None else query.where(adviser == selection.advised_id)), adviser


def _summed(rows: Any) -> tuple[int, int]:
    total, minutes = db.session.execute(
        select(func.count(), func.coalesce(func.sum(rows.c.minutes), 0)).select_from(rows)
    ).one()
    return total, int(minutes)


# --- The ledger --------------------------------------------------------------------------------------------


class EntryRow(NamedTuple):
    entry: LedgerEntry
    used_after: int
    """Of its pot, with every entry up to this one in the order they were made."""
    corrects_id: int | None
    """Of a correction: the first entry of its consultation."""
    consultation: Consultation | None


def entries_behind(selection: Selection, *, number: int) -> Found:
    total, minutes = _summed(of_ledger(select(LedgerEntry.minutes), selection).subquery())
    number, skipped = _page_of(total, number)
    after = balances_after()
    place = joinedload(LedgerEntry.budget, innerjoin=True).joinedload(HourBudget.municipality, innerjoin=True)
    query = select(LedgerEntry, after.c.after, corrected_entry(after), Consultation)
    found = db.session.execute(
        of_ledger(query.join(after, after.c.id == LedgerEntry.id), selection)
        .options(place.joinedload(Municipality.county, innerjoin=True), joinedload(Consultation.animator))
        .order_by(LedgerEntry.day.desc(), LedgerEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset(skipped)
    )
    return Found(Page([EntryRow(*row) for row in found], number, total), minutes)


# --- How a balance comes about -----------------------------------------------------------------------------


def grants_of(municipality_id: int) -> Sequence[HourBudget]:
    return db.session.scalars(
        select(HourBudget)
        .where(HourBudget.municipality_id == municipality_id)
        .order_by(HourBudget.pot.desc())
    ).all()


def changes_of_grants(municipality_id: int) -> Sequence[BudgetAdjustment]:
    """What was asked for and what the office changed by itself, in the order of time."""
    return db.session.scalars(
        select(BudgetAdjustment)
        .join(BudgetAdjustment.budget)
        .where(HourBudget.municipality_id == municipality_id)
        .options(joinedload(BudgetAdjustment.budget, innerjoin=True))
        .order_by(BudgetAdjustment.id)
    ).all()


# --- Outside the partnerships ------------------------------------------------------------------------------


class OutsideRow(NamedTuple):
    day: date
    organisation: str
    animator: str
    municipality: str | None
    minutes: int


def outside_behind(selection: Selection, *, number: int) -> Found:
    place, person = aliased(Municipality), aliased(User)
    query = (
        select(OutsideAdvice.day, OutsideAdvice.organisation, person.name, place.name, OutsideAdvice.minutes)
        .join(person, person.id == OutsideAdvice.animator_id)
        .outerjoin(place, place.id == OutsideAdvice.municipality_id)
        .where(OutsideAdvice.taken_back_at.is_(None), selection.days(OutsideAdvice.day))
    )
    if selection.animator_id is not None:
        query = query.where(OutsideAdvice.animator_id == selection.animator_id)
    if selection.voivodeship_id is not None:
        query = query.where(place.voivodeship_id == selection.voivodeship_id)
    if selection.municipality_id is not None:
        query = query.where(place.id == selection.municipality_id)
    total, minutes = _summed(query.with_only_columns(OutsideAdvice.minutes.label("minutes")).subquery())
    number, skipped = _page_of(total, number)
    ordered = query.order_by(OutsideAdvice.day.desc(), OutsideAdvice.id.desc())
    found = db.session.execute(ordered.limit(PAGE_SIZE).offset(skipped))
    return Found(Page([OutsideRow(*row) for row in found], number, total), minutes)


# --- Sums that a file is checked against ---------------------------------------------------------------------


def entry_sum(selection: Selection, pot: Pot) -> int:
    entries = of_ledger(select(LedgerEntry.minutes).where(HourBudget.pot == pot), selection)
    return _summed(entries.subquery())[1]


def consultation_sum(key: str, selection: Selection) -> int:
    query = select(CONSULTATIONS[key].minutes.label("minutes")).select_from(Consultation)
    return _summed(of_figure(key, query, selection)[0].subquery())[1]


def pots_by_number(selection: Selection) -> tuple[dict[tuple[int, Pot], int], dict[int, int]]:
    """The number of each pot, and what was taken from it in the selection."""
    numbers = {
        (place, pot): number
        for place, pot, number in db.session.execute(
            select(HourBudget.municipality_id, HourBudget.pot, HourBudget.id)
        )
    }
    sums = select(LedgerEntry.budget_id, func.sum(LedgerEntry.minutes)).group_by(LedgerEntry.budget_id)
    return numbers, {number: int(taken) for number, taken in db.session.execute(of_ledger(sums, selection))}
