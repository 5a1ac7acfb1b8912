"""The ledger as the accounts take it: one row for each entry, and for minutes that stand apart, over their pot."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, null, select
from sqlalchemy.orm import aliased

from accounts.models import User
from animators.consultations.models import Channel, Consultation, ConsultationStatus, Side
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerEntry, LedgerKind, Pot
from animators.reports.figures import CONSULTATIONS, REFUSED, WAITING
from animators.reports.selection import Selection
from core import clock
from core.database import db
from core.i18n import _, _l
from core.labels import LabelledEnum
from municipalities.models import County, Municipality, MunicipalityKind, Voivodeship


class Standing(LabelledEnum):
    """Where the minutes of a row stand."""

    WITHIN = "within", _l("in the pot")
    WAITING = "waiting", _l("over the pot, waits")
    REFUSED = "refused", _l("over the pot, refused")


class LedgerRow(NamedTuple):
    budget_id: int | None
    entry_id: int | None
    """None: over the pot, so there is no entry."""
    day: date
    code: str
    municipality: str
    kind: MunicipalityKind
    county: str
    voivodeship: str
    animator: str | None
    pot: Pot
    entry_kind: LedgerKind | None
    channel: Channel | None
    minutes: int
    used_after: int | None
    standing: Standing
    status: ConsultationStatus | None
    confirmed_at: datetime | None
    confirmed_by: Side | None
    corrects_id: int | None
    taken_over: bool
    note: str | None
    consultation_id: int | None

    @property
    def confirmation(self) -> str | None:
        """By whom it was confirmed; earlier records came with that, and an opening balance needs none."""
        if self.confirmed_at is None:
            return None
        return str(
            self.confirmed_by.label if self.confirmed_by else _("By itself, nobody disputed it in time")
        )


def ledger_rows(selection: Selection) -> Iterator[LedgerRow]:
    """By municipality and pot, the entries in the order they were made, then what stands apart."""
    rows = [*_entries(selection), *_over(WAITING.key, selection), *_over(REFUSED.key, selection)]
    rows.sort(key=lambda pair: (pair[0], _IN_ORDER[pair[1].pot], *_number(pair[1])))
    return (row for _place, row in rows)


_IN_ORDER = {pot: place for place, pot in enumerate(Pot)}


def _number(row: LedgerRow) -> tuple[bool, int]:
    """Entries by their number, then what has none."""
    return row.entry_id is None, row.entry_id or row.consultation_id or 0


_Person = aliased(User)
_OF_PLACE = (Municipality.code, Municipality.name, Municipality.kind, County.name, Voivodeship.name)
_SORT = Municipality.sort_key


def _with_place(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.join(County, County.id == Municipality.county_id)
        .join(Voivodeship, Voivodeship.id == Municipality.voivodeship_id)
        .outerjoin(_Person, _Person.id == Consultation.animator_id)
    )


def balances_after() -> Subquery:
    """Of every entry: what its pot had used with it, and the first entry of its consultation there."""
    by_pot, by_consultation = LedgerEntry.budget_id, (LedgerEntry.consultation_id, LedgerEntry.budget_id)
    used = func.sum(LedgerEntry.minutes).over(partition_by=by_pot, order_by=LedgerEntry.id)
    first = func.min(LedgerEntry.id).over(partition_by=by_consultation)
    return select(LedgerEntry.id, used.label("after"), first.label("first")).subquery()


def corrected_entry(after: Subquery) -> ColumnElement[int]:
    """Of a correction: the first entry of its consultation."""
    is_correction = and_(
        LedgerEntry.kind == LedgerKind.CORRECTION,
        LedgerEntry.consultation_id.is_not(None),
        after.c.first != LedgerEntry.id,
    )
    return case((is_correction, after.c.first))


def of_ledger(query: Select[*tuple[Any, ...]], selection: Selection) -> Select[*tuple[Any, ...]]:
    """Every query of entries goes the same way, so that lists, sums and exports hold the same rows."""
    return (
        query.join(HourBudget, HourBudget.id == LedgerEntry.budget_id)
        .join(Municipality, Municipality.id == HourBudget.municipality_id)
        .outerjoin(Consultation, Consultation.id == LedgerEntry.consultation_id)
        .where(selection.entries())
    )


def _entries(selection: Selection) -> Iterator[tuple[Any, LedgerRow]]:
    after = balances_after()
    query = select(
        _SORT, HourBudget.id, LedgerEntry.id, LedgerEntry.day, *_OF_PLACE, _Person.name, HourBudget.pot, LedgerEntry.kind,
        Consultation.channel, LedgerEntry.minutes, after.c.after, literal(Standing.WITHIN.value), Consultation.status,
        Consultation.confirmed_at, Consultation.confirmed_by, corrected_entry(after), LedgerEntry.taken_over,
        LedgerEntry.note, Consultation.id,
    ).join(after, after.c.id == LedgerEntry.id)  # fmt: skip
    for key, *values in db.session.execute(_with_place(of_ledger(query, selection))):
        row = LedgerRow._make(values)
        place = (key, row.code)
        yield place, row._replace(used_after=int(values[13]), standing=Standing.WITHIN)


def _over(key: str, selection: Selection) -> Iterator[tuple[Any, LedgerRow]]:
    rows, standing = CONSULTATIONS[key], Standing(key)
    query = (
        select(
            _SORT, HourBudget.id, null(), rows.when, *_OF_PLACE, _Person.name, Consultation.channel, null(),
            Consultation.channel, rows.minutes, null(), literal(standing.value), Consultation.status,
            Consultation.confirmed_at, Consultation.confirmed_by, null(), Consultation.taken_over, null(), Consultation.id,
        )
        .select_from(Consultation)
        .join(Municipality, Municipality.id == Consultation.municipality_id)
        .outerjoin(HourBudget, _pot_of_consultation())
        .where(rows.where(), selection.moments(rows.when), selection.consultations())
    )  # fmt: skip
    for sort_key, *values in db.session.execute(_with_place(query)):
        values[2], values[9] = clock.local(values[2]).date(), values[9].pot
        row = LedgerRow._make(values)
        yield (sort_key, row.code), row._replace(standing=standing)


def _pot_of_consultation() -> ColumnElement[bool]:
    of_visits = Consultation.channel == Channel.VISIT
    return and_(
        HourBudget.municipality_id == Consultation.municipality_id,
        HourBudget.pot == case((of_visits, Pot.VISIT.value), else_=Pot.REMOTE.value),
    )


# --- What was asked for, and what the office said --------------------------------------------------------------


class RequestRow(NamedTuple):
    number: int
    budget_id: int
    code: str
    municipality: str
    voivodeship: str
    pot: Pot
    day: date | None
    """Of the consultation; None: the office changed the budget by itself."""
    animator: str | None
    minutes: int
    reason: str
    asked_by: str | None
    asked_at: datetime
    decision: Decision
    decided_at: datetime | None
    note: str | None
    paired: int | None

    @property
    def counts(self) -> bool:
        return self.decision in {Decision.GRANTED, Decision.TRANSFERRED}


def request_rows(selection: Selection) -> list[RequestRow]:
    """By the day of the consultation; what the office changed by itself by the day it did."""
    asker, one = aliased(User), BudgetAdjustment
    at: ColumnElement[Any] = func.coalesce(Consultation.actual_start, one.created_at)
    query = (
        select(
            one.id, one.budget_id, Municipality.code, Municipality.name, Voivodeship.name, HourBudget.pot,
            Consultation.actual_start, _Person.name, one.minutes, one.reason, asker.name, one.created_at, one.decision,
            one.decided_at, one.decision_note, one.paired_id,
        )
        .join(HourBudget, HourBudget.id == one.budget_id)
        .join(Municipality, Municipality.id == HourBudget.municipality_id)
        .outerjoin(Consultation, Consultation.id == one.consultation_id)
        .outerjoin(asker, asker.id == one.requested_by_id)
        .where(selection.places(), selection.moments(at))
        .order_by(Municipality.sort_key, Municipality.id, HourBudget.pot.desc(), one.id)
    )  # fmt: skip
    if selection.animator_id is not None:
        query = query.where(Consultation.animator_id == selection.animator_id)
    if selection.pot is not None:
        query = query.where(HourBudget.pot == selection.pot)
    found = []
    for values in db.session.execute(_with_place(query)):
        row = RequestRow._make(values)
        found.append(row._replace(day=clock.local(values[6]).date() if values[6] else None))
    return found
