"""Taking an official file into the register: planned, checked, then additions are entered and changes proposed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core import audit
from core.clock import today
from core.database import db, refusing
from municipalities.changes import Decisions, KnownRegister, KnownUnit, RegisterChanges, compare
from municipalities.errors import ChangedMeanwhile, OlderThanRegister, StillToCome, TooManyEnd
from municipalities.events import RegisterEvent
from municipalities.models import (
    County,
    ImportKind,
    Municipality,
    MunicipalityChange,
    RegisterImport,
    Voivodeship,
)
from municipalities.official_file import OfficialRegister
from municipalities.queries import register_is_of
from municipalities.services.applying import apply_additions
from municipalities.services.proposing import begin_with, proposals, propose

NO_DECISIONS = Decisions()

ALLOWED_TO_END = 2.0
"""Per cent of the municipalities. In a usual year one in a thousand ends; a file cut off takes many."""


def plan_import(register: OfficialRegister, *, decisions: Decisions = NO_DECISIONS) -> RegisterChanges:
    """What the file would change. Refuses a file older than the register, or of a day still to come."""
    _wait_for_other_imports()
    known_on = register_is_of()
    if known_on and register.state_on < known_on:
        raise OlderThanRegister(register.state_on, known_on)
    if register.state_on > today():
        raise StillToCome(register.state_on)
    return compare(_known_register(), register, decisions)


def refuse_doubtful(changes: RegisterChanges, *, allow_ending: float = ALLOWED_TO_END) -> None:
    """Stop what a person has to look at first: an unusual number of ends."""
    ending = len(changes.ended)
    if ending * 100 > allow_ending * changes.existing:
        raise TooManyEnd(ending, changes.existing, allow_ending)


@dataclass(frozen=True)
class Taken:
    """What became of a file: additions are in the register, changes of known municipalities wait for a person."""

    remembered: RegisterImport
    proposed: Sequence[MunicipalityChange]


def apply_import(
    changes: RegisterChanges, *, file_hash: str, actor: User | None, allow_ending: float = ALLOWED_TO_END
) -> Taken | None:
    """Enter what is new, and propose every change of what is known, dated by the file. None: nothing is to do."""
    refuse_doubtful(changes, allow_ending=allow_ending)
    found = proposals(changes)
    is_known = register_is_of() == changes.register.state_on
    if is_known and not (changes.areas or changes.new or found):
        return None

    with refusing(ChangedMeanwhile, only_taken=True):
        apply_additions(changes, without=begin_with(found))
    remembered = RegisterImport(
        kind=ImportKind.UNITS, state_on=changes.register.state_on, file_hash=file_hash, counts=changes.counts
    )
    proposed = propose(found, remembered, actor=actor)
    if is_known and not (proposed or changes.areas or len(changes.new) > len(begin_with(found))):
        return None
    db.session.add(remembered)
    audit.record(
        RegisterEvent.UNITS_IMPORTED,
        remembered,
        actor=actor,
        state_on=changes.register.state_on.isoformat(),
        counts=changes.counts,
        proposed=len(proposed),
    )
    return Taken(remembered, proposed)


def _wait_for_other_imports() -> None:
    """What is planned must still be true when it is applied. On SQLite the transaction itself waits."""
    db.session.execute(select(Voivodeship.id).order_by(Voivodeship.id).with_for_update())


def _known_register() -> KnownRegister:
    voivodeships = db.session.scalars(select(Voivodeship))
    counties = db.session.scalars(select(County).where(County.valid_to.is_(None)))
    units = db.session.scalars(
        select(Municipality)
        .options(joinedload(Municipality.county, innerjoin=True), selectinload(Municipality.codes))
        .order_by(Municipality.sort_key, Municipality.id)
    )
    return KnownRegister(
        voivodeships={area.code: area.name for area in voivodeships},
        counties={area.code: area.name for area in counties},
        units=tuple(_known_unit(unit) for unit in units),
    )


def _known_unit(unit: Municipality) -> KnownUnit:
    return KnownUnit(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        county_name=unit.county.name,
        codes=frozenset(row.code for row in unit.codes),
        ended_on=unit.valid_to,
    )
