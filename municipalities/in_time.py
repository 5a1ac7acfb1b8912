"""How municipalities were called on a day: reports of that day, and plans published then, keep the names of then."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import joinedload

from core.database import db
from municipalities.models import County, Municipality, MunicipalityCode, MunicipalityKind, MunicipalityName
from municipalities.naming import county_label, unit_label

Dated = TypeVar("Dated", MunicipalityCode, MunicipalityName)


@dataclass(frozen=True)
class Place:
    """A municipality as it was on a day. Type and county follow from the code it had."""

    municipality_id: int
    name: str
    slug: str
    code: str
    county: str
    voivodeship: str

    @property
    def kind(self) -> MunicipalityKind:
        return list(MunicipalityKind)[int(self.code[6]) - 1]

    @property
    def county_label(self) -> str:
        return county_label(self.code[:4], self.county)

    @property
    def label(self) -> str:
        return unit_label(self.name, self.kind.label, self.county_label)


def place_today(municipality: Municipality) -> Place:
    return Place(
        municipality.id,
        municipality.name,
        municipality.slug,
        municipality.code,
        municipality.county.name,
        municipality.voivodeship.name,
    )


def municipality_as_of(municipality: Municipality, day: date) -> Place:
    """Names in force on that day; before the register began the first ones known, after its end the last."""
    name, slug, code = _called_on(municipality, day)
    moved = code[:4] != municipality.code[:4]
    county = _counties({code[:4]}).get(code[:4], municipality.county) if moved else municipality.county
    return Place(municipality.id, name, slug, code, county.name, county.voivodeship.name)


def _called_on(municipality: Municipality, day: date) -> tuple[str, str, str]:
    """Name, slug and code, in one query: the page of a plan asks it of every plan."""
    names = select(
        literal("name"),
        MunicipalityName.name,
        MunicipalityName.slug,
        MunicipalityName.valid_from,
        MunicipalityName.id,
    )
    codes = select(
        literal("code"),
        MunicipalityCode.code,
        literal(""),
        MunicipalityCode.valid_from,
        MunicipalityCode.id,
    )
    rows = db.session.execute(
        union_all(
            names.where(MunicipalityName.municipality_id == municipality.id),
            codes.where(MunicipalityCode.municipality_id == municipality.id),
        )
    ).all()
    found = {"name": (municipality.name, municipality.slug), "code": (municipality.code, "")}
    for what in found:
        mine = sorted((row for row in rows if row[0] == what), key=lambda row: (row[3] or date.min, row[4]))
        held = [row for row in mine if row[3] is None or row[3] <= day] or mine[:1]
        if held:
            found[what] = (held[-1][1], held[-1][2])
    return *found["name"], found["code"][0]


def places_on(day: date, municipality_ids: Collection[int] | None = None) -> Mapping[int, Place]:
    """Of these municipalities, or of all there ever were, by id; in four queries however many they are."""
    names = _in_force(MunicipalityName, day, municipality_ids)
    codes = _in_force(MunicipalityCode, day, municipality_ids)
    query = select(Municipality).options(
        joinedload(Municipality.county, innerjoin=True), joinedload(Municipality.voivodeship, innerjoin=True)
    )
    known = db.session.scalars(
        query if municipality_ids is None else query.where(Municipality.id.in_(municipality_ids))
    ).all()
    counties = _counties({row.code[:4] for row in codes.values()})
    return {one.id: _place(one, names.get(one.id), codes.get(one.id), counties) for one in known}


def _place(
    municipality: Municipality,
    name: MunicipalityName | None,
    code: MunicipalityCode | None,
    counties: Mapping[str, County],
) -> Place:
    """The county follows from the code of the day: a city got its rights, a village moved."""
    today = place_today(municipality)
    known = code.code if code else today.code
    moved = known[:4] != today.code[:4]
    county = counties.get(known[:4], municipality.county) if moved else municipality.county
    return Place(
        municipality.id,
        name.name if name else today.name,
        name.slug if name else today.slug,
        known,
        county.name,
        county.voivodeship.name if moved else today.voivodeship,
    )


def _in_force(model: type[Dated], day: date, ids: Collection[int] | None) -> dict[int, Dated]:
    """The last row that had begun by that day. A correction of one and the same day replaces the row before it."""
    query = select(model).order_by(model.valid_from.asc().nulls_first(), model.id)
    rows = db.session.scalars(query if ids is None else query.where(model.municipality_id.in_(ids)))
    found: dict[int, Dated] = {}
    for row in rows:
        if row.municipality_id not in found or row.valid_from is None or row.valid_from <= day:
            found[row.municipality_id] = row
    return found


def _counties(codes: Collection[str]) -> dict[str, County]:
    """By code; of two that had it in turn the present one."""
    query = (
        select(County)
        .where(County.code.in_(codes))
        .options(joinedload(County.voivodeship, innerjoin=True))
        .order_by(County.valid_to.asc().nulls_last(), County.id)
    )
    rows: Sequence[County] = db.session.scalars(query).all()
    return {county.code: county for county in rows}
