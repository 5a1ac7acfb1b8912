"""Writing what is new in an official file into the register, with the day from which it holds."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from core.database import db
from core.text import slug, sort_key
from municipalities.changes import AreaChange, RegisterChanges
from municipalities.models import County, Municipality, MunicipalityCode, MunicipalityName, Voivodeship
from municipalities.official_file import OfficialUnit
from municipalities.search import search_text

Dated = MunicipalityCode | MunicipalityName


@dataclass(frozen=True)
class Areas:
    """Ids by code, of what is in force."""

    voivodeships: dict[str, int]
    counties: dict[str, int]


def apply_additions(changes: RegisterChanges, *, without: Collection[OfficialUnit] = ()) -> None:
    """Voivodeships, counties and municipalities that nobody knew. Whatever changes a known one is only proposed.

    A unit that is there in the very first file has always been there, as far as we know: no first day.
    """
    state_on = changes.register.state_on
    since = None if changes.is_first else state_on
    areas = _apply_areas(changes.areas, state_on=state_on, since=since)
    left_out = {unit.code for unit in without}
    _add([unit for unit in changes.new if unit.code not in left_out], areas, since=since)


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


def close(row: Dated, last_day: date) -> None:
    """A row of the same day is a correction of that day: it never held, but its address may be known already."""
    row.valid_to = max(last_day, row.valid_from) if row.valid_from else last_day


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
