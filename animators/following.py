"""Advice as it is touched by a change of municipalities: hours and consultations go where the partnership goes on.

Where they go to a municipality that has no hours of its own, the budget itself goes there, with all that was taken of it.
Else the grant of the one that ends is added to that of the other, and so is what was taken of it; whatever the office
granted besides, refused or still has to decide goes along. The ledger is only added to: what was taken is given back in
one budget and taken in the other, in two entries of one size.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from accounts.models import User
from animators.consultations.models import Consultation
from animators.events import AnimatorEvent
from animators.hours.balances import Balance, balances_of, usual_grant
from animators.hours.models import BudgetAdjustment, HourBudget, LedgerEntry, LedgerKind, Pot
from core import audit, clock
from core.database import db
from core.formatting import day, hours
from core.i18n import _, _l, ngettext
from municipalities.change_queries import undone_since
from municipalities.followers import Follower, Line
from municipalities.journal import Journal
from municipalities.models import Municipality, MunicipalityChange
from partnerships.changes.going_along import RecordsGoAlong, destination
from partnerships.changes.succession import open_partnerships_at, where_it_goes_on
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from programme.queries import the_programme


class ConsultationsFollow(RecordsGoAlong):
    topic = _l("Consultations")
    model, event = Consultation, AnimatorEvent.CONSULTATIONS_WENT_ALONG

    def counted(self, number: int, place: str) -> str:
        return ngettext(
            "%(num)d consultation of %(place)s", "%(num)d consultations of %(place)s", number, place=place
        )


OPPOSITES = "opposites"
"""In the journal of a change that was undone: the entries of the ledger that took its own back."""


class HoursFollow(Follower):
    topic = _l("Hours of advice")

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        return list(_lines(change))

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        unit = where_it_goes_on(change) if change.ending else None
        if unit is None or unit.municipality is None:
            return
        heir, sources = unit.municipality, [one.municipality for one in change.ending if one.municipality]
        budgets = _opened([heir, *sources], journal)
        for source in sources:
            for pot in Pot:
                if (source.id, pot) in budgets:
                    _hand_on(budgets, source, heir, pot, journal=journal, actor=actor)

    def newer_than(self, change: MunicipalityChange) -> str | None:
        """Hours taken, asked for or decided about since in a budget that it touched."""
        touched, taken_back = _journaled(change, HourBudget), undone_since(change)
        moved_there = {id_ for other in taken_back for id_ in _journaled(other, LedgerEntry)}
        moved_back = {id_ for other in taken_back for id_ in other.journal.get(OPPOSITES, ())}
        entered = select(LedgerEntry).where(
            LedgerEntry.budget_id.in_(touched),
            LedgerEntry.created_at > change.applied_at,
            LedgerEntry.id.not_in(moved_there | moved_back),
        )
        asked = select(BudgetAdjustment).where(
            BudgetAdjustment.budget_id.in_(touched), BudgetAdjustment.updated_at > change.applied_at
        )
        entry = db.session.scalars(entered.order_by(LedgerEntry.id)).first()
        if entry is not None:
            said = _("Since then hours of advice were entered for %(place)s, %(day)s.")
            return _since(said, entry.budget, entry.created_at)
        request = db.session.scalars(asked.order_by(BudgetAdjustment.id)).first()
        if request is None:
            return None
        said = _("Since then something was decided about the hours of %(place)s, %(day)s.")
        return _since(said, request.budget, request.updated_at)

    def undone(self, change: MunicipalityChange, *, actor: User | None) -> None:
        """The grants are back already; each entry of the ledger gets its opposite, and a budget that holds nothing goes."""
        entries = select(LedgerEntry).where(LedgerEntry.id.in_(_journaled(change, LedgerEntry)))
        opposites = [
            _entry(entry.budget, -entry.minutes, entry.note, actor)
            for entry in db.session.scalars(entries.order_by(LedgerEntry.id))
        ]
        db.session.add_all(opposites)
        db.session.flush()
        change.journal = {**change.journal, OPPOSITES: [entry.id for entry in opposites]}
        for place in _places(change):
            audit.record(AnimatorEvent.HOURS_CAME_BACK, place, actor=actor, change_id=change.id)
        _close_unused(change)


Budgets = dict[tuple[int, Pot], HourBudget]


def _since(sentence: str, budget: HourBudget, moment: datetime) -> str:
    return sentence % {"place": budget.municipality.name, "day": day(moment)}


def _rows(change: MunicipalityChange, model: type[Any]) -> list[dict[str, Any]]:
    return [row for row in change.journal.get("rows", ()) if row["table"] == model.__tablename__]


def _journaled(change: MunicipalityChange, model: type[Any]) -> set[int]:
    return {row["id"] for row in _rows(change, model)}


# --- In words --------------------------------------------------------------------------------------------------


def _lines(change: MunicipalityChange) -> Iterator[Line]:
    places = [unit.municipality_id for unit in change.ending if unit.municipality_id]
    if not places:
        return
    heir, settings = where_it_goes_on(change), the_programme().settings
    known, advised = balances_of(places), {one.municipality_id for one in open_partnerships_at(places)}
    for unit in change.ending:
        for pot in Pot:
            balance = known.get((unit.municipality_id or 0, pot))
            if balance is None and unit.municipality_id in advised:
                balance = Balance(usual_grant(pot, settings), 0)
            if balance is not None:
                said = _(
                    "%(pot)s of %(place)s, %(granted)s granted and %(used)s used",
                    pot=pot.label,
                    place=unit.name,
                    granted=hours(balance.granted),
                    used=hours(balance.used),
                )
                yield Line(f"{said}: {destination(heir)}")
                if balance.pending:
                    waiting = _(
                        "%(pot)s of %(place)s, %(pending)s over the pot that wait for the office",
                        pot=pot.label,
                        place=unit.name,
                        pending=hours(balance.pending),
                    )
                    yield Line(f"{waiting}: {destination(heir)}")


# --- Handing on ------------------------------------------------------------------------------------------------


def _opened(places: Sequence[Municipality], journal: Journal) -> Budgets:
    """Their budgets. Where a partnership was, the usual ones count too."""
    ids, settings = [place.id for place in places], the_programme().settings
    found = select(HourBudget).where(HourBudget.municipality_id.in_(ids)).order_by(HourBudget.id)
    budgets = {(one.municipality_id, one.pot): one for one in db.session.scalars(found.with_for_update())}
    heir, had_one = places[0], _with_partnership_before(ids, journal)
    moving = {place for place, _pot in budgets if place != heir.id} | (had_one - {heir.id})
    for place in places if moving else ():
        for pot in Pot:
            if (place.id, pot) not in budgets and place.id in had_one:
                minutes = usual_grant(pot, settings)
                budget = HourBudget(municipality_id=place.id, pot=pot, granted_minutes=minutes)
                journal.keep(budget)
                budgets[place.id, pot] = budget
    return budgets


def _with_partnership_before(ids: Collection[int], journal: Journal) -> set[int]:
    """Those of these municipalities where a partnership was open before the change: it has followed by now."""
    before: dict[int, dict[str, Any]] = {}
    for row in journal.rows:
        if row["table"] == Partnership.__tablename__:
            before[row["id"]] = {**(row["before"] or {}), **before.get(row["id"], {})}
    found = select(Partnership.id, Partnership.municipality_id, Partnership.status).where(
        Partnership.municipality_id.in_(ids) | Partnership.id.in_(before)
    )
    places = {
        before.get(id_, {}).get("municipality_id", place)
        for id_, place, status in db.session.execute(found)
        if before.get(id_, {}).get("status", status) != PartnershipStatus.CLOSED
    }
    return places & set(ids)


def _hand_on(
    budgets: Budgets,
    source: Municipality,
    heir: Municipality,
    pot: Pot,
    *,
    journal: Journal,
    actor: User | None,
) -> None:
    old, new = budgets[source.id, pot], budgets.get((heir.id, pot))
    balance = balances_of([source.id])[source.id, pot]
    if new is None:
        _move(old, heir, journal)
        budgets[heir.id, pot] = old
    else:
        _add_up(old, new, balance.used, journal=journal, actor=actor)
    audit.record(
        AnimatorEvent.HOURS_WENT_ALONG, heir, actor=actor, note=f"{source.name} → {heir.name}",
        pot=str(pot), granted=balance.granted, used=balance.used, pending=balance.pending,
    )  # fmt: skip


def _move(budget: HourBudget, heir: Municipality, journal: Journal) -> None:
    """A municipality that begins with the change is left with nothing that could not be taken back. Where it was, nothing is left."""
    emptied = HourBudget(municipality_id=budget.municipality_id, pot=budget.pot, granted_minutes=0)
    journal.change(budget, municipality=heir)
    journal.settle()
    journal.add(emptied)
    journal.settle()


def _add_up(old: HourBudget, new: HourBudget, used: int, *, journal: Journal, actor: User | None) -> None:
    source, heir = old.municipality, new.municipality
    journal.change(new, granted_minutes=new.granted_minutes + old.granted_minutes)
    journal.change(old, granted_minutes=0)
    decided = select(BudgetAdjustment).where(BudgetAdjustment.budget_id == old.id)
    for adjustment in db.session.scalars(decided.order_by(BudgetAdjustment.id)):
        journal.change(adjustment, budget=new)
    journal.settle()
    if used:
        journal.keep(_entry(old, -used, heir.name, actor))
        journal.keep(_entry(new, used, source.name, actor))


def _entry(budget: HourBudget, minutes: int, note: str | None, actor: User | None) -> LedgerEntry:
    """``note`` is the name of the municipality on the other side."""
    return LedgerEntry(
        budget=budget, minutes=minutes, kind=LedgerKind.TRANSFER, day=clock.today(), note=note,
        made_by_id=actor.id if actor else None,
    )  # fmt: skip


def _places(change: MunicipalityChange) -> Sequence[Municipality]:
    """Whose hours it touched, also where the budget itself went there; one that began with the change is no more."""
    sides = [side for row in _rows(change, HourBudget) for side in (row["before"], row["after"]) if side]
    ids = {side["municipality_id"] for side in sides if "municipality_id" in side}
    booked = select(LedgerEntry.budget_id).where(LedgerEntry.id.in_(_journaled(change, LedgerEntry)))
    there = select(HourBudget.municipality_id).where(
        HourBudget.id.in_(_journaled(change, HourBudget)) | HourBudget.id.in_(booked)
    )
    found = select(Municipality).where(Municipality.id.in_(ids) | Municipality.id.in_(there))
    return db.session.scalars(found.order_by(Municipality.id)).all()


def _close_unused(change: MunicipalityChange) -> None:
    """Budgets it opened of which nothing was taken or asked for: where none is open, what is usual holds."""
    opened = {row["id"] for row in _rows(change, HourBudget) if row.get("stays")}
    holding = select(LedgerEntry.budget_id).union(select(BudgetAdjustment.budget_id))
    db.session.execute(delete(HourBudget).where(HourBudget.id.in_(opened), HourBudget.id.not_in(holding)))
