"""Writing planned changes into the register, with the day from which they hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from core.database import db
from core.text import slug, sort_key
from municipalities.changes import AreaChange, KnownUnit, Match, RegisterChanges
from municipalities.models import County, Municipality, MunicipalityCode, MunicipalityName, Voivodeship
from municipalities.official_file import OfficialUnit
from municipalities.search import search_text

Dated = MunicipalityCode | MunicipalityName

CHUNK = 500
"""How many ids one query names: SQLite allows a limited number."""


@dataclass(frozen=True)
class Areas:
    """Ids by code, of what is in force."""

    voivodeships: dict[str, int]
    counties: dict[str, int]


def apply_changes(changes: RegisterChanges) -> None:
    """A unit that is there in the very first file has always been there, as far as we know: no first day."""
    state_on = changes.register.state_on
    since = None if changes.is_first else state_on
    areas = _apply_areas(changes.areas, state_on=state_on, since=since)
    _end(changes.ended, last_day=state_on - timedelta(days=1))
    _change(changes.changed, areas, state_on=state_on)
    _add(changes.new, areas, since=since)


# --- Voivodeships and counties -----------------------------------------------------------------------------


def _apply_areas(changes: Iterable[AreaChange], *, state_on: date, since: date | None) -> Areas:
    voivodeships = {area.code: area for area in db.session.scalars(select(Voivodeship))}
    counties = {
        area.code: area for area in db.session.scalars(select(County).where(County.valid_to.is_(None)))
    }
    for change in changes:
        known = voivodeships.get(change.code) or counties.get(change.code)
        if isinstance(known, County) and change.after is None:
            known.valid_to = state_on - timedelta(days=1)
            del counties[change.code]
        elif known is not None and change.after is not None:
            known.name, known.sort_key = change.after, sort_key(change.after)
        elif change.after is not None and len(change.code) == 2:
            voivodeships[change.code] = _new_voivodeship(change.code, change.after)
        elif change.after is not None:
            counties[change.code] = _new_county(
                change.code, change.after, voivodeships[change.code[:2]], since=since
            )
    db.session.flush()
    return Areas(
        {code: area.id for code, area in voivodeships.items()},
        {code: area.id for code, area in counties.items()},
    )


def _new_voivodeship(code: str, name: str) -> Voivodeship:
    made = Voivodeship(code=code, name=name, sort_key=sort_key(name))
    db.session.add(made)
    return made


def _new_county(code: str, name: str, voivodeship: Voivodeship, *, since: date | None) -> County:
    made = County(code=code, name=name, sort_key=sort_key(name), voivodeship=voivodeship, valid_from=since)
    db.session.add(made)
    return made


# --- Municipalities ----------------------------------------------------------------------------------------


def _loaded(ids: Sequence[int]) -> dict[int, Municipality]:
    found: dict[int, Municipality] = {}
    for start in range(0, len(ids), CHUNK):
        units = db.session.scalars(
            select(Municipality)
            .where(Municipality.id.in_(ids[start : start + CHUNK]))
            .options(selectinload(Municipality.codes), selectinload(Municipality.names))
        )
        found |= {unit.id: unit for unit in units}
    return found


def _end(ended: Iterable[KnownUnit], *, last_day: date) -> None:
    for unit in _loaded([known.id for known in ended]).values():
        unit.valid_to = last_day
        in_force = [row for row in _history(unit) if row.valid_to is None]
        for row in in_force:
            _close(row, last_day)


def _history(unit: Municipality) -> list[Dated]:
    return [*unit.codes, *unit.names]


def _change(matches: Sequence[Match], areas: Areas, *, state_on: date) -> None:
    """What was in force is closed for all of them first: only one unit may hold six digits at a moment."""
    units = _loaded([match.known.id for match in matches])
    for match in matches:
        _close_what_changes(units[match.known.id], match.unit, last_day=state_on - timedelta(days=1))
    db.session.flush()
    for match in matches:
        _renew(units[match.known.id], match.unit, areas, state_on=state_on)


def _close_what_changes(unit: Municipality, official: OfficialUnit, *, last_day: date) -> None:
    outdated: list[Dated] = [code for code in unit.codes if code.code != official.code]
    outdated += [name for name in unit.names if name.name != official.name]
    for row in outdated:
        if row.valid_to is None:
            _close(row, last_day)


def _close(row: Dated, last_day: date) -> None:
    """A row of the same day is a correction of that day: it never held, but its address may be known already."""
    row.valid_to = max(last_day, row.valid_from) if row.valid_from else last_day


def _renew(unit: Municipality, official: OfficialUnit, areas: Areas, *, state_on: date) -> None:
    if all(code.valid_to is not None for code in unit.codes):
        unit.codes.append(
            MunicipalityCode(code=official.code, six_digits=official.six_digits, valid_from=state_on)
        )
    if all(name.valid_to is not None for name in unit.names):
        unit.names.append(MunicipalityName(name=official.name, slug=slug(official.name), valid_from=state_on))
    for field, value in _today(official, areas).items():
        setattr(unit, field, value)
    unit.search_text = search_text(
        [official.name, *(name.name for name in unit.names)],
        [official.code, *(code.code for code in unit.codes)],
    )
    unit.valid_to = None


def _add(new: Sequence[OfficialUnit], areas: Areas, *, since: date | None) -> None:
    if not new:
        return
    rows = [{**_today(unit, areas), "valid_from": since} for unit in new]
    ids = db.session.scalars(
        insert(Municipality).returning(Municipality.id, sort_by_parameter_order=True), rows
    ).all()
    numbered = list(zip(ids, new, strict=True))
    codes = [
        {"municipality_id": id_, "code": unit.code, "six_digits": unit.six_digits, "valid_from": since}
        for id_, unit in numbered
    ]
    names = [
        {"municipality_id": id_, "name": unit.name, "slug": slug(unit.name), "valid_from": since}
        for id_, unit in numbered
    ]
    db.session.execute(insert(MunicipalityCode), codes)
    db.session.execute(insert(MunicipalityName), names)


def _today(unit: OfficialUnit, areas: Areas) -> dict[str, Any]:
    """The columns of a municipality that say how it is today."""
    return {
        "name": unit.name,
        "kind": unit.kind,
        "code": unit.code,
        "slug": slug(unit.name),
        "county_id": areas.counties[unit.county_code],
        "voivodeship_id": areas.voivodeships[unit.voivodeship_code],
        "search_text": search_text([unit.name], [unit.code]),
        "sort_key": sort_key(unit.name),
    }
