"""What a change of municipalities does to the register itself: names, codes, beginnings and ends, each with its day."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.database import db
from core.text import slug, sort_key
from municipalities.change_errors import CodeTaken, EarlierThanApplied, HasEnded, NoSuchCounty
from municipalities.journal import Journal
from municipalities.models import (
    County,
    Municipality,
    MunicipalityChange,
    MunicipalityChangeUnit,
    MunicipalityCode,
    MunicipalityKind,
    MunicipalityName,
)
from municipalities.search import search_text
from municipalities.services.applying import Dated, close
from municipalities.workflow import ChangeKind


def change_register(change: MunicipalityChange, journal: Journal) -> None:
    """Ends come before beginnings: only one municipality may hold six digits at a moment."""
    if change.kind in (ChangeKind.RENAME, ChangeKind.CODE):
        [unit] = change.sources
        _renew(_loaded(unit), change, unit, journal)
        return
    for unit in change.ending:
        _end(_loaded(unit), change.effective_on, journal)
    journal.settle()
    for unit in change.targets:
        if unit.begins:
            _begin(unit, change.effective_on, journal)


def check_codes(change: MunicipalityChange) -> None:
    """Whether the codes it gives could be given today; a draft may wait for the change that sets one free."""
    ending = {unit.municipality_id for unit in change.ending}
    for unit in change.units:
        if unit.new_code and unit.new_code != (unit.municipality.code if unit.municipality else None):
            _county(unit.new_code)
            holder = holder_of(unit.new_code)
            if holder is not None and holder is not unit.municipality and holder.id not in ending:
                raise CodeTaken(unit.new_code, holder.label)


def _loaded(unit: MunicipalityChangeUnit) -> Municipality:
    return db.session.scalars(
        select(Municipality)
        .where(Municipality.id == unit.municipality_id)
        .options(selectinload(Municipality.codes), selectinload(Municipality.names))
        .execution_options(populate_existing=True)
    ).one()


def _dated(municipality: Municipality) -> list[Dated]:
    return [*municipality.codes, *municipality.names]


def check_order(municipality: Municipality, effective_on: date) -> None:
    """Neither names nor codes of a later day may be in the register already."""
    known = [row.valid_from for row in _dated(municipality) if row.valid_from]
    if any(day > effective_on for day in known):
        raise EarlierThanApplied(municipality.name, max(known))


# --- One that goes on ------------------------------------------------------------------------------------------


def _renew(
    municipality: Municipality, change: MunicipalityChange, unit: MunicipalityChangeUnit, journal: Journal
) -> None:
    """Another name, another code, or both; also for one that ended and is there again."""
    on, name, code = (
        change.effective_on,
        unit.new_name or municipality.name,
        unit.new_code or municipality.code,
    )
    if municipality.valid_to is not None and municipality.valid_to >= on:
        raise HasEnded(municipality.name, municipality.valid_to)
    check_order(municipality, on)
    _check_free(code, municipality)
    for row in _dated(municipality):
        same = row.code == code if isinstance(row, MunicipalityCode) else row.name == name
        if row.valid_to is None and not same:
            journal.watch(row)
            close(row, on - timedelta(days=1))
    journal.settle()
    if all(row.valid_to is not None for row in municipality.codes):
        journal.add(
            MunicipalityCode(municipality=municipality, code=code, six_digits=code[:6], valid_from=on)
        )
    if all(row.valid_to is not None for row in municipality.names):
        journal.add(MunicipalityName(municipality=municipality, name=name, slug=slug(name), valid_from=on))
    journal.change(municipality, **_as_called(municipality, name, code), valid_to=None)
    journal.settle()


def _as_called(municipality: Municipality, name: str, code: str) -> dict[str, Any]:
    """With every name and code it had, so that it is found by them."""
    names = [name, *(row.name for row in municipality.names)]
    codes = [code, *(row.code for row in municipality.codes)]
    county = municipality.county if code == municipality.code else _county(code)
    return {**_today(name, code, county), "search_text": search_text(names, codes)}


def _today(name: str, code: str, county: County) -> dict[str, Any]:
    return {
        "name": name,
        "slug": slug(name),
        "sort_key": sort_key(name),
        "code": code,
        "kind": list(MunicipalityKind)[int(code[6]) - 1],
        "county_id": county.id,
        "voivodeship_id": county.voivodeship_id,
        "search_text": search_text([name], [code]),
    }


def _county(code: str) -> County:
    """The one of today, or of a change that comes late the one that has ended meanwhile."""
    query = select(County).where(County.code == code[:4]).order_by(County.valid_to.desc().nulls_first())
    found = db.session.scalars(query).first()
    if found is None:
        raise NoSuchCounty(code)
    return found


def _check_free(code: str, municipality: Municipality | None) -> None:
    holder = holder_of(code)
    if holder is not None and holder is not municipality:
        raise CodeTaken(code, holder.label)


def holder_of(code: str) -> Municipality | None:
    """Whose the first six digits are today."""
    found: Municipality | None = db.session.scalar(
        select(Municipality)
        .join(MunicipalityCode, MunicipalityCode.municipality_id == Municipality.id)
        .where(MunicipalityCode.six_digits == code[:6], MunicipalityCode.valid_to.is_(None))
    )
    return found


# --- One that ends, one that begins ----------------------------------------------------------------------------


def _end(municipality: Municipality, effective_on: date, journal: Journal) -> None:
    if municipality.valid_to is not None:
        raise HasEnded(municipality.name, municipality.valid_to)
    check_order(municipality, effective_on)
    last_day = effective_on - timedelta(days=1)
    journal.change(municipality, valid_to=last_day)
    for row in _dated(municipality):
        if row.valid_to is None:
            journal.watch(row)
            close(row, last_day)


def _begin(unit: MunicipalityChangeUnit, effective_on: date, journal: Journal) -> None:
    code, name = unit.new_code or "", unit.new_name or ""
    _check_free(code, None)
    begun = Municipality(**_today(name, code, _county(code)), valid_from=effective_on)
    journal.add(begun)
    journal.settle()
    journal.add(MunicipalityCode(municipality=begun, code=code, six_digits=code[:6], valid_from=effective_on))
    journal.add(MunicipalityName(municipality=begun, name=name, slug=slug(name), valid_from=effective_on))
    journal.settle()
    journal.change(unit, municipality=begun)
    journal.settle()
